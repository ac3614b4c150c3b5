/* SPDX-License-Identifier: GPL-3.0-or-later */
/* best.c - the most promising walk first (waves.h), and stop once they can be of no interest any more. */
#include "measures/best.h"
#include "base/base.h"
#include "base/queue.h"
#include "measures/order.h"
#include "measures/rank.h"
#include "measures/waves.h"
#include <math.h>

#define SAFE 1e-9 /* a bound counts as below only by more than rounding */

struct search {
    const kith_csr *rows;
    int64_t k;
    double *part, *bound; /* by vertex: the size of its part of the network; see best.h */
    double *sum;          /* by vertex; see best.h */
    GArray *best;         /* vertices of the k largest sums, the smallest foremost (queue.h) */
    double reached[KITH_WAVES],
        others[KITH_WAVES]; /* by walk: its sum so far; how many are yet to meet */
};

static void
search_clear(struct search *s)
{
    g_free(s->part);
    g_free(s->bound);
    g_array_unref(s->best);
}

/* At most: all neighbours, theirs at two steps, everybody else at three. */
static void
bound_sums(struct search *s)
{
    const kith_csr *rows = s->rows;

    for (int64_t v = 0; v < rows->n; v++) {
        double one = (double)(rows->first[v + 1] - rows->first[v]), two = 0;

        for (int64_t k = rows->first[v]; k < rows->first[v + 1]; k++) {
            int64_t u = rows->to[k];

            two += (double)(rows->first[u + 1] - rows->first[u] - 1);
        }
        two = MIN(two, s->part[v] - 1 - one);
        s->bound[v] = one + two / 2 + (s->part[v] - 1 - one - two) / 3;
    }
}

static bool
is_less(const void *whose, int32_t a, int32_t b)
{
    const struct search *s = whose;

    return s->sum[(uint32_t)a] < s->sum[(uint32_t)b];
}

/* The k-th largest sum; -1 before there are so many. */
static double
least_of_best(const struct search *s)
{
    return s->best->len < s->k ? -1 : s->sum[g_array_index(s->best, uint32_t, 0)];
}

/* What a sum must reach to be of interest. */
static double
threshold(const struct search *s)
{
    return least_of_best(s) * (1 - SAFE);
}

static void
keep_best(struct search *s, int32_t v)
{
    if (s->best->len < s->k) {
        kith_queue_push(s->best, v, is_less, s);
    } else if (s->sum[(uint32_t)v] > least_of_best(s)) {
        g_array_index(s->best, int32_t, 0) = v;
        kith_queue_sink(s->best, is_less, s);
    }
}

/* Who has met how many at this distance, and who may stop. */
static void
count_level(struct search *s, kith_waves *w, int64_t n, int64_t distance)
{
    double least = threshold(s);

    for (int64_t i = 0; i < n; i++) {
        double count = (double)w->count[i];

        s->reached[i] += count / (double)distance;
        s->others[i] -= count;
        if (s->reached[i] + s->others[i] / (double)(distance + 1) < least)
            kith_waves_drop(w, i);
    }
}

/* Walks from up to 512 vertices; those not given up have their sums in the end. */
static void
walk_from(kith_waves *w, struct search *s, const int64_t *source, int64_t n, kith_work *work)
{
    kith_waves_begin(w, source, n);
    for (int64_t i = 0; i < n; i++) {
        s->reached[i] = 0;
        s->others[i] = s->part[source[i]] - 1;
    }
    for (int64_t distance = 1; kith_waves_step(w, work); distance++)
        count_level(s, w, n, distance);
    for (int64_t i = 0; i < n; i++)
        if (kith_waves_alive(w, i)) {
            s->sum[source[i]] = s->reached[i];
            keep_best(s, (int32_t)source[i]);
        }
}

static kith_status
search(struct search *s, kith_work *work, kith_error *err)
{
    __attribute__((cleanup(kith_waves_clear))) kith_waves w = {0};
    g_autofree int64_t *order = kith_rank_order(s->bound, s->rows->n, false);
    int64_t n = s->rows->n;

    TRY(kith_waves_init(&w, s->rows, err));
    kith_work_begin(work, (double)n);
    for (int64_t i = 0; i < n && s->bound[order[i]] >= threshold(s); i += KITH_WAVES) {
        if (!kith_work_step(work, KITH_WAVES))
            break;
        walk_from(&w, s, order + i, MIN(KITH_WAVES, n - i), work);
    }
    return kith_work_end(work, err);
}

kith_status
kith_best_harmonic(const kith_csr *rows, int64_t k, kith_work *work, double *sum, kith_error *err)
{
    __attribute__((cleanup(search_clear))) struct search s = {
        .rows = rows, .k = CLAMP(k, 1, MAX(rows->n, 1)), .sum = sum};

    s.part = g_new(double, rows->n + 1);
    s.bound = g_new(double, rows->n + 1);
    s.best = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int64_t v = 0; v < rows->n; v++)
        sum[v] = NAN;
    kith_order_parts(rows, s.part);
    bound_sums(&s);
    TRY(search(&s, work, err));
    for (int64_t v = 0; v < rows->n; v++)
        if (sum[v] < threshold(&s))
            sum[v] = NAN;
    return KITH_OK;
}
