/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builder.c - takes down what importers say, row by row, with the place it was said. */
#include "base/base.h"
#include "base/identifier.h"
#include "base/pages.h"
#include "base/text.h"
#include "model/facts.h"
#include <math.h>
#include <string.h>

#define BY_NAME 0xffu /* in place of a kind of identifier */

/* One more row, in large pages once there are many. */
#define append(array, row)                                                                         \
    do {                                                                                           \
        g_array_append_val(array, row);                                                            \
        kith_pages_array((array)->data, (array)->len, sizeof(row));                                \
    } while (0)

/* The text's number goes into the array's last row. */
#define put(b, text, array, type, field)                                                           \
    kith_numbering_put((b)->numbering, text, (b)->array, offsetof(type, field))

kith_builder *
kith_builder_new(void)
{
    kith_builder *b = g_new0(kith_builder, 1);

    b->pool = kith_pool_new();
    b->numbering = kith_numbering_new(b->pool);
    b->sources = g_array_new(FALSE, TRUE, sizeof(kith_fact_source));
    b->mentions = g_array_new(FALSE, TRUE, sizeof(kith_fact_mention));
    b->names = g_array_new(FALSE, TRUE, sizeof(kith_fact_name));
    b->identifiers = g_array_new(FALSE, TRUE, sizeof(kith_fact_identifier));
    b->attributes = g_array_new(FALSE, TRUE, sizeof(kith_fact_attribute));
    b->moments = g_array_new(FALSE, TRUE, sizeof(kith_fact_moment));
    b->facts = g_array_new(FALSE, TRUE, sizeof(kith_fact_tie));
    b->fact_attributes = g_array_new(FALSE, TRUE, sizeof(kith_fact_attribute));
    b->decisions = g_array_new(FALSE, TRUE, sizeof(kith_fact_decision));
    b->keyed = g_hash_table_new(g_direct_hash, g_direct_equal);
    b->owner = -1;
    g_strlcpy(b->country, "44", sizeof b->country);
    return b;
}

void
kith_builder_free(kith_builder *b)
{
    if (!b)
        return;
    g_array_unref(b->sources);
    g_array_unref(b->mentions);
    g_array_unref(b->names);
    g_array_unref(b->identifiers);
    g_array_unref(b->attributes);
    g_array_unref(b->moments);
    g_array_unref(b->facts);
    g_array_unref(b->fact_attributes);
    g_array_unref(b->decisions);
    g_hash_table_unref(b->keyed);
    kith_pool_unref(b->keys);
    kith_numbering_free(b->numbering);
    kith_edges_unref(b->edges);
    kith_pool_unref(b->pool);
    g_free(b);
}

void
kith_builder_settle(kith_builder *b)
{
    kith_numbering_settle(b->numbering);
}

/* Another source has keys of its own. */
static void
forget_keys(kith_builder *b)
{
    g_hash_table_remove_all(b->keyed);
    g_clear_pointer(&b->keys, kith_pool_unref);
}

void
kith_builder_country(kith_builder *b, const char *calling_code)
{
    if (calling_code && *calling_code)
        g_strlcpy(b->country, calling_code, sizeof b->country);
}

uint32_t
kith_builder_add_source(kith_builder *b, const kith_fact_source *row)
{
    g_array_append_vals(b->sources, row, 1);
    return b->sources->len - 1;
}

void
kith_builder_call(kith_builder *b, const char *path, const char *label)
{
    b->path = path;
    b->label = label;
}

static uint32_t
put_name(kith_builder *b, const char *name)
{
    g_autofree char *called = NULL;

    if (b->path && g_str_has_prefix(name, b->path))
        called = g_strconcat(b->label, name + strlen(b->path), NULL);
    return kith_pool_put(b->pool, called ? called : name);
}

void
kith_builder_begin(kith_builder *b, kith_source *source, const char *importer)
{
    kith_fact_source row = {0};

    kith_builder_spill(b);
    row.file = put_name(b, source ? kith_source_name(source) : "");
    row.importer = kith_pool_put(b->pool, importer);
    kith_builder_add_source(b, &row);
    forget_keys(b);
    b->current = source;
    b->owner = -1;
}

