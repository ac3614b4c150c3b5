/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spread.h - a book's parts as tables, for statements that look at rows across: forgetting.
 *
 * The tables are temporary, under the names they had in books up to version 3. So the same way back
 * brings such a book to version 4.
 */
#ifndef KITH_STORE_SPREAD_H
#define KITH_STORE_SPREAD_H

#include "store/sql.h"

/** Keeps temporary tables in memory, or no longer; not within a transaction. */
kith_status kith_spread_in_memory(kith_book *book, bool memory, kith_error *err);

/** Makes the tables and fills them from the parts. To be called, and undone, in one transaction. */
kith_status kith_spread_open(kith_book *book, kith_error *err);

/** Writes the tables' rows as the parts, instead of what is there, and drops the tables. */
kith_status kith_spread_close(kith_book *book, kith_error *err);

#endif
