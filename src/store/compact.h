/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact.h - rewriting the file, so that nothing deleted remains between its rows.
 *
 * The mark goes into the same transaction as the deletion: when the program dies before it has compacted, whoever opens
 * the book next does it.
 */
#ifndef KITH_STORE_COMPACT_H
#define KITH_STORE_COMPACT_H

#include "store/sql.h"

/** Notes that the book is to be compacted; within the caller's transaction. */
kith_status kith_compact_mark(kith_book *book, kith_error *err);

/** Rewrites the file and takes the mark away. O(size of the book). */
kith_status kith_compact(kith_book *book, kith_error *err);

/** Compacts when the mark is there. Best effort: a book that cannot be written now is compacted another day. */
void kith_compact_if_marked(kith_book *book);

#endif
