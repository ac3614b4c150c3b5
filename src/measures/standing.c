/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standing.c - best chains to everybody by rounds over all hops, parts by joining, the rest by counting. */
#include "measures/standing.h"

#include "base/base.h"
#include "measures/customers.h"
#include "measures/reachable.h"
#include "measures/sales.h"
#include "measures/ties.h"
#include "model/graph.h"
#include <math.h>
#include <string.h>

static const char *const words[KITH_STANDINGS] = {
    "people within reach of a chain of introductions",
    "sum of the best chains' scores",
    "customers within reach",
    "people you have a warm tie with",
    "warm ties between any two people",
    "groups of two or more that nothing connects",
    "people in the largest group",
    "people you reach through anything",
    "people you reach through something of your own",
    "customers of your firm",
    "customers' customers of your firm",
};

const char *
kith_standing_about(kith_standing_measure measure)
{
    return words[measure];
}

/* One more hop from everybody who was reached; costs are products, so a walk is never better than its path. */
static void
one_round(const kith_warm_network *net, kith_node from, const double *before, double *after)
{
    for (int64_t v = 0; v < net->nodes; v++) {
        if (before[v] <= 0 || (net->no_intro[v] && v != from))
            continue;
        for (int64_t i = net->first[v]; i < net->first[v + 1]; i++)
            if (net->to[i] != from && !net->no_intro[net->to[i]])
                after[net->to[i]] = MAX(after[net->to[i]], before[v] * net->p[i]);
    }
}

static void
find_scores(kith_standing *s, const kith_warm_network *net, kith_node from, int max_hops)
{
    g_autofree double *before = g_new0(double, net->nodes + 1);

    s->score = g_new0(double, net->nodes + 1);
    if (from < 0)
        return;
    s->score[from] = 1;
    for (int round = 0; round < max_hops; round++) {
        memcpy(before, s->score, sizeof *before * (size_t)net->nodes);
        one_round(net, from, before, s->score);
    }
    s->score[from] = 0;
}

static int64_t
head_of(int64_t *head, int64_t v)
{
    while (head[v] != v)
        v = head[v] = head[head[v]];
    return v;
}

static void
count_parts(kith_standing *s, const kith_warm_network *net)
{
    g_autofree int64_t *head = g_new(int64_t, net->nodes + 1);
    g_autofree int64_t *size = g_new0(int64_t, net->nodes + 1);

    for (int64_t v = 0; v < net->nodes; v++)
        head[v] = v;
    for (int64_t v = 0; v < net->nodes; v++)
        for (int64_t i = net->first[v]; i < net->first[v + 1]; i++) {
            head[head_of(head, v)] = head_of(head, net->to[i]);
            s->value[KITH_STANDING_TIES] += v < net->to[i] || kith_warm_hop(net, net->to[i], v) < 0;
        }
    for (int64_t v = 0; v < net->nodes; v++)
        size[head_of(head, v)]++;
    for (int64_t v = 0; v < net->nodes; v++)
        if (size[v] > 1) {
            s->value[KITH_STANDING_PARTS]++;
            s->value[KITH_STANDING_LARGEST] = MAX(s->value[KITH_STANDING_LARGEST], (double)size[v]);
        }
}

static void
count_people(kith_standing *s, const kith_graph *g, const kith_customers *c)
{
    g_autoptr(kith_reachable) r = kith_reachable_new(g, c);

    for (kith_node v = 0; v < g->kind_first[KITH_PERSON + 1]; v++) {
        s->value[KITH_STANDING_REACHED] += s->score[v] > 0;
        s->value[KITH_STANDING_SCORES] += s->score[v];
        s->value[KITH_STANDING_CUSTOMERS] += s->score[v] > 0 && c->customer[v];
        s->value[KITH_STANDING_CONTACT] += r->way[v] != 0;
        s->value[KITH_STANDING_OWN] += r->way[v] & 1;
    }
}

static void
count_rows(kith_standing *s, const kith_graph *g, const kith_customers *c)
{
    g_autoptr(kith_sales) sales = kith_sales_new(g, KITH_SELLS_TO, false);
    g_autoptr(kith_depth) depth = kith_depth_new(sales);
    kith_node us = c->firm >= 0 ? c->firm : c->me;

    if (us < 0)
        return;
    kith_depth_walk(depth, us, 2);
    for (guint i = 0; i < depth->row->len; i++)
        s->value[depth->layer[g_array_index(depth->row, kith_node, i)] == 1 ? KITH_STANDING_ROW1
                                                                            : KITH_STANDING_ROW2]++;
}

kith_status
kith_standing_new(const kith_graph *graph, kith_node from, int max_hops, kith_standing **out,
                  kith_error *err)
{
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(kith_customers) c = NULL;
    kith_standing *s;

    TRY(kith_warm_network_new(graph, &(kith_warm_options){0}, &net, err));
    c = kith_customers_new(graph, -1);
    s = g_new0(kith_standing, 1);
    find_scores(s, net, from, max_hops);
    count_parts(s, net);
    count_people(s, graph, c);
    count_rows(s, graph, c);
    if (from >= 0)
        s->value[KITH_STANDING_KNOWN] = (double)(net->first[from + 1] - net->first[from]);
    *out = s;
    return KITH_OK;
}

void
kith_standing_free(kith_standing *s)
{
    if (!s)
        return;
    g_free(s->score);
    g_free(s);
}
