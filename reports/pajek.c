/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pajek - the document's graph as a network of Pajek.
 *
 *     *Vertices 3
 *     1 "Ann Lee" 0.120000 0.340000 ellipse
 *     *Arcs
 *     1 2 1 l "referred"
 *
 * Ties without a direction are edges, the others arcs; their kind is a label, since relations of their
 * own are more than igraph reads. Pajek knows a name, a place, a shape, a label and one number a tie:
 * all else is in the other formats. It has no way to write a quotation mark or a line break in a
 * name, so those become ' and a blank.
 */
#include "base/base.h"
#include "base/number.h"
#include "reports/keys.h"
#include <kith/kith.h>
#include <string.h>

static void
put_name(GString *out, const char *name)
{
    g_string_append_c(out, '"');
    for (const char *p = name; *p; p++)
        g_string_append_c(out, *p == '"' ? '\'' : (guchar)*p < ' ' ? ' ' : *p);
    g_string_append_c(out, '"');
}

static const kith_key *
key_of(const kith_keys *keys, const char *name)
{
    for (guint i = 0; i < keys->nodes->len; i++) {
        const kith_key *key = keys->nodes->pdata[i];

        if (key->source == KITH_NODE_COMPUTED && strcmp(key->name, name) == 0)
            return key;
    }
    return NULL;
}

static void
put_place(GString *out, const kith_keys *keys, kith_node node)
{
    static const char *const names[] = {"x_coordinate", "y_coordinate"};
    gsize before = out->len;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const kith_key *key = key_of(keys, names[i]);

        g_string_append_c(out, ' ');
        if (!key || !kith_key_value(keys->graph, key, node, out)) {
            g_string_truncate(out, before);
            return;
        }
    }
}

static void
write_vertices(const kith_keys *keys, kith_sink *sink)
{
    static const char *const shapes[KITH_NODE_KINDS] = {"ellipse", "box", "diamond", "triangle"};
    g_autoptr(GString) line = g_string_new(NULL);

    kith_sink_printf(sink, "*Vertices %" G_GINT64_FORMAT "\n", kith_graph_nodes(keys->graph));
    for (kith_node node = 0; node < kith_graph_nodes(keys->graph); node++) {
        g_string_printf(line, "%" G_GINT64_FORMAT " ", node + 1);
        put_name(line, kith_graph_label(keys->graph, node));
        put_place(line, keys, node);
        g_string_append_printf(line, " %s\n", shapes[kith_graph_kind(keys->graph, node)]);
        kith_sink_write(sink, line->str, line->len);
    }
}

/* The ties that have a direction, or those that have none. */
static void
write_ties(const kith_graph *graph, bool directed, kith_sink *sink)
{
    bool any = false;
    kith_tie tie;

    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        char weight[32];

        kith_graph_tie(graph, i, &tie);
        if (kith_keys_undirected(&tie) == directed)
            continue;
        if (!any)
            kith_sink_text(sink, directed ? "*Arcs\n" : "*Edges\n");
        any = true;
        kith_number_text(tie.weight, weight);
        kith_sink_printf(sink, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s l \"%s\"\n",
                         tie.from + 1, tie.to + 1, weight, kith_tie_kind_name(tie.kind));
    }
}

static kith_status
write_pajek(const kith_document *document, kith_sink *sink, kith_error *err)
{
    const kith_graph *graph = kith_document_graph(document);
    g_autoptr(kith_keys) keys = NULL;

    if (!graph)
        return kith_fail(err, KITH_ERR_ARGUMENT, "Pajek needs a graph and this document has none");
    keys = kith_keys_new(document);
    write_vertices(keys, sink);
    write_ties(graph, true, sink);
    write_ties(graph, false, sink);
    return KITH_OK;
}

const kith_report kith_report_pajek = {
    .name = "pajek",
    .summary = "the graph as a network of Pajek",
    .extension = "net",
    .needs_graph = true,
    .write = write_pajek,
};