kith_status
kith_builder_end(kith_builder *b, kith_error *err)
{
    kith_fact_source *row;
    const char *sha256;

    if (!b->current)
        return KITH_OK;
    kith_builder_settle(b);
    row = KITH_ROW(b->sources, kith_fact_source, b->sources->len - 1);
    TRY(kith_source_sha256(b->current, &sha256, err));
    row->sha256 = kith_pool_put(b->pool, sha256);
    row->records = kith_source_records(b->current);
    row->held = kith_source_held(b->current);
    row->warnings = kith_source_warnings(b->current);
    b->current = NULL;
    forget_keys(b);
    return KITH_OK;
}

kith_builder_mark
kith_builder_mark_end(kith_builder *b)
{
    kith_builder_spill(b);
    return (kith_builder_mark){b->sources->len,     b->mentions->len,        b->names->len,
                               b->identifiers->len, b->attributes->len,      b->moments->len,
                               b->facts->len,       b->fact_attributes->len, b->decisions->len};
}

void
kith_builder_cut(kith_builder *b, const kith_builder_mark *mark)
{
    g_clear_pointer(&b->edges, kith_edges_unref);
    kith_builder_settle(b);
    g_array_set_size(b->sources, mark->sources);
    g_array_set_size(b->mentions, mark->mentions);
    g_array_set_size(b->names, mark->names);
    g_array_set_size(b->identifiers, mark->identifiers);
    g_array_set_size(b->attributes, mark->attributes);
    g_array_set_size(b->moments, mark->moments);
    g_array_set_size(b->facts, mark->facts);
    g_array_set_size(b->fact_attributes, mark->fact_attributes);
    g_array_set_size(b->decisions, mark->decisions);
    forget_keys(b);
    b->current = NULL;
    b->owner = -1;
}

/* Facts told outside any file (tests, programs) belong to one nameless source. */
static uint32_t
current_source(kith_builder *b)
{
    if (b->sources->len == 0) {
        kith_fact_source row = {0};

        kith_builder_add_source(b, &row);
    }
    return b->sources->len - 1;
}

static uint32_t
current_line(const kith_builder *b)
{
    int64_t line = b->current ? kith_source_line(b->current) : 0;

    return (uint32_t)CLAMP(line, 0, UINT32_MAX);
}

kith_mention
kith_builder_mention(kith_builder *b, kith_node_kind kind)
{
    kith_fact_mention row = {.source = current_source(b), .line = current_line(b), .kind = kind};

    if (G_UNLIKELY(b->edges))
        kith_builder_spill(b);
    append(b->mentions, row);
    return b->mentions->len - 1;
}

static gpointer
pack_key(kith_builder *b, kith_node_kind kind, unsigned identifier, const char *value)
{
    uint64_t packed;

    if (!b->keys)
        b->keys = kith_pool_new();
    packed = (uint64_t)kith_pool_put(b->keys, value ? value : "") | (uint64_t)kind << 32 |
             (uint64_t)identifier << 40;
    return (gpointer)(uintptr_t)packed;
}

/* A key is a text of the pool as well, so that texts are numbered in the order in which they are named. */
static void
know(kith_builder *b, gpointer key, const char *value, kith_mention mention)
{
    kith_numbering_keep(b->numbering, value ? value : "");
    g_hash_table_insert(b->keyed, key, (gpointer)(uintptr_t)(mention + 1));
}

void
kith_builder_know(kith_builder *b, kith_node_kind kind, kith_identifier_kind identifier,
                  const char *value, kith_mention mention)
{
    know(b, pack_key(b, kind, identifier, value), value, mention);
}

