/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loaded.h - from the numbers a builder was given by kith_book_load() back to the book's ids. */
#ifndef KITH_STORE_LOADED_H
#define KITH_STORE_LOADED_H

#include "store/sql.h"

/**
 * The book's ids (int64_t) of mentions, within a transaction that writes.
 * @param loaded book->loaded from before the transaction began
 * @param what   "people can be forgotten", for the message
 * @return KITH_ERR_ARGUMENT when the book was not loaded or a mention is not its own; KITH_ERR_STORE when somebody else
 *         changed it since: numbers from before may mean other people now
 */
kith_status kith_loaded_ids(kith_book *book, bool loaded, const char *what,
                            const kith_mention *mentions, int64_t n, GArray *out, kith_error *err);

#endif
