/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * save.c - a builder's rows go into the book, each once.
 *
 * A source is the same when its bytes and its importer are: it is left out with all that it said.
 * What remains gets the next free ids in the builder's order, so that loading gives the rows back
 * in the order in which they were said.
 */
#include "store/save.h"
#include "base/big.h"
#include "store/decisions.h"
#include "store/loaded.h"
#include "store/parts.h"
#include "store/tombstones.h"
#include <string.h>

static kith_status
next_ids(kith_saving *s, kith_error *err)
{
    kith_book *book = s->book;

    TRY(kith_sql_number(book, "SELECT coalesce(max(id), 0) + 1 FROM import", &s->next_import, err));
    /* Still the import begun before, unless somebody else's came in between. */
    s->goes_on = book->grouping && book->group && book->group == s->next_import - 1;
    s->next_import -= s->goes_on;
    TRY(kith_sql_number(book, "SELECT coalesce(max(id), 0) + 1 FROM source", &s->next_source, err));
    TRY(kith_parts_last(book, KITH_PART_MENTION, &s->next_mention, err));
    TRY(kith_parts_last(book, KITH_PART_FACT, &s->next_fact, err));
    TRY(kith_parts_last(book, KITH_PART_TEXT, &s->next_text, err));
    s->next_mention++;
    s->next_fact++;
    s->next_text++;
    return KITH_OK;
}

static kith_status
save_import(kith_saving *s, kith_error *err)
{
    g_autoptr(sqlite3_stmt) put = NULL;

    if (s->goes_on)
        return KITH_OK;
    TRY(kith_sql_prepare(s->book,
                         "INSERT INTO import(id, first_source, first_mention, first_fact, "
                         "first_text) VALUES(?, ?, ?, ?, ?)",
                         &put, err));
    sqlite3_bind_int64(put, 1, s->next_import);
    sqlite3_bind_int64(put, 2, s->next_source);
    sqlite3_bind_int64(put, 3, s->next_mention);
    sqlite3_bind_int64(put, 4, s->next_fact);
    sqlite3_bind_int64(put, 5, s->next_text);
    return kith_sql_put(s->book, put, err);
}

/* Writes one source unless it is there already, in the book or earlier in this builder. */
static kith_status
save_source(kith_saving *s, sqlite3_stmt *put, guint i, kith_error *err)
{
    const kith_fact_source *row = KITH_ROW(s->b->sources, kith_fact_source, i);
    bool known = false;

    if (row->sha256)
        TRY(kith_book_has(s->book, kith_saving_text(s, row->sha256),
                          kith_saving_text(s, row->importer), &known, err));
    if (known)
        return KITH_OK;
    s->source[i] = s->next_source++;
    sqlite3_bind_int64(put, 1, s->source[i]);
    sqlite3_bind_int64(put, 2, s->next_import);
    TRY(kith_sql_text(s->book, put, 3, kith_saving_text(s, row->file), err));
    TRY(kith_sql_text(s->book, put, 4, kith_saving_text(s, row->sha256), err));
    TRY(kith_sql_text(s->book, put, 5, kith_saving_text(s, row->importer), err));
    sqlite3_bind_int64(put, 6, row->records);
    sqlite3_bind_int64(put, 7, row->held);
    sqlite3_bind_int64(put, 8, row->warnings);
    return kith_sql_put(s->book, put, err);
}

/* @param any whether a source is new */
static kith_status
save_sources(kith_saving *s, bool *any, kith_error *err)
{
    g_autoptr(sqlite3_stmt) put = NULL;
    int64_t first = s->next_source;

    TRY(kith_sql_prepare(s->book,
                         "INSERT INTO source(id, import, file, sha256, importer, records, held, "
                         "warnings) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                         &put, err));
    for (guint i = 0; i < s->b->sources->len; i++)
        TRY(save_source(s, put, i, err));
    *any = s->next_source > first;
    return KITH_OK;
}

static void
number_mentions(kith_saving *s)
{
    for (guint i = 0; i < s->b->mentions->len; i++)
        if (s->source[KITH_ROW(s->b->mentions, kith_fact_mention, i)->source])
            s->mention[i] = s->next_mention++;
}

/*
 * A new tie may have ends that the book has already, when they were loaded from it: so an entry of the log ties the very
 * records of the book.
 */
static kith_status
find_ends(kith_saving *s, const GArray *known, kith_error *err)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const kith_mention *mention = (const kith_mention *)(const void *)known->data;

    if (known->len == 0)
        return KITH_OK;
    if (!s->loaded)
        return kith_fail_at(err, KITH_ERR_ARGUMENT, s->book->path, 0, 0,
                            "a new tie has an end in a source that the book already has");
    TRY(kith_loaded_ids(s->book, s->loaded, "a tie is added to its people", mention, known->len,
                        ids, err));
    for (guint i = 0; i < known->len; i++)
        s->end[mention[i]] = g_array_index(ids, int64_t, i);
    return KITH_OK;
}

static kith_status
number_facts(kith_saving *s, kith_error *err)
{
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(kith_mention));

    memcpy(s->end, s->mention, sizeof *s->end * s->b->mentions->len);
    for (guint i = 0; i < s->b->facts->len; i++) {
        const kith_fact_tie *row = KITH_ROW(s->b->facts, kith_fact_tie, i);
        const kith_mention end[] = {row->from, row->to};

        if (!s->source[row->source] || s->gone[row->from] || s->gone[row->to])
            continue;
        for (int e = 0; e < 2; e++)
            if (!s->end[end[e]])
                g_array_append_val(known, end[e]);
        s->fact[i] = s->next_fact++;
    }
    return find_ends(s, known, err);
}

