/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * distances.c - breadth-first from 512 sources in the lanes of a vector.
 *
 * While few vertices are on the frontier they push their lanes to their neighbours; once many are, those that some lane has
 * not met yet pull from theirs, and stop as soon as every lane they miss has come. Sources are taken in breadth-first order
 * (order.h), so that their frontiers overlap.
 */
#include "measures/distances.h"
#include "base/base.h"
#include "measures/lanes.h"
#include "measures/order.h"
#include "measures/rounds.h"

#define SOURCES 512
#define POLL 2048 /* vertices between two looks at whether to stop */

enum { FAR, NEAR, REACHED, SUMS };

struct job {
    const kith_csr *rows;
    const uint32_t *begins, *ends; /* of each place's part of the network */
    bool wanted[SUMS];
    int64_t offset[SUMS]; /* where each sum begins in a row of results */
};

struct room {
    lanes_bits *met, *front, *next; /* by vertex; zeros between batches */
    uint32_t *list, *coming;        /* vertices on the frontier, and on the next */
    uint32_t *missing;              /* vertices that some lane has not met, ascending */
    uint8_t *listed;
    int64_t in_list, in_coming, in_missing;
};

static void
furnish(const void *shared, void *room, kith_shelf *shelf)
{
    const struct job *job = shared;
    struct room *r = room;
    int64_t n = job->rows->n;

    r->met = KITH_SHELF(shelf, lanes_bits, n);
    r->front = KITH_SHELF(shelf, lanes_bits, n);
    r->next = KITH_SHELF(shelf, lanes_bits, n);
    r->list = KITH_SHELF(shelf, uint32_t, n);
    r->coming = KITH_SHELF(shelf, uint32_t, n);
    r->missing = KITH_SHELF(shelf, uint32_t, n);
    r->listed = KITH_SHELF(shelf, uint8_t, n);
}

LANES_INLINE int
count_bits(const lanes_bits *x)
{
    int sum = 0;

    for (int i = 0; i < LANES; i++)
        sum += __builtin_popcountll((*x)[i]);
    return sum;
}

/* The lanes that arrive at v now, out of what its neighbours hold. */
LANES_INLINE void
pull_one(const kith_csr *rows, struct room *r, uint32_t v, const lanes_bits *all)
{
    lanes_bits come = {0}, lacking = *all & ~r->met[v], open;

    for (int64_t k = rows->first[v]; k < rows->first[v + (int64_t)1]; k++) {
        come |= r->front[rows->to[k]];
        open = lacking & ~come;
        if (!lanes_any(&open))
            break;
    }
    come &= lacking;
    r->next[v] = come;
    if (lanes_any(&come))
        r->coming[r->in_coming++] = v;
}

LANES_CLONES static void
pull(const kith_csr *rows, struct room *r, const lanes_bits *all, kith_work *work)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < r->in_missing; i++) {
        uint32_t v = r->missing[i];
        lanes_bits lacking = *all & ~r->met[v];

        if (i % POLL == 0 && !kith_work_step(work, 0))
            return;
        if (!lanes_any(&lacking))
            continue;
        r->missing[kept++] = v;
        pull_one(rows, r, v, all);
    }
    r->in_missing = kept;
}

LANES_CLONES static void
push(const kith_csr *rows, struct room *r, kith_work *work)
{
    for (int64_t i = 0; i < r->in_list; i++) {
        uint32_t v = r->list[i];
        lanes_bits mine = r->front[v];

        if (i % POLL == 0 && !kith_work_step(work, 0))
            return;
        for (int64_t k = rows->first[v]; k < rows->first[v + (int64_t)1]; k++) {
            uint32_t u = rows->to[k];

            r->next[u] |= mine;
            r->coming[r->in_coming] = u;
            r->in_coming += !r->listed[u];
            r->listed[u] = 1;
        }
    }
}

