/* SPDX-License-Identifier: GPL-3.0-or-later */
/* consensus.h - how far the runs of a search agree with what was found, member by member. */
#ifndef KITH_MEASURES_CONSENSUS_H
#define KITH_MEASURES_CONSENSUS_H

#include <stdint.h>

/**
 * Of those who are with a vertex in the division or in a run, the share that is in both, meant over the runs: 1 when
 * every run has the same group, and for a vertex that is alone in all.
 * @param run    `runs` rows of n groups, each below n
 * @param score  n long, filled
 * O(n) a run
 */
void kith_consensus(const uint32_t *group, const uint32_t *run, int64_t runs, int64_t n,
                    double *score);

#endif
