/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verbs.c - passes and other verbs in one list. */
#include "cli/verbs.h"
#include <string.h>

const char *const verb_groups[] = {"your data", "introductions", "community",
                                   "customers", "out",           NULL};

static const verb *const own[] = {&verb_import, &verb_report, &verb_export, NULL};

static int
own_count(void)
{
    int n = 0;

    while (own[n])
        n++;
    return n;
}

int
verb_count(void)
{
    int n = own_count();

    for (const kith_pass *const *p = kith_passes(); *p; p++)
        n++;
    return n;
}

verb
verb_at(int i)
{
    const kith_pass *p;

    if (i == 0)
        return verb_import;
    if (i >= verb_count() - (own_count() - 1))
        return *own[i - (verb_count() - own_count())];
    p = kith_passes()[i - 1];
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
