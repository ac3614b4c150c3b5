/* SPDX-License-Identifier: GPL-3.0-or-later */
/* redact.c - a graph told again, see redact.h. What is not told here cannot leak. */
#include <kith/redact.h>

#include "base/base.h"
#include "base/number.h"
#include "base/text.h"
#include "measures/consent.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

#define SHORTEST_KEY 16
#define LETTERS 8 /* of a pseudonym, five bits each */

typedef struct teller {
    const kith_graph *g;
    const kith_redaction *how;
    kith_builder *b;
    GArray *consents;      /* kith_consent */
    kith_mention *mention; /* by node */
} teller;

static void
teller_clear(teller *t)
{
    kith_builder_free(t->b);
    g_clear_pointer(&t->consents, g_array_unref);
    g_free(t->mention);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(teller, teller_clear)

static bool
keeps_name(const kith_graph *g, const GArray *consents, const kith_redaction *how, kith_node node)
{
    kith_node_kind kind = kith_graph_kind(g, node);

    if (kind == KITH_ORGANISATION || kind == KITH_TOPIC)
        return true;
    return how->keep_permitted && kind == KITH_PERSON &&
           kith_consent_granted(consents, node, NULL, NULL);
}

/* What a node is the same by, wherever it is met: its first e-mail address, else its folded name. */
static char *
identity_of(const kith_graph *g, kith_node node)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(g, node, i, &kind, &value); i++)
        if (kind == KITH_ID_EMAIL)
            return g_strdup(value);
    return kith_text_fold(kith_graph_label(g, node));
}

/* Letters and figures that are not mistaken for one another (Crockford's alphabet). */
static void
spell(const guint8 *digest, char *out)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint64_t bits = 0;

    for (int i = 0; i < 5; i++)
        bits = bits << 8 | digest[i];
    for (int i = 0; i < LETTERS; i++)
        out[i] = alphabet[bits >> (5 * (LETTERS - 1 - i)) & 31];
    out[LETTERS] = '\0';
}

static char *
pseudonym(const kith_graph *g, const GArray *consents, const kith_redaction *how, kith_node node)
{
    g_autofree char *identity = identity_of(g, node);
    g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, how->key, how->key_size);
    guint8 digest[32];
    gsize size = sizeof digest;
    char name[LETTERS + 1];

    if (keeps_name(g, consents, how, node))
        return g_strdup(kith_graph_label(g, node));
    g_hmac_update(hmac, (const guchar *)identity, (gssize)strlen(identity));
    g_hmac_get_digest(hmac, digest, &size);
    spell(digest, name);
    return g_strdup_printf("%s %s", kith_graph_kind(g, node) == KITH_EVENT ? "Event" : "Person",
                           name);
}

char *
kith_pseudonym(const kith_graph *graph, kith_node node, const kith_redaction *redaction)
{
    g_autoptr(GArray) consents = kith_consents(graph);

    return pseudonym(graph, consents, redaction, node);
}

/* Numbers say nothing of who somebody is, and warmth needs some: the size of a party, closeness. */
static void
tell_numbers(teller *t, kith_node node)
{
    const char *key, *value;
    double number;

    for (int64_t i = 0; kith_graph_attribute_at(t->g, node, i, &key, &value); i++)
        if (keeps_name(t->g, t->consents, t->how, node) || kith_number_parse(value, &number))
            kith_builder_attribute(t->b, t->mention[node], key, value);
}

/* Those who keep their names keep their addresses as well. */
static void
tell_identifiers(teller *t, kith_node node)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(t->g, node, i, &kind, &value); i++)
        if (kind == KITH_ID_EMAIL || kind == KITH_ID_PHONE || kind == KITH_ID_URL)
            kith_builder_identify(t->b, t->mention[node], kind, value);
}

/* An own id for each node, so that two of one name stay two. */
static void
tell_node(teller *t, kith_node node, const char *name, int64_t number)
{
    g_autofree char *id = g_strdup_printf("redacted:%s %" G_GINT64_FORMAT, name, number);
    kith_mention m = kith_builder_mention(t->b, kith_graph_kind(t->g, node));
    unsigned flags = kith_graph_flags(t->g, node);
    kith_time when = kith_graph_event_time(t->g, node);

    t->mention[node] = m;
    kith_builder_identify(t->b, m, KITH_ID_NATIVE, id);
    kith_builder_name(t->b, m, name);
    for (unsigned flag = 1; flag <= KITH_FLAG_STUB; flag <<= 1)
        if (flags & flag)
            kith_builder_flag(t->b, m, (kith_node_flag)flag);
    if (when != KITH_TIME_NONE)
        kith_builder_event_time(t->b, m, when, KITH_PRECISION_SECOND);
    if (keeps_name(t->g, t->consents, t->how, node))
        tell_identifiers(t, node);
    tell_numbers(t, node);
}

static void
tell_nodes(teller *t)
{
    g_autoptr(GHashTable) times = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (kith_node node = 0; node < kith_graph_nodes(t->g); node++) {
        char *name = pseudonym(t->g, t->consents, t->how, node);
        int64_t number = GPOINTER_TO_INT(g_hash_table_lookup(times, name)) + 1;

        tell_node(t, node, name, number);
        g_hash_table_insert(times, name, GINT_TO_POINTER((int)number));
    }
}

static kith_status
tell_tie(teller *t, int64_t i, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    const char *key, *value;
    double number;
    kith_tie tie;

    kith_graph_tie(t->g, i, &tie);
    fact.kind = tie.kind;
    fact.from = t->mention[tie.from];
    fact.to = t->mention[tie.to];
    fact.when = tie.when;
    fact.until = tie.until;
    fact.precision = tie.precision;
    fact.weight = tie.weight;
    fact.amount = tie.amount;
    fact.currency = tie.currency;
    fact.status = tie.status;
    fact.channel = tie.channel;
    fact.undirected = tie.undirected;
    TRY(kith_builder_fact(t->b, &fact, err));
    for (int64_t j = 0; kith_graph_tie_attribute_at(t->g, i, j, &key, &value); j++)
        if (kith_number_parse(value, &number))
            kith_builder_fact_attribute(t->b, key, value);
    return KITH_OK;
}

kith_status
kith_graph_redact(const kith_graph *graph, const kith_redaction *redaction, kith_graph **out,
                  kith_error *err)
{
    g_auto(teller) t = {.g = graph, .how = redaction};
    kith_build_options options = {.as_of = kith_graph_as_of(graph),
                                  .today = kith_graph_as_of(graph)};

    if (!redaction->key || redaction->key_size < SHORTEST_KEY)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "a key of %zu bytes is too short for pseudonyms (expected %d or more)",
                         redaction->key_size, SHORTEST_KEY);
    t.b = kith_builder_new();
    t.consents = kith_consents(graph);
    t.mention = g_new(kith_mention, (gsize)kith_graph_nodes(graph) + 1);
    tell_nodes(&t);
    for (int64_t i = 0; i < kith_graph_ties(graph); i++)
        TRY(tell_tie(&t, i, err));
    return kith_builder_build(t.b, &options, out, err);
}
