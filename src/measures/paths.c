/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c - betweenness, harmonic and closeness, by igraph. */
#include "measures/paths.h"
#include "base/base.h"
#include "model/ig.h"
#include <math.h>
#include <string.h>

/* What the three share: the graph, the lengths of its ties, room for the result. */
struct search {
    igraph_t graph;
    igraph_vector_t length, found;
    const igraph_vector_t *used; /* NULL: every tie is one step long */
};

static void
search_clear(struct search *s)
{
    igraph_destroy(&s->graph);
    igraph_vector_destroy(&s->length);
    igraph_vector_destroy(&s->found);
}

static kith_status
prepare(const kith_network *net, bool weighted, struct search *s, kith_error *err)
{
    TRY(kith_ig_graph(net, &s->graph, err));
    TRY(kith_ig_weights(net, &s->length, err));
    TRY_IG(igraph_vector_init(&s->found, net->n));
    for (int64_t i = 0; i < net->m; i++)
        VECTOR(s->length)[i] = 1 / VECTOR(s->length)[i];
    s->used = weighted ? &s->length : NULL;
    return KITH_OK;
}

/* igraph says NaN of a vertex that reaches nobody. */
static void
hand_over(const kith_network *net, const struct search *s, double *score)
{
    memcpy(score, VECTOR(s->found), (size_t)net->n * sizeof *score);
    for (int64_t i = 0; i < net->n; i++)
        score[i] = isnan(score[i]) ? 0 : score[i];
}

kith_status
kith_measure_betweenness(const kith_network *net, bool weighted, kith_work *work, double *score,
                         kith_error *err)
{
    __attribute__((cleanup(search_clear))) struct search s = {0};

    (void)work;
    IG_SCOPE();
    TRY(prepare(net, weighted, &s, err));
    TRY_IG(igraph_betweenness(&s.graph, &s.found, igraph_vss_all(), net->directed, s.used));
    memcpy(score, VECTOR(s.found), (size_t)net->n * sizeof *score);
    return KITH_OK;
}

kith_status
kith_measure_harmonic(const kith_network *net, bool weighted, kith_work *work, double *score,
                      kith_error *err)
{
    __attribute__((cleanup(search_clear))) struct search s = {0};

    (void)work;
    IG_SCOPE();
    TRY(prepare(net, weighted, &s, err));
    TRY_IG(
        igraph_harmonic_centrality(&s.graph, &s.found, igraph_vss_all(), IGRAPH_ALL, s.used, true));
    hand_over(net, &s, score);
    return KITH_OK;
}

kith_status
kith_measure_closeness(const kith_network *net, bool weighted, kith_work *work, double *score,
                       kith_error *err)
{
    __attribute__((cleanup(search_clear))) struct search s = {0};

    (void)work;
    IG_SCOPE();
    TRY(prepare(net, weighted, &s, err));
    TRY_IG(igraph_closeness(&s.graph, &s.found, NULL, NULL, igraph_vss_all(), IGRAPH_ALL, s.used,
                            true));
    hand_over(net, &s, score);
    return KITH_OK;
}
