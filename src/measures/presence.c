/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presence.c - attendances into slots, and exchanges of what stands in them. */
#include "measures/presence.h"

#include "base/base.h"
#include "base/day.h"
#include "measures/turnout.h"
#include "model/graph.h"
#include <stdlib.h>

struct seen {
    kith_node event, person;
    kith_time day;
};

static int
by_occasion(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static GArray *
gather(const kith_graph *g)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct seen));
    int64_t first, n;

    kith_graph_tie_range(g, KITH_ATTENDED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);
        struct seen one = {t.to, t.from, t.when};

        if (one.day == KITH_TIME_NONE)
            one.day = kith_graph_event_time(g, t.to);
        one.day = kith_day_of(one.day);
        if (g->kind[t.from] == KITH_PERSON && one.day <= g->as_of &&
            kith_was_there(kith_pool_get(g->pool, t.status)))
            g_array_append_val(all, one);
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(struct seen), by_occasion);
    return all;
}

/* The same person twice at one occasion is there once. */
static void
number(kith_presence *p, GArray *all)
{
    const struct seen *before = NULL;
    guint kept = 0;

    for (guint i = 0; i < all->len; i++) {
        struct seen one = *KITH_ROW(all, struct seen, i);

        if (before && by_occasion(before, &one) == 0)
            continue;
        if (!before || before->event != one.event || before->day != one.day) {
            kith_occasion fresh = {one.event, one.day, 0};

            g_array_append_val(p->occasion, fresh);
        }
        KITH_ROW(p->occasion, kith_occasion, p->occasion->len - 1)->people++;
        p->first[one.person + 1]++;
        *KITH_ROW(all, struct seen, kept) = one;
        before = KITH_ROW(all, struct seen, kept++);
    }
    g_array_set_size(all, kept);
}

kith_presence *
kith_presence_new(const kith_graph *graph)
{
    kith_presence *p = g_new0(kith_presence, 1);
    g_autoptr(GArray) all = gather(graph);
    g_autofree int64_t *next = NULL;
    int32_t occasion = -1;

    p->graph = graph;
    p->occasion = g_array_new(FALSE, FALSE, sizeof(kith_occasion));
    p->first = g_new0(int64_t, graph->nodes + 2);
    number(p, all);
    p->n = all->len;
    for (int64_t v = 0; v < graph->nodes; v++)
        p->first[v + 1] += p->first[v];
    next = g_memdup2(p->first, sizeof *next * (gsize)(graph->nodes + 1));
    p->at = g_new(int32_t, p->n + 1);
    p->owner = g_new(int32_t, p->n + 1);
    for (guint i = 0; i < all->len; i++) {
        const struct seen *one = KITH_ROW(all, struct seen, i);

        if (i == 0 || one->event != one[-1].event || one->day != one[-1].day)
            occasion++;
        p->owner[next[one->person]] = (int32_t)one->person;
        p->at[next[one->person]++] = occasion;
    }
    return p;
}

void
kith_presence_free(kith_presence *p)
{
    if (!p)
        return;
    g_array_unref(p->occasion);
    g_free(p->first);
    g_free(p->at);
    g_free(p->owner);
    g_free(p);
}

bool
kith_presence_is_at(const kith_presence *p, kith_node person, int32_t occasion)
{
    for (int64_t i = p->first[person]; i < p->first[person + 1]; i++)
        if (p->at[i] == occasion)
            return true;
    return false;
}

void
kith_presence_rewire(kith_presence *p, kith_random *random, int64_t tries)
{
    for (int64_t i = 0; i < tries && p->n > 1; i++) {
        int64_t a = (int64_t)kith_random_below(random, (uint64_t)p->n);
        int64_t b = (int64_t)kith_random_below(random, (uint64_t)p->n);
        int32_t kept = p->at[a];

        if (p->owner[a] == p->owner[b] || p->at[a] == p->at[b] ||
            kith_presence_is_at(p, p->owner[a], p->at[b]) ||
            kith_presence_is_at(p, p->owner[b], p->at[a]))
            continue;
        p->at[a] = p->at[b];
        p->at[b] = kept;
    }
}
