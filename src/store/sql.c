/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sql.c - statements, transactions, and SQLite's failures in kith's words. */
#include "store/sql.h"
#include "store/journal.h"
#include <errno.h>

/* How long to wait for another program before giving up. */
#define BUSY_MILLISECONDS 30000

/*
 * What SQLite's system error number says, or SQLite's own text when there is none. ENOENT is left over from asking
 * whether there is a journal: the book itself was there.
 */
const char *
kith_sql_reason(const kith_book *book, int result)
{
    int number = book->db ? sqlite3_system_errno(book->db) : 0;

    return number && number != ENOENT ? kith_errno_text(number) : sqlite3_errstr(result);
}

kith_status
kith_sql_fail(const kith_book *book, int result, const char *what, kith_error *err)
{
    const char *path = book->path;

    switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: /* many attempts to get at the log's shared memory */
        return kith_fail_at(err, KITH_ERR_STORE, path, 0, 0,
                            "the book is in use by another program (try again when it is done)");
    case SQLITE_NOTADB:
        return kith_fail_at(err, KITH_ERR_STORE, path, 0, 0, "not a kith book");
    case SQLITE_CORRUPT:
        return kith_fail_at(err, KITH_ERR_STORE, path, 0, 0, "the book is damaged: %s",
                            book->db ? sqlite3_errmsg(book->db) : sqlite3_errstr(result));
    case SQLITE_FULL:
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot %s: the disk is full", what);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot %s: the book is read-only", what);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot %s: %s", what,
                            kith_sql_reason(book, result));
    case SQLITE_NOMEM:
        return kith_fail_at(err, KITH_ERR_NO_MEMORY, path, 0, 0, "cannot %s: out of memory", what);
    case SQLITE_TOOBIG:
        return kith_fail_at(err, KITH_ERR_LIMIT, path, 0, 0, "cannot %s: a text is too long", what);
    default:
        return kith_fail_at(err, KITH_ERR_STORE, path, 0, 0, "cannot %s: %s", what,
                            book->db ? sqlite3_errmsg(book->db) : sqlite3_errstr(result));
    }
}

kith_status
kith_sql_damaged(const kith_book *book, const char *what, kith_error *err)
{
    return kith_fail_at(err, KITH_ERR_STORE, book->path, 0, 0, "the book is damaged: %s", what);
}

/* A query reads, everything else writes; the user wants to know which of them failed. */
static const char *
doing(sqlite3_stmt *statement)
{
    return !statement || sqlite3_stmt_readonly(statement) ? "read the book" : "write the book";
}

kith_status
kith_sql_run(kith_book *book, const char *sql, kith_error *err)
{
    int result = sqlite3_exec(book->db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK ? KITH_OK : kith_sql_fail(book, result, "write the book", err);
}

kith_status
kith_sql_prepare(kith_book *book, const char *sql, sqlite3_stmt **out, kith_error *err)
{
    int result = sqlite3_prepare_v3(book->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);

    return result == SQLITE_OK ? KITH_OK : kith_sql_fail(book, result, "read the book", err);
}

kith_status
kith_sql_step(kith_book *book, sqlite3_stmt *statement, bool *row, kith_error *err)
{
    int result = sqlite3_step(statement);

    *row = result == SQLITE_ROW;
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return KITH_OK;
    return kith_sql_fail(book, result, doing(statement), err);
}

kith_status
kith_sql_put(kith_book *book, sqlite3_stmt *statement, kith_error *err)
{
    int result = sqlite3_step(statement);

    if (G_UNLIKELY(result != SQLITE_DONE))
        return kith_sql_fail(book, result, doing(statement), err);
    sqlite3_reset(statement);
    return KITH_OK;
}

kith_status
kith_sql_text(kith_book *book, sqlite3_stmt *statement, int place, const char *text,
              kith_error *err)
{
    int result = sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);

    return result == SQLITE_OK ? KITH_OK : kith_sql_fail(book, result, "write the book", err);
}

kith_status
kith_sql_number(kith_book *book, const char *sql, int64_t *out, kith_error *err)
{
    g_autoptr(sqlite3_stmt) statement = NULL;
    bool row;

    TRY(kith_sql_prepare(book, sql, &statement, err));
    TRY(kith_sql_step(book, statement, &row, err));
    *out = row ? sqlite3_column_int64(statement, 0) : 0;
    return KITH_OK;
}

kith_status
kith_sql_each(kith_book *book, const char *sql, kith_sql_take take, void *payload, kith_error *err)
{
    g_autoptr(sqlite3_stmt) statement = NULL;
    bool row;

    TRY(kith_sql_prepare(book, sql, &statement, err));
    for (;;) {
        TRY(kith_sql_step(book, statement, &row, err));
        if (!row)
            return KITH_OK;
        TRY(take(payload, statement, err));
    }
}

static kith_status
check_pages(void *book, sqlite3_stmt *row, kith_error *err)
{
    const char *found = (const char *)sqlite3_column_text(row, 0);

    if (g_strcmp0(found, "ok") == 0)
        return KITH_OK;
    return kith_sql_damaged(book, found ? found : "quick_check fails", err);
}

kith_status
kith_sql_check(kith_book *book, kith_error *err)
{
    return kith_sql_each(book, "PRAGMA quick_check(1)", check_pages, book, err);
}

void
kith_sql_wait(kith_book *book, bool wait)
{
    sqlite3_busy_timeout(book->db, wait ? BUSY_MILLISECONDS : 0);
}

kith_status
kith_sql_begin(kith_book *book, kith_error *err)
{
    book->loaded = false;
    return kith_sql_run(book, "BEGIN IMMEDIATE", err);
}

kith_status
kith_sql_end(kith_book *book, kith_status status, kith_error *err)
{
    bool wrote = sqlite3_txn_state(book->db, "main") == SQLITE_TXN_WRITE;

    if (status == KITH_OK)
        status = kith_sql_run(book, "COMMIT", err);
    if (status == KITH_OK && wrote)
        kith_journal_flush(book);
    /* SQLite has rolled back by itself after a full disk, but not after every other failure. */
    if (status != KITH_OK && !sqlite3_get_autocommit(book->db))
        sqlite3_exec(book->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
