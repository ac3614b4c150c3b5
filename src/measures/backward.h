/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backward.h - how well everybody at once can reach one target within a number of hops. */
#ifndef KITH_MEASURES_BACKWARD_H
#define KITH_MEASURES_BACKWARD_H

#include "measures/chains.h"

/** Hops turned round, in CSR form: who has a hop to v. */
typedef struct kith_back_hops {
    int64_t nodes;
    int64_t *first;
    int32_t *from;
    int64_t *cost; /* llround(-log(p) * 1e12), as in chains.h */
} kith_back_hops;

kith_back_hops kith_back_hops_new(const kith_chain_hops *hops);
void kith_back_hops_clear(kith_back_hops *hops);

/**
 * The cheapest chain from each node to any target in at most `rounds` hops, people who are blocked left out.
 * Since every hop costs something or nothing, the cheapest walk is as cheap as the cheapest simple chain.
 * @param cost  array of nodes, filled: the sum of costs, INT64_MAX where there is no chain
 * O(rounds * hops into the nodes reached).
 */
void kith_back_costs(const kith_back_hops *hops, const bool *target, const bool *blocked,
                     int rounds, int64_t *cost);

#endif
