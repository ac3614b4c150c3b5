/* SPDX-License-Identifier: GPL-3.0-or-later */
/* turnout.c - attendances, sorted. */
#include "measures/turnout.h"
#include <stdlib.h>

bool
kith_was_there(const char *status)
{
    static const char *const there[] = {"attended", "hosted", "spoke", NULL};

    return !status || g_strv_contains(there, status);
}

bool
kith_is_remote(const char *channel)
{
    static const char *const remote[] = {"video", "phone", NULL};

    return channel && g_strv_contains(remote, channel);
}

static int
compare_turnouts(const void *a, const void *b)
{
    const kith_turnout *x = a, *y = b;

    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

GArray *
kith_turnouts(const kith_graph *graph)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(kith_turnout));
    int64_t first, n;
    kith_tie t;

    kith_graph_tie_range(graph, KITH_ATTENDED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_turnout one;

        kith_graph_tie(graph, i, &t);
        if (!kith_was_there(t.status) || kith_graph_kind(graph, t.from) != KITH_PERSON)
            continue;
        if (t.when == KITH_TIME_NONE)
            t.when = kith_graph_event_time(graph, t.to);
        one = (kith_turnout){t.to, t.from, t.when, i, kith_is_remote(t.channel)};
        g_array_append_val(all, one);
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(kith_turnout), compare_turnouts);
    return all;
}

guint
kith_turnout_end(const GArray *turnouts, guint i)
{
    const kith_turnout *p = (const kith_turnout *)(const void *)turnouts->data;
    guint end = i + 1;

    while (end < turnouts->len && p[end].event == p[i].event && p[end].when == p[i].when)
        end++;
    return end;
}
