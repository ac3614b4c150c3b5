/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key_values.c - an attribute of one node or tie as text; what is unknown has no text at all. */
#include "base/base.h"
#include "base/number.h"
#include "reports/keys.h"
#include <math.h>
#include <string.h>

static bool
put(GString *out, const char *text)
{
    if (text)
        g_string_append(out, text);
    return text && *text;
}

static bool
put_time(GString *out, kith_time when, kith_precision precision)
{
    char text[32];

    return when != KITH_TIME_NONE && put(out, kith_time_text(when, precision, text));
}

static bool
put_event_time(GString *out, kith_time when)
{
    return put_time(out, when,
                    when != KITH_TIME_NONE && when % KITH_DAY ? KITH_PRECISION_SECOND
                                                              : KITH_PRECISION_DAY);
}

static bool
put_real(GString *out, double value)
{
    char text[32];

    return isfinite(value) && put(out, kith_number_text(value, text));
}

static bool
put_integer(GString *out, int64_t value)
{
    char text[32];

    if (value < 0)
        g_string_append_c(out, '-');
    g_string_append_len(
        out, text, kith_number_digits(value < 0 ? -(uint64_t)value : (uint64_t)value, text) - text);
    return true;
}

static bool
put_identifier(GString *out, const kith_graph *graph, kith_node node, kith_identifier_kind wanted)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(graph, node, i, &kind, &value); i++)
        if (kind == wanted)
            return put(out, value);
    return false;
}

static bool
put_flags(GString *out, unsigned flags)
{
    static const char *const names[] = {"owner",    "staff",    "member", "customer",
                                        "prospect", "no-intro", "stub"};
    gsize before = out->len;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (flags & 1u << i)
            g_string_append_printf(out, "%s%s", out->len > before ? " " : "", names[i]);
    return out->len > before;
}

static bool
put_computed(GString *out, const kith_key *key, kith_node node)
{
    kith_cell cell;

    if (key->row_of[node] < 0)
        return false;
    kith_table_cell(key->table, key->row_of[node], key->column, &cell);
    if (cell.missing)
        return false;
    if (key->type == KITH_KEY_TEXT)
        return put(out, cell.text);
    if (key->type == KITH_KEY_DOUBLE)
        return put_real(out, cell.real);
    return key->type == KITH_KEY_LONG ? put_integer(out, cell.integer)
                                      : put(out, cell.integer ? "true" : "false");
}

static bool
node_value(const kith_graph *graph, const kith_key *key, kith_node node, GString *out)
{
    switch (key->source) {
    case KITH_NODE_KIND:
        return put(out, kith_node_kind_name(kith_graph_kind(graph, node)));
    case KITH_NODE_LABEL:
        return put(out, kith_graph_label(graph, node));
    case KITH_NODE_NAME:
        return put(out, kith_graph_name_at(graph, node, 0));
    case KITH_NODE_EMAIL:
        return put_identifier(out, graph, node, KITH_ID_EMAIL);
    case KITH_NODE_URL:
        return put_identifier(out, graph, node, KITH_ID_URL);
    case KITH_NODE_PHONE:
        return put_identifier(out, graph, node, KITH_ID_PHONE);
    case KITH_NODE_FLAGS:
        return put_flags(out, kith_graph_flags(graph, node));
    case KITH_NODE_EVENT_TIME:
        return put_event_time(out, kith_graph_event_time(graph, node));
    case KITH_NODE_ATTRIBUTE:
        return put(out, kith_graph_attribute(graph, node, key->attribute));
    default:
        return put_computed(out, key, node);
    }
}

static bool
put_tie_attribute(GString *out, const kith_graph *graph, const char *wanted, int64_t tie)
{
    const char *key, *value;

    for (int64_t i = 0; kith_graph_tie_attribute_at(graph, tie, i, &key, &value); i++)
        if (strcmp(key, wanted) == 0)
            return put(out, value);
    return false;
}

bool
kith_key_tie_value(const kith_graph *graph, const kith_key *key, int64_t i, const kith_tie *tie,
                   GString *out)
{
    if (key->source == KITH_TIE_ATTRIBUTE)
        return put_tie_attribute(out, graph, key->attribute, i);
    switch (key->source) {
    case KITH_TIE_WHEN:
        return put_time(out, tie->when, tie->precision);
    case KITH_TIE_UNTIL:
        return put_time(out, tie->until,
                        tie->until % KITH_DAY ? KITH_PRECISION_SECOND : KITH_PRECISION_DAY);
    case KITH_TIE_WEIGHT:
        return put_real(out, tie->weight);
    case KITH_TIE_AMOUNT:
        return put_real(out, tie->amount);
    case KITH_TIE_CURRENCY:
        return put(out, tie->currency);
    case KITH_TIE_STATUS:
        return put(out, tie->status);
    case KITH_TIE_CHANNEL:
        return put(out, tie->channel);
    case KITH_TIE_DETAIL:
        return put(out, tie->detail);
    case KITH_TIE_UNDIRECTED:
        return put(out, kith_keys_undirected(tie) ? "true" : "false");
    case KITH_TIE_SOURCE:
        return put(out, tie->source);
    case KITH_TIE_LINE:
        return tie->line > 0 && put_integer(out, tie->line);
    default:
        return put(out, kith_tie_kind_name(tie->kind));
    }
}

size_t
kith_key_tie_number(const kith_key *key, const kith_tie *tie, char out[32])
{
    double value = key->source == KITH_TIE_WEIGHT ? tie->weight : tie->amount;

    if (key->source == KITH_TIE_LINE)
        return tie->line > 0 ? (size_t)(kith_number_digits((uint64_t)tie->line, out) - out) : 0;
    return isfinite(value) ? kith_number_put(value, out) : 0;
}

/* By its bits: what is not known is a NaN, and -0 is written otherwise than 0. */
static bool
same_number(double a, double b)
{
    guint64 bits[2];

    memcpy(&bits[0], &a, sizeof a);
    memcpy(&bits[1], &b, sizeof b);
    return bits[0] == bits[1];
}

/* A graph keeps each text once: the same text is at the same place. */
bool
kith_key_tie_same(const kith_key *key, const kith_tie *a, const kith_tie *b)
{
    switch (key->source) {
    case KITH_TIE_WHEN:
        return a->when == b->when && a->precision == b->precision;
    case KITH_TIE_UNTIL:
        return a->until == b->until;
    case KITH_TIE_WEIGHT:
        return same_number(a->weight, b->weight);
    case KITH_TIE_AMOUNT:
        return same_number(a->amount, b->amount);
    case KITH_TIE_CURRENCY:
        return a->currency == b->currency;
    case KITH_TIE_STATUS:
        return a->status == b->status;
    case KITH_TIE_CHANNEL:
        return a->channel == b->channel;
    case KITH_TIE_DETAIL:
        return a->detail == b->detail;
    case KITH_TIE_UNDIRECTED:
        return kith_keys_undirected(a) == kith_keys_undirected(b);
    case KITH_TIE_SOURCE:
        return a->source == b->source;
    case KITH_TIE_LINE:
        return a->line == b->line;
    case KITH_TIE_ATTRIBUTE:
        return false;
    default:
        return a->kind == b->kind;
    }
}

bool
kith_key_value(const kith_graph *graph, const kith_key *key, int64_t element, GString *out)
{
    kith_tie tie;

    if (key->source < KITH_TIE_KEYS)
        return node_value(graph, key, element, out);
    kith_graph_tie(graph, element, &tie);
    return kith_key_tie_value(graph, key, element, &tie, out);
}
