/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.h - pairs of numbers in order, fast: one split by the first number's upper bits, then radix passes in the cache.
 */
#ifndef KITH_BASE_ORDER_H
#define KITH_BASE_ORDER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * Sorts pairs by (from, to), equals in the order they came in.
 * @param n      every number is below it
 * @param place  NULL, or m long: receives where each pair came from
 * @return false when there is no memory; the pairs are then as they were
 * O(m), on as many threads as given; the same on any number of them.
 */
bool kith_order_pairs(int64_t n, int64_t m, uint32_t *from, uint32_t *to, uint32_t *place,
                      int threads);

/** Whether pairs are in that order already. O(m) */
bool kith_order_is(int64_t m, const uint32_t *from, const uint32_t *to);

#endif
