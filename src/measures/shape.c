/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.c - groups cut out of a network, one at a time, and looked at. */
#include "measures/shape.h"
#include "base/base.h"
#include "measures/leiden.h"
#include "measures/partition.h"

/* One group as a network of its own. */
struct cut {
    kith_network net;
    int64_t *degree, most, hub;
    double density;
};

static void
cut_clear(struct cut *c)
{
    g_free(c->net.from);
    g_free(c->net.to);
    g_free(c->net.weight);
    g_free(c->degree);
}

/* Ties inside groups, those of one group side by side. */
struct inside {
    int64_t *start, *edge;
};

static struct inside
sort_ties(const kith_network *net, const uint32_t *group, int64_t groups)
{
    struct inside in = {g_new0(int64_t, groups + 2), g_new(int64_t, net->m + 1)};

    for (int64_t i = 0; i < net->m; i++)
        if (group[net->from[i]] == group[net->to[i]])
            in.start[group[net->from[i]] + 2]++;
    for (int64_t c = 0; c < groups; c++)
        in.start[c + 2] += in.start[c + 1];
    for (int64_t i = 0; i < net->m; i++)
        if (group[net->from[i]] == group[net->to[i]])
            in.edge[in.start[group[net->from[i]] + 1]++] = i;
    return in;
}

static void
cut_out(const kith_network *net, const uint32_t *place, const int64_t *edge, int64_t n, int64_t m,
        struct cut *c)
{
    c->net = (kith_network){.n = n, .m = m};
    c->net.from = g_new(uint32_t, m + 1);
    c->net.to = g_new(uint32_t, m + 1);
    c->net.weight = g_new(double, m + 1);
    c->degree = g_new0(int64_t, n + 1);
    for (int64_t i = 0; i < m; i++) {
        uint32_t a = place[net->from[edge[i]]], b = place[net->to[edge[i]]];

        c->net.from[i] = a;
        c->net.to[i] = b;
        c->net.weight[i] = 1;
        c->degree[a]++;
        c->degree[b]++;
    }
    for (int64_t v = 0; v < n; v++)
        if (c->degree[v] > c->most) {
            c->most = c->degree[v];
            c->hub = v;
        }
    c->density = n > 1 ? 2 * (double)m / ((double)n * (double)(n - 1)) : 0;
}

static bool
is_star(const struct cut *c)
{
    double others = (double)(c->net.n - 1);
    double pairs = others * (others - 1) / 2, among = (double)(c->net.m - c->most);

    return (double)c->most >= 0.8 * others && among <= pairs / 7;
}

static bool
is_islands(const struct cut *c, uint64_t seed)
{
    g_autoptr(kith_grouping) p = NULL;
    g_autofree uint32_t *part = g_new(uint32_t, c->net.n + 1);
    g_autofree int64_t *size = NULL;
    int64_t parts, between = 0;

    if (kith_grouping_new(&c->net, KITH_GROUP_MODULARITY, 0.3, false, &p, NULL) != KITH_OK)
        return false;
    kith_leiden_once(p, seed, 0, part);
    parts = kith_partition_order(part, c->net.n);
    size = kith_partition_sizes(part, c->net.n, parts);
    for (int64_t i = 0; i < c->net.m; i++)
        between += part[c->net.from[i]] != part[c->net.to[i]];
    return parts == 2 && 4 * size[1] >= c->net.n && 10 * between < c->net.m;
}

static const char *
look(const struct cut *c, uint64_t seed)
{
    int64_t n = c->net.n;

    if (n < 2)
        return NULL;
    if (n == 2)
        return "pair";
    if (n == 3 && c->net.m == 3)
        return "triangle";
    if (c->density >= 0.6 && n > 3)
        return "tight bundle";
    if (n > 3 && is_star(c))
        return "hub with spokes";
    if (c->net.m == n - 1)
        return c->most <= 2 ? "chain" : "tree";
    if (is_islands(c, seed))
        return "two islands";
    return c->density >= 0.25 ? "bundle" : "loose net";
}

const char **
kith_shape_words(const kith_network *network, const uint32_t *group, int64_t groups, uint64_t seed)
{
    g_autoptr(kith_network) own = network->directed ? kith_network_collapse(network) : NULL;
    const kith_network *net = own ? own : network;
    struct inside in = sort_ties(net, group, groups);
    const char **words = g_new0(const char *, groups + 1);
    g_autofree uint32_t *place = g_new(uint32_t, net->n + 1);
    g_autofree int64_t *size = g_new0(int64_t, groups + 1);

    for (int64_t v = 0; v < net->n; v++)
        place[v] = (uint32_t)size[group[v]]++;
    for (int64_t c = 0; c < groups; c++) {
        struct cut cut = {0};

        cut_out(net, place, in.edge + in.start[c], size[c], in.start[c + 1] - in.start[c], &cut);
        words[c] = look(&cut, seed);
        cut_clear(&cut);
    }
    g_free(in.start);
    g_free(in.edge);
    return words;
}
