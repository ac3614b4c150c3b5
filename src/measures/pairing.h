/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pairing.h - who should sit with whom, so that the gains of all pairs add up to the most.
 *
 * Pairs are a matching of the largest weight in a general graph, found exactly by Edmonds' blossoms (1965,
 * doi:10.4153/CJM-1965-045-4) with dual variables, O(n^3). Tables of more than two are found exactly up to ten people, by
 * trying all; beyond, by the best seat for each and exchanges until none helps, with a bound that no seating can pass.
 */
#ifndef KITH_MEASURES_PAIRING_H
#define KITH_MEASURES_PAIRING_H

#include <stdbool.h>
#include <stdint.h>

#define KITH_PAIRING_PEOPLE 800 /* for more, matching would take minutes */

/**
 * A matching of the largest total gain. Among equals the same one on every run.
 * @param gain  n * n, symmetric, >= 0; 0 keeps two apart
 * @param with  n long, filled: who each is paired with, -1 for nobody
 * @return the total gain
 */
int64_t kith_pair_people(const int32_t *gain, int n, int *with);

/**
 * Tables of `seats` people, as even as they go: no table has two people fewer than another.
 * @param gain   n * n, symmetric; below 0 keeps two apart if that can be
 * @param table  n long, filled: each one's table, 0 …
 * @param bound  no seating has a larger total
 * @return the total gain of all pairs at one table; equal to *bound when it is known to be the best
 */
int64_t kith_seat_people(const int32_t *gain, int n, int seats, int *table, int64_t *bound);

#endif
