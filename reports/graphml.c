/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graphml - the document's graph with all that is known and computed of it.
 *
 * Written so that igraph, NetworkX, graph-tool, Gephi, NodeXL and Cytoscape open it alike: nodes
 * before ties, readable ids, one kind of direction for the graph with a boolean "undirected" on
 * each tie, keys of five types, and no element for a value that is unknown. What all nodes or ties
 * have in common is their key's default: every reader gives it to each of them, but for NetworkX,
 * which keeps it with the graph (node_default, edge_default).
 */
#include "reports/graphml.h"
#include <kith/kith.h>
#include <string.h>

static const char *const types[] = {
    [KITH_KEY_TEXT] = "string",
    [KITH_KEY_BOOLEAN] = "boolean",
    [KITH_KEY_LONG] = "long",
    [KITH_KEY_DOUBLE] = "double",
};

static void
write_key(kith_xml_out *xml, const char *domain, const char *id, const char *name, const char *type,
          const char *common)
{
    g_autofree char *full = g_strdup_printf("%c_%s", domain[0], id);

    kith_xml_out_open(xml, "key");
    kith_xml_out_attribute(xml, "id", full);
    kith_xml_out_attribute(xml, "for", domain);
    kith_xml_out_attribute(xml, "attr.name", name);
    kith_xml_out_attribute(xml, "attr.type", type);
    if (common) {
        kith_xml_out_open(xml, "default");
        kith_xml_out_text(xml, common);
        kith_xml_out_close(xml);
    }
    kith_xml_out_close(xml);
}

/* A key for what one reader alone understands: without a name or a type, as that reader writes it. */
static void
write_own_key(kith_xml_out *xml, const kith_graphml_looks *looks, bool ties)
{
    kith_xml_out_open(xml, "key");
    kith_xml_out_attribute(xml, "id", ties ? "e_looks" : "n_looks");
    kith_xml_out_attribute(xml, "for", ties ? "edge" : "node");
    kith_xml_out_attribute(xml, looks->mark, ties ? looks->edge_key : looks->node_key);
    kith_xml_out_close(xml);
}

static void
write_keys(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks)
{
    static const char *const about[] = {"title", "tool", "as_of"};

    for (size_t i = 0; i < G_N_ELEMENTS(about); i++)
        write_key(xml, "graph", about[i], about[i], "string", NULL);
    for (int ties = 0; ties < 2; ties++) {
        const GPtrArray *list = ties ? keys->ties : keys->nodes;

        for (guint i = 0; i < list->len; i++) {
            const kith_key *key = list->pdata[i];

            write_key(xml, ties ? "edge" : "node", key->id, key->name, types[key->type],
                      key->common);
        }
        if (looks)
            write_own_key(xml, looks, ties);
    }
}

static void
write_data(kith_xml_out *xml, const char *id, const char *value)
{
    kith_xml_out_open(xml, "data");
    kith_xml_out_attribute(xml, "key", id);
    kith_xml_out_text(xml, value);
    kith_xml_out_close(xml);
}

static void
value_clear(void *value)
{
    kith_xml_form_free(((kith_graphml_value *)value)->form);
}

GArray *
kith_graphml_values(const GPtrArray *keys, char domain)
{
    GArray *values = g_array_new(FALSE, FALSE, sizeof(kith_graphml_value));

    g_array_set_clear_func(values, value_clear);
    for (guint i = 0; i < keys->len; i++) {
        const kith_key *key = keys->pdata[i];
        g_autofree char *id = g_strdup_printf("%c_%s", domain, key->id);
        kith_graphml_value value = {.key = key};

        if (key->common)
            continue;
        value.form = kith_xml_form_new(3, "data", "key", id);
        g_array_append_val(values, value);
    }
    return values;
}

void
kith_graphml_looks_write(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks,
                         bool ties, int64_t element)
{
    if (!looks)
        return;
    kith_xml_out_open(xml, "data");
    kith_xml_out_attribute(xml, "key", ties ? "e_looks" : "n_looks");
    (ties ? looks->edge : looks->node)(xml, keys, element);
    kith_xml_out_close(xml);
}

static void
write_nodes(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) values = kith_graphml_values(keys->nodes, 'n');

    for (kith_node node = 0; node < kith_graph_nodes(keys->graph); node++) {
        kith_xml_out_open(xml, "node");
        kith_xml_out_plain(xml, "id", kith_keys_node(keys, node));
        for (guint i = 0; i < values->len; i++) {
            const kith_graphml_value *v = &g_array_index(values, kith_graphml_value, i);

            g_string_truncate(text, 0);
            if (kith_key_value(keys->graph, v->key, node, text))
                kith_xml_out_form(xml, v->form, text->str, text->len);
        }
        kith_graphml_looks_write(xml, keys, looks, false, node);
        kith_xml_out_close(xml);
    }
}

static void
write_about(kith_xml_out *xml, const kith_document *document)
{
    kith_time as_of = kith_graph_as_of(kith_document_graph(document));
    g_autofree char *tool = g_strdup_printf("kith %s", kith_version());
    char text[32];

    if (kith_document_title(document))
        write_data(xml, "g_title", kith_document_title(document));
    write_data(xml, "g_tool", tool);
    if (as_of != KITH_TIME_NONE)
        write_data(xml, "g_as_of", kith_time_text(as_of, KITH_PRECISION_DAY, text));
}

kith_status
kith_graphml_write(const kith_document *document, const kith_graphml_looks *looks, kith_sink *sink,
                   kith_error *err)
{
    const kith_graph *graph = kith_document_graph(document);
    g_autoptr(kith_keys) keys = NULL;
    g_autoptr(kith_xml_out) xml = NULL;

    if (!graph)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "GraphML needs a graph and this document has none");
    keys = kith_keys_new(document);
    xml = kith_xml_out_new(sink);
    kith_xml_out_open(xml, "graphml");
    kith_xml_out_attribute(xml, "xmlns", "http://graphml.graphdrawing.org/xmlns");
    kith_xml_out_attribute(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    kith_xml_out_attribute(xml, "xsi:schemaLocation",
                           "http://graphml.graphdrawing.org/xmlns "
                           "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd");
    if (looks)
        kith_xml_out_attribute(xml, looks->prefix, looks->space);
    write_keys(xml, keys, looks);
    kith_xml_out_open(xml, "graph");
    kith_xml_out_attribute(xml, "id", "G");
    kith_xml_out_attribute(xml, "edgedefault", keys->directed ? "directed" : "undirected");
    write_about(xml, document);
    write_nodes(xml, keys, looks);
    kith_graphml_write_ties(xml, keys, looks);
    kith_xml_out_close(xml);
    kith_xml_out_close(xml);
    kith_xml_out_finish(xml);
    return KITH_OK;
}

static kith_status
write_graphml(const kith_document *document, kith_sink *sink, kith_error *err)
{
    return kith_graphml_write(document, NULL, sink, err);
}

const kith_report kith_report_graphml = {
    .name = "graphml",
    .summary = "the graph with every value, for Gephi, igraph, NetworkX",
    .extension = "graphml",
    .needs_graph = true,
    .write = write_graphml,
};
