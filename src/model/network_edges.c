/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_edges.c - the network of a graph of columns: what is in order already is not sorted again. */
#include "base/order.h"
#include "base/pages.h"
#include "model/edges.h"
#include "model/network_private.h"
#include <stdlib.h>
#include <string.h>

static void
pick_everybody(const kith_graph *g, kith_network *net)
{
    net->n = g->nodes;
    net->node = g_new(kith_node, g->nodes + 1);
    for (int64_t i = 0; i < g->nodes; i++)
        net->node[i] = i;
}

static bool
is_directed(const kith_edges *e, const kith_network_options *o, int64_t kept)
{
    return o->direction == KITH_NETWORK_DIRECTED ||
           (o->direction == KITH_NETWORK_AS_DATA && !e->undirected && kept > 0);
}

static bool
is_kept(const kith_edges *e, const kith_network_options *o, int64_t i)
{
    return !(o->dropped && o->dropped[i]) && e->from[i] != e->to[i];
}

static int64_t
count_kept(const kith_edges *e, const kith_network_options *o, kith_network *net)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < e->ties; i++) {
        kept += is_kept(e, o, i);
        net->loops += e->from[i] == e->to[i] && !(o->dropped && o->dropped[i]);
    }
    return kept;
}

/* The ties that are kept, each end smaller first when directions do not matter, both ways when they are asked for. */
static void
take_edges(const kith_edges *e, const kith_network_options *o, kith_network *net)
{
    bool both = net->directed && e->undirected;

    for (int64_t i = 0; i < e->ties; i++) {
        uint32_t a = e->from[i], b = e->to[i];
        bool swap = !net->directed && a > b;

        if (!is_kept(e, o, i))
            continue;
        for (int way = 0; way < 1 + both; way++) {
            net->from[net->m] = swap || way ? b : a;
            net->to[net->m] = swap || way ? a : b;
            net->weight[net->m++] = e->weight ? e->weight[i] : 1;
        }
    }
}

static bool
bring_into_order(const kith_edges *e, kith_network *net)
{
    g_autofree uint32_t *place = NULL;
    double *moved;

    if (kith_order_is(net->m, net->from, net->to))
        return true;
    place = e->weight ? g_try_new(uint32_t, net->m) : NULL;
    moved = place ? g_try_new(double, net->m) : NULL;
    if ((e->weight && !moved) ||
        !kith_order_pairs(net->n, net->m, net->from, net->to, place, e->threads)) {
        g_free(moved);
        return false;
    }
    for (int64_t i = 0; moved && i < net->m; i++)
        moved[i] = net->weight[place[i]];
    if (moved) {
        g_free(net->weight);
        net->weight = moved;
    }
    return true;
}

static int
compare_weights(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* Ties between the same two become one; weights are added from the smallest, as network.c adds them. */
static void
add_up(kith_network *net)
{
    int64_t n = net->m, kept = 0;

    for (int64_t i = 0, j; i < n; i = j) {
        double sum = net->weight[i];

        for (j = i + 1; j < n && net->from[j] == net->from[i] && net->to[j] == net->to[i]; j++)
            continue;
        if (j - i > 1) {
            qsort(net->weight + i, (size_t)(j - i), sizeof(double), compare_weights);
            sum = 0;
            for (int64_t k = i; k < j; k++)
                sum += net->weight[k];
        }
        net->from[kept] = net->from[i];
        net->to[kept] = net->to[i];
        net->weight[kept++] = sum;
    }
    net->repeats = n - kept;
    net->m = kept;
}

bool
kith_network_fits_edges(const kith_graph *graph, const kith_network_options *options)
{
    unsigned kinds = options->nodes ? options->nodes : 1u << KITH_PERSON;

    return graph->edges && kinds & 1u << KITH_PERSON &&
           (!options->ties || options->ties & 1u << KITH_TIE);
}

kith_status
kith_network_of_edges(const kith_graph *graph, const kith_network_options *options,
                      kith_network *net, kith_error *err)
{
    const kith_edges *e = graph->edges;
    int64_t room = count_kept(e, options, net);

    pick_everybody(graph, net);
    net->directed = is_directed(e, options, room);
    room *= net->directed && e->undirected ? 2 : 1;
    net->from = KITH_PAGES(uint32_t, room + 1);
    net->to = KITH_PAGES(uint32_t, room + 1);
    net->weight = KITH_PAGES(double, room + 1);
    if (!net->from || !net->to || !net->weight)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    take_edges(e, options, net);
    if (!bring_into_order(e, net))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    add_up(net);
    return KITH_OK;
}

int64_t
kith_edges_distinct(const kith_edges *e)
{
    g_autofree uint32_t *from = g_new(uint32_t, e->ties + 1), *to = g_new(uint32_t, e->ties + 1);
    int64_t distinct = 0;

    for (int64_t i = 0; i < e->ties; i++) {
        bool swap = e->undirected && e->from[i] > e->to[i];

        from[i] = swap ? e->to[i] : e->from[i];
        to[i] = swap ? e->from[i] : e->to[i];
    }
    if (!kith_order_is(e->ties, from, to))
        kith_order_pairs(e->nodes, e->ties, from, to, NULL, e->threads);
    for (int64_t i = 0; i < e->ties; i++)
        distinct += i == 0 || from[i] != from[i - 1] || to[i] != to[i - 1];
    return distinct;
}
