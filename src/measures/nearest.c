/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nearest.c - a heap of four whose members know their place, so that a shorter way moves them up. */
#include "measures/nearest.h"
#include "base/base.h"
#include <math.h>

#define POLL 4096 /* vertices between two looks at whether to stop */

void
kith_nearest_furnish(kith_nearest *s, int64_t n, kith_shelf *shelf)
{
    s->distance = KITH_SHELF(shelf, double, n);
    s->order = KITH_SHELF(shelf, uint32_t, n);
    s->heap = KITH_SHELF(shelf, uint32_t, n);
    s->place = KITH_SHELF(shelf, uint32_t, n);
    for (int64_t i = 0; s->distance && i < n; i++)
        s->distance[i] = INFINITY;
}

static void
put(kith_nearest *s, int64_t at, uint32_t v)
{
    s->heap[at] = v;
    s->place[v] = (uint32_t)at;
}

static void
rise(kith_nearest *s, int64_t at, uint32_t v)
{
    while (at > 0) {
        int64_t above = (at - 1) / 4;

        if (s->distance[s->heap[above]] <= s->distance[v])
            break;
        put(s, at, s->heap[above]);
        at = above;
    }
    put(s, at, v);
}

static void
sink(kith_nearest *s, uint32_t v)
{
    int64_t at = 0;

    for (;;) {
        int64_t first = 4 * at + 1, best = first, end = MIN(first + 4, s->waiting);

        if (first >= s->waiting)
            break;
        for (int64_t i = first + 1; i < end; i++)
            if (s->distance[s->heap[i]] < s->distance[s->heap[best]])
                best = i;
        if (s->distance[s->heap[best]] >= s->distance[v])
            break;
        put(s, at, s->heap[best]);
        at = best;
    }
    put(s, at, v);
}

static uint32_t
take_nearest(kith_nearest *s)
{
    uint32_t v = s->heap[0];

    if (--s->waiting > 0)
        sink(s, s->heap[s->waiting]);
    return v;
}

static void
look_around(kith_nearest *s, const kith_csr *lengths, uint32_t v)
{
    for (int64_t k = lengths->first[v]; k < lengths->first[v + (int64_t)1]; k++) {
        uint32_t u = lengths->to[k];
        double reach = s->distance[v] + lengths->weight[k];
        bool new = isinf(s->distance[u]);

        if (!(reach < s->distance[u]))
            continue;
        s->distance[u] = reach;
        rise(s, new ? s->waiting++ : s->place[u], u);
    }
}

bool
kith_nearest_from(kith_nearest *s, const kith_csr *lengths, uint32_t source, kith_work *work)
{
    for (int64_t i = 0; i < s->reached; i++)
        s->distance[s->order[i]] = INFINITY;
    s->reached = 0;
    s->distance[source] = 0;
    put(s, 0, source);
    s->waiting = 1;
    while (s->waiting > 0) {
        uint32_t v = take_nearest(s);

        s->order[s->reached++] = v;
        if (s->reached % POLL == 0 && !kith_work_step(work, 0))
            return false;
        look_around(s, lengths, v);
    }
    return true;
}
