/* SPDX-License-Identifier: GPL-3.0-or-later */
/* collapse.c - forgets who points at whom: one edge for each pair with a tie either way, weights
 * added. */
#include "model/network.h"
#include <string.h>

struct pair {
    uint32_t from, to;
    double weight;
};

/* Puts pairs in the order of one end, those with equal ones as they were. */
static void
sort_by_end(const struct pair *in, struct pair *out, int64_t m, int64_t n, bool higher)
{
    g_autofree int64_t *next = g_new0(int64_t, (gsize)n + 2);

    for (int64_t i = 0; i < m; i++)
        next[(higher ? in[i].to : in[i].from) + 1]++;
    for (int64_t v = 0; v < n; v++)
        next[v + 1] += next[v];
    for (int64_t i = 0; i < m; i++)
        out[next[higher ? in[i].to : in[i].from]++] = in[i];
}

static struct pair *
sorted_pairs(const kith_network *network)
{
    struct pair *pair = g_new(struct pair, network->m + 1);

    for (int64_t i = 0; i < network->m; i++) {
        uint32_t a = network->from[i], b = network->to[i];

        pair[i] = (struct pair){MIN(a, b), MAX(a, b), network->weight[i]};
    }
    if (network->directed) {
        g_autofree struct pair *half = g_new(struct pair, network->m + 1);

        sort_by_end(pair, half, network->m, network->n, true);
        sort_by_end(half, pair, network->m, network->n, false);
    }
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
