/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pairs - a table of ties, one a row: edges of a graph, referral logs, supplier lists, anything with two ends.
 *
 *     source,target,weight                          an edge, undirected unless the file or the user says otherwise
 *     Referrer Email,Referrer Name,Friend Email     a referral
 *     Customer,Supplier,Annual Value,Currency       a sale, from the supplier to the customer
 *     from,to,kind,date                             whatever the kind says
 *
 * Columns that mean nothing here become attributes of the tie.
 */
#include "base/base.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"
#include "pair_header.h"
#include "pair_scan.h"
#include "people.h"
#include <kith/importer.h>
#include <math.h>
#include <string.h>

struct pairs {
    kith_source *source;
    kith_rows *rows;
    kith_builder *into;
    const kith_import_options *options;
    kith_pair_header header;
    GHashTable *people; /* key of a named person -> mention + 1 */
    bool *spare;        /* columns without a role */
    kith_pair_rest rest;
};

/* One end of a row, as far as the row names it. */
struct end {
    const char *plain, *name, *email;
    kith_node_kind kind;
};

static bool
is_pair_header(const kith_header *header)
{
    kith_pair_header found;

    return header->n >= 2 && kith_pair_header_read(header, &found);
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_pair_header);
    kith_pair_header found;

    (void)name;
    return header && kith_pair_header_read(header, &found) ? found.sure : 0;
}

/* With a map the user says what the columns are: the first row is the header. */
static bool
is_any_header(const kith_header *header)
{
    return header->n >= 2;
}

static kith_status
choose_weight(struct pairs *p, kith_error *err)
{
    const kith_header *header = kith_rows_header(p->rows);
    g_autofree char *folded = NULL;
    int column;

    if (!p->options->weight || !*p->options->weight)
        return KITH_OK;
    folded = kith_header_fold(p->options->weight);
    column = kith_header_find(header, folded);
    if (column < 0) {
        g_autofree char *all = g_strjoinv(", ", header->text);

        return kith_fail_at(err, KITH_ERR_ARGUMENT, kith_source_name(p->source), 0, 0,
                            "no column '%s' for the weight, the file has: %s", p->options->weight,
                            all);
    }
    for (int r = 0; r < KITH_ROLES; r++)
        if (p->header.column[r] == column)
            p->header.column[r] = -1;
    p->header.column[KITH_ROLE_WEIGHT] = column;
    return KITH_OK;
}

static kith_status
open_table(struct pairs *p, kith_error *err)
{
    const char *map = p->options->map;
    const kith_header *header;

    TRY(kith_rows_open(p->source, map ? is_any_header : is_pair_header, &p->rows, err));
    if (p->rest.seen_utf8)
        kith_rows_seen_utf8(p->rows);
    header = kith_rows_header(p->rows);
    kith_pair_header_read(header, &p->header);
    if (map && p->header.sure == 0)
        kith_columns_find(header, kith_synonyms_ties, p->header.column);
    TRY(kith_pair_header_map(header, map, p->source, &p->header, err));
    TRY(choose_weight(p, err));
    kith_rows_dates_in(p->rows, p->header.column[KITH_ROLE_DATE]);
    p->spare = kith_columns_spare(header, p->header.column);
    return KITH_OK;
}

/* A person by name, address or both. The same name with two addresses is told apart by them. */
static kith_mention
named_person(struct pairs *p, const struct end *end)
{
    const char *name = *end->name ? end->name : strchr(end->plain, '@') ? "" : end->plain;
    const char *email = *end->email ? end->email : strchr(end->plain, '@') ? end->plain : "";
    g_autofree char *shown = kith_people_shown_name(name), *words = kith_name_words(shown);
    char *key = g_strjoin("\n", email, words, *end->name ? end->plain : "", NULL);
    uintptr_t found = (uintptr_t)g_hash_table_lookup(p->people, key);
    kith_mention who;

    if (found) {
        g_free(key);
        return (kith_mention)found - 1;
    }
    who = kith_builder_mention(p->into, KITH_PERSON);
    g_hash_table_insert(p->people, key, (gpointer)(uintptr_t)(who + 1));
    kith_builder_name(p->into, who, shown);
    /* Only where a name is all there is does it identify, and then within this file alone. */
    if (kith_people_emails(p->into, who, email) == 0)
        kith_builder_identify(p->into, who, KITH_ID_LOCAL,
                              *end->name && *end->plain ? end->plain
                              : *words                  ? words
                                                        : shown);
    return who;
}

