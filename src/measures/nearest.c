/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nearest.c - a heap of four whose members know their place, so that a shorter way moves them up. */
#include "measures/nearest.h"
#include "base/base.h"
#include <math.h>

#define POLL 4096 /* vertices between two looks at whether to stop */

kith_nearest *
kith_nearest_new(int64_t n)
{
    kith_nearest *s = g_new0(kith_nearest, 1);

    s->distance = g_try_new(double, n + 1);
    s->order = g_try_new(uint32_t, n + 1);
    s->heap = g_try_new(uint32_t, n + 1);
    s->place = g_try_new(uint32_t, n + 1);
    if (!s->distance || !s->order || !s->heap || !s->place) {
        kith_nearest_free(s);
        return NULL;
    }
    for (int64_t i = 0; i < n; i++)
        s->distance[i] = INFINITY;
    return s;
}

void
kith_nearest_free(kith_nearest *s)
{
    if (!s)
        return;
    g_free(s->distance);
    g_free(s->order);
    g_free(s->heap);
    g_free(s->place);
    g_free(s);
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
