/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json-graph - graphs in JSON: node-link lists of networkx and d3, Cytoscape.js.
 *
 *     {"directed": false, "nodes": [{"id": "a", "label": "Ann"}, …],
 *      "links": [{"source": "a", "target": "b", "weight": 2}, …]}       networkx, "edges" from 3.6 on
 *     {"nodes": [{"name": "Ann"}, …], "links": [{"source": 0, …}]}      d3: positions, ids or nodes
 *     {"elements": {"nodes": [{"data": {"id": "a"}}], "edges": [{"data": {"source": "a", …}}]}}
 *
 * Objects within a node or tie (positions, styles) are left out, told once for each name.
 */
#include "base/json.h"
#include "graph_file.h"
#include "json_layout.h"
#include "scan.h"
#include <string.h>

struct graph {
    kith_graph_file *file;
    kith_json_file *json;
    bool directed, said_direction;
    GPtrArray *ids;       /* of the nodes, by position */
    GHashTable *by_name;  /* of nodes without ids: name -> position + 1 */
    GHashTable *skipped;  /* keys of objects that were left out */
    bool numbered, named; /* some node has no id; some has one */
    bool whole_ids;       /* some id is a number: then a number is an id, not a position */
};

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return kith_json_layout_probe(head, length) == KITH_JSON_LAYOUT_GRAPH ? 92 : 0;
}

/* Notes all that an object says, but for objects in it. */
static void
say_all(struct graph *g, const kith_json_value *object)
{
    const kith_json_value *value;
    const char *key;
    void *at = NULL;

    kith_graph_file_hush(g->file);
    while ((value = kith_json_next(object, &at, &key)) != NULL) {
        g_autofree char *text = kith_json_is_object(value) ? NULL : kith_json_as_text(value);

        if (text)
            kith_graph_file_say(g->file, key, text);
        else if (kith_json_is_object(value) && strcmp(key, "source") != 0 &&
                 strcmp(key, "target") != 0 && g_hash_table_add(g->skipped, g_strdup(key)))
            kith_source_warn(g->file->source, "objects called '%s' are left out", key);
    }
}

/* Cytoscape keeps what is said in "data". */
static const kith_json_value *
data_of(const kith_json_value *item)
{
    const kith_json_value *data = kith_json_get(item, "data");

    return kith_json_is_object(data) ? data : item;
}

/* --- nodes ---------------------------------------------------------------------------------- */

/* A node's position is its id, and its name may be what ties call it. */
static char *
numbered_id(struct graph *g)
{
    const char *name = kith_graph_file_said(g->file, "name");

    if (name && !g_hash_table_contains(g->by_name, name))
        g_hash_table_insert(g->by_name, g_strdup(name), GUINT_TO_POINTER(g->ids->len + 1));
    return g_strdup_printf("%u", g->ids->len);
}

/* A node is an object, or its id alone. */
static kith_status
read_node(struct graph *g, const kith_json_value *item, kith_error *err)
{
    const kith_json_value *object = data_of(item);
    const kith_json_value *id = kith_json_is_object(object) ? kith_json_get(object, "id") : object;
    g_autofree char *text = kith_json_as_text(id);

    kith_graph_file_hush(g->file);
    if (kith_json_is_object(object))
        say_all(g, object);
    if (text && *text == '\0')
        g_clear_pointer(&text, g_free);
    if (text ? g->numbered : g->named)
        return kith_source_fail(g->file->source, err,
                                "a node %s an id (expected all nodes to have one, or none)",
                                text ? "with" : "without");
    g->named |= text != NULL;
    g->numbered |= text == NULL;
    g->whole_ids |= kith_json_is_whole(id);
    if (!text)
        text = numbered_id(g);
    g_ptr_array_add(g->ids, g_strdup(text));
    return kith_graph_file_declare(g->file, text, NULL, NULL, err);
}

/* --- ties ----------------------------------------------------------------------------------- */

/* What a tie calls one of its ends: an id, a position, a name, or the node itself. */
static const char *
resolve(const struct graph *g, const kith_json_value *end, const char *text)
{
    guint named;
    int64_t at;

    if (!g->numbered &&
        (g->whole_ids || !kith_json_is_whole(end) || kith_graph_file_knows(g->file, text)))
        return text;
    if (kith_json_is_whole(end))
        return kith_scan_whole(text, (int64_t)g->ids->len - 1, &at) ? g->ids->pdata[at] : NULL;
    named = GPOINTER_TO_UINT(g_hash_table_lookup(g->by_name, text));
    return named ? g->ids->pdata[named - 1] : NULL;
}