static void
use_attributes(kith_saving *s, const GArray *rows, const int64_t *owner)
{
    for (guint i = 0; i < rows->len; i++) {
        const kith_fact_attribute *row = KITH_ROW(rows, kith_fact_attribute, i);

        if (owner[row->owner])
            s->text[row->key] = s->text[row->value] = 1;
    }
}

/* Marks the texts that the rows to be written use: the pool holds others too. */
static void
use_texts(kith_saving *s)
{
    const kith_builder *b = s->b;

    for (guint i = 0; i < b->names->len; i++) {
        const kith_fact_name *row = KITH_ROW(b->names, kith_fact_name, i);

        if (s->mention[row->mention])
            s->text[row->text] = s->text[row->given] = s->text[row->family] = 1;
    }
    for (guint i = 0; i < b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(b->identifiers, kith_fact_identifier, i);

        if (s->mention[row->mention])
            s->text[row->value] = s->text[row->written] = 1;
    }
    for (guint i = 0; i < b->facts->len; i++) {
        const kith_fact_tie *row = KITH_ROW(b->facts, kith_fact_tie, i);

        if (s->fact[i])
            s->text[row->currency] = s->text[row->status] = s->text[row->channel] =
                s->text[row->detail] = 1;
    }
    use_attributes(s, b->attributes, s->mention);
    use_attributes(s, b->fact_attributes, s->fact);
}

static void
number_texts(kith_saving *s, uint32_t n)
{
    use_texts(s);
    s->text[0] = 0;
    for (uint32_t i = 1; i < n; i++)
        if (s->text[i])
            s->text[i] = s->next_text++;
}

/*
 * Decisions between mentions that are all new. They count as made before this import, with which they go when it is
 * taken back; what was taken back already is not told again.
 */
static kith_status
save_decisions(kith_saving *s, kith_error *err)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(kith_fact_decision));
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (guint i = 0; i < s->b->decisions->len; i++) {
        const kith_fact_decision *row = KITH_ROW(s->b->decisions, kith_fact_decision, i);
        int64_t end[] = {s->mention[row->a], s->mention[row->b]};

        if (row->undone || !end[0] || !end[1])
            continue;
        g_array_append_vals(rows, row, 1);
        g_array_append_vals(ends, end, 2);
    }
    return kith_decisions_write(s->book, s->b, rows, ends, s->next_import - 1, err);
}

/* @param any whether there was something new to write */
static kith_status
save(kith_saving *s, bool *any, kith_error *err)
{
    uint32_t texts = kith_pool_size(s->b->pool);

    TRY(next_ids(s, err));
    TRY(save_import(s, err));
    TRY(save_sources(s, any, err));
    if (!*any)
        return KITH_OK;
    number_mentions(s);
    TRY(kith_tombstones_heed(s, err));
    TRY(number_facts(s, err));
    number_texts(s, texts);
    TRY(kith_saving_rows(s, texts, err));
    return save_decisions(s, err);
}

static kith_status
add_rows(kith_book *book, const kith_builder *builder, kith_error *err)
{
    KITH_AUTOBIG int64_t *source = KITH_BIG(int64_t, builder->sources->len + 1);
    KITH_AUTOBIG int64_t *mention = KITH_BIG(int64_t, builder->mentions->len + 1);
    KITH_AUTOBIG int64_t *end = KITH_BIG(int64_t, builder->mentions->len + 1);
    KITH_AUTOBIG int64_t *fact = KITH_BIG(int64_t, builder->facts->len + 1);
    KITH_AUTOBIG int64_t *text = KITH_BIG(int64_t, kith_pool_size(builder->pool) + 1);
    KITH_AUTOBIG bool *gone = KITH_BIG(bool, builder->mentions->len + 1);
    kith_saving s = {.book = book,
                     .b = builder,
                     .source = source,
                     .mention = mention,
                     .end = end,
                     .loaded = book->loaded && book->into == builder,
                     .fact = fact,
                     .text = text,
                     .gone = gone};
    kith_status status;
    bool any = false;

    if (!source || !mention || !end || !fact || !text || !gone)
        return kith_sql_fail(book, SQLITE_NOMEM, "write the book", err);
    TRY(kith_sql_begin(book, err));
    status = save(&s, &any, err);
    /* With nothing new not a byte of the file changes. */
    if (status == KITH_OK && !any)
        return kith_sql_run(book, "ROLLBACK", err);
    TRY(kith_sql_end(book, status, err));
    book->group = s.next_import;
    return KITH_OK;
}

void
kith_book_group(kith_book *book)
{
    book->grouping = true;
    book->group = 0;
}

int64_t
kith_book_left_out(const kith_book *book)
{
    return book->left_out;
}

/* A book holds rows. */
kith_status
kith_book_add(kith_book *book, const kith_builder *builder, kith_error *err)
{
    kith_builder_spill((kith_builder *)builder);
    return add_rows(book, builder, err);
}
