/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * load.c - the book's rows become a builder's rows again.
 *
 * A book may come from anyone, so nothing is believed: a number out of range or a reference to a
 * row that is not there is damage, told as such, and leaves the builder as it was.
 */
#include "model/facts.h"
#include "store/sql.h"
#include <kith/decide.h>
#include <math.h>
#include <string.h>

/* Ids of one table in rising order, and the builder's number of each. */
struct numbers {
    GArray *id;     /* int64_t */
    GArray *number; /* uint32_t */
};

struct loading {
    kith_book *book;
    kith_builder *b;
    struct numbers sources, texts, mentions, facts;
};

static void
numbers_init(struct numbers *n)
{
    n->id = g_array_new(FALSE, FALSE, sizeof(int64_t));
    n->number = g_array_new(FALSE, FALSE, sizeof(uint32_t));
}

static void
numbers_clear(struct numbers *n)
{
    g_array_unref(n->id);
    g_array_unref(n->number);
}

static void
numbers_add(struct numbers *n, int64_t id, uint32_t number)
{
    g_array_append_val(n->id, id);
    g_array_append_val(n->number, number);
}

/* Until something is forgotten ids have no gaps, and the first guess is right. */
static bool
numbers_find(const struct numbers *n, int64_t id, uint32_t *out)
{
    const int64_t *ids = (const int64_t *)(const void *)n->id->data;
    guint low = 0, high = n->id->len;

    if (high == 0 || id < ids[0])
        return false;
    if ((uint64_t)id - (uint64_t)ids[0] < high && ids[id - ids[0]] == id)
        low = (guint)(id - ids[0]);
    else
        while (high - low > 1) {
            guint middle = low + (high - low) / 2;

            if (ids[middle] <= id)
                low = middle;
            else
                high = middle;
        }
    *out = *KITH_ROW(n->number, uint32_t, low);
    return ids[low] == id;
}

/* Reads columns of a row one after another; the first that is wrong makes it fail. */
struct reading {
    const struct loading *l;
    sqlite3_stmt *row;
    int column;
    const char *wrong;
};

static int64_t
read_number(struct reading *r, int64_t least, int64_t most)
{
    int64_t value = sqlite3_column_int64(r->row, r->column++);

    if (value < least || value > most)
        r->wrong = "a number is out of range";
    return value;
}

static double
read_real(struct reading *r)
{
    int column = r->column++;

    return sqlite3_column_type(r->row, column) == SQLITE_NULL
               ? NAN
               : sqlite3_column_double(r->row, column);
}

static kith_time
read_time(struct reading *r)
{
    int column = r->column++;

    return sqlite3_column_type(r->row, column) == SQLITE_NULL
               ? KITH_TIME_NONE
               : sqlite3_column_int64(r->row, column);
}

static uint32_t
read_reference(struct reading *r, const struct numbers *to, const char *missing)
{
    uint32_t number = 0;

    if (!numbers_find(to, sqlite3_column_int64(r->row, r->column++), &number))
        r->wrong = missing;
    return number;
}

/* A text's number in the pool; 0 for NULL. */
static uint32_t
read_text(struct reading *r)
{
    if (sqlite3_column_type(r->row, r->column) != SQLITE_NULL)
        return read_reference(r, &r->l->texts, "a text is missing");
    r->column++;
    return 0;
}

static uint32_t
read_mention(struct reading *r)
{
    return read_reference(r, &r->l->mentions, "a row's person or event is missing");
}

static kith_status
finish(const struct reading *r, kith_error *err)
{
    return r->wrong ? kith_sql_damaged(r->l->book, r->wrong, err) : KITH_OK;
}

/* Copies a text into the pool; what an exotic file name left in it that is no UTF-8 is made so. */
static uint32_t
put_text(const struct loading *l, sqlite3_stmt *row, int column, const char **wrong)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    size_t length = (size_t)sqlite3_column_bytes(row, column);
    g_autofree char *valid = NULL;

    if (!text)
        return 0;
    if (strlen(text) != length)
        *wrong = "a text holds a NUL";
    if (!g_utf8_validate(text, (gssize)length, NULL))
        text = valid = g_utf8_make_valid(text, -1);
    return kith_pool_put(l->b->pool, text);
}

static kith_status
take_text(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    int64_t id = read_number(&r, 1, INT64_MAX);

    numbers_add(&l->texts, id, put_text(l, row, 1, &r.wrong));
    return finish(&r, err);
}

