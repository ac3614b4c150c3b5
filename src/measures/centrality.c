/* SPDX-License-Identifier: GPL-3.0-or-later */
/* centrality.c - the table of measures, and the gate all of them go through. */
#include "measures/centrality.h"
#include "base/base.h"
#include "measures/neighbours.h"
#include "measures/outreach.h"
#include "measures/paths.h"
#include "measures/rank.h"
#include "measures/walks.h"
#include <float.h>
#include <math.h>
#include <string.h>

static const kith_centrality table[] = {
    {.name = "degree",
     .about = "how many people one has a tie with, either way",
     .collapsed = true,
     .run = kith_measure_degree},
    {.name = "strength",
     .about = "sum of the weights of one's ties, both ways",
     .collapsed = true,
     .always_weighs = true,
     .run = kith_measure_strength},
    {.name = "pagerank",
     .about = "share of attention: people count when people who count have ties to them; damping "
              "0.85, along the ties' direction, sums to 1",
     .can_weigh = true,
     .cost = KITH_COST_SWEEPS,
     .run = kith_measure_pagerank},
    {.name = "eigenvector",
     .about = "sum of one's contacts' scores, in the largest connected part of the undirected "
              "network; maximum 1, 0 outside that part",
     .collapsed = true,
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_SWEEPS,
     .run = kith_measure_eigenvector},
    {.name = "katz",
     .about = "all walks that lead to a person, each step counting 0.85 / (largest eigenvalue of "
              "the undirected network); maximum 1",
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_SWEEPS,
     .run = kith_measure_katz},
    {.name = "hub",
     .about = "ties to good authorities, who are those with ties from good hubs; along the ties' "
              "direction, maximum 1",
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_SWEEPS,
     .run = kith_measure_hub},
    {.name = "authority",
     .about = "ties from good hubs, who are those with ties to good authorities; along the ties' "
              "direction, maximum 1",
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_SWEEPS,
     .run = kith_measure_authority},
    {.name = "betweenness",
     .about =
         "how many shortest chains between two others pass through a person, shared when there "
         "are several; along the ties' direction, not normalised",
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_TRAVERSALS,
     .run = kith_measure_betweenness},
    {.name = "harmonic",
     .about = "mean of 1/distance to everybody else, 0 for those out of reach; undirected",
     .collapsed = true,
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_DISTANCES,
     .run = kith_measure_harmonic,
     .best = kith_measure_harmonic_best},
    {.name = "closeness",
     .about = "1 / mean distance to those within reach, 0 for nobody; undirected",
     .collapsed = true,
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_DISTANCES,
     .run = kith_measure_closeness},
    {.name = "core",
     .about = "the largest k such that one belongs to a group whose members all have k ties inside "
              "it; undirected",
     .collapsed = true,
     .needs_others = true,
     .run = kith_measure_core},
    {.name = "constraint",
     .about = "Burt's constraint: how far one's contacts are tied to one another; undirected; the "
              "lowest comes first, missing for people without ties",
     .collapsed = true,
     .can_weigh = true,
     .lowest_first = true,
     .needs_others = true,
     .cost = KITH_COST_SQUARES,
     .run = kith_measure_constraint},
    {.name = "clustering",
     .about = "share of pairs of one's contacts who have a tie; undirected, 0 for fewer than two "
              "contacts",
     .collapsed = true,
     .needs_others = true,
     .run = kith_measure_clustering},
    {.name = "spread",
     .about = "how many hear of it when one person tells, on average, themselves included: "
              "independent cascade along the ties' direction, chance 0.1 a tie (with weights "
              "1 - 0.9^weight), from up to 65536 reverse samples",
     .can_weigh = true,
     .needs_others = true,
     .cost = KITH_COST_SAMPLES,
     .run = kith_measure_spread},
};

const kith_centrality *
kith_centrality_at(int64_t i)
{
    return i >= 0 && i < (int64_t)G_N_ELEMENTS(table) ? &table[i] : NULL;
}

const kith_centrality *
kith_centrality_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

/* A weight must have a length, so 1/weight is finite too: DBL_MIN is far within that. */
static kith_status
check_weights(const kith_network *network, kith_error *err)
{
    for (int64_t i = 0; i < network->m; i++)
        if (!(network->weight[i] >= DBL_MIN && network->weight[i] <= DBL_MAX))
            return kith_fail(err, KITH_ERR_ARGUMENT,
                             "bad weight %g (expected a finite number above 0)",
                             network->weight[i]);
    return KITH_OK;
}

static kith_status
check_scores(const kith_centrality *measure, const kith_network *network, const double *score,
             kith_error *err)
{
    bool may_miss = measure->run == kith_measure_constraint;

    for (int64_t i = 0; i < network->n; i++)
        if (!isfinite(score[i]) && !(may_miss && isnan(score[i])))
            return kith_fail(err, KITH_ERR_NUMERIC, "%s gave %g for vertex %" G_GINT64_FORMAT,
                             measure->name, score[i], i);
    return KITH_OK;
}

/* What a measure is asked about: everybody, or the k best. */
static kith_status
ask(const kith_centrality *measure, const kith_network *network, bool weighted, int64_t best,
    kith_work *work, double *score, kith_error *err)
{
    g_autoptr(kith_network) collapse = NULL;
    const kith_network *used = network;

    if (network->n == 0)
        return KITH_OK;
    kith_work_begin(work, 1);
    TRY(kith_work_end(work, err));
    TRY(check_weights(network, err));
    if (measure->collapsed && network->directed)
        used = collapse = kith_network_collapse(network);
    if (best < network->n && measure->best) {
        TRY(measure->best(used, best, work, score, err));
    } else {
        TRY(measure->run(used, weighted && measure->can_weigh, work, score, err));
        TRY(check_scores(measure, used, score, err));
    }
    kith_rank_tidy(score, network->n);
    return KITH_OK;
}

kith_status
kith_centrality_score(const kith_centrality *measure, const kith_network *network, bool weighted,
                      kith_work *work, double *score, kith_error *err)
{
    return ask(measure, network, weighted, INT64_MAX, work, score, err);
}

kith_status
kith_centrality_best(const kith_centrality *measure, const kith_network *network, int64_t k,
                     kith_work *work, double *score, kith_error *err)
{
    return ask(measure, network, false, k, work, score, err);
}

double
kith_centrality_work(const kith_centrality *measure, const kith_network *network, bool weighted)
{
    double n = (double)network->n, m = (double)network->m;

    switch (measure->cost) {
    case KITH_COST_SQUARES:
        return 1000 * (n + m);
    case KITH_COST_SWEEPS:
        return 50 * (n + m);
    case KITH_COST_TRAVERSALS:
        return (weighted && measure->can_weigh ? 12 : 3) * n * (n + m);
    case KITH_COST_DISTANCES:
        return (weighted && measure->can_weigh ? 12 : 0.1) * n * (n + m);
    case KITH_COST_SAMPLES:
        return kith_outreach_work(network);
    default:
        return 100 * (n + m);
    }
}
