/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forget.c - removes people with all that is said of them, and every trace of it in the file.
 *
 * Their rows go, the ties they are an end of, the texts nobody else uses, and their identifiers in other people's texts.
 * Deleted bytes are overwritten with zeros at once (secure_delete); then the file is rewritten, since a page may keep an
 * older copy of a row that was moved.
 */
#include "store/compact.h"
#include "store/loaded.h"
#include "store/rows.h"
#include "store/spread.h"
#include "store/tombstones.h"
#include "store/traces.h"
#include <string.h>

/* In an order in which each statement still finds what it needs. */
static const char *const deletions[] = {
    "DELETE FROM fact_attribute WHERE fact IN (SELECT id FROM fact WHERE from_mention IN "
    "(SELECT a FROM rows) OR to_mention IN (SELECT a FROM rows))",
    "DELETE FROM fact WHERE from_mention IN (SELECT a FROM rows) OR to_mention IN (SELECT a FROM "
    "rows)",
    "DELETE FROM name WHERE mention IN (SELECT a FROM rows)",
    "DELETE FROM identifier WHERE mention IN (SELECT a FROM rows)",
    "DELETE FROM attribute WHERE mention IN (SELECT a FROM rows)",
    "DELETE FROM moment WHERE mention IN (SELECT a FROM rows)",
    "DELETE FROM decision WHERE a IN (SELECT rows.a FROM rows) OR b IN (SELECT rows.a FROM rows)",
    "DELETE FROM mention WHERE id IN (SELECT a FROM rows)",
};

static kith_status
take_id(void *ids, sqlite3_stmt *row, kith_error *err)
{
    int64_t id = sqlite3_column_int64(row, 0);

    (void)err;
    g_array_append_val((GArray *)ids, id);
    return KITH_OK;
}

/* Texts that the rows to be deleted use. */
static kith_status
find_texts(kith_book *book, GArray *out, kith_error *err)
{
    return kith_sql_each(
        book,
        "WITH gone(id) AS MATERIALIZED (SELECT a FROM rows), tie AS MATERIALIZED "
        "(SELECT * FROM fact WHERE from_mention IN gone OR to_mention IN gone) "
        "SELECT text FROM name WHERE mention IN gone "
        "UNION SELECT given FROM name WHERE mention IN gone "
        "UNION SELECT family FROM name WHERE mention IN gone "
        "UNION SELECT value FROM identifier WHERE mention IN gone "
        "UNION SELECT written FROM identifier WHERE mention IN gone "
        "UNION SELECT key FROM attribute WHERE mention IN gone "
        "UNION SELECT value FROM attribute WHERE mention IN gone "
        "UNION SELECT currency FROM tie UNION SELECT status FROM tie "
        "UNION SELECT channel FROM tie UNION SELECT detail FROM tie "
        "UNION SELECT key FROM fact_attribute WHERE fact IN (SELECT id FROM tie) "
        "UNION SELECT value FROM fact_attribute WHERE fact IN (SELECT id FROM tie)",
        take_id, out, err);
}

/* Of these texts, deletes those that no row uses any more. */
static kith_status
delete_texts(kith_book *book, const GArray *texts, kith_error *err)
{
    const kith_rows rows = kith_rows_of_ids(texts);

    return kith_rows_run(
        book,
        "WITH old(id) AS MATERIALIZED (SELECT a FROM rows) "
        "DELETE FROM text WHERE id IN old AND id NOT IN ("
        "SELECT text FROM name WHERE text IN old UNION SELECT given FROM name WHERE given IN old "
        "UNION SELECT family FROM name WHERE family IN old "
        "UNION SELECT value FROM identifier WHERE value IN old "
        "UNION SELECT written FROM identifier WHERE written IN old "
        "UNION SELECT key FROM attribute WHERE key IN old "
        "UNION SELECT value FROM attribute WHERE value IN old "
        "UNION SELECT currency FROM fact WHERE currency IN old "
        "UNION SELECT status FROM fact WHERE status IN old "
        "UNION SELECT channel FROM fact WHERE channel IN old "
        "UNION SELECT detail FROM fact WHERE detail IN old "
        "UNION SELECT key FROM fact_attribute WHERE key IN old "
        "UNION SELECT value FROM fact_attribute WHERE value IN old)",
        &rows, err);
}

/* With the ids lent as rows. */
static kith_status
delete_mentions(kith_book *book, GArray *texts, kith_error *err)
{
    TRY(find_texts(book, texts, err));
    for (size_t i = 0; i < G_N_ELEMENTS(deletions); i++)
        TRY(kith_sql_run(book, deletions[i], err));
    return KITH_OK;
}

static kith_status
forget(kith_book *book, const GArray *ids, kith_error *err)
{
    g_autoptr(kith_traces) traces = NULL;
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const kith_rows rows = kith_rows_of_ids(ids);
    kith_status status;

    TRY(kith_spread_open(book, err));
    TRY(kith_traces_collect(book, ids, &traces, err));
    TRY(kith_tombstones_keep(book, ids, err));
    TRY(kith_rows_lend(book, &rows, err));
    status = delete_mentions(book, texts, err);
    kith_rows_return(book);
    if (status != KITH_OK)
        return status;
    TRY(delete_texts(book, texts, err));
    TRY(kith_traces_remove(book, traces, err));
    TRY(kith_spread_close(book, err));
    return kith_compact_mark(book, err);
}

static kith_status
forget_mentions(kith_book *book, bool loaded, const kith_mention *mentions, int64_t n,
                kith_error *err)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));

    TRY(kith_loaded_ids(book, loaded, "people can be forgotten", mentions, n, ids, err));
    return forget(book, ids, err);
}

kith_status
kith_book_forget(kith_book *book, const kith_mention *mentions, int64_t n, kith_error *err)
{
    bool loaded = book->loaded;

    /* What is being forgotten is in no other file even for a moment; what is left may be, to save memory. */
    TRY(kith_spread_in_memory(book, true, err));
    TRY(kith_sql_begin(book, err));
    TRY(kith_sql_end(book, forget_mentions(book, loaded, mentions, n, err), err));
    TRY(kith_spread_in_memory(book, false, err));
    return kith_compact(book, err);
}
