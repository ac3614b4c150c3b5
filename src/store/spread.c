/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spread.c - from parts to tables, and from tables to parts. */
#include "store/spread.h"
#include "store/parts.h"
#include "store/rows.h"
#include <math.h>
#include <string.h>

/* What an import says of its rows: the first id it gave, of texts, mentions and facts. */
enum { TEXT, MENTION, FACT, FIRSTS };

/*
 * The columns of a table are those of a part, in the same order: i a number, n one that is NULL when it is 0, t a time, r a
 * number with a point, s a text.
 */
static const struct table {
    const char *name, *types, *create, *select;
    int first; /* by which of an import's first ids its rows are known */
} tables[KITH_PART_KINDS] = {
    {"text", "is", "id INTEGER PRIMARY KEY, value TEXT NOT NULL",
     "SELECT id, value FROM text ORDER BY id", TEXT},
    {"mention", "iiiii",
     "id INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, "
     "kind INTEGER NOT NULL, flags INTEGER NOT NULL",
     "SELECT id, source, line, kind, flags FROM mention ORDER BY id", MENTION},
    {"name", "iinn",
     "mention INTEGER NOT NULL, text INTEGER NOT NULL, given INTEGER, family INTEGER",
     "SELECT mention, text, given, family FROM name ORDER BY rowid", MENTION},
    {"identifier", "iiin",
     "mention INTEGER NOT NULL, kind INTEGER NOT NULL, value INTEGER NOT NULL, written INTEGER",
     "SELECT mention, kind, value, written FROM identifier ORDER BY rowid", MENTION},
    {"attribute", "iii", "mention INTEGER NOT NULL, key INTEGER NOT NULL, value INTEGER NOT NULL",
     "SELECT mention, key, value FROM attribute ORDER BY rowid", MENTION},
    {"moment", "iii",
     "mention INTEGER NOT NULL, moment INTEGER NOT NULL, precision INTEGER NOT NULL",
     "SELECT mention, moment, precision FROM moment ORDER BY rowid", MENTION},
    {"fact", "iiiittirrnnnniii",
     "id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, from_mention INTEGER NOT NULL, "
     "to_mention INTEGER NOT NULL, moment INTEGER, until INTEGER, precision INTEGER NOT NULL, "
     "weight REAL NOT NULL, amount REAL, currency INTEGER, status INTEGER, channel INTEGER, "
     "detail INTEGER, undirected INTEGER NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL",
     "SELECT id, kind, from_mention, to_mention, moment, until, precision, weight, amount, "
     "currency, status, channel, detail, undirected, source, line FROM fact ORDER BY id",
     FACT},
    {"fact_attribute", "iii", "fact INTEGER NOT NULL, key INTEGER NOT NULL, value INTEGER NOT NULL",
     "SELECT fact, key, value FROM fact_attribute ORDER BY rowid", FACT},
};

/* --- parts into tables ---------------------------------------------------------------------- */

struct spreading {
    kith_book *book;
    const char *insert;
    const kith_part *part;
    const char **text; /* of each row */
};

static void
put_cell(const void *spreading, int64_t row, int column, sqlite3_context *out)
{
    const struct spreading *s = spreading;
    const kith_part *part = s->part;
    char type = tables[part->kind].types[column];
    int64_t cell;

    if (type == 's') {
        sqlite3_result_text(out, s->text[row], -1, SQLITE_STATIC);
        return;
    }
    cell = part->cells[(size_t)row * part->width + (size_t)column];
    if ((type == 'n' && cell == 0) || (type == 't' && cell == KITH_TIME_NONE))
        sqlite3_result_null(out);
    else if (type == 'r')
        sqlite3_result_double(out, kith_part_real(cell)); /* NaN is NULL */
    else
        sqlite3_result_int64(out, cell);
}

static void
find_texts(struct spreading *s)
{
    const char *at = s->part->texts;

    for (size_t i = 0; at && i < s->part->n; i++, at += strlen(at) + 1)
        s->text[i] = at;
}

static kith_status
spread_part(void *spreading, const kith_part *part, kith_error *err)
{
    struct spreading *s = spreading;
    const kith_rows rows = {.n = (int64_t)part->n, .cell = put_cell, .payload = s};

    s->part = part;
    find_texts(s);
    return kith_rows_run(s->book, s->insert, &rows, err);
}

/* "INSERT INTO temp.name SELECT a, b, c, d FROM rows" */
static char *
insertion(const struct table *t)
{
    GString *sql = g_string_new("INSERT INTO temp.");

    g_string_append_printf(sql, "%s SELECT ", t->name);
    for (size_t i = 0; t->types[i]; i++)
        g_string_append_printf(sql, "%s%c", i ? ", " : "", (char)('a' + i));
    return g_string_free(g_string_append(sql, " FROM rows"), FALSE);
}

