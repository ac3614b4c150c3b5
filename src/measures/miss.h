/* SPDX-License-Identifier: GPL-3.0-or-later */
/* miss.h - when there is no chain: how near one came. */
#ifndef KITH_MEASURES_MISS_H
#define KITH_MEASURES_MISS_H

#include "measures/chains.h"

/** What stands between somebody and the targets. */
typedef struct kith_chain_miss {
    bool all_blocked; /**< every target is blocked */
    int64_t hops;     /**< of the shortest chain of any length; 0 when there is none */
    int32_t bridge,
        target; /**< who has the cheapest hop to a target, the lowest of equals; -1 when nobody has */
    bool
        bridge_blocked; /**< only blocked nodes have a hop to a target; bridge is the best of these */
} kith_chain_miss;

/**
 * How near the asker of a query comes to its targets, whatever max_hops and k are.
 * O(nodes + hops).
 */
kith_chain_miss kith_chains_miss(const kith_chain_index *index, const kith_chain_query *query);

#endif
