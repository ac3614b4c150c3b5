/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * best.c - walks in the lanes of a vector, each counted for itself.
 *
 * How many vertices a lane meets in a level is added up in bit planes: plane p holds bit p of all 512 counts, so adding one
 * vertex's lanes costs about two operations.
 */
#include "measures/best.h"
#include "base/base.h"
#include "base/queue.h"
#include "measures/lanes.h"
#include "measures/order.h"
#include "measures/rank.h"
#include <math.h>

#define SOURCES 512
#define PLANES 33 /* counts of vertices fit in 32 bits */
#define POLL 2048 /* vertices between two looks at whether to stop */
#define SAFE 1e-9 /* a bound counts as below only by more than rounding */

struct walk {
    const kith_csr *rows;
    lanes_bits *met, *front, *next; /* by vertex */
    uint32_t *list, *coming;
    uint8_t *listed;
    int64_t in_list, in_coming;
    lanes_bits plane[PLANES], alive;      /* lanes that are still of interest */
    double sum[SOURCES], others[SOURCES]; /* by lane: so far; how many are yet to meet */
};

struct search {
    const kith_csr *rows;
    int64_t k;
    double *part, *bound; /* by vertex: the size of its part of the network; see best.h */
    double *sum;          /* by vertex; see best.h */
    GArray *best;         /* vertices of the k largest sums, the smallest foremost (queue.h) */
};

static void
walk_clear(struct walk *w)
{
    free(w->met);
    free(w->front);
    free(w->next);
    g_free(w->list);
    g_free(w->coming);
    g_free(w->listed);
}

static kith_status
walk_init(struct walk *w, const kith_csr *rows, kith_error *err)
{
    w->rows = rows;
    w->met = lanes_new0(rows->n);
    w->front = lanes_new0(rows->n);
    w->next = lanes_new0(rows->n);
    w->list = g_try_new(uint32_t, rows->n + 1);
    w->coming = g_try_new(uint32_t, rows->n + 1);
    w->listed = g_try_new0(uint8_t, rows->n + 1);
    if (!w->met || !w->front || !w->next || !w->list || !w->coming || !w->listed)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    return KITH_OK;
}

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

/* Lanes that have met all they can, or are no longer of interest, ask for nothing. */
LANES_CLONES static void
push(struct walk *w, kith_work *work)
{
    const kith_csr *rows = w->rows;

    for (int64_t i = 0; i < w->in_list; i++) {
        uint32_t v = w->list[i];
        lanes_bits mine = w->front[v] & w->alive;

        w->front[v] = (lanes_bits){0};
        if (i % POLL == 0 && !kith_work_step(work, 0))
            return;
        if (!lanes_any(&mine))
            continue;
        for (int64_t k = rows->first[v]; k < rows->first[v + (int64_t)1]; k++) {
            uint32_t u = rows->to[k];

            w->next[u] |= mine;
            w->coming[w->in_coming] = u;
            w->in_coming += !w->listed[u];
            w->listed[u] = 1;
        }
    }
}

LANES_CLONES static void
arrive(struct walk *w)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < w->in_coming; i++) {
        uint32_t v = w->coming[i];
        lanes_bits new = w->next[v] & ~w->met[v], carry = new;

        w->listed[v] = 0;
        w->next[v] = (lanes_bits){0};
        if (!lanes_any(&new))
            continue;
        w->met[v] |= new;
        w->front[v] = new;
        w->coming[kept++] = v;
        for (int p = 0; lanes_any(&carry); p++) {
            lanes_bits both = w->plane[p] & carry;

            w->plane[p] ^= carry;
            carry = both;
        }
    }
    w->in_coming = kept;
}

/* Reads the planes and empties them: who has met how many in this level, and who may stop. */
static void
count_level(struct walk *w, double distance, double least)
{
    for (int lane = 0; lane < SOURCES; lane++) {
        int word = lane / 64, bit = lane % 64;
        double count = 0;

        for (int p = 0; p < PLANES; p++)
            count += (double)((w->plane[p][word] >> bit & 1) << p);
        w->sum[lane] += count / distance;
        w->others[lane] -= count;
        if (w->sum[lane] + w->others[lane] / (distance + 1) < least)
            w->alive[word] &= ~((uint64_t)1 << bit);
    }
    memset(w->plane, 0, sizeof w->plane);
}

static void
place_sources(struct walk *w, const struct search *s, const int64_t *source, int64_t n)
{
    memset(w->met, 0, sizeof *w->met * (size_t)w->rows->n);
    memset(w->plane, 0, sizeof w->plane);
    w->alive = (lanes_bits){0};
    w->in_list = w->in_coming = 0;
    for (int64_t i = 0; i < n; i++) {
        lanes_bits bit = {0};

        bit[i / 64] = (uint64_t)1 << i % 64;
        w->met[source[i]] = w->front[source[i]] = bit;
        w->alive |= bit;
        w->sum[i] = 0;
        w->others[i] = s->part[source[i]] - 1;
        w->list[w->in_list++] = (uint32_t)source[i];
    }
}

/* Walks from up to 512 vertices; those not given up have their sums in the end. */
static void
walk_from(struct walk *w, struct search *s, const int64_t *source, int64_t n, kith_work *work)
{
    place_sources(w, s, source, n);
    for (double distance = 1; w->in_list && kith_work_step(work, 0); distance++) {
        uint32_t *swap = w->list;

        push(w, work);
        arrive(w);
        count_level(w, distance, threshold(s));
        w->list = w->coming;
        w->coming = swap;
        w->in_list = w->in_coming;
        w->in_coming = 0;
    }
    for (int64_t i = 0; i < n; i++)
        if (w->alive[i / 64] >> i % 64 & 1) {
            s->sum[source[i]] = w->sum[i];
            keep_best(s, (int32_t)source[i]);
        }
}

static kith_status
search(struct search *s, kith_work *work, kith_error *err)
{
    __attribute__((cleanup(walk_clear))) struct walk w = {0};
    g_autofree int64_t *order = kith_rank_order(s->bound, s->rows->n, false);
    int64_t n = s->rows->n;

    TRY(walk_init(&w, s->rows, err));
    kith_work_begin(work, (double)n);
    for (int64_t i = 0; i < n && s->bound[order[i]] >= threshold(s); i += SOURCES) {
        if (!kith_work_step(work, SOURCES))
            break;
        walk_from(&w, s, order + i, MIN(SOURCES, n - i), work);
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
