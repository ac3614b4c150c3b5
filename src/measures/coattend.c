/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coattend.c - guest lists rewired and counted again and again. */
#include "measures/coattend.h"
#include "base/base.h"
#include "measures/rewire.h"
#include <string.h>

#define ALLOWED 4e9 /* steps, counted, not timed */
#define LEAST 200

static double
work_of(const kith_twomode *t)
{
    double work = 400 * (double)t->links;

    for (int64_t g = 0; g < t->groups; g++)
        work += 2 * (double)kith_twomode_size(t, g) * (double)kith_twomode_size(t, g);
    return work + 1;
}

int64_t
kith_coattend_affordable(const kith_twomode *t, int64_t wanted)
{
    int64_t most = (int64_t)MIN((double)wanted, ALLOWED / work_of(t));

    return most < MIN(LEAST, wanted) ? 0 : most;
}

/* Members, and after them groups, tied by who was where. */
static kith_network *
list_of(const kith_twomode *t)
{
    kith_network *net = g_new0(kith_network, 1);

    net->n = t->members + t->groups;
    net->directed = true;
    net->node = g_new0(kith_node, net->n + 1);
    net->from = g_new(uint32_t, t->links + 1);
    net->to = g_new(uint32_t, t->links + 1);
    net->weight = g_new0(double, t->links + 1);
    for (int64_t m = 0; m < t->members; m++)
        for (int64_t i = t->of_member[m]; i < t->of_member[m + 1]; i++) {
            net->from[net->m] = (uint32_t)m;
            net->to[net->m++] = (uint32_t)t->members + t->group[i];
        }
    return net;
}

/* Where each member's pairs start. */
static int64_t *
index_pairs(const kith_projection_pair *pairs, int64_t n, int64_t members)
{
    int64_t *first = g_new0(int64_t, members + 2);

    for (int64_t i = 0; i < n; i++)
        first[pairs[i].a + 1]++;
    for (int64_t m = 0; m < members; m++)
        first[m + 1] += first[m];
    return first;
}

/* The pairs of one member: how many groups each other one shares, against what was seen. */
static void
count_member(const kith_twomode *t, int64_t m, const kith_projection_pair *pairs,
             const int64_t *first, int32_t *shared, int32_t *hits)
{
    for (int64_t i = t->of_member[m]; i < t->of_member[m + 1]; i++)
        for (int64_t k = t->of_group[t->group[i]]; k < t->of_group[t->group[i] + 1]; k++)
            shared[t->member[k]]++;
    for (int64_t i = first[m]; i < first[m + 1]; i++)
        if (shared[pairs[i].b] >= pairs[i].shared) {
#pragma omp atomic
            hits[i]++;
        }
    for (int64_t i = t->of_member[m]; i < t->of_member[m + 1]; i++)
        for (int64_t k = t->of_group[t->group[i]]; k < t->of_group[t->group[i] + 1]; k++)
            shared[t->member[k]] = 0;
}

static kith_status
count_list(const kith_network *list, const kith_twomode *t, const kith_projection_pair *pairs,
           const int64_t *first, uint64_t seed, int64_t i, int32_t *hits, kith_error *err)
{
    g_autoptr(kith_network) net = kith_rewire(list, seed, (uint64_t)i);
    g_autofree int32_t *shared = g_new0(int32_t, t->members + 1);
    g_autoptr(kith_twomode) rewired = NULL;

    for (int64_t k = 0; k < net->m; k++)
        net->to[k] -= (uint32_t)t->members;
    TRY(kith_twomode_new(t->members, t->groups, net->from, net->to, net->m, &rewired, err));
    for (int64_t m = 0; m < t->members; m++)
        if (first[m] < first[m + 1])
            count_member(rewired, m, pairs, first, shared, hits);
    return KITH_OK;
}

kith_status
kith_coattend_test(const kith_twomode *t, kith_projection_pair *pairs, int64_t n, int64_t lists,
                   uint64_t seed, kith_work *work, kith_error *err)
{
    g_autoptr(kith_network) list = list_of(t);
    g_autofree int64_t *first = index_pairs(pairs, n, t->members);
    g_autofree int32_t *hits = g_new0(int32_t, n + 1);
    bool failed = false;

    kith_work_begin(work, (double)lists);
#pragma omp parallel for num_threads(kith_work_threads(work)) schedule(dynamic)
    for (int64_t i = 0; i < lists; i++)
        if (kith_work_step(work, 1) &&
            count_list(list, t, pairs, first, seed, i, hits, NULL) != KITH_OK) {
#pragma omp atomic write
            failed = true;
        }
    if (failed)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for rewired guest lists");
    for (int64_t i = 0; i < n; i++)
        pairs[i].p = (double)(1 + hits[i]) / (double)(1 + lists);
    return kith_work_end(work, err);
}
