/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sql.h - the one door to SQLite: every failure comes home as a kith_error with the book's name.
 *
 * SQL is always a literal and values are always bound, so no text of a file can become SQL.
 */
#ifndef KITH_STORE_SQL_H
#define KITH_STORE_SQL_H

#include "base/base.h"
#include <kith/book.h>
#include <sqlite3.h>

struct kith_book {
    sqlite3 *db;
    char *path;
    bool loaded; /* kith_book_load() ran, and nothing was written through this handle since */
    const kith_builder *into; /* what it was loaded into last */
    int64_t first_mention;    /* the builder's number of the first mention it gave */
    bool grouping;            /* what is added belongs to one import */
    int64_t group;            /* that import, once something was added; 0 before */
    int64_t left_out;         /* mentions of forgotten people that were not added */
    int64_t version;          /* SQLite's data_version then: changes when another program writes */
};

/** Translates a SQLite result; `what` says what was being done. @return never KITH_OK */
kith_status kith_sql_fail(const kith_book *book, int result, const char *what, kith_error *err);

/** Why a call failed: the system's reason where there is one, else SQLite's. @return static */
const char *kith_sql_reason(const kith_book *book, int result);

/** The book holds what kith never writes. */
kith_status kith_sql_damaged(const kith_book *book, const char *what, kith_error *err);

/** Runs statements that give no rows. */
kith_status kith_sql_run(kith_book *book, const char *sql, kith_error *err);

/** @param out yours; sqlite3_finalize(), or g_autoptr(sqlite3_stmt) */
kith_status kith_sql_prepare(kith_book *book, const char *sql, sqlite3_stmt **out, kith_error *err);

/** Takes one step. @param row whether there is a row to read */
kith_status kith_sql_step(kith_book *book, sqlite3_stmt *statement, bool *row, kith_error *err);

/** Runs a bound statement that gives no row, and makes it ready for the next values. */
kith_status kith_sql_put(kith_book *book, sqlite3_stmt *statement, kith_error *err);

/** Binds a text, which must live until the statement has run; NULL is SQL's NULL. */
kith_status kith_sql_text(kith_book *book, sqlite3_stmt *statement, int place, const char *text,
                          kith_error *err);

/** The first column of the first row; 0 when there is none. */
kith_status kith_sql_number(kith_book *book, const char *sql, int64_t *out, kith_error *err);

/** Calls `take` for each row of a query without parameters. */
typedef kith_status (*kith_sql_take)(void *payload, sqlite3_stmt *row, kith_error *err);
kith_status kith_sql_each(kith_book *book, const char *sql, kith_sql_take take, void *payload,
                          kith_error *err);

/** Looks over the pages of the file. @return KITH_ERR_STORE when they do not fit together */
kith_status kith_sql_check(kith_book *book, kith_error *err);

/** Whether to wait for other programs, half a minute each time, or to fail at once. */
void kith_sql_wait(kith_book *book, bool wait);

/** Begins to write; waits for another writer as long as the busy time-out. */
kith_status kith_sql_begin(kith_book *book, kith_error *err);

/** Ends a transaction: keeps all of it when `status` is KITH_OK, nothing of it otherwise. What
 * was written does not stay in a log. @return the outcome */
kith_status kith_sql_end(kith_book *book, kith_status status, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_book, kith_book_free)

#endif
