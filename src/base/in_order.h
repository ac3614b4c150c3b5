/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * in_order.h - pieces of an output made side by side and handed over one after the other.
 *
 * What a piece holds may depend on nothing but its number, so that the bytes are the same on any number of threads.
 */
#ifndef KITH_BASE_IN_ORDER_H
#define KITH_BASE_IN_ORDER_H

#include <stdint.h>

typedef struct kith_in_order {
    /* On any thread; worker is 0 … threads - 1, and no two pieces have the same one at a time. */
    void (*make)(void *payload, int64_t piece, int worker);
    /* In order, never two at a time; afterwards the worker makes its next piece. */
    void (*take)(void *payload, int64_t piece, int worker);
    void *payload;
} kith_in_order;

/** How many threads so many pieces are worth, of those that kith may use (kith_processors_use()). */
int kith_in_order_threads(int64_t pieces);

void kith_in_order_run(const kith_in_order *work, int64_t pieces, int threads);

#endif
