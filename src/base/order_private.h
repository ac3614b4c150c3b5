/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order_private.h - the inside of sorting pairs, shared by the files named order*.c. */
#ifndef KITH_BASE_ORDER_PRIVATE_H
#define KITH_BASE_ORDER_PRIVATE_H

#include "base/order.h"

/* So many words are sorted without spare room. */
#define KITH_ORDER_FEW 48

/** How many bits numbers below n have. */
static inline int
kith_order_bits(uint64_t n)
{
    return n > 1 ? 64 - __builtin_clzll(n - 1) : 1;
}

/** Sorts words by their bits from `low` to below `high`; equals keep their order. @param spare n words, for more than a few */
void kith_order_words(uint64_t *word, int64_t n, int low, int high, uint64_t *spare);

/** Whether most numbers are the one before. O(m) where it is so; a random column is told from its first ones. */
bool kith_order_in_runs(int64_t m, const uint32_t *from);

/** As kith_order_pairs(), by moving runs of one `from` as a whole. */
bool kith_order_runs(int64_t n, int64_t m, uint32_t *from, uint32_t *to, uint32_t *place);

#endif
