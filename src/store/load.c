/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * load.c - the book's rows become a builder's rows again.
 *
 * A book may come from anyone, so nothing is believed: a number out of range or a reference to a
 * row that is not there is damage, told as such, and leaves the builder as it was.
 */
#include "model/facts.h"
#include "store/parts.h"
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

/* Reads cells of a row one after another; the first that is wrong makes it fail. */
struct reading {
    const struct loading *l;
    const int64_t *cell;
    const char *wrong;
};

static int64_t
read_number(struct reading *r, int64_t least, int64_t most)
{
    int64_t value = *r->cell++;

    if (value < least || value > most)
        r->wrong = "a number is out of range";
    return value;
}

static uint32_t
read_reference(struct reading *r, const struct numbers *to, const char *missing)
{
    uint32_t number = 0;

    if (!numbers_find(to, *r->cell++, &number))
        r->wrong = missing;
    return number;
}

/* A text's number in the pool; 0 for none. */
static uint32_t
read_text(struct reading *r)
{
    if (*r->cell)
        return read_reference(r, &r->l->texts, "a text is missing");
    r->cell++;
    return 0;
}

static uint32_t
read_mention(struct reading *r)
{
    return read_reference(r, &r->l->mentions, "a row's person or event is missing");
}

/* An id of a table, each larger than the one before. */
static int64_t
read_id(struct reading *r, const struct numbers *in)
{
    int64_t least = in->id->len ? g_array_index(in->id, int64_t, in->id->len - 1) + 1 : 1;

    return read_number(r, least, INT64_MAX - 1);
}

static kith_status
finish(const struct reading *r, kith_error *err)
{
    return r->wrong ? kith_sql_damaged(r->l->book, r->wrong, err) : KITH_OK;
}

/* Copies a text into the pool; what an exotic file name left in it that is no UTF-8 is made so. */
static uint32_t
put_text(const struct loading *l, const char *text)
{
    g_autofree char *valid = NULL;

    if (!text)
        return 0;
    if (!g_utf8_validate(text, -1, NULL))
        text = valid = g_utf8_make_valid(text, -1);
    return kith_pool_put(l->b->pool, text);
}

/* --- rows of parts -------------------------------------------------------------------------- */

static void
take_mention(struct loading *l, struct reading *r)
{
    int64_t id = read_id(r, &l->mentions);
    kith_fact_mention mention = {0};

    mention.source = read_reference(r, &l->sources, "a row's source is missing");
    mention.line = (uint32_t)read_number(r, 0, UINT32_MAX);
    mention.kind = (uint8_t)read_number(r, 0, KITH_NODE_KINDS - 1);
    mention.flags = (uint32_t)read_number(r, 0, UINT32_MAX);
    numbers_add(&l->mentions, id, l->b->mentions->len);
    g_array_append_val(l->b->mentions, mention);
}

static void
take_name(struct loading *l, struct reading *r)
{
    kith_fact_name name = {.mention = read_mention(r)};

    name.text = read_text(r);
    name.given = read_text(r);
    name.family = read_text(r);
    if (!name.text)
        r->wrong = "a name is missing";
    g_array_append_val(l->b->names, name);
}

static void
take_identifier(struct loading *l, struct reading *r)
{
    kith_fact_identifier identifier = {.mention = read_mention(r)};

    identifier.kind = (uint8_t)read_number(r, 0, KITH_IDENTIFIER_KINDS - 1);
    identifier.value = read_text(r);
    identifier.written = read_text(r);
    if (!identifier.value)
        r->wrong = "an identifier is missing";
    g_array_append_val(l->b->identifiers, identifier);
}

static void
take_moment(struct loading *l, struct reading *r)
{
    kith_fact_moment moment = {.mention = read_mention(r)};

    moment.when = read_number(r, INT64_MIN + 1, INT64_MAX);
    moment.precision = (uint8_t)read_number(r, 0, KITH_PRECISION_SECOND);
    g_array_append_val(l->b->moments, moment);
}

static void
take_attribute_of(struct reading *r, const struct numbers *owners, GArray *into)
{
    kith_fact_attribute attribute = {
        .owner = read_reference(r, owners, "an attribute's owner is missing")};

    attribute.key = read_text(r);
    attribute.value = read_text(r);
    if (!attribute.key || !attribute.value)
        r->wrong = "an attribute is missing";
    g_array_append_val(into, attribute);
}

static void
take_attribute(struct loading *l, struct reading *r)
{
    take_attribute_of(r, &l->mentions, l->b->attributes);
}

static void
take_fact_attribute(struct loading *l, struct reading *r)
{
    take_attribute_of(r, &l->facts, l->b->fact_attributes);
}