static kith_status
spread_kind(kith_book *book, kith_part_kind kind, kith_error *err)
{
    const struct table *t = &tables[kind];
    g_autofree char *create =
        g_strdup_printf("CREATE TEMP TABLE %s(%s) STRICT", t->name, t->create);
    g_autofree char *insert = insertion(t);
    g_autofree const char **text = g_new(const char *, KITH_PART_ROWS);
    struct spreading s = {.book = book, .insert = insert, .text = text};

    TRY(kith_sql_run(book, create, err));
    return kith_parts_each(book, kind, spread_part, &s, err);
}

kith_status
kith_spread_in_memory(kith_book *book, bool memory, kith_error *err)
{
    return kith_sql_run(book, memory ? "PRAGMA temp_store = MEMORY" : "PRAGMA temp_store = DEFAULT",
                        err);
}

kith_status
kith_spread_open(kith_book *book, kith_error *err)
{
    for (int kind = 0; kind < KITH_PART_KINDS; kind++)
        TRY(spread_kind(book, (kith_part_kind)kind, err));
    return KITH_OK;
}

/* --- tables into parts ---------------------------------------------------------------------- */

struct import {
    int64_t id, first[FIRSTS];
};

static kith_status
take_import(void *imports, sqlite3_stmt *row, kith_error *err)
{
    struct import one = {.id = sqlite3_column_int64(row, 0)};

    (void)err;
    for (int i = 0; i < FIRSTS; i++)
        one.first[i] = sqlite3_column_int64(row, 1 + i);
    g_array_append_val((GArray *)imports, one);
    return KITH_OK;
}

static int64_t
cell_of(sqlite3_stmt *row, int column, char type)
{
    if (type == 'r')
        return kith_part_of_real(sqlite3_column_type(row, column) == SQLITE_NULL
                                     ? (double)NAN
                                     : sqlite3_column_double(row, column));
    if (type == 't' && sqlite3_column_type(row, column) == SQLITE_NULL)
        return KITH_TIME_NONE;
    return sqlite3_column_int64(row, column);
}

struct gathering {
    kith_parts_writer *writer;
    const struct table *table;
    const GArray *imports;
    guint at; /* the import whose rows come now */
};

/* Imports only append: from the first id of the next one on, rows are its. */
static kith_status
follow_import(struct gathering *g, int64_t id, kith_error *err)
{
    guint before = g->at;

    while (g->at + 1 < g->imports->len &&
           g_array_index(g->imports, struct import, g->at + 1).first[g->table->first] <= id)
        g->at++;
    if (g->at != before)
        TRY(kith_parts_flush(g->writer, err));
    g->writer->import = g_array_index(g->imports, struct import, g->at).id;
    return KITH_OK;
}

static kith_status
gather_row(void *gathering, sqlite3_stmt *row, kith_error *err)
{
    struct gathering *g = gathering;
    int64_t cells[KITH_PART_WIDEST] = {0};
    const char *text;

    if (g->imports->len == 0)
        return kith_sql_damaged(g->writer->book, "rows belong to no import", err);
    for (size_t i = 0; i < g->writer->rows.width; i++)
        cells[i] = cell_of(row, (int)i, g->table->types[i]);
    TRY(follow_import(g, cells[0], err));
    if (g->writer->rows.kind != KITH_PART_TEXT)
        return kith_parts_row(g->writer, cells, err);
    text = (const char *)sqlite3_column_text(row, 1);
    if (!text || strlen(text) != (size_t)sqlite3_column_bytes(row, 1))
        return kith_sql_damaged(g->writer->book, "a text holds a NUL", err);
    return kith_parts_text(g->writer, cells[0], text, err);
}

static kith_status
gather_kind(kith_parts_writer *w, kith_part_kind kind, const GArray *imports, kith_error *err)
{
    struct gathering g = {.writer = w, .table = &tables[kind], .imports = imports};

    TRY(kith_parts_begin(w, kind, err));
    TRY(kith_sql_each(w->book, tables[kind].select, gather_row, &g, err));
    return kith_parts_flush(w, err);
}

static kith_status
drop_tables(kith_book *book, kith_error *err)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *sql = g_strconcat("DROP TABLE ", tables[i].name, NULL);

        TRY(kith_sql_run(book, sql, err));
    }
    return KITH_OK;
}

kith_status
kith_spread_close(kith_book *book, kith_error *err)
{
    g_autoptr(GArray) imports = g_array_new(FALSE, FALSE, sizeof(struct import));
    g_auto(kith_parts_writer) w = {0};

    TRY(kith_sql_run(book, "DELETE FROM part", err));
    TRY(kith_sql_each(book,
                      "SELECT id, first_text, first_mention, first_fact FROM import ORDER BY id",
                      take_import, imports, err));
    TRY(kith_parts_writer_init(&w, book, 0, err));
    for (int kind = 0; kind < KITH_PART_KINDS; kind++)
        TRY(gather_kind(&w, (kith_part_kind)kind, imports, err));
    return drop_tables(book, err);
}
