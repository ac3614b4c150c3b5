/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weighted.c - Brandes on searches by length. */
#include "measures/weighted.h"
#include "base/base.h"
#include "measures/nearest.h"
#include "measures/rounds.h"
#include <math.h>
#include <omp.h>
#include <string.h>

#define SOURCES 8 /* of a batch */
#define SAME 1e-10

struct room {
    kith_nearest *nearest;
    double *sigma, *share; /* by vertex; zeros between searches */
    uint32_t *turn;        /* by vertex: its place in the order of the search */
};

static void
room_free(void *data)
{
    struct room *r = data;

    kith_nearest_free(r->nearest);
    g_free(r->sigma);
    g_free(r->share);
    g_free(r->turn);
    g_free(r);
}

static void *
room_new(const void *shared)
{
    const kith_brandes *b = shared;
    struct room *r = g_new0(struct room, 1);

    r->nearest = kith_nearest_new(b->out->n);
    r->sigma = g_try_new0(double, b->out->n + 1);
    r->share = g_try_new0(double, b->out->n + 1);
    r->turn = g_try_new(uint32_t, b->out->n + 1);
    if (r->nearest && r->sigma && r->share && r->turn)
        return r;
    room_free(r);
    return NULL;
}

/* Whether the k-th arc into v is the last of a shortest path. */
static bool
is_last_step(const kith_csr *in, const struct room *r, uint32_t v, int64_t k)
{
    const double *distance = r->nearest->distance;
    uint32_t u = in->to[k];
    double reach = distance[u] + in->weight[k];

    return isfinite(reach) && reach - distance[v] <= SAME * (reach + distance[v]) &&
           r->turn[u] < r->turn[v];
}

static void
count_paths(const kith_csr *in, struct room *r)
{
    const kith_nearest *s = r->nearest;

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
    const kith_nearest *s = r->nearest;
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

        if (!kith_nearest_from(r->nearest, b->out, source, work))
            return;
        count_paths(b->in, r);
        share_out(b, r, b->stands_for ? b->stands_for[source] : 1, row);
    }
}

kith_status
kith_weighted_brandes(const kith_brandes *brandes, kith_work *work, double *sums, kith_error *err)
{
    kith_rounds rounds = {.batches = (brandes->sources + SOURCES - 1) / SOURCES,
                          .n = brandes->out->n,
                          .shared = brandes,
                          .room_new = room_new,
                          .room_free = room_free,
                          .batch = batch};

    return kith_rounds_run(&rounds, work, sums, err);
}

/* What one search says of its source. */
static void
sum_up(const kith_nearest *s, double *far, double *near, double *reached)
{
    uint32_t source = s->order[0];
    double sum = 0, inverse = 0;

    for (int64_t i = 1; i < s->reached; i++) {
        sum += s->distance[s->order[i]];
        inverse += 1 / s->distance[s->order[i]];
    }
    if (far)
        far[source] = sum;
    if (near)
        near[source] = inverse;
    if (reached)
        reached[source] = (double)(s->reached - 1);
}

kith_status
kith_weighted_distances(const kith_csr *lengths, kith_work *work, double *far, double *near,
                        double *reached, kith_error *err)
{
    int threads = kith_work_threads(work);
    g_autofree kith_nearest **room = g_new0(kith_nearest *, threads);
    bool enough = true;

    for (int t = 0; t < threads; t++)
        enough = (room[t] = kith_nearest_new(lengths->n)) && enough;
    kith_work_begin(work, (double)lengths->n);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 8) if (enough)
    for (int64_t v = 0; v < lengths->n; v++)
        if (enough && kith_work_step(work, 1) &&
            kith_nearest_from(room[omp_get_thread_num()], lengths, (uint32_t)v, work))
            sum_up(room[omp_get_thread_num()], far, near, reached);
    for (int t = 0; t < threads; t++)
        kith_nearest_free(room[t]);
    if (!enough)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    return kith_work_end(work, err);
}
