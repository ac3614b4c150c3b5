/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decisions.c - the log of decisions in the book: rows are appended and marked, never changed otherwise. */
#include "store/decisions.h"
#include "store/loaded.h"
#include <math.h>

static kith_status
put_decision(kith_book *book, sqlite3_stmt *put, const kith_builder *b,
             const kith_fact_decision *row, const int64_t *ends, kith_error *err)
{
    sqlite3_bind_int64(put, 3, row->kind);
    sqlite3_bind_int64(put, 4, ends[0]);
    sqlite3_bind_int64(put, 5, ends[1]);
    TRY(kith_sql_text(book, put, 6, kith_pool_get(b->pool, row->rule), err));
    TRY(kith_sql_text(book, put, 7, kith_pool_get(b->pool, row->reason), err));
    sqlite3_bind_double(put, 8, row->score); /* NaN is NULL */
    return kith_sql_put(book, put, err);
}

kith_status
kith_decisions_write(kith_book *book, const kith_builder *b, const GArray *rows, const GArray *ends,
                     int64_t import, kith_error *err)
{
    g_autoptr(sqlite3_stmt) put = NULL;
    int64_t batch;

    if (rows->len == 0)
        return KITH_OK;
    TRY(kith_sql_number(book, "SELECT coalesce(max(batch), 0) + 1 FROM decision", &batch, err));
    TRY(kith_sql_prepare(book,
                         "INSERT INTO decision(batch, import, kind, a, b, rule, reason, score, "
                         "undone) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)",
                         &put, err));
    for (guint i = 0; i < rows->len; i++) {
        sqlite3_bind_int64(put, 1, batch);
        sqlite3_bind_int64(put, 2, import);
        TRY(put_decision(book, put, b, KITH_ROW(rows, kith_fact_decision, i),
                         &g_array_index(ends, int64_t, 2 * (gsize)i), err));
    }
    return KITH_OK;
}

kith_status
kith_decisions_last(kith_book *book, int64_t *batch, kith_error *err)
{
    return kith_sql_number(book,
                           "SELECT coalesce(max(batch), 0) FROM decision WHERE undone = 0 AND "
                           "import >= (SELECT coalesce(max(id), 0) FROM import)",
                           batch, err);
}

kith_status
kith_decisions_undo(kith_book *book, int64_t batch, int64_t *n, kith_error *err)
{
    g_autoptr(sqlite3_stmt) mark = NULL;

    TRY(kith_sql_prepare(book, "UPDATE decision SET undone = 1 WHERE batch = ?1", &mark, err));
    sqlite3_bind_int64(mark, 1, batch);
    TRY(kith_sql_put(book, mark, err));
    *n = sqlite3_changes64(book->db);
    return KITH_OK;
}

static kith_status
decide(kith_book *book, bool loaded, const kith_builder *b, int64_t first, kith_error *err)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(kith_fact_decision));
    g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(kith_mention));
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int64_t import;

    for (guint i = (guint)MAX(first, 0); i < b->decisions->len; i++) {
        const kith_fact_decision *row = KITH_ROW(b->decisions, kith_fact_decision, i);
        const kith_mention end[] = {row->a, row->b};

        g_array_append_vals(rows, row, 1);
        g_array_append_vals(mentions, end, 2);
    }
    TRY(kith_loaded_ids(book, loaded, "anything is decided",
                        (const kith_mention *)(const void *)mentions->data, mentions->len, ends,
                        err));
    TRY(kith_sql_number(book, "SELECT coalesce(max(id), 0) FROM import", &import, err));
    return kith_decisions_write(book, b, rows, ends, import, err);
}

kith_status
kith_book_decide(kith_book *book, const kith_builder *builder, int64_t first, kith_error *err)
{
    bool loaded = book->loaded;

    TRY(kith_sql_begin(book, err));
    TRY(kith_sql_end(book, decide(book, loaded, builder, first, err), err));
    book->loaded = loaded; /* a decision numbers nothing anew */
    return KITH_OK;
}
