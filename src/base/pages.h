/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pages.h - memory in large pages where the system has them.
 *
 * A fault costs a microsecond or more in a virtual machine, and a page of 4 kB holds a hundred rows: a million rows spent a
 * tenth of their time there. Advice only: with small pages all stays the same.
 */
#ifndef KITH_BASE_PAGES_H
#define KITH_BASE_PAGES_H

#include <glib.h>

/** Memory that is not cleared; in large pages when it fills one. Yours, free(). Ends like g_malloc() when there is none. */
void *kith_pages_new(size_t size);

/** The same for n elements, refusable: NULL when there is no memory. */
void *kith_pages_try(gsize n, gsize size);

#define KITH_PAGES(type, n) ((type *)kith_pages_try((gsize)(n), sizeof(type)))

/** Asks for large pages under an array that is growing; call after each row. */
void kith_pages_advise(const void *data, size_t size);

/**
 * Has the C library's heap ready for so many bytes: pages that are asked for together cost a twentieth of pages that fault one
 * by one.
 */
void kith_pages_prepare(size_t size);

/**
 * Has another processor clear the pages that are written to next, where there is one; the bytes stay what they are.
 * Nothing waits for it, and memory that was given back or moved meanwhile comes to no harm.
 */
void kith_pages_ahead(const void *data, size_t size);

/** The same for the next rows of an array that GLib makes twice as long whenever it is full. */
void kith_pages_ahead_of(const void *data, size_t used);

/* Rows of about a megabyte, a power of two. */
#define KITH_PAGES_STEP(size)                                                                      \
    (1u << (20 - ((size) > 8) - ((size) > 16) - ((size) > 32) - ((size) > 64) - 3))

static inline void
kith_pages_array(const void *data, guint rows, size_t size)
{
    if (G_UNLIKELY((rows & (KITH_PAGES_STEP(size) - 1)) == 0)) {
        kith_pages_advise(data, rows * size * 2);
        kith_pages_ahead_of(data, rows * size);
    }
}

#endif