kith_mention
kith_builder_keyed(kith_builder *b, kith_node_kind kind, kith_identifier_kind identifier,
                   const char *value)
{
    gpointer key = pack_key(b, kind, identifier, value);
    uintptr_t found;
    kith_mention made;

    if (G_UNLIKELY(b->edges))
        kith_builder_spill(b);
    found = (uintptr_t)g_hash_table_lookup(b->keyed, key);
    if (found)
        return (kith_mention)found - 1;
    made = kith_builder_mention(b, kind);
    know(b, key, value, made);
    kith_builder_identify(b, made, identifier, value);
    return made;
}

kith_mention
kith_builder_owner(kith_builder *b)
{
    if (b->owner < 0) {
        b->owner = kith_builder_mention(b, KITH_PERSON);
        kith_builder_flag(b, b->owner, KITH_FLAG_OWNER);
    }
    return b->owner;
}

kith_mention
kith_builder_organisation(kith_builder *b, const char *name)
{
    g_autofree char *clean = kith_text_clean(name ? name : "");
    gpointer key = pack_key(b, KITH_ORGANISATION, BY_NAME, clean);
    uintptr_t found = (uintptr_t)g_hash_table_lookup(b->keyed, key);
    kith_mention made;

    if (found)
        return (kith_mention)found - 1;
    made = kith_builder_mention(b, KITH_ORGANISATION);
    know(b, key, clean, made);
    kith_builder_name(b, made, clean);
    return made;
}

static bool
is_mention(const kith_builder *b, kith_mention who)
{
    return who >= 0 && who < b->mentions->len;
}

void
kith_builder_name(kith_builder *b, kith_mention who, const char *name)
{
    g_autofree char *clean = kith_text_clean(name ? name : "");
    kith_fact_name row = {.mention = (uint32_t)who};

    if (!*clean || !is_mention(b, who))
        return;
    append(b->names, row);
    put(b, clean, names, kith_fact_name, text);
}

void
kith_builder_names(kith_builder *b, kith_mention who, const char *given, const char *family)
{
    g_autofree char *first = kith_text_clean(given ? given : "");
    g_autofree char *last = kith_text_clean(family ? family : "");
    g_autofree char *full = g_strconcat(first, *first && *last ? " " : "", last, NULL);
    kith_fact_name row = {.mention = (uint32_t)who};

    if (!*full || !is_mention(b, who))
        return;
    append(b->names, row);
    if (*first)
        put(b, first, names, kith_fact_name, given);
    if (*last)
        put(b, last, names, kith_fact_name, family);
    put(b, full, names, kith_fact_name, text);
}

/* The value under which equal identifiers are equal, or NULL when it cannot be one. */
static char *
normalise(const kith_builder *b, kith_identifier_kind kind, const char *value)
{
    switch (kind) {
    case KITH_ID_EMAIL:
        return kith_email_normalise(value);
    case KITH_ID_PHONE:
        return kith_phone_normalise(value, b->country);
    case KITH_ID_URL:
        return kith_url_normalise(value);
    case KITH_ID_DOMAIN:
        return g_ascii_strdown(value, -1);
    default:
        return *value ? g_strdup(value) : NULL;
    }
}

/* The texts of the last identifier; most are written as they are compared. */
static void
put_identifier(kith_builder *b, const char *normal, const char *written)
{
    g_autofree char *clean = NULL;

    if (strcmp(normal, written) == 0) {
        kith_numbering_put_twice(b->numbering, normal, b->identifiers,
                                 offsetof(kith_fact_identifier, value),
                                 offsetof(kith_fact_identifier, written));
        return;
    }
    put(b, normal, identifiers, kith_fact_identifier, value);
    clean = kith_text_clean(written);
    if (*clean)
        put(b, clean, identifiers, kith_fact_identifier, written);
}

bool
kith_builder_identify(kith_builder *b, kith_mention who, kith_identifier_kind kind,
                      const char *value)
{
    g_autofree char *normal =
        value && *value && is_mention(b, who) ? normalise(b, kind, value) : NULL;
    kith_fact_identifier row = {.mention = (uint32_t)who, .kind = kind};

    if (!normal)
        return false;
    append(b->identifiers, row);
    put_identifier(b, normal, value);
    return true;
}

