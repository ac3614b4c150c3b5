/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tree.c - the cheapest ways between one node and all others: kith_tree of routes.h. */
#include "base/base.h"
#include "measures/heap.h"
#include "measures/routes.h"

void
kith_tree_clear(kith_tree *tree)
{
    g_free(tree->way);
    *tree = (kith_tree){0};
}

/* From many people no way leads on but the one back: they need not wait for their turn. */
static bool
is_leaf(const int64_t *first, const int32_t *end, int32_t node, int32_t parent)
{
    int64_t n = first[node + 1] - first[node];

    return n == 0 || (n == 1 && end[first[node]] == parent);
}

/* Ways are grown from the root, so against the direction in which they lead there. */
static void
grow(const kith_tree *t, kith_heap *heap)
{
    const kith_chain_index *x = t->index;
    const int64_t *first = t->towards ? x->back_first : x->hops.first;
    const int64_t *cost = t->towards ? x->back_cost : x->cost;
    const int32_t *end = t->towards ? x->back_from : x->hops.to;
    kith_way *way = t->way;
    kith_heap_item top;

    while (kith_heap_pop(heap, &top)) {
        if (top.cost != way[top.node].cost || top.hops != way[top.node].hops)
            continue; /* a better way was found since */
        for (int64_t i = first[top.node]; i < first[top.node + 1]; i++) {
            kith_way next = {top.cost + cost[i], top.hops + 1, top.node}, *old = &way[end[i]];

            if (next.cost > old->cost || (next.cost == old->cost && next.hops >= old->hops) ||
                (t->blocked && t->blocked[end[i]]))
                continue;
            *old = next;
            if (!is_leaf(first, end, end[i], top.node))
                kith_heap_push(heap, (kith_heap_item){next.cost, next.hops, end[i]});
        }
    }
}

kith_status
kith_tree_grow(const kith_chain_index *index, int32_t root, bool towards, const bool *blocked,
               kith_tree *out, kith_error *err)
{
    g_auto(kith_tree) t = {.index = index, .blocked = blocked, .root = root, .towards = towards};
    g_auto(kith_heap) heap = {0};
    gsize n = (gsize)index->hops.nodes;

    if (root < 0 || root >= index->hops.nodes)
        return kith_fail(err, KITH_ERR_ARGUMENT, "routes: no such node");
    t.way = g_try_new(kith_way, n);
    if (!t.way)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "routes: no memory for %" G_GSIZE_FORMAT " nodes",
                         n);
    for (gsize i = 0; i < n; i++)
        t.way[i] = (kith_way){INT64_MAX, 0, -1};
    t.way[root].cost = 0;
    kith_heap_push(&heap, (kith_heap_item){0, 0, root});
    grow(&t, &heap);
    *out = t;
    t = (kith_tree){0};
    return KITH_OK;
}
