/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rank.h - scores into an order that is the same on every run.
 *
 * The best score first; NaN ("cannot be told") last; equal scores in the order they came, which is
 * node order.
 */
#ifndef KITH_MEASURES_RANK_H
#define KITH_MEASURES_RANK_H

#include <stdbool.h>
#include <stdint.h>

/**
 * The indices 0 … n - 1 from best to worst.
 * @param lowest_first  the lowest score is the best
 * @return n indices; g_free(). O(n log n)
 */
int64_t *kith_rank_order(const double *score, int64_t n, bool lowest_first);

/**
 * Rounds scores to 12 significant digits. People in the same position then have the same score:
 * sums of the same numbers in another order differ in the 16th digit, and would be ranked by
 * rounding errors.
 */
void kith_rank_tidy(double *score, int64_t n);

#endif
