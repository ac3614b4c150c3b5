/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gexf - the document's graph with the dates of its ties, for Gephi's timeline.
 *
 * The 1.2draft namespace, since NetworkX refuses 1.3; dates both as start and end of the tie and as
 * plain attributes, since Gephi Lite drops the former; no attributes of the graph, since NetworkX
 * fails on them. What happened once (a meeting, a referral) begins and ends on its day; what lasts (to
 * know, to work at) has no end until the files say so. Places, colours and sizes go to viz elements.
 */
#include "base/xml_out.h"
#include "reports/keys.h"
#include <kith/kith.h>
#include <stdlib.h>
#include <string.h>

static const char *const types[] = {
    [KITH_KEY_TEXT] = "string",
    [KITH_KEY_BOOLEAN] = "boolean",
    [KITH_KEY_LONG] = "long",
    [KITH_KEY_DOUBLE] = "double",
};

static void
write_attributes(kith_xml_out *xml, const kith_keys *keys, bool ties)
{
    const GPtrArray *list = ties ? keys->ties : keys->nodes;

    kith_xml_out_open(xml, "attributes");
    kith_xml_out_attribute(xml, "class", ties ? "edge" : "node");
    for (guint i = 0; i < list->len; i++) {
        const kith_key *key = list->pdata[i];

        kith_xml_out_open(xml, "attribute");
        kith_xml_out_attribute(xml, "id", key->id);
        kith_xml_out_attribute(xml, "title", key->name);
        kith_xml_out_attribute(xml, "type", types[key->type]);
        kith_xml_out_close(xml);
    }
    kith_xml_out_close(xml);
}

static void
write_values(kith_xml_out *xml, const kith_keys *keys, bool ties, int64_t element)
{
    const GPtrArray *list = ties ? keys->ties : keys->nodes;
    g_autoptr(GString) text = g_string_new(NULL);

    kith_xml_out_open(xml, "attvalues");
    for (guint i = 0; i < list->len; i++) {
        const kith_key *key = list->pdata[i];

        g_string_truncate(text, 0);
        if (!kith_key_value(keys->graph, key, element, text))
            continue;
        kith_xml_out_open(xml, "attvalue");
        kith_xml_out_attribute(xml, "for", key->id);
        kith_xml_out_attribute(xml, "value", text->str);
        kith_xml_out_close(xml);
    }
    kith_xml_out_close(xml);
}

static void
write_color(kith_xml_out *xml, const char *color)
{
    unsigned long rgb = strtoul(color + 1, NULL, 16);
    const char *const names[] = {"r", "g", "b"};

    kith_xml_out_open(xml, "viz:color");
    for (int i = 0; i < 3; i++) {
        char text[16];

        g_snprintf(text, sizeof text, "%lu", rgb >> (16 - 8 * i) & 255);
        kith_xml_out_attribute(xml, names[i], text);
    }
    kith_xml_out_close(xml);
}

static void
write_looks(kith_xml_out *xml, const kith_keys *keys, int64_t node)
{
    g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
    const char *color = kith_key_computed(keys, "color", node, one), *x, *y, *size;

    if (color && strlen(color) == 7)
        write_color(xml, color);
    x = kith_key_computed(keys, "x", node, one);
    y = kith_key_computed(keys, "y", node, two);
    if (x && y) {
        kith_xml_out_open(xml, "viz:position");
        kith_xml_out_attribute(xml, "x", x);
        kith_xml_out_attribute(xml, "y", y);
        kith_xml_out_attribute(xml, "z", "0");
        kith_xml_out_close(xml);
    }
    size = kith_key_computed(keys, "size", node, one);
    if (size) {
        kith_xml_out_open(xml, "viz:size");
        kith_xml_out_attribute(xml, "value", size);
        kith_xml_out_close(xml);
    }
}

static void
write_nodes(kith_xml_out *xml, const kith_keys *keys, const kith_graph *graph)
{
    kith_xml_out_open(xml, "nodes");
    for (kith_node node = 0; node < kith_graph_nodes(graph); node++) {
        kith_xml_out_open(xml, "node");
        kith_xml_out_attribute(xml, "id", kith_keys_node(keys, node));
        kith_xml_out_attribute(xml, "label", kith_graph_label(graph, node));
        write_values(xml, keys, false, node);
        write_looks(xml, keys, node);
        kith_xml_out_close(xml);
    }
    kith_xml_out_close(xml);
}

static void
write_day(kith_xml_out *xml, const char *name, kith_time when)
{
    char text[32];

    if (when != KITH_TIME_NONE)
        kith_xml_out_attribute(xml, name, kith_time_text(when, KITH_PRECISION_DAY, text));
}

