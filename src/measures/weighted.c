/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weighted.c - Brandes on searches by length. */
#include "measures/weighted.h"
#include "base/base.h"
#include "measures/nearest.h"
#include "measures/rounds.h"
#include <math.h>

#define SOURCES 8 /* of a batch */
#define SAME 1e-10

struct room {
    kith_nearest nearest;
    double *sigma, *share; /* by vertex; zeros between searches */
    uint32_t *turn;        /* by vertex: its place in the order of the search */
};

static void
furnish(const void *shared, void *room, kith_shelf *shelf)
{
    const kith_brandes *b = shared;
    struct room *r = room;
    int64_t n = b->out->n;

    kith_nearest_furnish(&r->nearest, n, shelf);
    r->sigma = KITH_SHELF(shelf, double, n);
    r->share = KITH_SHELF(shelf, double, n);
    r->turn = KITH_SHELF(shelf, uint32_t, n);
}

/* Whether the k-th arc into v is the last of a shortest path. */
static bool
is_last_step(const kith_csr *in, const struct room *r, uint32_t v, int64_t k)
{
    const double *distance = r->nearest.distance;
    uint32_t u = in->to[k];
    double reach = distance[u] + in->weight[k];

    return isfinite(reach) && reach - distance[v] <= SAME * (reach + distance[v]) &&
           r->turn[u] < r->turn[v];
}

static void
count_paths(const kith_csr *in, struct room *r)
{
    const kith_nearest *s = &r->nearest;

    for (int64_t i = 0; i < s->reached; i++)
        r->turn[s->order[i]] = (uint32_t)i;
    r->sigma[s->order[0]] = 1;
    for (int64_t i = 1; i < s->reached; i++) {
        uint32_t v = s->order[i];

        for (int64_t k = in->first[v]; k < in->first[v + (int64_t)1]; k++)
            if (is_last_step(in, r, v, k))
                r->sigma[v] += r->sigma[in->to[k]];
    }
}

static void
share_out(const kith_brandes *b, struct room *r, double weight, double *row)
{
    const kith_nearest *s = &r->nearest;
    const kith_csr *in = b->in;

    for (int64_t i = s->reached - 1; i > 0; i--) {
        uint32_t v = s->order[i];
        double behind = r->sigma[v] * r->share[v];
        double passed = (behind + (b->stands_for ? b->stands_for[v] : 1)) / r->sigma[v];

        row[v] += weight * behind;
        for (int64_t k = in->first[v]; k < in->first[v + (int64_t)1]; k++)
            if (is_last_step(in, r, v, k))
                r->share[in->to[k]] += passed;
        r->sigma[v] = r->share[v] = 0;
    }
    r->sigma[s->order[0]] = r->share[s->order[0]] = 0;
}

static void
batch(const void *shared, void *room, int64_t number, kith_work *work, double *row)
{
    const kith_brandes *b = shared;
    struct room *r = room;

    for (int64_t i = number * SOURCES; i < MIN((number + 1) * SOURCES, b->sources); i++) {
        uint32_t source = b->source ? b->source[i] : (uint32_t)i;

        if (!kith_nearest_from(&r->nearest, b->out, source, work))
            return;
        count_paths(b->in, r);
        share_out(b, r, b->stands_for ? b->stands_for[source] : 1, row);
    }
}

kith_status
kith_weighted_brandes(const kith_brandes *brandes, kith_work *work, double *sums, kith_error *err)
{
    static const kith_rounds rounds = {sizeof(struct room), furnish, batch};

    return kith_rounds_run(&rounds, brandes, (brandes->sources + SOURCES - 1) / SOURCES,
                           brandes->out->n, work, sums, err);
}

struct job {
    const kith_csr *lengths;
    double *far, *near, *reached; /* by vertex; NULL for what is not asked */
};

static void
furnish_search(const void *shared, void *room, kith_shelf *shelf)
{
    const struct job *job = shared;

    kith_nearest_furnish(room, job->lengths->n, shelf);
}

/* What one search says of its source. */
static void
sum_up(const struct job *job, const kith_nearest *s)
{
    uint32_t source = s->order[0];
    double sum = 0, inverse = 0;

    for (int64_t i = 1; i < s->reached; i++) {
        sum += s->distance[s->order[i]];
        inverse += 1 / s->distance[s->order[i]];
    }
    if (job->far)
        job->far[source] = sum;
    if (job->near)
        job->near[source] = inverse;
    if (job->reached)
        job->reached[source] = (double)(s->reached - 1);
}

/* Nobody adds to what another source has: rows have no length. */
static void
search_batch(const void *shared, void *room, int64_t number, kith_work *work, double *row)
{
    const struct job *job = shared;

    (void)row;
    for (int64_t v = number * SOURCES; v < MIN((number + 1) * SOURCES, job->lengths->n); v++) {
        if (!kith_nearest_from(room, job->lengths, (uint32_t)v, work))
            return;
        sum_up(job, room);
    }
}

kith_status
kith_weighted_distances(const kith_csr *lengths, kith_work *work, double *far, double *near,
                        double *reached, kith_error *err)
{
    static const kith_rounds rounds = {sizeof(kith_nearest), furnish_search, search_batch};
    struct job job = {lengths, far, near, reached};

    return kith_rounds_run(&rounds, &job, (lengths->n + SOURCES - 1) / SOURCES, 0, work, NULL, err);
}