static kith_status
take_source(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    int64_t id = read_number(&r, 1, INT64_MAX);
    kith_fact_source source = {.file = put_text(l, row, 1, &r.wrong),
                               .sha256 = put_text(l, row, 2, &r.wrong),
                               .importer = put_text(l, row, 3, &r.wrong)};

    r.column = 4;
    source.records = read_number(&r, 0, INT64_MAX);
    source.held = read_number(&r, 0, INT64_MAX);
    source.warnings = read_number(&r, 0, INT64_MAX);
    numbers_add(&l->sources, id, kith_builder_add_source(l->b, &source));
    return finish(&r, err);
}

static kith_status
take_mention(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    int64_t id = read_number(&r, 1, INT64_MAX);
    kith_fact_mention mention = {0};

    mention.source = read_reference(&r, &l->sources, "a row's source is missing");
    mention.line = (uint32_t)read_number(&r, 0, UINT32_MAX);
    mention.kind = (uint8_t)read_number(&r, 0, KITH_NODE_KINDS - 1);
    mention.flags = (uint32_t)read_number(&r, 0, UINT32_MAX);
    if (l->b->mentions->len >= UINT32_MAX - 1)
        return kith_fail_at(err, KITH_ERR_LIMIT, l->book->path, 0, 0, "too many records");
    numbers_add(&l->mentions, id, l->b->mentions->len);
    g_array_append_val(l->b->mentions, mention);
    return finish(&r, err);
}

static kith_status
take_name(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    kith_fact_name name = {.mention = read_mention(&r)};

    name.text = read_text(&r);
    name.given = read_text(&r);
    name.family = read_text(&r);
    if (!name.text)
        r.wrong = "a name is missing";
    g_array_append_val(l->b->names, name);
    return finish(&r, err);
}

static kith_status
take_identifier(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    kith_fact_identifier identifier = {.mention = read_mention(&r)};

    identifier.kind = (uint8_t)read_number(&r, 0, KITH_IDENTIFIER_KINDS - 1);
    identifier.value = read_text(&r);
    identifier.written = read_text(&r);
    if (!identifier.value)
        r.wrong = "an identifier is missing";
    g_array_append_val(l->b->identifiers, identifier);
    return finish(&r, err);
}

static kith_status
take_moment(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    kith_fact_moment moment = {.mention = read_mention(&r)};

    moment.when = read_number(&r, INT64_MIN + 1, INT64_MAX);
    moment.precision = (uint8_t)read_number(&r, 0, KITH_PRECISION_SECOND);
    g_array_append_val(l->b->moments, moment);
    return finish(&r, err);
}

static kith_status
take_attribute_of(struct loading *l, sqlite3_stmt *row, const struct numbers *owners, GArray *into,
                  kith_error *err)
{
    struct reading r = {l, row, 0, NULL};
    kith_fact_attribute attribute = {
        .owner = read_reference(&r, owners, "an attribute's owner is missing")};

    attribute.key = read_text(&r);
    attribute.value = read_text(&r);
    if (!attribute.key || !attribute.value)
        r.wrong = "an attribute is missing";
    g_array_append_val(into, attribute);
    return finish(&r, err);
}

static kith_status
take_attribute(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;

    return take_attribute_of(l, row, &l->mentions, l->b->attributes, err);
}

static kith_status
take_fact_attribute(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;

    return take_attribute_of(l, row, &l->facts, l->b->fact_attributes, err);
}

static void
read_fact(struct reading *r, kith_fact_tie *fact)
{
    fact->kind = (uint8_t)read_number(r, 0, KITH_TIE_KINDS - 1);
    fact->from = read_mention(r);
    fact->to = read_mention(r);
    fact->when = read_time(r);
    fact->until = read_time(r);
    fact->precision = (uint8_t)read_number(r, 0, KITH_PRECISION_SECOND);
    fact->weight = read_real(r);
    fact->amount = read_real(r);
    fact->currency = read_text(r);
    fact->status = read_text(r);
    fact->channel = read_text(r);
    fact->detail = read_text(r);
    fact->undirected = (uint8_t)read_number(r, 0, 1);
    fact->source = read_reference(r, &r->l->sources, "a tie's source is missing");
    fact->line = (uint32_t)read_number(r, 0, UINT32_MAX);
    if (!isfinite(fact->weight) || fact->weight <= 0)
        r->wrong = "a tie's weight is no number above 0";
}

