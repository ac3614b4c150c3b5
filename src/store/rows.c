/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c - arrays in memory as a virtual table, after https://www.sqlite.org/vtab.html. */
#include "store/rows.h"

/* SQLite's objects come first in ours, as it wants them. */
struct table {
    sqlite3_vtab base;
    const kith_rows *rows;
};

struct cursor {
    sqlite3_vtab_cursor base;
    const kith_rows *rows;
    int64_t row;
};

static int
connect(sqlite3 *db, void *rows, int n, const char *const *arguments, sqlite3_vtab **out,
        char **message)
{
    struct table *table = g_new0(struct table, 1);

    (void)n, (void)arguments, (void)message;
    table->rows = rows;
    *out = &table->base;
    /* Only our own statements may read it, nothing in the schema of a book that came from
     * elsewhere. */
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    return sqlite3_declare_vtab(
        db, "CREATE TABLE rows(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)");
}

static int
disconnect(sqlite3_vtab *table)
{
    g_free(table);
    return SQLITE_OK;
}

static int
plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table, (void)info;
    return SQLITE_OK;
}

static int
open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct cursor *cursor = g_new0(struct cursor, 1);

    cursor->rows = ((struct table *)(void *)table)->rows;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *cursor)
{
    g_free(cursor);
    return SQLITE_OK;
}

static int
settle(struct cursor *cursor)
{
    const kith_rows *rows = cursor->rows;

    while (cursor->row < rows->n && rows->skip && rows->skip(rows->payload, cursor->row))
        cursor->row++;
    return SQLITE_OK;
}

static int
first(sqlite3_vtab_cursor *base, int number, const char *text, int n, sqlite3_value **values)
{
    struct cursor *cursor = (struct cursor *)(void *)base;

    (void)number, (void)text, (void)n, (void)values;
    cursor->row = 0;
    return settle(cursor);
}

static int
next(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)(void *)base;

    cursor->row++;
    return settle(cursor);
}

static int
at_end(sqlite3_vtab_cursor *base)
{
    const struct cursor *cursor = (const struct cursor *)(const void *)base;

    return cursor->row >= cursor->rows->n;
}

static int
cell(sqlite3_vtab_cursor *base, sqlite3_context *out, int column)
{
    const struct cursor *cursor = (const struct cursor *)(const void *)base;

    cursor->rows->cell(cursor->rows->payload, cursor->row, column, out);
    return SQLITE_OK;
}

static int
row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((const struct cursor *)(const void *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = connect,
    .xDisconnect = disconnect,
    .xBestIndex = plan,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = first,
    .xNext = next,
    .xEof = at_end,
    .xColumn = cell,
    .xRowid = row_number,
};

kith_status
kith_rows_lend(kith_book *book, const kith_rows *rows, kith_error *err)
{
    int result = sqlite3_create_module(book->db, "rows", &module, (void *)(uintptr_t)rows);

    return result == SQLITE_OK ? KITH_OK : kith_sql_fail(book, result, "write the book", err);
}

/* The rows are the caller's and may be gone after this. */
void
kith_rows_return(kith_book *book)
{
    sqlite3_create_module(book->db, "rows", NULL, NULL);
}

kith_status
kith_rows_run(kith_book *book, const char *sql, const kith_rows *rows, kith_error *err)
{
    kith_status status;

    TRY(kith_rows_lend(book, rows, err));
    status = kith_sql_run(book, sql, err);
    kith_rows_return(book);
    return status;
}

static void
id_cell(const void *ids, int64_t row, int column, sqlite3_context *out)
{
    (void)column;
    sqlite3_result_int64(out, g_array_index((const GArray *)ids, int64_t, row));
}

kith_rows
kith_rows_of_ids(const GArray *ids)
{
    return (kith_rows){.n = ids->len, .cell = id_cell, .payload = ids};
}
