/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * numbering.h - texts that get their numbers of a pool a little later, many at once.
 *
 * A look-up in a large pool waits for memory three times; of a thousand texts together each waits while the others do. When
 * there are many, a thread of its own looks them up. Numbers are given in the order of the calls, as kith_pool_put() would.
 *
 * Until it is settled nobody else may use the pool, and the rows must stay: arrays may grow meanwhile, but not shrink.
 */
#ifndef KITH_BASE_NUMBERING_H
#define KITH_BASE_NUMBERING_H

#include "base/pool.h"
#include <stddef.h>

typedef struct kith_numbering kith_numbering;

/** The pool is borrowed. @return yours */
kith_numbering *kith_numbering_new(kith_pool *pool);
/** What was not settled gets no number. */
void kith_numbering_free(kith_numbering *numbering);

/** The text's number goes to a place in the array's last row. */
void kith_numbering_put(kith_numbering *numbering, const char *text, GArray *array, size_t offset);
/** The same with two places for one text. */
void kith_numbering_put_twice(kith_numbering *numbering, const char *text, GArray *array,
                              size_t offset, size_t other);
/** Puts the text into the pool; nobody is told its number. */
void kith_numbering_keep(kith_numbering *numbering, const char *text);

/** Every place has its number, and no thread is left. */
void kith_numbering_settle(kith_numbering *numbering);

#endif
