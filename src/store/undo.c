/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * undo.c - takes back the last change: a decision is marked as undone; an import, since imports only append, is cut off the
 * tables' ends.
 */
#include "store/compact.h"
#include "store/decisions.h"
#include <string.h>

/* What an import row says: the first id given in each table, in the order of the query below. */
enum { IMPORT, SOURCE, MENTION, FIRSTS };

static const struct {
    int first;
    const char *sql;
} cuts[] = {
    {IMPORT, "DELETE FROM part WHERE import >= ?1"},
    {MENTION, "DELETE FROM decision WHERE a >= ?1 OR b >= ?1"},
    {IMPORT, "DELETE FROM decision WHERE import >= ?1"},
    {SOURCE, "DELETE FROM source WHERE id >= ?1"},
    {IMPORT, "DELETE FROM import WHERE id >= ?1"},
};

static kith_status
read_last(kith_book *book, int64_t first[FIRSTS], kith_error *err)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    TRY(kith_sql_prepare(book,
                         "SELECT id, first_source, first_mention "
                         "FROM import ORDER BY id DESC LIMIT 1",
                         &query, err));
    TRY(kith_sql_step(book, query, &row, err));
    for (int i = 0; row && i < FIRSTS; i++)
        first[i] = sqlite3_column_int64(query, i);
    return row ? KITH_OK
               : kith_fail_at(err, KITH_ERR_NOT_FOUND, book->path, 0, 0,
                              "nothing to take back: the book has no import");
}

static kith_status
take_back(kith_book *book, kith_error *err)
{
    int64_t first[FIRSTS];

    TRY(read_last(book, first, err));
    for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
        g_autoptr(sqlite3_stmt) cut = NULL;

        TRY(kith_sql_prepare(book, cuts[i].sql, &cut, err));
        sqlite3_bind_int64(cut, 1, first[cuts[i].first]);
        TRY(kith_sql_put(book, cut, err));
    }
    return kith_compact_mark(book, err);
}

kith_status
kith_book_undo_last(kith_book *book, kith_error *err)
{
    TRY(kith_sql_begin(book, err));
    TRY(kith_sql_end(book, take_back(book, err), err));
    return kith_compact(book, err);
}

kith_status
kith_book_undo(kith_book *book, kith_undone *out, kith_error *err)
{
    int64_t batch;
    kith_status status;

    *out = (kith_undone){0};
    TRY(kith_sql_begin(book, err));
    status = kith_decisions_last(book, &batch, err);
    if (status == KITH_OK && batch > 0)
        return kith_sql_end(book, kith_decisions_undo(book, batch, &out->decisions, err), err);
    if (status == KITH_OK)
        status = kith_book_last_import(book, &out->files, err);
    if (status == KITH_OK)
        status = take_back(book, err);
    status = kith_sql_end(book, status, err);
    return status == KITH_OK ? kith_compact(book, err) : status;
}

kith_status
kith_book_last_import(kith_book *book, char **files, kith_error *err)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    *files = NULL;
    TRY(kith_sql_prepare(book,
                         "SELECT group_concat(file, char(10)) FROM (SELECT file FROM source WHERE "
                         "import = (SELECT max(id) FROM import) ORDER BY id)",
                         &query, err));
    TRY(kith_sql_step(book, query, &row, err));
    if (row)
        *files = g_strdup((const char *)sqlite3_column_text(query, 0));
    return KITH_OK;
}
