/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cut.h - who stands between two nodes: the smallest vertex cut, and as many vertex-disjoint routes.
 *
 * By Menger's theorem (1927) the two numbers are equal; the function checks that they are in every run. A direct hop
 * from source to target cannot be cut by removing people: it is reported apart and left out of both.
 */
#ifndef KITH_MEASURES_CUT_H
#define KITH_MEASURES_CUT_H

#include <glib.h>
#include <kith/error.h>
#include <stdbool.h>
#include <stdint.h>

/** Directed hops in CSR form, borrowed: from v to to[first[v]] … to[first[v + 1] - 1]. */
typedef struct kith_hops {
    int64_t nodes; /**< < 2^31 */
    const int64_t *first;
    const int32_t *to;
    const bool *blocked; /**< never on a route; NULL: nobody */
} kith_hops;

/** The answer; {0} is empty. */
typedef struct kith_cut {
    bool direct; /**< a hop leads straight from source to target */
    int64_t n;   /**< size of the cut and number of disjoint routes, the direct hop not counted */
    int32_t *member; /**< n nodes, ascending: the cut nearest to the source */
    GPtrArray *
        routes; /**< n GArrays of int32_t, source first, target last; in order of length, then ids */
} kith_cut;

void kith_cut_clear(kith_cut *cut);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_cut, kith_cut_clear)

/**
 * Smallest set of nodes that every way from source to target goes through, and vertex-disjoint routes of that number.
 * Unit flow on split vertices, one breadth-first search a route: O((n + 1) * hops).
 * @return KITH_ERR_ARGUMENT when source is target or out of range, KITH_ERR_INTERNAL when Menger is violated
 */
kith_status kith_cut_between(const kith_hops *hops, int32_t source, int32_t target, kith_cut *out,
                             kith_error *err);

#endif
