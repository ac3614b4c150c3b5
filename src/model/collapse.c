/* SPDX-License-Identifier: GPL-3.0-or-later */
/* collapse.c - forgets who points at whom: one edge for each pair with a tie either way, weights
 * added. */
#include "model/network.h"
#include <stdlib.h>
#include <string.h>

struct pair {
    uint32_t from, to;
    double weight;
};

static int
compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->weight < y->weight ? -1 : x->weight > y->weight;
}

static struct pair *
sorted_pairs(const kith_network *network)
{
    struct pair *pair = g_new(struct pair, network->m + 1);

    for (int64_t i = 0; i < network->m; i++) {
        uint32_t a = network->from[i], b = network->to[i];

        pair[i] = (struct pair){MIN(a, b), MAX(a, b), network->weight[i]};
    }
    if (network->directed && network->m)
        qsort(pair, (size_t)network->m, sizeof *pair, compare_pairs);
    return pair;
}

kith_network *
kith_network_collapse(const kith_network *network)
{
    kith_network *out = g_new0(kith_network, 1);
    g_autofree struct pair *pair = sorted_pairs(network);

    out->n = network->n;
    out->loops = network->loops;
    out->repeats = network->repeats;
    out->large_events = network->large_events;
    out->node = g_new(kith_node, network->n + 1);
    if (network->n)
        memcpy(out->node, network->node, (size_t)network->n * sizeof *out->node);
    out->from = g_new(uint32_t, network->m + 1);
    out->to = g_new(uint32_t, network->m + 1);
    out->weight = g_new(double, network->m + 1);
    for (int64_t i = 0; i < network->m; i++) {
        int64_t last = out->m - 1;

        if (last >= 0 && out->from[last] == pair[i].from && out->to[last] == pair[i].to) {
            out->weight[last] += pair[i].weight;
            continue;
        }
        out->from[out->m] = pair[i].from;
        out->to[out->m] = pair[i].to;
        out->weight[out->m++] = pair[i].weight;
    }
    return out;
}
