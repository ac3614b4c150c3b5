/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * brandes.c - eight traversals in lanes: forward to count paths, backward to share them out.
 *
 * An entry (v, set) of level d says that the lanes in `set` met v after d steps. A lane meets v once, so sigma[v], the
 * number of shortest paths, is final when its entry is made, and one vector a vertex serves all levels. Most arcs lead to
 * where all lanes have been already: that is seen from one byte, before anything wide is touched.
 */
#include "measures/brandes.h"
#include "base/base.h"
#include "measures/lanes.h"
#include "measures/rounds.h"

#define SHORT 16    /* a row of so many is gone through without looking first */
#define STRETCH 256 /* neighbours looked at together */
#define POLL 4096   /* entries between two looks at whether to stop */

struct room {
    lanes_real *sigma, *share; /* by vertex; zeros between batches */
    uint8_t *seen, *fresh;     /* by vertex: lanes that have met it; that meet it in this level */
    uint32_t *vertex;          /* entries of all levels, one after the other */
    uint8_t *set;
    int64_t *level; /* level -> its first entry; there are at most n, and three behind them */
    int64_t levels;
    uint32_t picked[STRETCH + 1]; /* of a row: see pick() */
};

static void
furnish(const void *shared, void *room, kith_shelf *shelf)
{
    const kith_brandes *b = shared;
    struct room *r = room;
    int64_t n = b->out->n;

    r->sigma = KITH_SHELF(shelf, lanes_real, n);
    r->share = KITH_SHELF(shelf, lanes_real, n);
    r->seen = KITH_SHELF(shelf, uint8_t, n);
    r->fresh = KITH_SHELF(shelf, uint8_t, n);
    r->vertex = KITH_SHELF(shelf, uint32_t, LANES * n + LANES);
    r->set = KITH_SHELF(shelf, uint8_t, LANES * n + LANES);
    r->level = KITH_SHELF(shelf, int64_t, n + 4);
}

static void
place_sources(const kith_brandes *b, struct room *r, int64_t from, int64_t to)
{
    r->levels = 0;
    r->level[r->levels++] = 0;
    for (int64_t i = from; i < to; i++) {
        uint32_t v = b->source ? b->source[i] : (uint32_t)i;

        r->vertex[i - from] = v;
        r->set[i - from] = r->seen[v] = (uint8_t)(1 << (i - from));
        r->sigma[v][i - from] = 1;
    }
    r->level[r->levels++] = to - from;
}

/* Of a stretch of a row, the neighbours where some lane of the set has something to do: those not yet in `done`, or those in
 * `wanted`. Without a branch, for which way it goes cannot be foreseen. @return how many */
LANES_INLINE int
pick(const uint32_t *to, int64_t n, uint8_t set, const uint8_t *mark, uint8_t flip,
     uint32_t *picked)
{
    int count = 0;

    for (int64_t k = 0; k < n; k++) {
        picked[count] = to[k];
        count += (set & (mark[to[k]] ^ flip)) != 0;
    }
    return count;
}

/* Lanes of a set come to u. @return the new end of entries, one more when nobody else came in this level */
LANES_INLINE int64_t
arrive(struct room *r, uint32_t u, uint8_t set, const lanes_real *paths, int64_t end)
{
    uint8_t new = set &(uint8_t)~r->seen[u];
    lanes_real arriving = *paths;

    r->vertex[end] = u;
    end += (new != 0) & (r->fresh[u] == 0);
    r->fresh[u] |= new;
    lanes_keep(&arriving, new);
    r->sigma[u] += arriving;
    return end;
}

/* One entry's lanes take a step: paths are counted where a lane arrives for the first time. @return the new end of entries */
LANES_INLINE int64_t
step_forward(const kith_csr *out, struct room *r, int64_t i, int64_t end)
{
    uint32_t v = r->vertex[i], *picked = r->picked;
    uint8_t set = r->set[i];
    lanes_real paths = r->sigma[v];

    lanes_keep(&paths, set);
    if (out->first[v + (int64_t)1] - out->first[v] <= SHORT) {
        for (int64_t k = out->first[v]; k < out->first[v + (int64_t)1]; k++)
            end = arrive(r, out->to[k], set, &paths, end);
        return end;
    }
    for (int64_t k = out->first[v]; k < out->first[v + (int64_t)1]; k += STRETCH) {
        int64_t n = MIN(STRETCH, out->first[v + (int64_t)1] - k);
        int count = pick(out->to + k, n, set, r->seen, 0xff, picked);

        for (int j = 0; j < count; j++)
            end = arrive(r, picked[j], set, &paths, end);
    }
    return end;
}

