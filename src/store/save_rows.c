/* SPDX-License-Identifier: GPL-3.0-or-later */
/* save_rows.c - the builder's arrays as the book's tables, cell by cell. */
#include "store/rows.h"
#include "store/save.h"

static void
put_id(sqlite3_context *out, int64_t id)
{
    if (id)
        sqlite3_result_int64(out, id);
    else
        sqlite3_result_null(out);
}

static bool
skip_text(const void *saving, int64_t i)
{
    return !((const kith_saving *)saving)->text[i];
}

static void
text_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;

    if (column == 0)
        sqlite3_result_int64(out, s->text[i]);
    else
        sqlite3_result_text(out, kith_saving_text(s, (uint32_t)i), -1, SQLITE_STATIC);
}

static bool
skip_mention(const void *saving, int64_t i)
{
    return !((const kith_saving *)saving)->mention[i];
}

static void
mention_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;
    const kith_fact_mention *row = KITH_ROW(s->b->mentions, kith_fact_mention, i);
    const int64_t cells[] = {s->mention[i], s->source[row->source], row->line, row->kind,
                             row->flags};

    sqlite3_result_int64(out, cells[column]);
}

static bool
skip_name(const void *saving, int64_t i)
{
    const kith_saving *s = saving;

    return !s->mention[KITH_ROW(s->b->names, kith_fact_name, i)->mention];
}

static void
name_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;
    const kith_fact_name *row = KITH_ROW(s->b->names, kith_fact_name, i);
    const int64_t cells[] = {s->mention[row->mention], s->text[row->text], s->text[row->given],
                             s->text[row->family]};

    put_id(out, cells[column]);
}

static bool
skip_identifier(const void *saving, int64_t i)
{
    const kith_saving *s = saving;

    return !s->mention[KITH_ROW(s->b->identifiers, kith_fact_identifier, i)->mention];
}

static void
identifier_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;
    const kith_fact_identifier *row = KITH_ROW(s->b->identifiers, kith_fact_identifier, i);
    const int64_t cells[] = {s->mention[row->mention], s->text[row->value], s->text[row->written]};

    if (column == 3)
        sqlite3_result_int64(out, row->kind);
    else
        put_id(out, cells[column]);
}

static bool
skip_moment(const void *saving, int64_t i)
{
    const kith_saving *s = saving;

    return !s->mention[KITH_ROW(s->b->moments, kith_fact_moment, i)->mention];
}

static void
moment_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;
    const kith_fact_moment *row = KITH_ROW(s->b->moments, kith_fact_moment, i);
    const int64_t cells[] = {s->mention[row->mention], row->when, row->precision};

    sqlite3_result_int64(out, cells[column]);
}

static void
attribute_cell(const kith_saving *s, const GArray *rows, const int64_t *owner, int64_t i,
               int column, sqlite3_context *out)
{
    const kith_fact_attribute *row = KITH_ROW(rows, kith_fact_attribute, i);
    const int64_t cells[] = {owner[row->owner], s->text[row->key], s->text[row->value]};

    put_id(out, cells[column]);
}

static bool
skip_attribute(const void *saving, int64_t i)
{
    const kith_saving *s = saving;

    return !s->mention[KITH_ROW(s->b->attributes, kith_fact_attribute, i)->owner];
}

static void
mention_attribute_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;

    attribute_cell(s, s->b->attributes, s->mention, i, column, out);
}

static bool
skip_fact_attribute(const void *saving, int64_t i)
{
    const kith_saving *s = saving;

    return !s->fact[KITH_ROW(s->b->fact_attributes, kith_fact_attribute, i)->owner];
}

static void
fact_attribute_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;

    attribute_cell(s, s->b->fact_attributes, s->fact, i, column, out);
}

static bool
skip_fact(const void *saving, int64_t i)
{
    return !((const kith_saving *)saving)->fact[i];
}

static void
put_time(sqlite3_context *out, kith_time when)
{
    if (when != KITH_TIME_NONE)
        sqlite3_result_int64(out, when);
    else
        sqlite3_result_null(out);
}

static void
fact_cell(const void *saving, int64_t i, int column, sqlite3_context *out)
{
    const kith_saving *s = saving;
    const kith_fact_tie *row = KITH_ROW(s->b->facts, kith_fact_tie, i);
    const int64_t numbers[] = {
        s->fact[i], row->kind,      s->end[row->from], s->end[row->to], s->source[row->source],
        row->line,  row->precision, row->undirected};
    const uint32_t texts[] = {row->currency, row->status, row->channel, row->detail};

    if (column < 8)
        sqlite3_result_int64(out, numbers[column]);
    else if (column < 12)
        put_id(out, s->text[texts[column - 8]]);
    else if (column < 14)
        put_time(out, column == 12 ? row->when : row->until);
    else
        sqlite3_result_double(out, column == 14 ? row->weight : row->amount); /* NaN is NULL */
}

kith_status
kith_saving_rows(kith_saving *s, uint32_t texts, kith_error *err)
{
    const kith_builder *b = s->b;
    const struct {
        const char *sql;
        kith_rows rows;
    } tables[] = {
        {"INSERT INTO text(id, value) SELECT a, b FROM rows", {texts, skip_text, text_cell, s}},
        {"INSERT INTO mention(id, source, line, kind, flags) SELECT a, b, c, d, e FROM rows",
         {b->mentions->len, skip_mention, mention_cell, s}},
        {"INSERT INTO name(mention, text, given, family) SELECT a, b, c, d FROM rows",
         {b->names->len, skip_name, name_cell, s}},
        {"INSERT INTO identifier(mention, value, written, kind) SELECT a, b, c, d FROM rows",
         {b->identifiers->len, skip_identifier, identifier_cell, s}},
        {"INSERT INTO attribute(mention, key, value) SELECT a, b, c FROM rows",
         {b->attributes->len, skip_attribute, mention_attribute_cell, s}},
        {"INSERT INTO moment(mention, moment, precision) SELECT a, b, c FROM rows",
         {b->moments->len, skip_moment, moment_cell, s}},
        {"INSERT INTO fact(id, kind, from_mention, to_mention, source, line, precision, "
         "undirected, "
         "currency, status, channel, detail, moment, until, weight, amount) "
         "SELECT a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p FROM rows",
         {b->facts->len, skip_fact, fact_cell, s}},
        {"INSERT INTO fact_attribute(fact, key, value) SELECT a, b, c FROM rows",
         {b->fact_attributes->len, skip_fact_attribute, fact_attribute_cell, s}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        TRY(kith_rows_run(s->book, tables[i].sql, &tables[i].rows, err));
    return KITH_OK;
}