static void
take_fact(struct loading *l, struct reading *r)
{
    int64_t id = read_id(r, &l->facts);
    kith_fact_tie fact = {.kind = (uint8_t)read_number(r, 0, KITH_TIE_KINDS - 1)};

    fact.from = read_mention(r);
    fact.to = read_mention(r);
    fact.when = *r->cell++;
    fact.until = *r->cell++;
    fact.precision = (uint8_t)read_number(r, 0, KITH_PRECISION_SECOND);
    fact.weight = kith_part_real(*r->cell++);
    fact.amount = kith_part_real(*r->cell++);
    fact.currency = read_text(r);
    fact.status = read_text(r);
    fact.channel = read_text(r);
    fact.detail = read_text(r);
    fact.undirected = (uint8_t)read_number(r, 0, 1);
    fact.source = read_reference(r, &l->sources, "a tie's source is missing");
    fact.line = (uint32_t)read_number(r, 0, UINT32_MAX);
    if (!isfinite(fact.weight) || fact.weight <= 0)
        r->wrong = "a tie's weight is no number above 0";
    numbers_add(&l->facts, id, l->b->facts->len);
    g_array_append_val(l->b->facts, fact);
}

static kith_status
take_texts(struct loading *l, const kith_part *part, kith_error *err)
{
    const char *text = part->texts;

    for (size_t i = 0; i < part->n; i++, text += strlen(text) + 1) {
        struct reading r = {l, part->cells + i, NULL};
        int64_t id = read_id(&r, &l->texts);

        TRY(finish(&r, err));
        numbers_add(&l->texts, id, put_text(l, text));
    }
    return KITH_OK;
}

/* Mentions and facts are counted with 32 bits. */
static kith_status
check_room(const struct loading *l, size_t n, kith_error *err)
{
    const kith_builder *b = l->b;

    if ((uint64_t)MAX(b->mentions->len, b->facts->len) + n < UINT32_MAX)
        return KITH_OK;
    return kith_fail_at(err, KITH_ERR_LIMIT, l->book->path, 0, 0, "too many records");
}

static kith_status
take_part(void *payload, const kith_part *part, kith_error *err)
{
    static void (*const take[KITH_PART_KINDS])(struct loading *, struct reading *) = {
        NULL,           take_mention, take_name, take_identifier,
        take_attribute, take_moment,  take_fact, take_fact_attribute};
    struct loading *l = payload;

    if (part->kind == KITH_PART_TEXT)
        return take_texts(l, part, err);
    TRY(check_room(l, part->n, err));
    for (size_t i = 0; i < part->n; i++) {
        struct reading r = {l, part->cells + i * part->width, NULL};

        take[part->kind](l, &r);
        TRY(finish(&r, err));
    }
    return KITH_OK;
}

/* --- rows of tables ------------------------------------------------------------------------- */

static uint32_t
put_column(const struct loading *l, sqlite3_stmt *row, int column)
{
    return put_text(l, (const char *)sqlite3_column_text(row, column));
}

static void
read_columns(sqlite3_stmt *row, int64_t *cells, int n)
{
    for (int i = 0; i < n; i++)
        cells[i] = sqlite3_column_int64(row, i);
}

static kith_status
take_source(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    int64_t cells[4];
    struct reading r = {l, cells, NULL};
    kith_fact_source source = {.file = put_column(l, row, 4),
                               .sha256 = put_column(l, row, 5),
                               .importer = put_column(l, row, 6)};
    int64_t id;

    read_columns(row, cells, 4);
    id = read_id(&r, &l->sources);
    source.records = read_number(&r, 0, INT64_MAX);
    source.held = read_number(&r, 0, INT64_MAX);
    source.warnings = read_number(&r, 0, INT64_MAX);
    numbers_add(&l->sources, id, kith_builder_add_source(l->b, &source));
    return finish(&r, err);
}

static kith_status
take_decision(void *payload, sqlite3_stmt *row, kith_error *err)
{
    struct loading *l = payload;
    int64_t cells[5];
    struct reading r = {l, cells, NULL};
    kith_fact_decision d = {.rule = put_column(l, row, 5), .reason = put_column(l, row, 6)};

    read_columns(row, cells, 5);
    d.batch = (uint32_t)read_number(&r, 0, UINT32_MAX);
    d.kind = (uint8_t)read_number(&r, 0, KITH_DECISION_KINDS - 1);
    d.a = read_mention(&r);
    d.b = read_mention(&r);
    d.undone = (uint8_t)read_number(&r, 0, 1);
    d.score = sqlite3_column_type(row, 7) == SQLITE_NULL ? NAN : sqlite3_column_double(row, 7);
    if (!r.wrong && (d.a == d.b || KITH_ROW(l->b->mentions, kith_fact_mention, d.a)->kind !=
                                       KITH_ROW(l->b->mentions, kith_fact_mention, d.b)->kind))
        r.wrong = "a decision is about two things of different kinds";
    g_array_append_val(l->b->decisions, d);
    return finish(&r, err);
}

/* --- all of it ------------------------------------------------------------------------------ */

/* In the order in which rows were said: the first name of a record is the one shown. */
static kith_status
load(struct loading *l, kith_error *err)
{
    kith_book *book = l->book;

    TRY(kith_parts_each(book, KITH_PART_TEXT, take_part, l, err));
    TRY(kith_sql_each(
        book, "SELECT id, records, held, warnings, file, sha256, importer FROM source ORDER BY id",
        take_source, l, err));
    for (int kind = KITH_PART_TEXT + 1; kind < KITH_PART_KINDS; kind++)
        TRY(kith_parts_each(book, (kith_part_kind)kind, take_part, l, err));
    TRY(kith_sql_each(
        book, "SELECT batch, kind, a, b, undone, rule, reason, score FROM decision ORDER BY id",
        take_decision, l, err));
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
