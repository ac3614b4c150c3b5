/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dot - the document's graph in the language of Graphviz, with every value.
 *
 *     digraph kith {
 *       "ann-lee" [label="Ann Lee", kind="person", pos="12,34!"];
 *       "ann-lee" -> "fair" [kind="attended", when="2024-03-01"];
 *     }
 *
 * Places, where the document has them, are fixed with pos, so that `neato -n` draws them as they
 * are. A tie without a direction in a directed graph has dir=none.
 */
#include "base/base.h"
#include "reports/keys.h"
#include <kith/kith.h>
#include <string.h>

/* A quoted string; in labels Graphviz reads entities as well. Broken bytes become U+FFFD, and a control "?". */
static void
put_quoted(GString *out, const char *text, bool label)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    g_string_append_c(out, '"');
    for (const char *p = valid; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        if (*p == '\n')
            g_string_append(out, "\\n");
        else if ((*p > 0 && *p < ' ') || *p == 0x7f)
            g_string_append_c(out, '?');
        else if (*p == '&' && label)
            g_string_append(out, "&amp;");
        else
            g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static const char *
value_of(const kith_keys *keys, const char *name, int64_t node, GString *scratch)
{
    for (guint i = 0; i < keys->nodes->len; i++) {
        const kith_key *key = keys->nodes->pdata[i];

        g_string_truncate(scratch, 0);
        if (key->source == KITH_NODE_COMPUTED && strcmp(key->name, name) == 0 &&
            kith_key_value(keys->graph, key, node, scratch))
            return scratch->str;
    }
    return NULL;
}

static void
put_values(GString *out, const kith_keys *keys, bool ties, int64_t element)
{
    const GPtrArray *list = ties ? keys->ties : keys->nodes;
    g_autoptr(GString) value = g_string_new(NULL);
    const char *before = "";

    for (guint i = 0; i < list->len; i++) {
        const kith_key *key = list->pdata[i];

        g_string_truncate(value, 0);
        if (!kith_key_value(keys->graph, key, element, value))
            continue;
        g_string_append_printf(out, "%s", before);
        put_quoted(out, key->id, false);
        g_string_append_c(out, '=');
        put_quoted(out, value->str, strcmp(key->name, "label") == 0);
        before = ", ";
    }
}

static void
put_position(GString *out, const kith_keys *keys, int64_t node)
{
    g_autoptr(GString) x = g_string_new(NULL), y = g_string_new(NULL);

    if (value_of(keys, "x", node, x) && value_of(keys, "y", node, y))
        g_string_append_printf(out, ", pos=\"%s,%s!\"", x->str, y->str);
}

static void
write_nodes(const kith_keys *keys, kith_sink *sink)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (kith_node node = 0; node < kith_graph_nodes(keys->graph); node++) {
        g_string_assign(line, "  ");
        put_quoted(line, kith_keys_node(keys, node), false);
        g_string_append(line, " [");
        put_values(line, keys, false, node);
        put_position(line, keys, node);
        g_string_append(line, "];\n");
        kith_sink_write(sink, line->str, line->len);
    }
}

static void
write_ties(const kith_keys *keys, kith_sink *sink)
{
    g_autoptr(GString) line = g_string_new(NULL);
    kith_tie tie;

    for (int64_t i = 0; i < kith_graph_ties(keys->graph); i++) {
        kith_graph_tie(keys->graph, i, &tie);
        g_string_assign(line, "  ");
        put_quoted(line, kith_keys_node(keys, tie.from), false);
        g_string_append(line, keys->directed ? " -> " : " -- ");
        put_quoted(line, kith_keys_node(keys, tie.to), false);
        g_string_append(line, " [");
        put_values(line, keys, true, i);
        g_string_append(line,
                        keys->directed && kith_keys_undirected(&tie) ? ", dir=none];\n" : "];\n");
        kith_sink_write(sink, line->str, line->len);
    }
}

static kith_status
write_dot(const kith_document *document, kith_sink *sink, kith_error *err)
{
    const kith_graph *graph = kith_document_graph(document);
    g_autoptr(kith_keys) keys = NULL;

    if (!graph)
        return kith_fail(err, KITH_ERR_ARGUMENT, "DOT needs a graph and this document has none");
    keys = kith_keys_new(document);
    kith_sink_printf(sink, "// kith %s\n%s kith {\n", kith_version(),
                     keys->directed ? "digraph" : "graph");
    write_nodes(keys, sink);
    write_ties(keys, sink);
    kith_sink_text(sink, "}\n");
    return KITH_OK;
}

const kith_report kith_report_dot = {
    .name = "dot",
    .summary = "the graph with every value, for Graphviz",
    .extension = "dot",
    .needs_graph = true,
    .write = write_dot,
};