LANES_CLONES static void
walk_forward(const kith_csr *out, struct room *r, kith_work *work)
{
    for (int64_t d = 0; r->level[d] < r->level[d + 1]; d++) {
        int64_t begin = r->level[d + 1], end = begin;

        for (int64_t i = r->level[d]; i < begin; i++) {
            if (i % POLL == 0 && !kith_work_step(work, 0))
                return;
            end = step_forward(out, r, i, end);
        }
        for (int64_t i = begin; i < end; i++) {
            uint32_t u = r->vertex[i];

            r->set[i] = r->fresh[u];
            r->seen[u] |= r->fresh[u];
            r->fresh[u] = 0;
        }
        r->level[r->levels++] = end;
    }
    r->levels -= 3; /* now the deepest that has entries */
}

LANES_INLINE void
give(struct room *r, uint32_t u, uint8_t set, const lanes_real *passed)
{
    lanes_real arriving = *passed;

    lanes_keep(&arriving, set & r->fresh[u]);
    r->share[u] += arriving;
}

/* What an entry passes back to each predecessor's share: (ends behind it) / (paths to it). */
LANES_INLINE void
step_backward(const kith_csr *in, struct room *r, uint32_t v, uint8_t set, const lanes_real *passed)
{
    uint32_t *picked = r->picked;

    if (in->first[v + (int64_t)1] - in->first[v] <= SHORT) {
        for (int64_t k = in->first[v]; k < in->first[v + (int64_t)1]; k++)
            give(r, in->to[k], set, passed);
        return;
    }
    for (int64_t k = in->first[v]; k < in->first[v + (int64_t)1]; k += STRETCH) {
        int64_t n = MIN(STRETCH, in->first[v + (int64_t)1] - k);
        int count = pick(in->to + k, n, set, r->fresh, 0, picked);

        for (int j = 0; j < count; j++)
            give(r, picked[j], set, passed);
    }
}

/* Closes one entry: its dependency goes into the row, its lanes of sigma and share become zeros again. */
LANES_INLINE void
close_entry(const kith_brandes *b, struct room *r, int64_t i, bool pass_on,
            const lanes_real *weight, double *row)
{
    uint32_t v = r->vertex[i];
    uint8_t set = r->set[i];
    lanes_real sigma = r->sigma[v], share = r->share[v], behind, passed,
               one = {1, 1, 1, 1, 1, 1, 1, 1};

    lanes_keep(&sigma, set);
    lanes_keep(&share, set);
    behind = sigma * share;
    r->sigma[v] -= sigma;
    r->share[v] -= share;
    if (!pass_on)
        return;
    passed = behind * *weight;
    row[v] += lanes_sum(&passed);
    lanes_keep(&one, (uint8_t)~set);
    sigma += one;
    passed = (behind + (b->stands_for ? b->stands_for[v] : 1)) / sigma;
    step_backward(b->in, r, v, set, &passed);
}

LANES_CLONES static void
walk_backward(const kith_brandes *b, struct room *r, const lanes_real *weight, kith_work *work,
              double *row)
{
    for (int64_t d = r->levels; d >= 0; d--) {
        for (int64_t i = d ? r->level[d - 1] : 0; d && i < r->level[d]; i++)
            r->fresh[r->vertex[i]] = r->set[i];
        for (int64_t i = r->level[d]; i < r->level[d + 1]; i++) {
            if (i % POLL == 0 && !kith_work_step(work, 0))
                return;
            close_entry(b, r, i, d > 0, weight, row);
        }
        for (int64_t i = d ? r->level[d - 1] : 0; d && i < r->level[d]; i++)
            r->fresh[r->vertex[i]] = 0;
    }
    for (int64_t i = 0; i < r->level[r->levels + 1]; i++)
        r->seen[r->vertex[i]] = 0;
}

static void
batch(const void *shared, void *room, int64_t number, kith_work *work, double *row)
{
    const kith_brandes *b = shared;
    int64_t from = number * LANES, to = MIN(from + LANES, b->sources);
    lanes_real weight = {0};

    for (int64_t i = from; i < to; i++)
        weight[i - from] = b->stands_for ? b->stands_for[b->source ? b->source[i] : i] : 1;
    place_sources(b, room, from, to);
    walk_forward(b->out, room, work);
    if (kith_work_step(work, 0))
        walk_backward(b, room, &weight, work, row);
}

kith_status
kith_brandes_run(const kith_brandes *brandes, kith_work *work, double *sums, kith_error *err)
{
    static const kith_rounds rounds = {sizeof(struct room), furnish, batch};

    return kith_rounds_run(&rounds, brandes, (brandes->sources + LANES - 1) / LANES,
                           brandes->out->n, work, sums, err);
}
