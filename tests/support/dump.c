/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump.c - a graph as text. */
#include "support/dump.h"
#include <glib.h>

/* Texts are quoted, so that no two different graphs can look the same. */
static void
add_text(GString *out, const char *label, const char *text)
{
    g_autofree char *quoted = text ? g_strescape(text, NULL) : NULL;

    if (text)
        g_string_append_printf(out, " %s=\"%s\"", label, quoted);
}

/* Enough digits to read the same number back. */
static void
add_real(GString *out, const char *label, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_printf(out, " %s=%s", label, g_ascii_dtostr(digits, sizeof digits, value));
}

static void
add_node(GString *out, const kith_graph *graph, kith_node node)
{
    kith_identifier_kind kind;
    const char *key, *value;

    g_string_append_printf(out, "node %" G_GINT64_FORMAT " %s", node,
                           kith_node_kind_name(kith_graph_kind(graph, node)));
    add_text(out, "id", kith_graph_id(graph, node));
    add_text(out, "label", kith_graph_label(graph, node));
    g_string_append_printf(out, " flags=%u time=%" G_GINT64_FORMAT "\n",
                           kith_graph_flags(graph, node), kith_graph_event_time(graph, node));
    for (int64_t i = 0; (value = kith_graph_name_at(graph, node, i)); i++) {
        g_string_append(out, "  name");
        add_text(out, "text", value);
        g_string_append_c(out, '\n');
    }
    for (int64_t i = 0; kith_graph_identifier_at(graph, node, i, &kind, &value); i++) {
        g_string_append(out, "  identifier");
        add_text(out, kith_identifier_kind_name(kind), value);
        g_string_append_c(out, '\n');
    }
    for (int64_t i = 0; kith_graph_attribute_at(graph, node, i, &key, &value); i++) {
        g_string_append(out, "  attribute");
        add_text(out, key, value);
        g_string_append_c(out, '\n');
    }
}

static void
add_tie(GString *out, const kith_graph *graph, int64_t i)
{
    const char *key, *value;
    kith_tie tie;

    kith_graph_tie(graph, i, &tie);
    g_string_append_printf(out,
                           "tie %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " when=%" G_GINT64_FORMAT
                           " until=%" G_GINT64_FORMAT " precision=%d undirected=%d",
                           kith_tie_kind_name(tie.kind), tie.from, tie.to, tie.when, tie.until,
                           tie.precision, tie.undirected);
    add_real(out, "weight", tie.weight);
    add_real(out, "amount", tie.amount);
    add_text(out, "currency", tie.currency);
    add_text(out, "status", tie.status);
    add_text(out, "channel", tie.channel);
    add_text(out, "detail", tie.detail);
    add_text(out, "source", tie.source);
    g_string_append_printf(out, ":%" G_GINT64_FORMAT "\n", tie.line);
    for (int64_t j = 0; kith_graph_tie_attribute_at(graph, i, j, &key, &value); j++) {
        g_string_append(out, "  attribute");
        add_text(out, key, value);
        g_string_append_c(out, '\n');
    }
}

static void
add_source(GString *out, const kith_graph *graph, int64_t i)
{
    kith_source_info info;

    kith_graph_source(graph, i, &info);
    g_string_append(out, "source");
    add_text(out, "file", info.file);
    add_text(out, "sha256", info.sha256);
    add_text(out, "importer", info.importer);
    g_string_append_printf(out,
                           " records=%" G_GINT64_FORMAT " held=%" G_GINT64_FORMAT
                           " warnings=%" G_GINT64_FORMAT "\n",
                           info.records, info.held, info.warnings);
}

char *
dump_graph(const kith_graph *graph)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(
        out, "owner %" G_GINT64_FORMAT " as_of %" G_GINT64_FORMAT " hidden %" G_GINT64_FORMAT "\n",
        kith_graph_owner(graph), kith_graph_as_of(graph), kith_graph_hidden(graph));
    for (int64_t i = 0; i < kith_graph_sources(graph); i++)
        add_source(out, graph, i);
    for (int64_t i = 0; i < kith_graph_nodes(graph); i++)
        add_node(out, graph, i);
    for (int64_t i = 0; i < kith_graph_ties(graph); i++)
        add_tie(out, graph, i);
    return g_string_free(out, FALSE);
}