/* Takes the arrivals in: those already met go, the rest are counted at their vertex and become the frontier. */
LANES_CLONES static void
arrive(const struct job *job, struct room *r, int64_t distance, double *row)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < r->in_coming; i++) {
        uint32_t v = r->coming[i];
        lanes_bits new = r->next[v] & ~r->met[v];
        int count = count_bits(&new);

        r->listed[v] = 0;
        r->next[v] = (lanes_bits){0};
        if (!count)
            continue;
        r->met[v] |= new;
        r->front[v] = new;
        r->coming[kept++] = v;
        if (job->wanted[FAR])
            row[job->offset[FAR] + v] += (double)distance * count;
        if (job->wanted[NEAR])
            row[job->offset[NEAR] + v] += count / (double)distance;
        if (job->wanted[REACHED])
            row[job->offset[REACHED] + v] += count;
    }
    r->in_coming = kept;
}

static void
leave_front(struct room *r)
{
    for (int64_t i = 0; i < r->in_list; i++)
        r->front[r->list[i]] = (lanes_bits){0};
}

static int64_t
arcs_of(const kith_csr *rows, const uint32_t *list, int64_t n)
{
    int64_t arcs = 0;

    for (int64_t i = 0; i < n; i++)
        arcs += rows->first[list[i] + (int64_t)1] - rows->first[list[i]];
    return arcs;
}

static void
place_sources(const struct job *job, struct room *r, int64_t from, int64_t to, lanes_bits *all)
{
    r->in_list = r->in_missing = r->in_coming = 0;
    for (int64_t v = job->begins[from]; v < job->ends[to - 1]; v++) {
        r->missing[r->in_missing++] = (uint32_t)v;
        r->met[v] = (lanes_bits){0};
    }
    for (int64_t v = from; v < to; v++) {
        lanes_bits bit = {0};

        bit[(v - from) / 64] = (uint64_t)1 << (v - from) % 64;
        r->met[v] = r->front[v] = bit;
        *all |= bit;
        r->list[r->in_list++] = (uint32_t)v;
    }
}

/* A pull looks at rows that may end early and writes once a vertex; a push writes for every arc. */
static void
batch(const void *shared, void *data, int64_t number, kith_work *work, double *row)
{
    const struct job *job = shared;
    struct room *r = data;
    int64_t from = number * SOURCES, to = MIN(from + SOURCES, job->rows->n);
    lanes_bits all = {0};

    place_sources(job, r, from, to, &all);
    for (int64_t distance = 1; r->in_list && kith_work_step(work, 0); distance++) {
        uint32_t *swap = r->list;

        if (2 * arcs_of(job->rows, r->list, r->in_list) <
            arcs_of(job->rows, r->missing, r->in_missing))
            push(job->rows, r, work);
        else
            pull(job->rows, r, &all, work);
        leave_front(r);
        arrive(job, r, distance, row);
        r->list = r->coming;
        r->coming = swap;
        r->in_list = r->in_coming;
        r->in_coming = 0;
    }
}

/* From rows of results by place to the callers' vectors by vertex. */
static void
hand_over(const struct job *job, const uint32_t *order, const double *sums, double *out, int which)
{
    for (int64_t i = 0; out && i < job->rows->n; i++)
        out[order[i]] = sums[job->offset[which] + i];
}

kith_status
kith_distances(const kith_csr *rows, kith_work *work, double *far, double *near, double *reached,
               kith_error *err)
{
    static const kith_rounds rounds = {sizeof(struct room), furnish, batch};
    g_autofree uint32_t *begins = g_new(uint32_t, rows->n + 1),
                        *ends = g_new(uint32_t, rows->n + 1);
    g_autofree uint32_t *order = kith_order_near(rows, begins, ends);
    g_autoptr(kith_csr) renumbered = NULL;
    g_autofree double *sums = NULL;
    struct job job = {.begins = begins, .ends = ends, .wanted = {far, near, reached}};
    int64_t n = 0;

    TRY(kith_order_turn(rows, order, rows->n, &renumbered, err));
    job.rows = renumbered;
    for (int i = 0; i < SUMS; i++) {
        job.offset[i] = n;
        n += job.wanted[i] ? rows->n : 0;
    }
    sums = g_new0(double, n + 1);
    TRY(kith_rounds_run(&rounds, &job, (rows->n + SOURCES - 1) / SOURCES, n, work, sums, err));
    hand_over(&job, order, sums, far, FAR);
    hand_over(&job, order, sums, near, NEAR);
    hand_over(&job, order, sums, reached, REACHED);
    return KITH_OK;
}
