/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parts.c - parts as rows of the table `part`. */
#include "store/parts.h"
#include "base/big.h"
#include "base/limits.h"
#include <string.h>

/* Texts of one part, in bytes, unless one alone is longer. */
#define MOST_TEXT ((size_t)1 << 20)

static bool
rows_init(kith_parts_rows *rows)
{
    rows->cells = KITH_RAW(int64_t, KITH_PART_ROWS * KITH_PART_WIDEST);
    rows->texts = g_string_new(NULL);
    return rows->cells;
}

static void
rows_clear(kith_parts_rows *rows)
{
    kith_big_free(rows->cells);
    if (rows->texts)
        g_string_free(rows->texts, TRUE);
}

kith_status
kith_parts_writer_init(kith_parts_writer *w, kith_book *book, int64_t import, kith_error *err)
{
    *w = (kith_parts_writer){.book = book, .import = import};
    w->data = g_byte_array_new();
    if (!rows_init(&w->rows) || !rows_init(&w->behind))
        return kith_sql_fail(book, SQLITE_NOMEM, "write the book", err);
    return kith_sql_prepare(
        book, "INSERT INTO part(import, kind, rows, last, data) VALUES(?1, ?2, ?3, ?4, ?5)",
        &w->put, err);
}

/* Waits for what is behind, and tells what became of it. */
static kith_status
await(kith_parts_writer *w, kith_error *err)
{
    kith_status status = KITH_OK;

    if (w->thread)
        status = (kith_status)GPOINTER_TO_INT(g_thread_join(g_steal_pointer(&w->thread)));
    if (status != KITH_OK && err && err->status == KITH_OK)
        *err = w->failed;
    return status;
}

void
kith_parts_writer_clear(kith_parts_writer *w)
{
    await(w, NULL);
    sqlite3_finalize(w->put);
    rows_clear(&w->rows);
    rows_clear(&w->behind);
    if (w->data)
        g_byte_array_unref(w->data);
    *w = (kith_parts_writer){0};
}

static kith_status
put_rows(kith_parts_writer *w, kith_parts_rows *rows, kith_error *err)
{
    g_byte_array_set_size(w->data, 0);
    kith_part_encode(rows->cells, rows->n, rows->width, w->data);
    g_byte_array_append(w->data, (const guint8 *)rows->texts->str, (guint)rows->texts->len);
    sqlite3_bind_int64(w->put, 1, w->import);
    sqlite3_bind_int64(w->put, 2, rows->kind);
    sqlite3_bind_int64(w->put, 3, (int64_t)rows->n);
    sqlite3_bind_int64(w->put, 4, rows->cells[(rows->n - 1) * rows->width]);
    sqlite3_bind_blob64(w->put, 5, w->data->data, w->data->len, SQLITE_STATIC);
    rows->n = 0;
    g_string_truncate(rows->texts, 0);
    return kith_sql_put(w->book, w->put, err);
}

static void *
put_behind(void *writer)
{
    kith_parts_writer *w = writer;

    return GINT_TO_POINTER(put_rows(w, &w->behind, &w->failed));
}

/* A full part is written: beside, while the next one fills, or here, as well where the machine gives no thread. */
static kith_status
hand_over(kith_parts_writer *w, kith_error *err)
{
    kith_parts_rows full = w->rows;

    if (!w->beside)
        return put_rows(w, &w->rows, err);
    TRY(await(w, err));
    w->rows = w->behind;
    w->rows.kind = full.kind;
    w->rows.width = full.width;
    w->behind = full;
    w->thread = g_thread_try_new("kith-parts", put_behind, w, NULL);
    return w->thread ? KITH_OK : put_rows(w, &w->behind, err);
}

kith_status
kith_parts_flush(kith_parts_writer *w, kith_error *err)
{
    TRY(await(w, err));
    return w->rows.n ? put_rows(w, &w->rows, err) : KITH_OK;
}

kith_status
kith_parts_begin(kith_parts_writer *w, kith_part_kind kind, kith_error *err)
{
    TRY(kith_parts_flush(w, err));
    w->rows.kind = kind;
    w->rows.width = kith_part_width(kind);
    return KITH_OK;
}

kith_status
kith_parts_row(kith_parts_writer *w, const int64_t *cells, kith_error *err)
{
    if (G_UNLIKELY(w->rows.n == KITH_PART_ROWS))
        TRY(hand_over(w, err));
    memcpy(w->rows.cells + w->rows.n++ * w->rows.width, cells, w->rows.width * sizeof *cells);
    return KITH_OK;
}

