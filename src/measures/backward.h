/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backward.h - how well everybody at once can reach one target within a number of hops. */
#ifndef KITH_MEASURES_BACKWARD_H
#define KITH_MEASURES_BACKWARD_H

#include "measures/chains.h"

/**
 * The cheapest chain from each node to any target in at most `rounds` hops, people who are blocked left out.
 * Since every hop costs something or nothing, the cheapest walk is as cheap as the cheapest simple chain.
 * @param end   by target, one more factor, as in kith_chain_query; NULL: 1
 * @param cost  array of nodes, filled: the sum of costs, INT64_MAX where there is no chain
 * O(rounds * hops into the nodes reached).
 */
void kith_back_costs(const kith_chain_index *index, const bool *target, const double *end,
                     const bool *blocked, int rounds, int64_t *cost);

#endif
