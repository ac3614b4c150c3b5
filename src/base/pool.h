/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pool.h - texts kept once, known by a small number.
 *
 * A column of texts (status, channel, file name …) is then four bytes a row, and equal texts are
 * equal numbers. Number 0 is "no text". A pool is shared by reference count: a graph keeps the pool
 * of the builder it came from.
 */
#ifndef KITH_BASE_POOL_H
#define KITH_BASE_POOL_H

#include <glib.h>
#include <stdint.h>

typedef struct kith_pool kith_pool;

/** An empty pool with one reference. */
kith_pool *kith_pool_new(void);
kith_pool *kith_pool_ref(kith_pool *pool);
void kith_pool_unref(kith_pool *pool);

/** The number of a text, which is copied on first sight; 0 for NULL. O(length). */
uint32_t kith_pool_put(kith_pool *pool, const char *text);

typedef struct kith_pool_text {
    const char *text;
    size_t length;
} kith_pool_text;

/** The numbers of n texts, none NULL, as kith_pool_put() one after the other would give them, but the wait for memory is shared. */
void kith_pool_put_many(kith_pool *pool, const kith_pool_text *texts, size_t n, uint32_t *numbers);

/** The text of a number; NULL for 0. Borrowed, never moves. */
const char *kith_pool_get(const kith_pool *pool, uint32_t number);

/** How many numbers are given out, "no text" included: texts are 1 … size - 1. */
uint32_t kith_pool_size(const kith_pool *pool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_pool, kith_pool_unref)

#endif
