/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.c - picks nodes and ties, adds up what is between two, and orders the edges. */
#include "model/network.h"
#include "model/network_private.h"
#include <stdlib.h>

#define MAX_PARTY 500

struct edge {
    uint32_t from, to;
    double weight;
};

struct picker {
    const kith_graph *g;
    const kith_network_options *o;
    kith_network *net;
    uint32_t *vertex; /* node -> vertex, UINT32_MAX for none */
    GArray *edges;
};

static unsigned
wanted_ties(const kith_network_options *o)
{
    const unsigned apart = 1u << KITH_ATTENDED | 1u << KITH_WORKS_AT | 1u << KITH_INTERESTED_IN |
                           1u << KITH_CONSENTS | 1u << KITH_STAGE | 1u << KITH_ANSWERED;

    return o->ties ? o->ties : ((1u << KITH_TIE_KINDS) - 1) & ~apart;
}

static void
pick_vertices(struct picker *p)
{
    const kith_graph *g = p->g;
    unsigned kinds = p->o->nodes ? p->o->nodes : 1u << KITH_PERSON;

    p->vertex = g_new(uint32_t, g->nodes + 1);
    p->net->node = g_new(kith_node, g->nodes + 1);
    for (kith_node i = 0; i < g->nodes; i++) {
        bool in = kinds & 1u << g->kind[i];

        p->vertex[i] = in ? (uint32_t)p->net->n : UINT32_MAX;
        if (in)
            p->net->node[p->net->n++] = i;
    }
}

static bool
is_undirected(const kith_fact_tie *t)
{
    return t->undirected || kith_tie_kind_is_mutual(t->kind);
}

static bool
usable(const struct picker *p, int64_t i)
{
    const kith_fact_tie t = kith_graph_fact(p->g, i);

    return !(p->o->dropped && p->o->dropped[i]) && p->vertex[t.from] != UINT32_MAX &&
           p->vertex[t.to] != UINT32_MAX;
}

/* Direct ties; decides on the way whether every one of them has a direction. */
static void
pick_ties(struct picker *p)
{
    unsigned ties = wanted_ties(p->o);
    bool all_directed = true;

    for (int64_t i = 0; i < p->g->ties; i++) {
        const kith_fact_tie t = kith_graph_fact(p->g, i);
        struct edge e = {p->vertex[t.from], p->vertex[t.to], t.weight};

        if (!(ties & 1u << t.kind) || !usable(p, i))
            continue;
        if (e.from == e.to) {
            p->net->loops++;
            continue;
        }
        all_directed = all_directed && !is_undirected(&t);
        g_array_append_val(p->edges, e);
        if (is_undirected(&t) && p->o->direction == KITH_NETWORK_DIRECTED) {
            struct edge back = {e.to, e.from, e.weight};

            g_array_append_val(p->edges, back);
        }
    }
    p->net->directed = p->o->direction == KITH_NETWORK_DIRECTED ||
                       (p->o->direction == KITH_NETWORK_AS_DATA && all_directed && p->edges->len);
}

/* One person present at one occurrence of an event. */
struct presence {
    uint32_t event, person;
    kith_time when;
};

static int
compare_presence(const void *a, const void *b)
{
    const struct presence *x = a, *y = b;

    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static bool
was_there(const kith_graph *g, const kith_fact_tie *t)
{
    const char *status = kith_pool_get(g->pool, t->status);

    return !status || g_str_equal(status, "attended") || g_str_equal(status, "hosted") ||
           g_str_equal(status, "spoke");
}

static GArray *
gather_presence(const struct picker *p)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct presence));
    int64_t first, n;
    guint kept = 0;

    kith_graph_tie_range(p->g, KITH_ATTENDED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(p->g, i);
        struct presence one = {t.to, p->vertex[t.from], t.when};

        if (was_there(p->g, &t) && one.person != UINT32_MAX && !(p->o->dropped && p->o->dropped[i]))
            g_array_append_val(all, one);
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(struct presence), compare_presence);
    for (guint i = 0; i < all->len; i++) {
        struct presence *e = (struct presence *)(void *)all->data;

        if (!kept || compare_presence(&e[kept - 1], &e[i]) != 0)
            e[kept++] = e[i];
    }
    g_array_set_size(all, kept);
    return all;
}