/* A node of a graph file: its label is who it is. */
static kith_mention
labelled_node(struct pairs *p, const struct end *end)
{
    const char *label = *end->plain ? end->plain : *end->email ? end->email : end->name;
    int64_t before = kith_builder_mentions(p->into);
    kith_mention who = kith_builder_keyed(p->into, end->kind, KITH_ID_LABEL, label);

    if (who < before)
        return who;
    if (*end->name)
        kith_builder_name(p->into, who, end->name);
    else if (end->kind != KITH_PERSON && p->header.column[KITH_ROLE_FROM_KIND] < 0)
        kith_builder_name(p->into, who, label);
    kith_people_emails(p->into, who, *end->email ? end->email : label);
    return who;
}

static kith_mention
mention_end(struct pairs *p, const struct end *end)
{
    if (p->header.labelled)
        return labelled_node(p, end);
    if (end->kind == KITH_PERSON)
        return named_person(p, end);
    if (end->kind == KITH_ORGANISATION)
        return kith_builder_organisation(p->into, *end->name ? end->name : end->plain);
    return labelled_node(p, end);
}

static bool
is_empty(const struct end *end)
{
    return !*end->plain && !*end->name && !*end->email;
}

static kith_status
read_kind(struct pairs *p, const kith_row *row, kith_fact *fact, kith_error *err)
{
    const char *text = kith_row_text(row, p->header.column[KITH_ROLE_KIND]);

    fact->kind = p->header.kind;
    if (*text && !kith_tie_kind_from_word(text, &fact->kind)) {
        kith_rows_at(p->rows, row, p->header.column[KITH_ROLE_KIND]);
        return kith_source_fail(p->source, err,
                                "bad kind '%s' (expected knows, referred, attended, works_at, …)",
                                text);
    }
    return KITH_OK;
}

static kith_status
read_node_kind(struct pairs *p, const kith_row *row, kith_role role, kith_node_kind *out,
               kith_error *err)
{
    const char *text = kith_row_text(row, p->header.column[role]);

    if (*text && !kith_node_kind_from_name(text, out)) {
        kith_rows_at(p->rows, row, p->header.column[role]);
        return kith_source_fail(
            p->source, err, "bad kind '%s' (expected person, organisation, event or topic)", text);
    }
    return KITH_OK;
}

static kith_status
read_ends(struct pairs *p, const kith_row *row, const kith_fact *fact, struct end *from,
          struct end *to, kith_error *err)
{
    const int *c = p->header.column;

    *from = (struct end){kith_row_text(row, c[KITH_ROLE_FROM]),
                         kith_row_text(row, c[KITH_ROLE_FROM_NAME]),
                         kith_row_text(row, c[KITH_ROLE_FROM_EMAIL]), p->header.from};
    *to =
        (struct end){kith_row_text(row, c[KITH_ROLE_TO]), kith_row_text(row, c[KITH_ROLE_TO_NAME]),
                     kith_row_text(row, c[KITH_ROLE_TO_EMAIL]), p->header.to};
    if (fact->kind != p->header.kind)
        kith_pair_ends_of(fact->kind, &from->kind, &to->kind);
    TRY(read_node_kind(p, row, KITH_ROLE_FROM_KIND, &from->kind, err));
    return read_node_kind(p, row, KITH_ROLE_TO_KIND, &to->kind, err);
}

static kith_status
read_weight(struct pairs *p, const kith_row *row, kith_fact *fact, kith_error *err)
{
    const char *text = kith_row_text(row, p->header.column[KITH_ROLE_WEIGHT]);

    if (!*text)
        return KITH_OK;
    if (kith_number_parse(text, &fact->weight) && isfinite(fact->weight) && fact->weight > 0)
        return KITH_OK;
    kith_rows_at(p->rows, row, p->header.column[KITH_ROLE_WEIGHT]);
    return kith_source_fail(p->source, err, "bad weight '%s' (expected a number above 0)", text);
}

/* A share of "61%" is 0.61; an amount may bring its currency along. */
static void
read_amount(struct pairs *p, const kith_row *row, kith_fact *fact, char currency[4])
{
    const int *c = p->header.column;
    const char *amount = kith_row_text(row, c[KITH_ROLE_AMOUNT]);
    const char *share = kith_row_text(row, c[KITH_ROLE_SHARE]);
    const char *code = kith_row_text(row, c[KITH_ROLE_CURRENCY]);
    g_autofree char *number = g_strdup(share);
    double value;

    currency[0] = '\0';
    if (*amount && kith_money_parse(amount, &value, currency)) {
        fact->amount = value;
    } else if (*amount) {
        kith_rows_at(p->rows, row, c[KITH_ROLE_AMOUNT]);
        kith_source_warn(p->source, "bad amount '%s' (expected a number)", amount);
    } else if (*share && kith_number_parse(g_strdelimit(number, "%", ' '), &value)) {
        fact->amount = strchr(share, '%') ? value / 100 : value;
    }
    fact->currency = *code ? code : *currency && !isnan(fact->amount) ? currency : NULL;
}

