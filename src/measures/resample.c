/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.c - ranks without a tenth of the facts. */
#include "measures/resample.h"
#include "base/base.h"
#include "measures/random.h"
#include "measures/rank.h"
#include "measures/thin.h"
#include "model/graph.h"
#include <math.h>
#include <string.h>

/* Steps of a nanosecond, roughly; counted, not timed, so that the answer is the same on every
 * machine. */
#define ALLOWED 4e9
#define LEAST 20
#define STEPS_A_FACT 100

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_resample, kith_resample_free)

int64_t
kith_resample_affordable(const kith_resample_plan *plan, const kith_network *network)
{
    double facts = (double)(kith_graph_ties(plan->graph) + network->m + network->n);
    double rebuild = facts * (kith_thin_fits(plan->graph, plan->picked) ? 10 : STEPS_A_FACT);
    double work = rebuild + kith_centrality_work(plan->measure, network, plan->weighted) +
                  200 * (double)plan->n;
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
        const kith_fact_tie t = kith_graph_fact(g, i);
        bool people = g->kind[t.from] == KITH_PERSON && g->kind[t.to] == KITH_PERSON;
        bool there = plan->picked->together && t.kind == KITH_ATTENDED;

        if (there || (people && (!ties || ties & 1u << t.kind)))
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
    r->top5 = g_new0(double, n + 1);
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

/* Where one resample puts each person. Those with equal scores share the places from `first` to
 * `last`. */
struct places {
    int64_t *first, *last;
};

/* How many of the first five places each of those who share some gets. */
static double
share_of_five(int64_t first, int64_t last)
{
    return (double)CLAMP(6 - first, 0, last - first + 1) / (double)(last - first + 1);
}

static void
share_places(const double *score, const int64_t *order, int64_t n, struct places *p)
{
    for (int64_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && score[order[j]] == score[order[i]]; j++)
            ;
        for (int64_t k = i; k < j; k++) {
            p->first[order[k]] = i + 1;
            p->last[order[k]] = j;
        }
    }
}

static kith_status
network_without(const kith_resample_plan *plan, const kith_thin *thin, bool directed,
                const uint8_t *dropped, kith_network **out, kith_error *err)
{
    kith_network_options picked = *plan->picked;

    if (thin) {
        *out = kith_thin_network(thin, dropped);
        return KITH_OK;
    }
    /* The one tie without a direction may be among the dropped: that must not turn the rest. */
    picked.direction = directed ? KITH_NETWORK_DIRECTED : KITH_NETWORK_UNDIRECTED;
    picked.dropped = dropped;
    return kith_network_new(plan->graph, &picked, out, err);
}

static kith_status
rank_once(const kith_resample_plan *plan, const kith_thin *thin, bool directed,
          const uint8_t *dropped, struct places *places, kith_error *err)
{
    g_autoptr(kith_network) net = NULL;
    g_autofree double *score = NULL, *chosen = g_new(double, plan->n + 1);
    g_autofree int64_t *order = NULL;

    TRY(network_without(plan, thin, directed, dropped, &net, err));
    score = g_new0(double, net->n + 1);
    TRY(kith_centrality_score(plan->measure, net, plan->weighted, plan->work, score, err));
    for (int64_t i = 0; i < plan->n; i++)
        chosen[i] = isnan(plan->score[plan->ranked[i]]) ? NAN : score[plan->ranked[i]];
    order = kith_rank_order(chosen, plan->n, plan->measure->lowest_first);
    share_places(chosen, order, plan->n, places);
    return KITH_OK;
}

static int
compare_places(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return x < y ? -1 : x > y;
}

/* The q-th centile of `done` numbers is the ceil(q * done)-th smallest. */
static int64_t
centile(int32_t *numbers, int64_t done, double q)
{
    qsort(numbers, (size_t)done, sizeof *numbers, compare_places);
    return numbers[MAX(1, (int64_t)ceil(q * (double)done)) - 1];
}

static kith_status
repeat(const kith_resample_plan *plan, const kith_network *whole, kith_resample *r, int32_t *firsts,
       int32_t *lasts, kith_error *err)
{
    g_autoptr(GArray) used = facts_in_use(plan);
    g_autoptr(kith_thin) thin = r->done ? kith_thin_new(plan->graph, plan->picked, whole) : NULL;
    g_autofree uint8_t *dropped = g_new0(uint8_t, plan->graph->ties + 1);
    g_autofree int64_t *room = g_new0(int64_t, 2 * plan->n + 1);
    struct places p = {room, room + plan->n};
    double from = plan->work ? plan->work->from : 0, share = plan->work ? plan->work->to - from : 1;

    for (int64_t k = 0; k < r->done; k++) {
        kith_random random = kith_random_init((uint64_t)plan->seed, (uint64_t)k);

        kith_work_share(plan->work, from + share * (double)k / (double)r->done,
                        from + share * (double)(k + 1) / (double)r->done);
        kith_work_begin(plan->work, 1);
        TRY(kith_work_end(plan->work, err));
        drop_a_tenth(used, &random, dropped, plan->graph->ties);
        TRY(rank_once(plan, thin, whole->directed, dropped, &p, err));
        for (int64_t i = 0; i < plan->n; i++) {
            firsts[i * r->done + k] = (int32_t)p.first[i];
            lasts[i * r->done + k] = (int32_t)p.last[i];
            r->top5[i] += share_of_five(p.first[i], p.last[i]);
        }
    }
    return KITH_OK;
}

kith_status
kith_resample_ranks(const kith_resample_plan *plan, const kith_network *network,
                    kith_resample **out, kith_error *err)
{
    g_autoptr(kith_resample) r = resample_new(plan->n);
    g_autofree int32_t *firsts = NULL, *lasts = NULL;
    gsize cells;

    r->done = kith_resample_affordable(plan, network);
    cells = (gsize)r->done * (gsize)plan->n + 1;
    firsts = g_try_new(int32_t, cells);
    lasts = g_try_new(int32_t, cells);
    if (!firsts || !lasts)
        r->done = 0;
    TRY(repeat(plan, network, r, firsts, lasts, err));
    for (int64_t i = 0; r->done && i < plan->n; i++) {
        r->low[i] = centile(firsts + i * r->done, r->done, 0.05);
        r->high[i] = centile(lasts + i * r->done, r->done, 0.95);
    }
    *out = g_steal_pointer(&r);
    return KITH_OK;
}
