/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graphml - nodes, edges and typed attributes, as igraph, NetworkX, Gephi, yEd, NodeXL and kith itself write them.
 *
 * What GraphML has and a graph of people has not (nested graphs, hyperedges, ports) is said, not swallowed.
 */
#include "base/base.h"
#include "base/xml.h"
#include "graphml_plain.h"
#include <kith/importer.h>
#include <string.h>

struct reader {
    kith_source *source;
    kith_xml *xml;
    kith_graphml *graph;
    bool directed; /* edgedefault of the graph being read */
    int seen;      /* top-level ones */
    bool told_ports, told_nested;
};

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    if (!g_strstr_len(head, (gssize)MIN(length, 4096), "<graphml"))
        return 0;
    return 95;
}

/* Puts the text of the element that has just started into out, and reads past its end. */
static kith_status
read_text(struct reader *r, GString *out, kith_error *err)
{
    kith_xml_event event;
    int depth = 0;

    g_string_truncate(out, 0);
    for (;;) {
        TRY(kith_xml_next(r->xml, &event, err));
        if (event.kind == KITH_XML_TEXT)
            g_string_append(out, event.text);
        else if (event.kind == KITH_XML_START)
            depth++;
        else if (event.kind == KITH_XML_EOF || depth-- == 0)
            return KITH_OK;
    }
}

static kith_status
read_key(struct reader *r, kith_error *err)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *id = kith_xml_attribute(r->xml, "id");
    kith_graphml_key *key;
    kith_xml_event event;

    if (!id)
        return kith_source_fail(r->source, err, "a key without an id");
    key = kith_graphml_key_new(id, kith_xml_attribute(r->xml, "attr.name"),
                               kith_xml_attribute(r->xml, "attr.type"),
                               kith_xml_attribute(r->xml, "for"));
    kith_graphml_add_key(r->graph, key);
    for (;;) {
        TRY(kith_xml_next(r->xml, &event, err));
        if (event.kind == KITH_XML_END || event.kind == KITH_XML_EOF)
            return KITH_OK;
        if (event.kind != KITH_XML_START)
            continue;
        TRY(read_text(r, text, err));
        if (!key->fallback)
            key->fallback = g_strdup(g_strstrip(text->str));
    }
}

static kith_status
read_data(struct reader *r, GString *text, kith_error *err)
{
    const char *id = kith_xml_attribute(r->xml, "key");
    const kith_graphml_key *key = kith_graphml_find_key(r->graph, id);

    if (!key) {
        kith_source_warn(r->source, "a value for the undeclared key '%s' left out", id ? id : "");
        return kith_xml_skip(r->xml, err);
    }
    TRY(read_text(r, text, err));
    kith_graphml_value(r->graph, key, text->str);
    return KITH_OK;
}

static kith_status read_graph(struct reader *r, kith_error *err);

/* What a node or an edge may hold besides data. */
static kith_status
read_other(struct reader *r, const char *name, kith_error *err)
{
    if (strcmp(name, "graph") == 0) {
        if (!r->told_nested)
            kith_source_warn(r->source, "a graph within a node: its nodes are read, that they "
                                        "belong together is not kept");
        r->told_nested = true;
        return read_graph(r, err);
    }
    if (strcmp(name, "port") == 0 && !r->told_ports) {
        kith_source_warn(r->source, "ports are left out: edges end at their nodes");
        r->told_ports = true;
    }
    return kith_xml_skip(r->xml, err);
}

/* The data of the element that has started, up to its end. A nested graph comes after the node it is in. */
static kith_status
read_values(struct reader *r, bool *nested, kith_error *err)
{
    g_autoptr(GString) text = g_string_new(NULL);
    kith_xml_event event;

    for (;;) {
        TRY(kith_xml_next(r->xml, &event, err));
        if (event.kind == KITH_XML_END || event.kind == KITH_XML_EOF)
            return KITH_OK;
        if (event.kind != KITH_XML_START)
            continue;
        if (strcmp(event.name, "data") == 0) {
            TRY(read_data(r, text, err));
        } else if (nested && strcmp(event.name, "graph") == 0) {
            *nested = true;
            return KITH_OK;
        } else {
            TRY(read_other(r, event.name, err));
        }
    }
}