static const char *
or_none(const char *text)
{
    return *text ? text : NULL;
}

static void
read_status(struct pairs *p, const kith_row *row, kith_fact *fact)
{
    const char *text = kith_row_text(row, p->header.column[KITH_ROLE_STATUS]);

    fact->status = or_none(text);
    if (!*text)
        return;
    if (fact->kind == KITH_REFERRED)
        fact->status = kith_outcome_from_word(text);
    else if (fact->kind == KITH_ATTENDED)
        fact->status = kith_attendance_name(kith_attendance_from_word(text));
    if (fact->status)
        return;
    kith_rows_at(p->rows, row, p->header.column[KITH_ROLE_STATUS]);
    kith_source_warn(p->source, "unknown status '%s' kept as written", text);
    fact->status = text;
}

/* The file's own word comes first, then the user's, then "no direction". */
static void
read_direction(struct pairs *p, const kith_row *row, kith_fact *fact)
{
    const char *text = kith_row_text(row, p->header.column[KITH_ROLE_TYPE]);
    g_autofree char *folded = kith_header_fold(text);

    if (fact->kind != KITH_TIE)
        return;
    if (kith_word_among(folded, "undirected|mutual|false|no|0"))
        fact->undirected = true;
    else if (!kith_word_among(folded, "directed|true|yes|1"))
        fact->undirected = !p->options->directed;
}

static void
read_texts(struct pairs *p, const kith_row *row, kith_fact *fact)
{
    const int *c = p->header.column;

    fact->channel = or_none(kith_row_text(row, c[KITH_ROLE_CHANNEL]));
    fact->detail = or_none(kith_row_text(row, c[KITH_ROLE_PRODUCT]));
    if (!fact->detail)
        fact->detail = or_none(kith_row_text(row, c[KITH_ROLE_DETAIL]));
    kith_rows_date(p->rows, row, c[KITH_ROLE_DATE], &fact->when, &fact->precision);
    kith_rows_date(p->rows, row, c[KITH_ROLE_UNTIL], &fact->until, NULL);
    read_status(p, row, fact);
    read_direction(p, row, fact);
}

/* Whether somebody refers himself: that is a slip, where a loop in a plain graph may be data. */
static bool
is_oneself(const struct pairs *p, const kith_fact *fact)
{
    return fact->from == fact->to && !p->header.labelled;
}

static kith_status
read_row(struct pairs *p, const kith_row *row, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    struct end from, to;
    char currency[4];

    TRY(read_kind(p, row, &fact, err));
    TRY(read_ends(p, row, &fact, &from, &to, err));
    if (is_empty(&from) || is_empty(&to)) {
        kith_source_hold(p->source, "the %s end is empty", is_empty(&from) ? "first" : "second");
        return KITH_OK;
    }
    TRY(read_weight(p, row, &fact, err));
    fact.from = mention_end(p, &from);
    fact.to = mention_end(p, &to);
    if (is_oneself(p, &fact)) {
        kith_source_hold(p->source, "both ends are %s", *from.name ? from.name : from.plain);
        return KITH_OK;
    }
    read_amount(p, row, &fact, currency);
    read_texts(p, row, &fact);
    TRY(kith_builder_fact(p->into, &fact, err));
    kith_people_tie_attributes(p->rows, row, p->spare, p->into);
    return KITH_OK;
}

static kith_status
read_rows(struct pairs *p, kith_error *err)
{
    const kith_row *row;

    TRY(open_table(p, err));
    for (;;) {
        TRY(kith_rows_next(p->rows, &row, err));
        if (!row)
            return KITH_OK;
        TRY(read_row(p, row, err));
    }
}

static kith_status
read_pairs(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    static const kith_import_options none = {0};
    struct pairs p = {.source = source, .into = into, .options = options ? options : &none};
    kith_status status;

    TRY(kith_pair_scan_read(source, p.options, into, &p.rest, err));
    if (!p.rest.any)
        return KITH_OK;
    p.people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    status = read_rows(&p, err);
    g_hash_table_unref(p.people);
    kith_rows_free(p.rows);
    g_free(p.spare);
    return status;
}

const kith_importer kith_importer_pairs = {
    .name = "pairs",
    .summary = "a table of ties: edges, referrals, suppliers, anything with two ends a row",
    .extensions = "csv tsv",
    .probe = probe,
    .read = read_pairs,
};
