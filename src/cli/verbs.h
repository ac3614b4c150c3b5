/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verbs.h - everything `kith` can be told to do: the passes, and the few verbs that are more than a
 * question. */
#ifndef KITH_CLI_VERBS_H
#define KITH_CLI_VERBS_H

#include "cli/arguments.h"

typedef struct verb {
    const char *name, *group, *summary, *details, *example;
    const kith_option *options;
    size_t options_size;
    int words;             /* as kith_pass.words */
    const kith_pass *pass; /* NULL for a verb of its own */
    kith_status (*run)(const struct verb *verb, const arguments *a, kith_error *err);
} verb;

extern const verb verb_import, verb_log, verb_duplicates, verb_undo, verb_forget, verb_limits,
    verb_report, verb_export, verb_batch, verb_graph, verb_extract;

/* Headings of --help in their order, NULL at the end. */
extern const char *const verb_groups[];

/* How many verbs there are, the i-th in the order of --help, and one by name. */
int verb_count(void);
verb verb_at(int i);
bool verb_find(const char *name, verb *out);

/* Asks one pass; for verbs that are passes. */
kith_status ask_run(const verb *v, const arguments *a, kith_error *err);

void help_overview(kith_sink *out);
void help_verb(const verb *v, kith_sink *out);
void help_formats(kith_sink *out);
void help_constants(kith_sink *out);
void manual_page(kith_sink *out);
kith_status completion_script(const char *shell, kith_sink *out, kith_error *err);

#endif
