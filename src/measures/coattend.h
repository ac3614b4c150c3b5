/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coattend.h - which pairs share more events than in rewired guest lists.
 *
 * Each rewired list keeps how often everybody is out and how full every event was, exactly (rewire.h); p is the share of
 * them in which a pair shares as many events or more. On small data this finds what the SDSM of significance.h, which
 * keeps both only on average, cannot (Neal, Domagalski & Sagan 2021, doi:10.1038/s41598-021-03238-3).
 */
#ifndef KITH_MEASURES_COATTEND_H
#define KITH_MEASURES_COATTEND_H

#include "measures/projection.h"

/** How many rewired lists are affordable: all that are wanted, fewer, or 0 below 200. */
int64_t kith_coattend_affordable(const kith_twomode *twomode, int64_t wanted);

/**
 * Fills p of pairs.
 * @param pairs  every pair that shares an event, by (a, b)
 * @param lists  how many rewired lists; list i is stream i of the seed
 * Time: lists times the sum of squares of group sizes.
 */
kith_status kith_coattend_test(const kith_twomode *twomode, kith_projection_pair *pairs, int64_t n,
                               int64_t lists, uint64_t seed, kith_work *work, kith_error *err);

#endif