static kith_status
read_node(struct reader *r, int64_t line, kith_error *err)
{
    g_autofree char *id = g_strdup(kith_xml_attribute(r->xml, "id"));
    bool nested = false;

    TRY(read_values(r, &nested, err));
    TRY(kith_graphml_node(r->graph, id, line, err));
    if (!nested)
        return KITH_OK;
    TRY(read_other(r, "graph", err));
    TRY(read_values(r, NULL, err));
    return KITH_OK;
}

static kith_status
read_edge(struct reader *r, int64_t line, kith_error *err)
{
    g_autofree char *from = g_strdup(kith_xml_attribute(r->xml, "source"));
    g_autofree char *to = g_strdup(kith_xml_attribute(r->xml, "target"));
    const char *word = kith_xml_attribute(r->xml, "directed");
    bool directed = word ? strcmp(word, "true") == 0 || strcmp(word, "1") == 0 : r->directed;
    bool ports =
        kith_xml_attribute(r->xml, "sourceport") || kith_xml_attribute(r->xml, "targetport");

    if (ports && !r->told_ports) {
        kith_source_warn(r->source, "ports are left out: edges end at their nodes");
        r->told_ports = true;
    }
    TRY(read_values(r, NULL, err));
    return kith_graphml_edge(r->graph, from, to, directed, line, err);
}

static kith_status
read_element(struct reader *r, const kith_xml_event *event, kith_error *err)
{
    int64_t line = event->line;

    if (strcmp(event->name, "node") == 0)
        return read_node(r, line, err);
    if (strcmp(event->name, "edge") == 0)
        return read_edge(r, line, err);
    if (strcmp(event->name, "hyperedge") == 0) {
        kith_source_record(r->source);
        kith_source_hold(r->source, "a hyperedge: ties have two ends");
    }
    return kith_xml_skip(r->xml, err); /* the graph's own data, descriptions */
}

/* A <graph> that has started, up to its end. */
static kith_status
read_graph(struct reader *r, kith_error *err)
{
    const char *fallback = kith_xml_attribute(r->xml, "edgedefault");
    bool outer = r->directed;
    kith_xml_event event;

    r->directed = fallback ? strcmp(fallback, "directed") == 0 : r->directed;
    for (;;) {
        TRY(kith_xml_next(r->xml, &event, err));
        if (event.kind == KITH_XML_END || event.kind == KITH_XML_EOF)
            break;
        if (event.kind == KITH_XML_START)
            TRY(read_element(r, &event, err));
    }
    r->directed = outer;
    return KITH_OK;
}

static kith_status
read_document(struct reader *r, kith_error *err)
{
    kith_xml_event event;

    do {
        TRY(kith_xml_next(r->xml, &event, err));
        if (event.kind != KITH_XML_START || event.depth == 0)
            continue;
        if (strcmp(event.name, "key") == 0) {
            TRY(read_key(r, err));
        } else if (strcmp(event.name, "graph") == 0) {
            if (r->seen++ == 1)
                kith_source_warn(r->source, "several graphs in one file: read as one");
            TRY(read_graph(r, err));
        } else {
            TRY(kith_xml_skip(r->xml, err));
        }
    } while (event.kind != KITH_XML_EOF);
    return kith_graphml_finish(r->graph, err);
}

static kith_status
read_graphml(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    static const kith_import_options none = {0};
    const kith_import_options *chosen = options ? options : &none;
    g_autoptr(kith_xml) xml = NULL;
    g_autoptr(kith_graphml) graph = NULL;
    struct reader r = {.source = source, .directed = chosen->directed};
    bool done;

    TRY(kith_graphml_plain_read(source, chosen, into, &done, err));
    if (done)
        return KITH_OK;
    r.xml = xml = kith_xml_new(source);
    r.graph = graph = kith_graphml_new(source, chosen, into);
    return read_document(&r, err);
}

const kith_importer kith_importer_graphml = {
    .name = "graphml",
    .summary = "GraphML: nodes, edges and their attributes, directed or not",
    .extensions = "graphml xml",
    .probe = probe,
    .read = read_graphml,
};
