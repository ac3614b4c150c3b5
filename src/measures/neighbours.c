/* SPDX-License-Identifier: GPL-3.0-or-later */
/* neighbours.c - degree, strength, core, constraint and clustering. */
#include "measures/neighbours.h"
#include "base/base.h"
#include "model/ig.h"
#include <math.h>
#include <string.h>

static void
add_at_both_ends(const kith_network *net, bool weighted, double *score)
{
    memset(score, 0, (size_t)net->n * sizeof *score);
    for (int64_t i = 0; i < net->m; i++) {
        double w = weighted ? net->weight[i] : 1;

        score[net->from[i]] += w;
        score[net->to[i]] += w;
    }
}

kith_status
kith_measure_degree(const kith_network *net, bool weighted, kith_work *work, double *score,
                    kith_error *err)
{
    (void)weighted;
    (void)work;
    (void)err;
    add_at_both_ends(net, false, score);
    return KITH_OK;
}

kith_status
kith_measure_strength(const kith_network *net, bool weighted, kith_work *work, double *score,
                      kith_error *err)
{
    (void)weighted;
    (void)work;
    (void)err;
    add_at_both_ends(net, true, score);
    return KITH_OK;
}

kith_status
kith_measure_core(const kith_network *net, bool weighted, kith_work *work, double *score,
                  kith_error *err)
{
    g_auto(igraph_t) graph = {0};
    g_auto(igraph_vector_int_t) core = {0};

    (void)work;
    (void)weighted;
    IG_SCOPE();
    TRY(kith_ig_graph(net, &graph, err));
    TRY_IG(igraph_vector_int_init(&core, net->n));
    TRY_IG(igraph_coreness(&graph, &core, IGRAPH_ALL));
    for (int64_t i = 0; i < net->n; i++)
        score[i] = (double)VECTOR(core)[i];
    return KITH_OK;
}

/* What igraph leaves undefined for a vertex alone is set by us, whatever igraph writes there. */
static void
copy_scores(const kith_network *net, const igraph_vector_t *from, double alone, double *score)
{
    memcpy(score, VECTOR(*from), (size_t)net->n * sizeof *score);
    for (int64_t i = 0; i < net->n; i++)
        score[i] = isnan(score[i]) ? alone : score[i];
}

static void
blank_isolates(const kith_network *net, double *score)
{
    g_autofree uint8_t *touched = g_new0(uint8_t, net->n + 1);

    for (int64_t i = 0; i < net->m; i++)
        touched[net->from[i]] = touched[net->to[i]] = 1;
    for (int64_t i = 0; i < net->n; i++)
        if (!touched[i])
            score[i] = NAN;
}

kith_status
kith_measure_constraint(const kith_network *net, bool weighted, kith_work *work, double *score,
                        kith_error *err)
{
    g_auto(igraph_t) graph = {0};
    g_auto(igraph_vector_t) weights = {0};
    g_auto(igraph_vector_t) found = {0};

    (void)work;
    IG_SCOPE();
    TRY(kith_ig_graph(net, &graph, err));
    TRY(kith_ig_weights(net, &weights, err));
    TRY_IG(igraph_vector_init(&found, net->n));
    TRY_IG(igraph_constraint(&graph, &found, igraph_vss_all(), weighted ? &weights : NULL));
    copy_scores(net, &found, NAN, score);
    blank_isolates(net, score);
    return KITH_OK;
}

kith_status
kith_measure_clustering(const kith_network *net, bool weighted, kith_work *work, double *score,
                        kith_error *err)
{
    g_auto(igraph_t) graph = {0};
    g_auto(igraph_vector_t) found = {0};

    (void)work;
    (void)weighted;
    IG_SCOPE();
    TRY(kith_ig_graph(net, &graph, err));
    TRY_IG(igraph_vector_init(&found, net->n));
    TRY_IG(igraph_transitivity_local_undirected(&graph, &found, igraph_vss_all(),
                                                IGRAPH_TRANSITIVITY_ZERO));
    copy_scores(net, &found, 0, score);
    return KITH_OK;
}
