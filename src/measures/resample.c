/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.c - ranks without a tenth of the facts. */
#include "measures/resample.h"
#include "base/base.h"
#include "measures/random.h"
#include "measures/rank.h"
#include "model/graph.h"
#include <math.h>
#include <string.h>

/* Steps of a nanosecond, roughly; counted, not timed, so that the answer is the same on every
 * machine. */
#define ALLOWED 2e9
#define LEAST 20
#define STEPS_A_FACT 100

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_resample, kith_resample_free)

int64_t
kith_resample_affordable(const kith_resample_plan *plan, const kith_network *network)
{
    double rebuild =
        STEPS_A_FACT * (double)(kith_graph_ties(plan->graph) + network->m + network->n);
    double work = rebuild + kith_centrality_work(plan->measure, network) + 200 * (double)plan->n;
    int64_t affordable =
        work * (double)plan->wanted <= ALLOWED ? plan->wanted : (int64_t)(ALLOWED / work);

    return affordable < MIN(LEAST, plan->wanted) ? 0 : affordable;
}

/* The facts that can make a tie of this network. */
static GArray *
facts_in_use(const kith_resample_plan *plan)
{
    GArray *used = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const kith_graph *g = plan->graph;
    unsigned ties = plan->picked->ties;

    for (int64_t i = 0; i < g->ties; i++) {
        const kith_fact_tie *t = &g->tie[i];
        bool people = g->kind[t->from] == KITH_PERSON && g->kind[t->to] == KITH_PERSON;
        bool there = plan->picked->together && t->kind == KITH_ATTENDED;

        if (there || (people && (!ties || ties & 1u << t->kind)))
            g_array_append_val(used, i);
    }
    return used;
}

/* Marks exactly a tenth of the facts: Knuth's selection sampling, TAOCP 2, 3.4.2, algorithm S. */
static void
drop_a_tenth(const GArray *used, kith_random *random, uint8_t *dropped, int64_t facts)
{
    uint64_t left = MAX(1, (used->len + 5) / 10);

    memset(dropped, 0, (size_t)facts);
    for (guint i = 0; i < used->len; i++)
        if (kith_random_below(random, used->len - i) < left) {
            dropped[g_array_index(used, int64_t, i)] = 1;
            left--;
        }
}

static kith_resample *
resample_new(int64_t n)
{
    kith_resample *r = g_new0(kith_resample, 1);

    r->low = g_new0(int64_t, n + 1);
    r->high = g_new0(int64_t, n + 1);
    r->top5 = g_new0(int64_t, n + 1);
    return r;
}

void
kith_resample_free(kith_resample *r)
{
    if (!r)
        return;
    g_free(r->low);
    g_free(r->high);
    g_free(r->top5);
    g_free(r);
}

/* One ranking into place[], 1 … n. */
static kith_status
rank_once(const kith_resample_plan *plan, bool directed, const uint8_t *dropped, int64_t *place,
          kith_error *err)
{
    g_autoptr(kith_network) net = NULL;
    g_autofree double *score = NULL, *chosen = g_new(double, plan->n + 1);
    g_autofree int64_t *order = NULL;
    kith_network_options picked = *plan->picked;

    /* The one tie without a direction may be among the dropped: that must not turn the rest. */
    picked.direction = directed ? KITH_NETWORK_DIRECTED : KITH_NETWORK_UNDIRECTED;
    picked.dropped = dropped;
    TRY(kith_network_new(plan->graph, &picked, &net, err));
    score = g_new0(double, net->n + 1);
    TRY(kith_centrality_score(plan->measure, net, plan->weighted, score, err));
    for (int64_t i = 0; i < plan->n; i++)
        chosen[i] = isnan(plan->score[plan->ranked[i]]) ? NAN : score[plan->ranked[i]];
    order = kith_rank_order(chosen, plan->n, plan->measure->lowest_first);
    kith_rank_places(order, plan->n, place);
    return KITH_OK;
}

static int
compare_places(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return x < y ? -1 : x > y;
}

/* places: one row of `done` per person. The q-th centile is the ceil(q * done)-th smallest. */
static void
take_centiles(kith_resample *r, int64_t n, int32_t *places)
{
    int64_t fifth = MAX(1, (int64_t)ceil(0.05 * (double)r->done)) - 1;
    int64_t last = MAX(1, (int64_t)ceil(0.95 * (double)r->done)) - 1;

    for (int64_t i = 0; r->done && i < n; i++) {
        int32_t *row = places + i * r->done;

        for (int64_t k = 0; k < r->done; k++)
            r->top5[i] += row[k] <= 5;
        qsort(row, (size_t)r->done, sizeof *row, compare_places);
        r->low[i] = row[fifth];
        r->high[i] = row[last];
    }
}

kith_status
kith_resample_ranks(const kith_resample_plan *plan, const kith_network *network,
                    kith_resample **out, kith_error *err)
{
    g_autoptr(kith_resample) r = resample_new(plan->n);
    g_autoptr(GArray) used = facts_in_use(plan);
    g_autofree uint8_t *dropped = g_new0(uint8_t, plan->graph->ties + 1);
    g_autofree int64_t *place = g_new0(int64_t, plan->n + 1);
    g_autofree int32_t *places = NULL;

    r->done = kith_resample_affordable(plan, network);
    places = g_try_new(int32_t, (gsize)r->done * (gsize)plan->n + 1);
    if (!places)
        r->done = 0;
    for (int64_t k = 0; k < r->done; k++) {
        kith_random random = kith_random_init((uint64_t)plan->seed, (uint64_t)k);

        if (plan->progress && !plan->progress(plan->payload, (double)k / (double)r->done))
            return kith_fail(err, KITH_ERR_CANCELLED, "stopped");
        drop_a_tenth(used, &random, dropped, plan->graph->ties);
        TRY(rank_once(plan, network->directed, dropped, place, err));
        for (int64_t i = 0; i < plan->n; i++)
            places[i * r->done + k] = (int32_t)place[i];
    }
    take_centiles(r, plan->n, places);
    *out = g_steal_pointer(&r);
    return KITH_OK;
}
