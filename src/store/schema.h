/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.h - the book's tables and their version. */
#ifndef KITH_STORE_SCHEMA_H
#define KITH_STORE_SCHEMA_H

#include "store/sql.h"

/** "KITH", SQLite's application_id of a book. */
#define KITH_BOOK_APPLICATION 0x4B495448

/** The schema this kith writes, SQLite's user_version. */
#define KITH_BOOK_VERSION 4

/**
 * Makes sure that the open database is a book of this version: makes the tables of a new one,
 * brings an older one up to date, and refuses any other.
 * @param create whether an empty database may become a book
 * @return KITH_ERR_STORE when it is no book, newer than this kith, or holds objects that kith never
 * makes
 */
kith_status kith_schema_settle(kith_book *book, bool create, kith_error *err);

#endif
