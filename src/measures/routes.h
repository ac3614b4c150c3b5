/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * routes.h - the best way between one node and everybody, and from there the exact k best ways to anybody, however long.
 *
 * A tree holds the cheapest way of each node to (or from) its root: Dijkstra, once. The k best simple routes are then found
 * by best-first search over partial routes. What a partial route needs at least is what the tree says; that is exact unless
 * the tree's way runs into the partial route itself, and only then the detour is looked for (A* with the tree as its bound).
 * So a tree at one person serves any number of others. Yen 1971, doi:10.1287/mnsc.17.11.712, has the problem; the reuse of
 * the tree follows Feng 2014, doi:10.1109/TSMC.2014.2305636.
 */
#ifndef KITH_MEASURES_ROUTES_H
#define KITH_MEASURES_ROUTES_H

#include "measures/chains.h"

/** The way between one node and the root. */
typedef struct kith_way {
    int64_t cost; /**< INT64_MAX: there is none */
    int32_t hops;
    int32_t next; /**< the next node on it, from this one on; -1 at the root and without a way */
} kith_way;

/** The cheapest ways between everybody and the root; among equals those of fewest hops. {0} may be cleared. */
typedef struct kith_tree {
    const kith_chain_index *index; /**< borrowed */
    const bool *blocked;           /**< borrowed; NULL: nobody */
    int32_t root;
    bool towards;  /**< ways lead to the root; else from it */
    kith_way *way; /**< by node */
} kith_tree;

/**
 * Grows the tree of a root; whoever is blocked is on no way, except the root.
 * @return KITH_ERR_ARGUMENT no such node; KITH_ERR_NO_MEMORY. O((nodes + hops) log nodes)
 */
kith_status kith_tree_grow(const kith_chain_index *index, int32_t root, bool towards,
                           const bool *blocked, kith_tree *out, kith_error *err);
void kith_tree_clear(kith_tree *tree);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_tree, kith_tree_clear)

typedef struct kith_route {
    int64_t cost;
    double score; /**< product of p, or sum of lengths, from the first hop on */
    int32_t hops;
    int32_t weakest; /**< 1-based hop that costs most, the first of equals */
    bool fresh;      /**< no better one has the same second node */
    int32_t *node;   /**< hops + 1, from the first to the last */
} kith_route;

/** Routes in order; {0} is none. */
typedef struct kith_routes {
    kith_route *at;
    int64_t n;
} kith_routes;

void kith_routes_clear(kith_routes *routes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_routes, kith_routes_clear)

/** Room for searches over one tree, to be used again for each; nodes of 24 bytes. {0} may be cleared. */
typedef struct kith_route_search kith_route_search;
/** @return KITH_ERR_NO_MEMORY */
kith_status kith_route_search_new(const kith_tree *tree, kith_route_search **out, kith_error *err);
void kith_route_search_free(kith_route_search *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_route_search, kith_route_search_free)

/**
 * The k best routes between `other` and the tree's root: by cost, then hops, then node ids, compared from `other` on.
 * None when it is blocked, is the root or has no way.
 * @param out empty; yours, kith_routes_clear()
 * @return KITH_ERR_ARGUMENT no such node, k < 1; KITH_ERR_LIMIT more than KITH_CHAIN_STATES partial routes
 */
kith_status kith_routes_best(kith_route_search *search, int32_t other, int64_t k, kith_routes *out,
                             kith_error *err);

#endif