/* Attending together: every pair present gets 1/(n-1). */
static void
pick_together(struct picker *p)
{
    g_autoptr(GArray) all = gather_presence(p);
    const struct presence *e = (const struct presence *)(const void *)all->data;
    int64_t limit = p->o->max_party ? p->o->max_party : MAX_PARTY;

    for (guint i = 0, j; i < all->len; i = j) {
        for (j = i + 1; j < all->len && e[j].event == e[i].event && e[j].when == e[i].when; j++)
            ;
        if (j - i > limit)
            p->net->large_events++;
        for (guint a = i; j - i <= limit && a < j; a++)
            for (guint b = a + 1; b < j; b++) {
                struct edge pair = {e[a].person, e[b].person, 1.0 / (j - i - 1)};
                struct edge back = {e[b].person, e[a].person, 1.0 / (j - i - 1)};

                g_array_append_val(p->edges, pair);
                if (p->net->directed)
                    g_array_append_val(p->edges, back);
            }
    }
}

static int
compare_edges(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->weight < y->weight ? -1 : x->weight > y->weight;
}

/* Sorted by weight within a pair, so that the sum is the same whatever order the facts came in. */
static void
add_up(struct picker *p)
{
    kith_network *net = p->net;
    struct edge *e = (struct edge *)(void *)p->edges->data;
    guint n = p->edges->len;

    for (guint i = 0; !net->directed && i < n; i++)
        if (e[i].from > e[i].to) {
            uint32_t swap = e[i].from;

            e[i].from = e[i].to;
            e[i].to = swap;
        }
    if (n)
        qsort(e, n, sizeof *e, compare_edges);
    net->from = g_new(uint32_t, n + 1);
    net->to = g_new(uint32_t, n + 1);
    net->weight = g_new(double, n + 1);
    for (guint i = 0; i < n; i++) {
        int64_t last = net->m - 1;

        if (last >= 0 && net->from[last] == e[i].from && net->to[last] == e[i].to) {
            net->weight[last] += e[i].weight;
            net->repeats++;
            continue;
        }
        net->from[net->m] = e[i].from;
        net->to[net->m] = e[i].to;
        net->weight[net->m++] = e[i].weight;
    }
}

kith_status
kith_network_new(const kith_graph *graph, const kith_network_options *options, kith_network **out,
                 kith_error *err)
{
    g_autoptr(kith_network) net = g_new0(kith_network, 1);
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
    struct picker p = {.g = graph, .o = options, .net = net, .edges = edges};

    if (graph->nodes >= UINT32_MAX)
        return kith_fail(err, KITH_ERR_LIMIT, "more than %u nodes", UINT32_MAX - 1);
    if (kith_network_fits_edges(graph, options)) {
        TRY(kith_network_of_edges(graph, options, net, err));
        *out = g_steal_pointer(&net);
        return KITH_OK;
    }
    pick_vertices(&p);
    pick_ties(&p);
    if (options->together)
        pick_together(&p);
    add_up(&p);
    g_free(p.vertex);
    *out = g_steal_pointer(&net);
    return KITH_OK;
}

void
kith_network_free(kith_network *net)
{
    if (!net)
        return;
    g_free(net->node);
    g_free(net->from);
    g_free(net->to);
    g_free(net->weight);
    g_free(net);
}

int64_t
kith_network_vertex(const kith_network *net, kith_node node)
{
    int64_t low = 0, high = net->n;

    while (low < high) {
        int64_t middle = (low + high) / 2;

        if (net->node[middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < net->n && net->node[low] == node ? low : -1;
}
