/* SPDX-License-Identifier: GPL-3.0-or-later */
/* routes.c - the k best simple routes over a tree, see routes.h. */
#include "measures/routes.h"

#include "base/base.h"
#include "base/queue.h"
#include "measures/heap.h"
#include <string.h>

/* A partial route from `other` on; the rest of it is found through its parents. */
typedef struct state {
    int64_t cost, least; /* spent; spent plus what the rest needs at least */
    int32_t node, parent, hops, least_hops;
    bool exact; /* the rest needs just that */
} state;

/* What a detour has found of a node. */
typedef struct seen {
    int64_t cost;
    int32_t hops;
    uint32_t when; /* the detour that found it */
} seen;

struct kith_route_search {
    const kith_tree *tree;
    const int64_t *first, *cost; /* hops in the direction of the search */
    const int32_t *end;
    uint32_t *mark; /* by node: on the partial route looked at last */
    uint32_t marks, detours;
    seen *seen;
    kith_heap detour;
    GArray *states; /* state */
    GArray *queue;  /* int32_t, indices into states, a heap */
};

void
kith_route_search_free(kith_route_search *s)
{
    if (!s)
        return;
    g_free(s->mark);
    g_free(s->seen);
    kith_heap_clear(&s->detour);
    g_clear_pointer(&s->states, g_array_unref);
    g_clear_pointer(&s->queue, g_array_unref);
    g_free(s);
}

void
kith_routes_clear(kith_routes *routes)
{
    for (int64_t i = 0; i < routes->n; i++)
        g_free(routes->at[i].node);
    g_free(routes->at);
    *routes = (kith_routes){0};
}

kith_status
kith_route_search_new(const kith_tree *tree, kith_route_search **out, kith_error *err)
{
    g_autoptr(kith_route_search) s = g_new0(kith_route_search, 1);
    const kith_chain_index *x = tree->index;
    gsize n = (gsize)x->hops.nodes;

    s->tree = tree;
    s->first = tree->towards ? x->hops.first : x->back_first;
    s->cost = tree->towards ? x->cost : x->back_cost;
    s->end = tree->towards ? x->hops.to : x->back_from;
    s->mark = g_try_new0(uint32_t, n + 1);
    s->seen = g_try_new0(seen, n + 1);
    s->states = g_array_new(FALSE, FALSE, sizeof(state));
    s->queue = g_array_new(FALSE, FALSE, sizeof(int32_t));
    if (!s->mark || !s->seen)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "routes: no memory for %" G_GSIZE_FORMAT " nodes",
                         n);
    *out = g_steal_pointer(&s);
    return KITH_OK;
}

static state *
state_at(const kith_route_search *s, int32_t index)
{
    return &g_array_index(s->states, state, index);
}

/* By node ids from the first on, a partial route before what goes on from it. */
static bool
ids_before(const kith_route_search *s, int32_t a, int32_t b)
{
    const state *x = state_at(s, a), *y = state_at(s, b);
    bool before = x->hops < y->hops;

    while (x->hops > y->hops)
        x = state_at(s, x->parent);
    while (y->hops > x->hops)
        y = state_at(s, y->parent);
    while (x != y) {
        if (x->node != y->node)
            before = x->node < y->node;
        if (x->hops == 0)
            break;
        x = state_at(s, x->parent);
        y = state_at(s, y->parent);
    }
    return before;
}

static bool
state_before(const void *search, int32_t a, int32_t b)
{
    const kith_route_search *s = search;
    const state *x = state_at(s, a), *y = state_at(s, b);

    if (x->least != y->least)
        return x->least < y->least;
    if (x->least_hops != y->least_hops)
        return x->least_hops < y->least_hops;
    return ids_before(s, a, b);
}

/* Marks who is on a partial route, its own end left out. */
static void
mark_route(kith_route_search *s, const state *at)
{
    s->marks++;
    for (; at->hops > 0; at = state_at(s, at->parent))
        s->mark[state_at(s, at->parent)->node] = s->marks;
}

static bool
is_marked(const kith_route_search *s, int32_t node)
{
    return s->mark[node] == s->marks;
}

/* Whether the tree's way from a node keeps clear of the marked. */
static bool
is_clear(const kith_route_search *s, int32_t node)
{
    for (int32_t v = s->tree->way[node].next; v >= 0; v = s->tree->way[v].next)
        if (is_marked(s, v))
            return false;
    return true;
}

static void
detour_reach(kith_route_search *s, int32_t node, int64_t cost, int32_t hops)
{
    const kith_tree *t = s->tree;
    seen *at = &s->seen[node];

    if (is_marked(s, node) || t->way[node].cost == INT64_MAX ||
        (at->when == s->detours && (at->cost < cost || (at->cost == cost && at->hops <= hops))))
        return;
    *at = (seen){cost, hops, s->detours};
    kith_heap_push(&s->detour,
                   (kith_heap_item){cost + t->way[node].cost, hops + t->way[node].hops, node});
}