/* Whether a fact of this kind is over on the day it happened. */
static bool
is_momentary(kith_tie_kind kind)
{
    static const unsigned kinds = 1u << KITH_MESSAGED | 1u << KITH_MET | 1u << KITH_ATTENDED |
                                  1u << KITH_REFERRED | 1u << KITH_INTRODUCED |
                                  1u << KITH_CONTRIBUTED | 1u << KITH_ANSWERED |
                                  1u << KITH_INVITED | 1u << KITH_RECOMMENDED | 1u << KITH_ENDORSED;

    return kinds & 1u << kind;
}

static void
write_tie(kith_xml_out *xml, const kith_keys *keys, const kith_tie *tie, int64_t i)
{
    char text[32];

    kith_xml_out_open(xml, "edge");
    g_snprintf(text, sizeof text, "e%" G_GINT64_FORMAT, i);
    kith_xml_out_attribute(xml, "id", text);
    kith_xml_out_attribute(xml, "source", kith_keys_node(keys, tie->from));
    kith_xml_out_attribute(xml, "target", kith_keys_node(keys, tie->to));
    kith_xml_out_attribute(xml, "label", kith_tie_kind_name(tie->kind));
    kith_xml_out_attribute(xml, "weight", g_ascii_formatd(text, sizeof text, "%.17g", tie->weight));
    write_day(xml, "start", tie->when);
    write_day(xml, "end",
              tie->until == KITH_TIME_NONE && is_momentary(tie->kind) ? tie->when : tie->until);
    write_values(xml, keys, true, i);
    kith_xml_out_close(xml);
}

static bool
is_dated(const kith_graph *graph)
{
    kith_tie tie;

    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        kith_graph_tie(graph, i, &tie);
        if (tie.when != KITH_TIME_NONE || tie.until != KITH_TIME_NONE)
            return true;
    }
    return false;
}

static void
write_graph(kith_xml_out *xml, const kith_keys *keys, const kith_graph *graph)
{
    bool dated = is_dated(graph);
    kith_tie tie;

    kith_xml_out_open(xml, "graph");
    kith_xml_out_attribute(xml, "defaultedgetype", keys->directed ? "directed" : "undirected");
    kith_xml_out_attribute(xml, "mode", dated ? "dynamic" : "static");
    if (dated)
        kith_xml_out_attribute(xml, "timeformat", "date");
    write_attributes(xml, keys, false);
    write_attributes(xml, keys, true);
    write_nodes(xml, keys, graph);
    kith_xml_out_open(xml, "edges");
    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        kith_graph_tie(graph, i, &tie);
        write_tie(xml, keys, &tie, i);
    }
    kith_xml_out_close(xml);
    kith_xml_out_close(xml);
}

static void
write_meta(kith_xml_out *xml, const kith_document *document)
{
    kith_time as_of = kith_graph_as_of(kith_document_graph(document));
    g_autofree char *tool = g_strdup_printf("kith %s", kith_version());
    char text[32];

    kith_xml_out_open(xml, "meta");
    if (as_of != KITH_TIME_NONE)
        kith_xml_out_attribute(xml, "lastmodifieddate",
                               kith_time_text(as_of, KITH_PRECISION_DAY, text));
    kith_xml_out_open(xml, "creator");
    kith_xml_out_text(xml, tool);
    kith_xml_out_close(xml);
    if (kith_document_title(document)) {
        kith_xml_out_open(xml, "description");
        kith_xml_out_text(xml, kith_document_title(document));
        kith_xml_out_close(xml);
    }
    kith_xml_out_close(xml);
}

static kith_status
write_gexf(const kith_document *document, kith_sink *sink, kith_error *err)
{
    const kith_graph *graph = kith_document_graph(document);
    g_autoptr(kith_keys) keys = NULL;
    g_autoptr(kith_xml_out) xml = NULL;

    if (!graph)
        return kith_fail(err, KITH_ERR_ARGUMENT, "GEXF needs a graph and this document has none");
    keys = kith_keys_new(document);
    xml = kith_xml_out_new(sink);
    kith_xml_out_open(xml, "gexf");
    kith_xml_out_attribute(xml, "xmlns", "http://www.gexf.net/1.2draft");
    kith_xml_out_attribute(xml, "xmlns:viz", "http://www.gexf.net/1.2draft/viz");
    kith_xml_out_attribute(xml, "version", "1.2");
    write_meta(xml, document);
    write_graph(xml, keys, graph);
    kith_xml_out_close(xml);
    kith_xml_out_finish(xml);
    return KITH_OK;
}

const kith_report kith_report_gexf = {
    .name = "gexf",
    .summary = "the graph with the dates of its ties, for Gephi",
    .extension = "gexf",
    .needs_graph = true,
    .write = write_gexf,
};
