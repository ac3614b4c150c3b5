/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chains.c - exact k best chains under a hop limit, see chains.h. */
#include "measures/chains.h"

#include "base/base.h"
#include "base/queue.h"
#include <glib.h>
#include <math.h>
#include <string.h>

#define UNKNOWN 0
#define UNREACHABLE INT64_MAX

/* What a node needs at least to reach a target. */
typedef struct bound {
    int64_t cost; /* UNKNOWN, UNREACHABLE within the hops left, or one more than the cost */
    int hops;
} bound;

/* A partial chain; the rest of it is found through its parents. */
typedef struct state {
    int64_t cost, least; /* spent so far; spent plus bound */
    int32_t node, parent;
    int16_t hops, least_hops;
} state;

typedef struct search {
    const kith_chain_index *index;
    const kith_chain_hops *hops;
    const kith_chain_query *query;
    int layers;    /* bounds of so many hops and fewer are found backwards from the targets */
    bound *bounds; /* by node, then by hops left */
    bool *used; /* first introducers that have their chain; NULL unless each may begin one only */
    GArray *reached; /* int32_t, nodes with a bound */
    GArray *states;  /* state */
    GArray *queue;   /* int32_t, indices into states */
} search;

static void
search_clear(search *s)
{
    g_free(s->bounds);
    g_free(s->used);
    g_clear_pointer(&s->reached, g_array_unref);
    g_clear_pointer(&s->states, g_array_unref);
    g_clear_pointer(&s->queue, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(search, search_clear)

void
kith_chains_clear(kith_chains *chains)
{
    g_free(chains->at);
    *chains = (kith_chains){0};
}

static int
compare_ids(const int32_t *a, int a_hops, const int32_t *b, int b_hops)
{
    for (int i = 0; i <= MIN(a_hops, b_hops); i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return (a_hops > b_hops) - (a_hops < b_hops);
}

int
kith_chain_compare(const kith_chain *a, const kith_chain *b)
{
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->hops != b->hops)
        return a->hops < b->hops ? -1 : 1;
    return compare_ids(a->node, a->hops, b->node, b->hops);
}

/* The nodes of a partial chain from the first on. */
static void
trace(const search *s, int32_t index, int32_t *ids)
{
    const state *at = &g_array_index(s->states, state, index);

    for (int i = at->hops; i >= 0; i--) {
        ids[i] = at->node;
        if (i > 0)
            at = &g_array_index(s->states, state, at->parent);
    }
}

static bool
state_before(const void *whose, int32_t a, int32_t b)
{
    const search *s = whose;
    const state *x = &g_array_index(s->states, state, a);
    const state *y = &g_array_index(s->states, state, b);
    int32_t x_ids[KITH_CHAIN_HOPS + 1], y_ids[KITH_CHAIN_HOPS + 1];

    if (x->least != y->least)
        return x->least < y->least;
    if (x->least_hops != y->least_hops)
        return x->least_hops < y->least_hops;
    trace(s, a, x_ids);
    trace(s, b, y_ids);
    return compare_ids(x_ids, x->hops, y_ids, y->hops) < 0;
}

static bool
is_blocked(const kith_chain_query *q, int32_t node)
{
    return q->blocked && q->blocked[node];
}

static bound *
bound_at(const search *s, int32_t node, int left)
{
    return &s->bounds[(size_t)node * ((size_t)s->query->max_hops + 1) + (size_t)left];
}

static bool
is_better(bound a, const bound *b)
{
    return b->cost == UNKNOWN || a.cost < b->cost || (a.cost == b->cost && a.hops < b->hops);
}

/* The targets, and what reaching them costs however many hops are left. */
static void
begin_bounds(search *s)
{
    const kith_chain_query *q = s->query;

    for (int32_t v = 0; v < s->hops->nodes; v++) {
        bound here = {1, 0};

        if (!q->target[v] || is_blocked(q, v))
            continue;
        if (q->end)
            here.cost += kith_chain_cost(s->index, q->end[v]);
        for (int left = 0; left <= q->max_hops; left++)
            *bound_at(s, v, left) = here;
        g_array_append_val(s->reached, v);
    }
}

/* What becomes cheaper with `left` hops than with one less, by whom the nodes reached so far are known. */
static void
push_layer(search *s, int left)
{
    const kith_chain_query *q = s->query;
    const kith_chain_index *x = s->index;
    guint n = s->reached->len;

    for (guint i = 0; i < n; i++) {
        int32_t v = g_array_index(s->reached, int32_t, i);

        if (!q->target[v] && is_better(*bound_at(s, v, left - 1), bound_at(s, v, left)))
            *bound_at(s, v, left) = *bound_at(s, v, left - 1);
        for (int64_t j = x->back_first[v]; j < x->back_first[v + 1]; j++) {
            int32_t u = x->back_from[j];
            const bound *rest = bound_at(s, v, left - 1);
            bound there = {rest->cost + x->back_cost[j], rest->hops + 1}, *old;

            if (q->target[u] || (is_blocked(q, u) && u != q->from))
                continue;
            old = bound_at(s, u, left);
            if (old->cost == UNKNOWN && bound_at(s, u, left - 1)->cost == UNKNOWN)
                g_array_append_val(s->reached, u);
            if (is_better(there, old))
                *old = there;
        }
    }
}

static void
find_bounds(search *s)
{
    begin_bounds(s);
    for (int left = 1; left <= s->layers; left++)
        push_layer(s, left);
}

static bound bound_of(const search *s, int left, int32_t node);

/* The smallest (cost, hops) over the node's hops, each followed by what its end needs in one hop less. */
static bound
cheapest(const search *s, int left, int32_t node)
{
    bound best = {UNREACHABLE, 0};

    for (int64_t i = s->hops->first[node]; i < s->hops->first[node + 1]; i++) {
        bound rest = bound_of(s, left - 1, s->hops->to[i]);

        if (rest.cost == UNREACHABLE)
            continue;
        rest.cost += s->index->cost[i];
        rest.hops++;
        if (is_better(rest, &best))
            best = rest;
    }
    return best;
}

/* Within the layers what has no bound has no way; beyond, it is looked for forwards, once. */
static bound
bound_of(const search *s, int left, int32_t node)
{
    bound *at = bound_at(s, node, left);

    if (at->cost == UNKNOWN &&
        (left <= s->layers || (is_blocked(s->query, node) && node != s->query->from)))
        return (bound){UNREACHABLE, 0};
    if (at->cost == UNKNOWN)
        *at = cheapest(s, left, node);
    return *at;
}

static kith_status
check(const kith_chain_index *index, const kith_chain_query *q, kith_error *err)
{
    if (q->from < 0 || q->from >= index->hops.nodes)
        return kith_fail(err, KITH_ERR_ARGUMENT, "chains: no such node");
    if (q->k < 1)
        return kith_fail(err, KITH_ERR_ARGUMENT, "chains: k must be at least 1");
    if (q->max_hops < 1 || q->max_hops > KITH_CHAIN_HOPS)
        return kith_fail(err, KITH_ERR_ARGUMENT, "chains: max_hops must be 1 to %d",
                         KITH_CHAIN_HOPS);
    return KITH_OK;
}

static kith_status
prepare(search *s, const kith_chain_index *index, const kith_chain_query *query, bool diverse,
        kith_error *err)
{
    gsize nodes = (gsize)index->hops.nodes;

    TRY(check(index, query, err));
    s->index = index;
    s->hops = &index->hops;
    s->query = query;
    s->layers = MAX(1, query->max_hops - 2);
    s->bounds = g_try_new0(bound, nodes * ((gsize)query->max_hops + 1) + 1);
    s->used = diverse ? g_try_new0(bool, nodes + 1) : NULL;
    if (!s->bounds || (diverse && !s->used))
        return kith_fail(err, KITH_ERR_NO_MEMORY,
                         "chains: no memory for %" G_GINT64_FORMAT " nodes", index->hops.nodes);
    s->reached = g_array_new(FALSE, FALSE, sizeof(int32_t));
    s->states = g_array_new(FALSE, FALSE, sizeof(state));
    s->queue = g_array_new(FALSE, FALSE, sizeof(int32_t));
    find_bounds(s);
    return KITH_OK;
}

static bool
contains(const search *s, int32_t index, int32_t node)
{
    const state *at = &g_array_index(s->states, state, index);

    while (at->node != node && at->hops > 0)
        at = &g_array_index(s->states, state, at->parent);
    return at->node == node;
}

static kith_status
push(search *s, int64_t spent, int32_t node, int32_t parent, int hops, kith_error *err)
{
    bound rest = bound_of(s, s->query->max_hops - hops, node);
    int64_t limit = s->query->max_states > 0 ? s->query->max_states : KITH_CHAIN_STATES;
    state next = {spent, 0, node, parent, (int16_t)hops, 0};

    if (rest.cost == UNREACHABLE)
        return KITH_OK;
    if ((int64_t)s->states->len >= MIN(limit, INT32_MAX))
        return kith_fail(
            err, KITH_ERR_LIMIT,
            "more than %" G_GINT64_FORMAT " partial chains: ask for fewer hops or chains", limit);
    next.least = spent + rest.cost - 1;
    next.least_hops = (int16_t)(hops + rest.hops);
    g_array_append_val(s->states, next);
    kith_queue_push(s->queue, (int32_t)s->states->len - 1, state_before, s);
    return KITH_OK;
}

static kith_status
extend(search *s, int32_t index, kith_error *err)
{
    state at = g_array_index(s->states, state, index);

    for (int64_t i = s->hops->first[at.node]; i < s->hops->first[at.node + 1]; i++)
        if (!contains(s, index, s->hops->to[i]))
            TRY(push(s, at.cost + s->index->cost[i], s->hops->to[i], index, at.hops + 1, err));
    return KITH_OK;
}

/* Which hop goes from one node to another; the cheapest where several do. */
static int64_t
hop_between(const search *s, int32_t from, int32_t to)
{
    int64_t best = -1;

    for (int64_t i = s->hops->first[from]; i < s->hops->first[from + 1]; i++)
        if (s->hops->to[i] == to && (best < 0 || s->index->cost[i] < s->index->cost[best]))
            best = i;
    return best;
}

/* The values of a chain's hops, and what they come to. */
static void
fill_values(const search *s, kith_chain *chain)
{
    const double *value = s->hops->length ? s->hops->length : s->hops->p;
    int64_t most = -1;

    chain->score = s->hops->length ? 0 : 1;
    for (int i = 0; i < chain->hops; i++) {
        int64_t hop = hop_between(s, chain->node[i], chain->node[i + 1]);

        chain->p[i] = value[hop];
        chain->score = s->hops->length ? chain->score + value[hop] : chain->score * value[hop];
        if (s->index->cost[hop] > most)
            chain->weakest = i + 1;
        most = MAX(most, s->index->cost[hop]);
    }
    if (s->query->end)
        chain->score *= s->query->end[chain->node[chain->hops]];
}

static void
finish(const search *s, int32_t index, GArray *found)
{
    const state *at = &g_array_index(s->states, state, index);
    kith_chain chain = {.hops = at->hops, .cost = at->least, .fresh = true};

    trace(s, index, chain.node);
    fill_values(s, &chain);
    for (guint i = 0; i < found->len; i++)
        if (g_array_index(found, kith_chain, i).node[1] == chain.node[1])
            chain.fresh = false;
    g_array_append_val(found, chain);
}

/* Whether this partial chain begins with somebody who has a chain already; asked when each may begin one only. */
static bool
is_spent(search *s, int32_t index)
{
    const state *at = &g_array_index(s->states, state, index);

    if (!s->used || at->hops == 0)
        return false;
    while (at->hops > 1)
        at = &g_array_index(s->states, state, at->parent);
    return s->used[at->node];
}

static kith_status
run(search *s, GArray *found, kith_error *err)
{
    const kith_chain_query *q = s->query;

    if (q->target[q->from])
        return KITH_OK;
    TRY(push(s, 0, q->from, -1, 0, err));
    while (s->queue->len > 0 && (int64_t)found->len < q->k) {
        int32_t index = kith_queue_pop(s->queue, state_before, s);

        if (is_spent(s, index))
            continue;
        if (!q->target[g_array_index(s->states, state, index).node]) {
            TRY(extend(s, index, err));
            continue;
        }
        finish(s, index, found);
        if (s->used)
            s->used[g_array_index(found, kith_chain, found->len - 1).node[1]] = true;
    }
    return KITH_OK;
}

static kith_status
search_best(const kith_chain_index *index, const kith_chain_query *query, bool diverse,
            GArray *found, kith_error *err)
{
    g_auto(search) s = {0};

    TRY(prepare(&s, index, query, diverse, err));
    return run(&s, found, err);
}

static void
hand_out(GArray *found, kith_chains *out)
{
    out->n = (int64_t)found->len;
    out->at = g_memdup2(found->data, sizeof(kith_chain) * found->len);
}

kith_status
kith_chains_best(const kith_chain_index *index, const kith_chain_query *query, kith_chains *out,
                 kith_error *err)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(kith_chain));

    TRY(search_best(index, query, false, found, err));
    hand_out(found, out);
    return KITH_OK;
}

static gint
by_order(gconstpointer a, gconstpointer b)
{
    return kith_chain_compare(a, b);
}

static bool
has_chain(const GArray *found, guint n, const kith_chain *chain)
{
    for (guint i = 0; i < n; i++)
        if (kith_chain_compare(&g_array_index(found, kith_chain, i), chain) == 0)
            return true;
    return false;
}

kith_status
kith_chains_diverse(const kith_chain_index *index, const kith_chain_query *query, kith_chains *out,
                    kith_error *err)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(kith_chain));
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(kith_chain));
    guint fresh;

    TRY(search_best(index, query, true, found, err));
    fresh = found->len;
    if ((int64_t)fresh < query->k)
        TRY(search_best(index, query, false, others, err));
    for (guint i = 0; i < others->len && (int64_t)found->len < query->k; i++) {
        const kith_chain *chain = &g_array_index(others, kith_chain, i);

        if (!has_chain(found, fresh, chain))
            g_array_append_vals(found, chain, 1);
    }
    g_array_sort(found, by_order);
    hand_out(found, out);
    return KITH_OK;
}
