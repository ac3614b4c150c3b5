/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * best.h - who is nearest to everybody, without walking from everybody.
 *
 * With the counts of those one and two steps away, everybody else can be no nearer than three: that bounds a sum of
 * 1/distance. Walks start where the bound is highest, 512 at once, and a walk ends when even its bound is below the k-th best
 * sum so far. After Borassi, Crescenzi & Marino 2015, "Fast and simple computation of top-k closeness centralities".
 */
#ifndef KITH_MEASURES_BEST_H
#define KITH_MEASURES_BEST_H

#include "measures/work.h"
#include "model/csr.h"

/**
 * Sums of 1/distance to everybody within reach, for the k vertices where they are largest and all that are equal to the
 * k-th; NaN for the others.
 * @param rows  of an undirected network without weights and repeats
 * @param sum   n long, filled
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(n arcs / 512) at worst, usually a few sweeps
 */
kith_status kith_best_harmonic(const kith_csr *rows, int64_t k, kith_work *work, double *sum,
                               kith_error *err);

#endif