void
kith_builder_attribute(kith_builder *b, kith_mention who, const char *key, const char *value)
{
    kith_fact_attribute row = {.owner = (uint32_t)who};

    if (!value || !*value || !key || !*key || !is_mention(b, who))
        return;
    append(b->attributes, row);
    put(b, key, attributes, kith_fact_attribute, key);
    put(b, value, attributes, kith_fact_attribute, value);
}

void
kith_builder_flag(kith_builder *b, kith_mention who, kith_node_flag flag)
{
    if (is_mention(b, who))
        KITH_ROW(b->mentions, kith_fact_mention, who)->flags |= (uint32_t)flag;
}

void
kith_builder_event_time(kith_builder *b, kith_mention event, kith_time when,
                        kith_precision precision)
{
    kith_fact_moment row = {
        .mention = (uint32_t)event, .when = when, .precision = (uint8_t)precision};

    if (is_mention(b, event) && when != KITH_TIME_NONE)
        append(b->moments, row);
}

/* The texts of the last tie. */
static void
put_fact(kith_builder *b, const kith_fact *fact)
{
    if (fact->currency)
        put(b, fact->currency, facts, kith_fact_tie, currency);
    if (fact->status)
        put(b, fact->status, facts, kith_fact_tie, status);
    if (fact->channel)
        put(b, fact->channel, facts, kith_fact_tie, channel);
    if (fact->detail)
        put(b, fact->detail, facts, kith_fact_tie, detail);
}

kith_status
kith_builder_fact(kith_builder *b, const kith_fact *fact, kith_error *err)
{
    kith_fact_tie row = {.when = fact->when,
                         .until = fact->until,
                         .weight = fact->weight,
                         .amount = fact->amount,
                         .from = (uint32_t)fact->from,
                         .to = (uint32_t)fact->to,
                         .source = current_source(b),
                         .line = current_line(b),
                         .kind = fact->kind,
                         .precision = fact->precision,
                         .undirected = fact->undirected};
    const char *file = b->current ? kith_source_name(b->current) : NULL;

    if (!is_mention(b, fact->from) || !is_mention(b, fact->to) ||
        (unsigned)fact->kind >= KITH_TIE_KINDS)
        return kith_fail_at(err, KITH_ERR_ARGUMENT, file, row.line, 0,
                            "a tie needs two mentions and a known kind");
    if (!isfinite(fact->weight) || fact->weight <= 0)
        return kith_fail_at(err, KITH_ERR_PARSE, file, row.line, 0,
                            "bad weight %g (expected a finite number above 0)", fact->weight);
    if (b->facts->len == UINT32_MAX)
        return kith_fail_at(err, KITH_ERR_LIMIT, file, row.line, 0, "more than %u ties",
                            UINT32_MAX - 1);
    append(b->facts, row);
    put_fact(b, fact);
    return KITH_OK;
}

void
kith_builder_fact_attribute(kith_builder *b, const char *key, const char *value)
{
    kith_fact_attribute row = {.owner = b->facts->len - 1};

    if (b->facts->len == 0 || !key || !*key || !value)
        return;
    append(b->fact_attributes, row);
    put(b, key, fact_attributes, kith_fact_attribute, key);
    put(b, value, fact_attributes, kith_fact_attribute, value);
}

int64_t
kith_builder_mentions(const kith_builder *b)
{
    return b->mentions->len + (b->edges ? b->edges->nodes : 0);
}

int64_t
kith_builder_facts(const kith_builder *b)
{
    return b->facts->len + (b->edges ? b->edges->ties : 0);
}

int64_t
kith_builder_count(const kith_builder *b, kith_node_kind kind)
{
    int64_t n = b->edges && kind == KITH_PERSON ? b->edges->nodes : 0;

    for (guint i = 0; i < b->mentions->len; i++)
        n += KITH_ROW(b->mentions, kith_fact_mention, i)->kind == kind;
    return n;
}
