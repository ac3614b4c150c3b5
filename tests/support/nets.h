/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nets.h - networks for tests, made of numbers: by chance, with planted groups, or edge by edge. */
#ifndef KITH_TESTS_NETS_H
#define KITH_TESTS_NETS_H

#include "measures/random.h"
#include "model/network.h"

G_GNUC_UNUSED static kith_network *
net_new(int64_t n, int64_t room, bool directed)
{
    kith_network *net = g_new0(kith_network, 1);

    net->n = n;
    net->directed = directed;
    net->node = g_new0(kith_node, n + 1);
    net->from = g_new0(uint32_t, room + 1);
    net->to = g_new0(uint32_t, room + 1);
    net->weight = g_new0(double, room + 1);
    return net;
}

G_GNUC_UNUSED static void
net_tie(kith_network *net, uint32_t from, uint32_t to)
{
    net->from[net->m] = from;
    net->to[net->m] = to;
    net->weight[net->m++] = 1;
}

/* Pairs of one block are tied with probability inside, others with probability outside. */
G_GNUC_UNUSED static kith_network *
net_blocks(uint64_t seed, uint32_t n, uint32_t blocks, double inside, double outside, bool directed)
{
    kith_network *net = net_new(n, (int64_t)n * n, directed);
    kith_random random = kith_random_init(seed, 0);

    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = directed ? 0 : i + 1; j < n; j++)
            if (i != j && kith_random_real(&random) < (i % blocks == j % blocks ? inside : outside))
                net_tie(net, i, j);
    return net;
}

#endif