static kith_status
read_end(struct graph *g, const kith_json_value *object, const char *key, const char *other,
         kith_mention *out, kith_error *err)
{
    const kith_json_value *end = kith_json_get(object, key), *inner;
    g_autofree char *text = NULL;
    const char *id;

    end = end ? end : kith_json_get(object, other);
    if (kith_json_is_object(end)) {
        inner = kith_json_get(end, "id");
        end = inner ? inner : kith_json_get(end, "index");
    }
    text = kith_json_as_text(end);
    if (!text)
        return kith_source_fail(g->file->source, err, "a tie without '%s' (expected one)", key);
    id = resolve(g, end, text);
    if (!id)
        return kith_source_fail(g->file->source, err,
                                "'%s' is %s (expected a position, 0 to %d, or a name)", key, text,
                                (int)g->ids->len - 1);
    *out = kith_graph_file_refer(g->file, id);
    return KITH_OK;
}

static kith_status
read_tie(struct graph *g, const kith_json_value *item, kith_error *err)
{
    const kith_json_value *object = data_of(item);
    kith_fact fact = KITH_FACT_INIT;
    bool directed;

    if (!kith_json_is_object(object))
        return kith_source_fail(g->file->source, err, "a tie that is no object (expected {…})");
    say_all(g, object);
    fact.kind = KITH_TIE;
    TRY(read_end(g, object, "source", "from", &fact.from, err));
    TRY(read_end(g, object, "target", "to", &fact.to, err));
    if (kith_json_truth(kith_json_get(object, "directed"), &directed))
        fact.undirected = !directed;
    else
        fact.undirected =
            g->said_direction ? !g->directed : kith_graph_file_undirected(g->file, true);
    return kith_graph_file_said_tie(g->file, &fact, "source target from to id index directed", err);
}

/* --- lists ---------------------------------------------------------------------------------- */

/* Whether an element of Cytoscape's mixed list is a tie. */
static bool
is_tie(const kith_json_value *item)
{
    const char *group = kith_json_get_string(item, "group");

    return *group ? strcmp(group, "edges") == 0 : kith_json_get(data_of(item), "source") != NULL;
}

/* Reads the nodes, or the ties, of a list. @param mixed it holds both */
static kith_status
read_list(struct graph *g, const kith_json_value *list, bool ties, bool mixed, kith_error *err)
{
    if (list && !kith_json_is_array(list))
        return kith_source_fail(g->file->source, err, "the %s are no list (expected […])",
                                ties ? "ties" : "nodes");
    for (size_t i = 0; i < kith_json_length(list); i++) {
        const kith_json_value *item = kith_json_item(list, i);
        int64_t line = kith_json_line(g->json, item);

        if (line)
            kith_source_at(g->file->source, line, 0);
        if (mixed && is_tie(item) != ties)
            continue;
        TRY(ties ? read_tie(g, item, err) : read_node(g, item, err));
    }
    return KITH_OK;
}

static kith_status
read_root(struct graph *g, kith_error *err)
{
    const kith_json_value *root = kith_json_root(g->json);
    const kith_json_value *elements = kith_json_get(root, "elements");
    const kith_json_value *holder = kith_json_is_object(elements) ? elements : root;
    const kith_json_value *nodes, *ties;
    bool mixed = kith_json_is_array(elements);

    g->said_direction = kith_json_truth(kith_json_get(root, "directed"), &g->directed);
    nodes = mixed ? elements : kith_json_get(holder, "nodes");
    ties = kith_json_get(holder, "links");
    ties = mixed ? elements : ties ? ties : kith_json_get(holder, "edges");
    kith_source_at(g->file->source, 1, 1);
    if (!nodes)
        return kith_source_fail(g->file->source, err, "no list of nodes (expected \"nodes\")");
    TRY(read_list(g, nodes, false, mixed, err));
    TRY(read_list(g, ties, true, mixed, err));
    return kith_graph_file_finish(g->file, err);
}

static kith_status
read_json_graph(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_autoptr(kith_json_file) json = NULL;
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct graph g = {.file = &file, .ids = ids, .by_name = names, .skipped = skipped};

    kith_graph_file_init(&file, source, options, into);
    file.declares = true;
    TRY(kith_json_load(source, KITH_JSON_PLAIN, &json, err));
    g.json = json;
    return read_root(&g, err);
}

const kith_importer kith_importer_json_graph = {
    .name = "json-graph",
    .summary = "node-link lists of networkx and d3, Cytoscape.js",
    .extensions = "json cyjs",
    .probe = probe,
    .read = read_json_graph,
};