static kith_status
take_fact(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    int64_t id = read_number(&r, 1, INT64_MAX);
    kith_fact_tie fact = {0};

    read_fact(&r, &fact);
    if (l->b->facts->len >= UINT32_MAX - 1)
        return kith_fail_at(err, KITH_ERR_LIMIT, l->book->path, 0, 0, "too many ties");
    numbers_add(&l->facts, id, l->b->facts->len);
    g_array_append_val(l->b->facts, fact);
    return finish(&r, err);
}

static kith_status
take_decision(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    struct reading r = {l, row, 0, NULL};
    kith_fact_decision d = {.batch = (uint32_t)read_number(&r, 0, UINT32_MAX)};

    d.kind = (uint8_t)read_number(&r, 0, KITH_DECISION_KINDS - 1);
    d.a = read_mention(&r);
    d.b = read_mention(&r);
    d.score = read_real(&r);
    d.undone = (uint8_t)read_number(&r, 0, 1);
    d.rule = put_text(l, row, r.column, &r.wrong);
    d.reason = put_text(l, row, r.column + 1, &r.wrong);
    if (!r.wrong && (d.a == d.b || KITH_ROW(l->b->mentions, kith_fact_mention, d.a)->kind !=
                                       KITH_ROW(l->b->mentions, kith_fact_mention, d.b)->kind))
        r.wrong = "a decision is about two things of different kinds";
    g_array_append_val(l->b->decisions, d);
    return finish(&r, err);
}

/* In the order in which rows were said: the first name of a record is the one shown. */
static const struct {
    const char *sql;
    kith_sql_take take;
} queries[] = {
    {"SELECT id, value FROM text ORDER BY id", take_text},
    {"SELECT id, file, sha256, importer, records, held, warnings FROM source ORDER BY id",
     take_source},
    {"SELECT id, source, line, kind, flags FROM mention ORDER BY id", take_mention},
    {"SELECT mention, text, given, family FROM name ORDER BY rowid", take_name},
    {"SELECT mention, kind, value, written FROM identifier ORDER BY rowid", take_identifier},
    {"SELECT mention, key, value FROM attribute ORDER BY rowid", take_attribute},
    {"SELECT mention, moment, precision FROM moment ORDER BY rowid", take_moment},
    {"SELECT id, kind, from_mention, to_mention, moment, until, precision, weight, amount, "
     "currency, "
     "status, channel, detail, undirected, source, line FROM fact ORDER BY id",
     take_fact},
    {"SELECT fact, key, value FROM fact_attribute ORDER BY rowid", take_fact_attribute},
    {"SELECT batch, kind, a, b, score, undone, rule, reason FROM decision ORDER BY id",
     take_decision},
};

static kith_status
load(struct loading *l, kith_error *err)
{
    kith_book *book = l->book;

    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++)
        TRY(kith_sql_each(book, queries[i].sql, queries[i].take, l, err));
    return kith_sql_number(book, "PRAGMA data_version", &book->version, err);
}

static void
cut(kith_builder *b, const guint length[9])
{
    GArray *all[] = {b->sources, b->mentions, b->names,           b->identifiers, b->attributes,
                     b->moments, b->facts,    b->fact_attributes, b->decisions};

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        g_array_set_size(all[i], length[i]);
}

static kith_status
load_rows(kith_book *book, kith_builder *into, kith_error *err)
{
    struct loading l = {.book = book, .b = into};
    const guint length[] = {
        into->sources->len,     into->mentions->len,        into->names->len,
        into->identifiers->len, into->attributes->len,      into->moments->len,
        into->facts->len,       into->fact_attributes->len, into->decisions->len};
    struct numbers *const all[] = {&l.sources, &l.texts, &l.mentions, &l.facts};
    kith_status status;

    /* One transaction: all tables as of one moment, while others may write. */
    TRY(kith_sql_run(book, "BEGIN", err));
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        numbers_init(all[i]);
    status = kith_sql_end(book, load(&l, err), err);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        numbers_clear(all[i]);
    if (status != KITH_OK)
        cut(into, length);
    book->loaded = status == KITH_OK;
    book->into = into;
    book->first_mention = length[1];
    return status;
}

kith_status
kith_book_load(kith_book *book, kith_builder *into, kith_error *err)
{
    kith_builder_spill(into);
    return load_rows(book, into, err);
}
