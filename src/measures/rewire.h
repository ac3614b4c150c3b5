/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rewire.h - chance with the same degrees: two ties at a time exchange their ends.
 *
 * a-b and c-d become a-d and c-b unless that makes a loop or a tie that is there already; ten such exchanges are tried
 * for each tie. In a directed network starts keep how many they start and ends how many they end, so in a two-mode one
 * people keep how many events they attended, and events how many people. Weights stay with the tie's start.
 * Maslov & Sneppen 2002, doi:10.1126/science.1065103.
 */
#ifndef KITH_MEASURES_REWIRE_H
#define KITH_MEASURES_REWIRE_H

#include "model/network.h"

/** A rewired copy, its edges in no order. @return yours. O(m) expected */
kith_network *kith_rewire(const kith_network *network, uint64_t seed, uint64_t stream);

#endif
