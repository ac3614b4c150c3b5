/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verbs.c - passes and other verbs in one list. */
#include "cli/verbs.h"
#include <string.h>

const char *const verb_groups[] = {"your data", "introductions", "community", "customers",
                                   "out",       "research",      NULL};

/* Before the passes, after them, and in the place of the pass of the same name, which they ask and do more besides. */
static const verb *const before[] = {&verb_import};
static const verb *const behind[] = {&verb_log,    &verb_undo,   &verb_forget,
                                     &verb_limits, &verb_report, &verb_export,
                                     &verb_batch,  &verb_graph,  &verb_extract};
static const verb *const instead[] = {&verb_duplicates};

enum {
    BEFORE = sizeof before / sizeof *before,
    BEHIND = sizeof behind / sizeof *behind,
    INSTEAD = sizeof instead / sizeof *instead
};

static int
pass_count(void)
{
    int n = 0;

    while (kith_passes()[n])
        n++;
    return n;
}

int
verb_count(void)
{
    return BEFORE + pass_count() + BEHIND;
}

static verb
verb_of(const kith_pass *p)
{
    for (int i = 0; i < INSTEAD; i++)
        if (strcmp(instead[i]->name, p->name) == 0)
            return *instead[i];
    return (verb){.name = p->name,
                  .group = p->group,
                  .summary = p->summary,
                  .details = p->details,
                  .example = p->example,
                  .options = p->options,
                  .options_size = p->options_size,
                  .words = p->words,
                  .pass = p,
                  .run = ask_run};
}

verb
verb_at(int i)
{
    int last = i - BEFORE - pass_count();

    if (i < BEFORE)
        return *before[i];
    if (last < 0)
        return verb_of(kith_passes()[i - BEFORE]);
    return *behind[last < BEHIND ? last : BEHIND - 1];
}

bool
verb_find(const char *name, verb *out)
{
    for (int i = 0; i < verb_count(); i++) {
        *out = verb_at(i);
        if (strcmp(out->name, name) == 0)
            return true;
    }
    return false;
}
