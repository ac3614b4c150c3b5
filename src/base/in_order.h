/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * in_order.h - pieces of an output made side by side and handed over one after the other.
 *
 * What a piece holds may depend on nothing but its number, so that the bytes are the same on any number of threads.
 */
#ifndef KITH_BASE_IN_ORDER_H
#define KITH_BASE_IN_ORDER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct kith_in_order {
    /* On any thread; place is 0 … places - 1, and no two pieces have the same one at a time. */
    void (*make)(void *payload, int64_t piece, int place);
    /* In order, never two at a time, on any thread; afterwards the place is another piece's. */
    void (*take)(void *payload, int64_t piece, int place);
    void *payload;
} kith_in_order;

/** How many threads so many pieces are worth, of those that kith may use (kith_processors_use()). */
int kith_in_order_threads(int64_t pieces);
/** How many pieces there may be at a time that were made and not handed over. */
int kith_in_order_places(int threads);

void kith_in_order_run(const kith_in_order *work, int64_t pieces, int threads);

#endif
