/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thin.c - rows of facts by edge. */
#include "measures/thin.h"
#include "base/base.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

/* One fact's share of an edge. */
struct share {
    int64_t edge, fact;
    double weight;
};

struct kith_thin {
    const kith_network *whole;
    GArray *share; /* by edge, then weight */
};

void
kith_thin_free(kith_thin *thin)
{
    if (!thin)
        return;
    g_array_unref(thin->share);
    g_free(thin);
}

/* As kith_network_new() adds up: the smallest first. */
static int
compare_shares(const void *a, const void *b)
{
    const struct share *x = a, *y = b;

    if (x->edge != y->edge)
        return x->edge < y->edge ? -1 : 1;
    return x->weight < y->weight ? -1 : x->weight > y->weight;
}

/* The edge between two vertices, -1 for none. */
static int64_t
find_edge(const kith_network *net, const int64_t *first, uint32_t from, uint32_t to)
{
    int64_t low = first[from], high = first[from + 1], end = high;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if (net->to[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && net->to[low] == to ? low : -1;
}

static void
add_share(kith_thin *thin, const int64_t *first, uint32_t from, uint32_t to, int64_t fact,
          double weight)
{
    bool swap = !thin->whole->directed && from > to;
    struct share s = {find_edge(thin->whole, first, swap ? to : from, swap ? from : to), fact,
                      weight};

    if (s.edge >= 0)
        g_array_append_val(thin->share, s);
}

static void
add_fact(kith_thin *thin, const int64_t *first, const uint32_t *vertex, const kith_fact_tie *t,
         int64_t fact)
{
    uint32_t from = vertex[t->from], to = vertex[t->to];

    if (from == UINT32_MAX || to == UINT32_MAX || from == to)
        return;
    add_share(thin, first, from, to, fact, t->weight);
    if (thin->whole->directed && (t->undirected || kith_tie_kind_is_mutual(t->kind)))
        add_share(thin, first, to, from, fact, t->weight);
}

bool
kith_thin_fits(const kith_graph *graph, const kith_network_options *options)
{
    int64_t first, n;

    kith_graph_tie_range(graph, KITH_ATTENDED, &first, &n);
    return !options->together || n == 0;
}

static int64_t *
find_rows(const kith_network *net)
{
    int64_t *first = g_new0(int64_t, (gsize)net->n + 2);

    for (int64_t i = 0; i < net->m; i++)
        first[net->from[i] + 1]++;
    for (int64_t v = 0; v < net->n; v++)
        first[v + 1] += first[v];
    return first;
}

kith_thin *
kith_thin_new(const kith_graph *graph, const kith_network_options *options,
              const kith_network *network)
{
    g_autofree int64_t *first = NULL;
    g_autofree uint32_t *vertex = NULL;
    kith_thin *thin;

    if (!kith_thin_fits(graph, options))
        return NULL;
    thin = g_new0(kith_thin, 1);
    thin->whole = network;
    thin->share = g_array_new(FALSE, FALSE, sizeof(struct share));
    first = find_rows(network);
    vertex = g_new(uint32_t, (gsize)graph->nodes + 1);
    memset(vertex, 0xff, (gsize)graph->nodes * sizeof *vertex);
    for (int64_t v = 0; v < network->n; v++)
        vertex[network->node[v]] = (uint32_t)v;
    for (int64_t i = 0; i < graph->ties; i++) {
        const kith_fact_tie t = kith_graph_fact(graph, i);

        if (!options->ties || options->ties & 1u << t.kind)
            add_fact(thin, first, vertex, &t, i);
    }
    qsort(thin->share->data, thin->share->len, sizeof(struct share), compare_shares);
    return thin;
}

kith_network *
kith_thin_network(const kith_thin *thin, const uint8_t *dropped)
{
    const kith_network *whole = thin->whole;
    const struct share *s = (const struct share *)(const void *)thin->share->data;
    kith_network *net = g_new0(kith_network, 1);
    int64_t last = -1;

    net->n = whole->n;
    net->directed = whole->directed;
    net->node = g_memdup2(whole->node, ((gsize)whole->n + 1) * sizeof *whole->node);
    net->from = g_new(uint32_t, (gsize)whole->m + 1);
    net->to = g_new(uint32_t, (gsize)whole->m + 1);
    net->weight = g_new(double, (gsize)whole->m + 1);
    for (guint i = 0; i < thin->share->len; i++) {
        if (dropped[s[i].fact])
            continue;
        if (s[i].edge == last) {
            net->weight[net->m - 1] += s[i].weight;
            continue;
        }
        last = s[i].edge;
        net->from[net->m] = whole->from[last];
        net->to[net->m] = whole->to[last];
        net->weight[net->m++] = s[i].weight;
    }
    return net;
}