/* The cheapest way from a state's node to the root that keeps clear of the marked. @return false: there is none */
static bool
find_detour(kith_route_search *s, state *at)
{
    const kith_tree *t = s->tree;
    kith_heap_item top;

    s->detours++;
    s->detour.n = 0;
    detour_reach(s, at->node, 0, 0);
    while (kith_heap_pop(&s->detour, &top)) {
        int32_t v = top.node;
        seen here = s->seen[v];

        if (top.cost != here.cost + t->way[v].cost || top.hops != here.hops + t->way[v].hops)
            continue; /* reached better since */
        if (v == t->root) {
            at->least = at->cost + here.cost;
            at->least_hops = at->hops + here.hops;
            return true;
        }
        for (int64_t i = s->first[v]; i < s->first[v + 1]; i++)
            detour_reach(s, s->end[i], here.cost + s->cost[i], here.hops + 1);
    }
    return false;
}

static kith_status
push(kith_route_search *s, int64_t spent, int32_t node, int32_t parent, int32_t hops,
     kith_error *err)
{
    state next = {.cost = spent, .node = node, .parent = parent, .hops = hops};

    if (s->tree->way[node].cost == INT64_MAX)
        return KITH_OK;
    if (s->states->len >= KITH_CHAIN_STATES)
        return kith_fail(err, KITH_ERR_LIMIT,
                         "more than %" G_GINT64_FORMAT " partial routes: ask for fewer",
                         KITH_CHAIN_STATES);
    next.least = spent + s->tree->way[node].cost;
    next.least_hops = hops + s->tree->way[node].hops;
    g_array_append_val(s->states, next);
    kith_queue_push(s->queue, (int32_t)s->states->len - 1, state_before, s);
    return KITH_OK;
}

/* The end of a partial route may go on to whoever is not on it. */
static kith_status
extend(kith_route_search *s, int32_t index, kith_error *err)
{
    state at = *state_at(s, index);

    s->mark[at.node] = s->marks;
    for (int64_t i = s->first[at.node]; i < s->first[at.node + 1]; i++)
        if (!is_marked(s, s->end[i]))
            TRY(push(s, at.cost + s->cost[i], s->end[i], index, at.hops + 1, err));
    return KITH_OK;
}

/* Score and weakest hop, from the first node on. */
static void
fill_values(const kith_route_search *s, kith_route *route)
{
    const kith_chain_index *x = s->tree->index;
    const double *value = x->hops.length ? x->hops.length : x->hops.p;
    int64_t most = -1;

    route->score = x->hops.length ? 0 : 1;
    for (int32_t i = 0; i < route->hops; i++) {
        int64_t hop = x->hops.first[route->node[i]];

        while (x->hops.to[hop] != route->node[i + 1])
            hop++;
        route->score = x->hops.length ? route->score + value[hop] : route->score * value[hop];
        if (x->cost[hop] > most)
            route->weakest = i + 1;
        most = MAX(most, x->cost[hop]);
    }
}

static void
finish(const kith_route_search *s, const state *at, GArray *found)
{
    kith_route route = {.cost = at->cost, .hops = at->hops, .fresh = true};

    route.node = g_new0(int32_t, at->hops + 1);
    for (int32_t i = at->hops; i >= 0; i--) {
        route.node[s->tree->towards ? i : route.hops - i] = at->node;
        at = i > 0 ? state_at(s, at->parent) : at;
    }
    fill_values(s, &route);
    for (guint i = 0; i < found->len; i++)
        if (g_array_index(found, kith_route, i).node[1] == route.node[1])
            route.fresh = false;
    g_array_append_val(found, route);
}

static kith_status
run(kith_route_search *s, int64_t k, GArray *found, kith_error *err)
{
    while (s->queue->len > 0 && (int64_t)found->len < k) {
        int32_t index = kith_queue_pop(s->queue, state_before, s);
        state *at = state_at(s, index);

        mark_route(s, at);
        if (!at->exact && !is_clear(s, at->node)) {
            at->exact = true;
            if (find_detour(s, at))
                kith_queue_push(s->queue, index, state_before, s);
            continue;
        }
        if (at->node == s->tree->root)
            finish(s, at, found);
        else
            TRY(extend(s, index, err));
    }
    return KITH_OK;
}

/* Marks are told apart by their number, which must not come round. */
static void
begin(kith_route_search *s)
{
    if (s->marks > UINT32_MAX / 2 || s->detours > UINT32_MAX / 2) {
        memset(s->mark, 0, sizeof *s->mark * (size_t)s->tree->index->hops.nodes);
        memset(s->seen, 0, sizeof *s->seen * (size_t)s->tree->index->hops.nodes);
        s->marks = s->detours = 0;
    }
    g_array_set_size(s->states, 0);
    g_array_set_size(s->queue, 0);
}

kith_status
kith_routes_best(kith_route_search *s, int32_t other, int64_t k, kith_routes *out, kith_error *err)
{
    const kith_tree *t = s->tree;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(kith_route));
    kith_status status;

    if (other < 0 || other >= t->index->hops.nodes || k < 1)
        return kith_fail(err, KITH_ERR_ARGUMENT, "routes: no such node, or k below 1");
    if (other == t->root || (t->blocked && t->blocked[other]))
        return KITH_OK;
    begin(s);
    status = push(s, 0, other, -1, 0, err);
    if (status == KITH_OK)
        status = run(s, k, found, err);
    *out = (kith_routes){g_memdup2(found->data, sizeof(kith_route) * found->len), found->len};
    if (status != KITH_OK)
        kith_routes_clear(out);
    return status;
}