kith_status
kith_parts_text(kith_parts_writer *w, int64_t id, const char *text, kith_error *err)
{
    size_t length = strlen(text);

    if (G_UNLIKELY((int64_t)length > kith_limit(KITH_LIMIT_TEXT)))
        return kith_sql_fail(w->book, SQLITE_TOOBIG, "write the book", err);
    if (w->rows.texts->len && w->rows.texts->len + length > MOST_TEXT)
        TRY(hand_over(w, err));
    TRY(kith_parts_row(w, &id, err));
    g_string_append_len(w->rows.texts, text, (gssize)length + 1);
    return KITH_OK;
}

/* What a reader keeps from part to part. */
struct reader {
    kith_book *book;
    kith_part part;
    int64_t *cells;
    size_t room; /* for so many cells */
    kith_parts_take take;
    void *payload;
};

/* Whether there are as many texts as rows, and nothing behind the last. */
static bool
texts_fit(const char *texts, size_t size, size_t n)
{
    size_t found = 0;

    for (const char *at = texts, *end = texts + size; at < end && found <= n; found++) {
        const char *nul = memchr(at, 0, (size_t)(end - at));

        if (!nul)
            return false;
        at = nul + 1;
    }
    return found == n;
}

/* Most parts are full or nearly empty: there is no need to grow step by step. */
static kith_status
make_room(struct reader *r, size_t cells, kith_error *err)
{
    if (cells <= r->room)
        return KITH_OK;
    g_free(r->cells);
    r->cells = g_try_new(int64_t, cells);
    r->room = r->cells ? cells : 0;
    r->part.cells = r->cells;
    return r->cells ? KITH_OK : kith_sql_fail(r->book, SQLITE_NOMEM, "read the book", err);
}

static kith_status
take_part(void *reader, sqlite3_stmt *row, kith_error *err)
{
    struct reader *r = reader;
    int64_t n = sqlite3_column_int64(row, 0);
    const uint8_t *data = sqlite3_column_blob(row, 1);
    size_t size = (size_t)sqlite3_column_bytes(row, 1), used;

    if (!data || n < 1 || n > KITH_PART_ROWS || (size_t)n > size)
        return kith_sql_damaged(r->book, "rows cannot be read", err);
    TRY(make_room(r, (size_t)n * r->part.width, err));
    if (!kith_part_decode(data, size, (size_t)n, r->part.width, r->cells, &used))
        return kith_sql_damaged(r->book, "rows cannot be read", err);
    r->part.n = (size_t)n;
    r->part.texts = NULL;
    if (r->part.kind == KITH_PART_TEXT) {
        r->part.texts = (const char *)data + used;
        if (!texts_fit(r->part.texts, size - used, r->part.n))
            return kith_sql_damaged(r->book, "a text is missing", err);
    } else if (used != size)
        return kith_sql_damaged(r->book, "rows cannot be read", err);
    return r->take(r->payload, &r->part, err);
}

static kith_status
each_part(struct reader *r, kith_error *err)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    TRY(kith_sql_prepare(r->book, "SELECT rows, data FROM part WHERE kind = ?1 ORDER BY id", &query,
                         err));
    sqlite3_bind_int64(query, 1, r->part.kind);
    for (;;) {
        TRY(kith_sql_step(r->book, query, &row, err));
        if (!row)
            return KITH_OK;
        TRY(take_part(r, query, err));
    }
}

kith_status
kith_parts_each(kith_book *book, kith_part_kind kind, kith_parts_take take, void *payload,
                kith_error *err)
{
    struct reader r = {.book = book,
                       .part = {.kind = kind, .width = kith_part_width(kind)},
                       .take = take,
                       .payload = payload};
    kith_status status = each_part(&r, err);

    g_free(r.cells);
    return status;
}

kith_status
kith_parts_last(kith_book *book, kith_part_kind kind, int64_t *out, kith_error *err)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    TRY(kith_sql_prepare(book, "SELECT coalesce(max(last), 0) FROM part WHERE kind = ?1", &query,
                         err));
    sqlite3_bind_int64(query, 1, kind);
    TRY(kith_sql_step(book, query, &row, err));
    *out = row ? sqlite3_column_int64(query, 0) : 0;
    /* Room for whatever one import may add. */
    return *out >= 0 && *out < INT64_MAX / 2
               ? KITH_OK
               : kith_sql_damaged(book, "a number is out of range", err);
}
