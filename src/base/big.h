/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * big.h - memory for columns of a graph: zeroed, refusable, given back when very large and else kept for the next column.
 *
 * Pages that are never touched cost nothing, so an array may be asked for by its largest possible size.
 */
#ifndef KITH_BASE_BIG_H
#define KITH_BASE_BIG_H

#include <glib.h>
#include <stddef.h>

/** n elements, all zero, from a cache line on; NULL when there is no memory. kith_big_free() */
void *kith_big_new(size_t n, size_t size);
/** The same, but anything may stand in them: for what is written before it is read. */
void *kith_big_raw(size_t n, size_t size);
/** The same bytes with room for n elements, the new ones anything; NULL (and the old array lives on) when there is no memory. */
void *kith_big_grow(void *memory, size_t n, size_t size);
/** NULL is fine. */
void kith_big_free(void *memory);

/**
 * Gives large pages that nobody has back to the system, before something large is made that does not fit them: what is kept for
 * the next column counts as the process's. A page costs some 140 microseconds to have again.
 */
void kith_big_trim(void);

/** What nobody could go on without: when it is NULL, the process ends as GLib ends it when memory is out. @return memory */
void *kith_big_need(void *memory, size_t n, size_t size);

#define KITH_BIG(type, n) ((type *)kith_big_new((size_t)(n), sizeof(type)))
#define KITH_RAW(type, n) ((type *)kith_big_raw((size_t)(n), sizeof(type)))

static inline void
kith_big_clear(void *place)
{
    kith_big_free(*(void **)place);
}

/** Frees a big array at the end of the block. */
#define KITH_AUTOBIG __attribute__((cleanup(kith_big_clear)))

#endif
