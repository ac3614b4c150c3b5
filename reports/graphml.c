/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graphml - the document's graph with all that is known and computed of it.
 *
 * Written so that igraph, NetworkX, graph-tool, Gephi, NodeXL and Cytoscape open it alike: nodes
 * before ties, readable ids, one kind of direction for the graph with a boolean "undirected" on
 * each tie, keys of five types without defaults, and no element for a value that is unknown.
 */
#include "reports/graphml.h"
#include "base/big.h"
#include "base/number.h"
#include <kith/kith.h>
#include <string.h>

#define AHEAD 32 /* ties whose ids come into the cache while others are written */

static const char *const types[] = {
    [KITH_KEY_TEXT] = "string",
    [KITH_KEY_BOOLEAN] = "boolean",
    [KITH_KEY_LONG] = "long",
    [KITH_KEY_DOUBLE] = "double",
};

static void
write_key(kith_xml_out *xml, const char *domain, const char *id, const char *name, const char *type)
{
    g_autofree char *full = g_strdup_printf("%c_%s", domain[0], id);

    kith_xml_out_open(xml, "key");
    kith_xml_out_attribute(xml, "id", full);
    kith_xml_out_attribute(xml, "for", domain);
    kith_xml_out_attribute(xml, "attr.name", name);
    kith_xml_out_attribute(xml, "attr.type", type);
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
        write_key(xml, "graph", about[i], about[i], "string");
    for (int ties = 0; ties < 2; ties++) {
        const GPtrArray *list = ties ? keys->ties : keys->nodes;

        for (guint i = 0; i < list->len; i++) {
            const kith_key *key = list->pdata[i];

            write_key(xml, ties ? "edge" : "node", key->id, key->name, types[key->type]);
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

/* How the values of each key are written. */
static GPtrArray *
forms_of(const GPtrArray *list, char domain)
{
    GPtrArray *forms = g_ptr_array_new_with_free_func(kith_xml_form_free);

    for (guint i = 0; i < list->len; i++) {
        const kith_key *key = list->pdata[i];
        g_autofree char *id = g_strdup_printf("%c_%s", domain, key->id);

        g_ptr_array_add(forms, kith_xml_form_new("data", "key", id));
    }
    return forms;
}

static void
write_looks(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks, bool ties,
            int64_t element)
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
    g_autoptr(GPtrArray) forms = forms_of(keys->nodes, 'n');

    for (kith_node node = 0; node < kith_graph_nodes(keys->graph); node++) {
        kith_xml_out_open(xml, "node");
        kith_xml_out_plain(xml, "id", keys->ids->pdata[node]);
        for (guint i = 0; i < forms->len; i++) {
            g_string_truncate(text, 0);
            if (kith_key_value(keys->graph, keys->nodes->pdata[i], node, text))
                kith_xml_out_form(xml, forms->pdata[i], text->str, text->len);
        }
        write_looks(xml, keys, looks, false, node);
        kith_xml_out_close(xml);
    }
}

/* A key of ties; when two had the same value, its line is kept for those that have it as well. */
struct written {
    const kith_key *key;
    kith_xml_form *form;
    GString *line;
    bool kept; /* the line is that of the tie before; empty when it had no value */
};

static void
write_value(kith_xml_out *xml, const kith_graph *graph, struct written *w, int64_t i,
            const kith_tie *tie, bool same, GString *scratch)
{
    if (!same || !w->kept) {
        bool known;

        g_string_truncate(scratch, 0);
        g_string_truncate(w->line, 0);
        known = kith_key_tie_value(graph, w->key, i, tie, scratch);
        if (known && !same)
            kith_xml_out_form(xml, w->form, scratch->str, scratch->len);
        else if (known)
            kith_xml_out_form_line(xml, w->form, scratch->str, scratch->len, w->line);
        w->kept = same;
    }
    if (same)
        kith_xml_out_line(xml, w->line->str, w->line->len);
}

/* The ids of all nodes one behind the other: ties look them up in no order. */
typedef struct tokens {
    char *text;
    size_t *start; /* node -> its id; one more at the end */
} tokens;

static void
tokens_clear(tokens *ids)
{
    kith_big_free(ids->text);
    kith_big_free(ids->start);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(tokens, tokens_clear)

static void
tokens_init(tokens *ids, const GPtrArray *all)
{
    size_t n = all->len, total = 0;

    ids->start = kith_big_need(KITH_RAW(size_t, n + 1), n + 1, sizeof *ids->start);
    for (size_t i = 0; i < n; i++) {
        ids->start[i] = total;
        total += strlen(all->pdata[i]);
    }
    ids->start[n] = total;
    ids->text = kith_big_need(KITH_RAW(char, total), total, 1);
    for (size_t i = 0; i < n; i++)
        memcpy(ids->text + ids->start[i], all->pdata[i], ids->start[i + 1] - ids->start[i]);
}

/* Brings the ids of some ties into the cache. */
static void
tokens_fetch(const tokens *ids, const kith_tie *tie, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        __builtin_prefetch(&ids->start[tie[i].to]);
    for (int64_t i = 0; i < n; i++)
        __builtin_prefetch(ids->text + ids->start[tie[i].to]);
}

static void
write_tie_head(kith_xml_out *xml, const kith_xml_head *head, const tokens *ids, int64_t i,
               const kith_tie *tie)
{
    char id[40] = "e";
    const char *value[] = {id, ids->text + ids->start[tie->from], ids->text + ids->start[tie->to]};
    size_t length[] = {0, ids->start[tie->from + 1] - ids->start[tie->from],
                       ids->start[tie->to + 1] - ids->start[tie->to]};

    kith_number_text((double)i, id + 1);
    length[0] = strlen(id);
    kith_xml_out_head(xml, head, value, length);
}

/* One tie. @param before NULL for the first: what is as in the tie before is not written anew but copied */
static void
write_tie(kith_xml_out *xml, const kith_graph *graph, struct written *list, guint n, int64_t i,
          const kith_tie *tie, const kith_tie *before, GString *scratch)
{
    for (guint k = 0; k < n; k++)
        write_value(xml, graph, &list[k], i, tie,
                    before && kith_key_tie_same(list[k].key, tie, before), scratch);
}

static void
write_each_tie(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks,
               struct written *list, guint n)
{
    static const char *const attributes[] = {"id", "source", "target", NULL};
    g_autoptr(GString) scratch = g_string_new(NULL);
    g_auto(kith_xml_head) head = {0};
    g_auto(tokens) ids = {0};
    int64_t ties = kith_graph_ties(keys->graph);
    kith_tie tie[1 + AHEAD]; /* the first is the last of those before */

    tokens_init(&ids, keys->ids);
    kith_xml_head_init(&head, "edge", attributes);
    for (int64_t first = 0, end; first < ties; first = end) {
        end = MIN(first + AHEAD, ties);
        for (int64_t i = first; i < end; i++)
            kith_graph_tie(keys->graph, i, &tie[1 + i - first]);
        tokens_fetch(&ids, tie + 1, end - first);
        for (int64_t i = first; i < end; i++) {
            const kith_tie *this = &tie[1 + i - first];

            write_tie_head(xml, &head, &ids, i, this);
            write_tie(xml, keys->graph, list, n, i, this, i ? this - 1 : NULL, scratch);
            write_looks(xml, keys, looks, true, i);
            kith_xml_out_close(xml);
        }
        tie[0] = tie[end - first];
    }
}

static void
write_ties(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks)
{
    g_autoptr(GPtrArray) forms = forms_of(keys->ties, 'e');
    g_autofree struct written *list = g_new(struct written, forms->len + 1);

    for (guint k = 0; k < forms->len; k++)
        list[k] = (struct written){
            .key = keys->ties->pdata[k], .form = forms->pdata[k], .line = g_string_new(NULL)};
    write_each_tie(xml, keys, looks, list, forms->len);
    for (guint k = 0; k < forms->len; k++)
        g_string_free(list[k].line, TRUE);
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
    kith_xml_out_attribute(xml, "edgedefault",
                           kith_keys_directed(graph) ? "directed" : "undirected");
    write_about(xml, document);
    write_nodes(xml, keys, looks);
    write_ties(xml, keys, looks);
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
