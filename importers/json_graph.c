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
#include "graph_file.h"
#include "json_layout.h"
#include "json_walk.h"
#include <kith/importer.h>
#include <string.h>

struct graph {
    kith_graph_file *file;
    kith_walk *json;
    bool directed, said_direction;
    GArray *nodes, *edges;  /* offsets of the lists */
    GPtrArray *ids;         /* of the nodes, by position */
    GHashTable *by_name;    /* of nodes without ids: name -> position + 1 */
    GHashTable *skipped;
    bool numbered, named;   /* some node has no id; some has one */
    bool whole_ids;         /* some id is a number: then a number is an id, not a position */
};

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return kith_json_layout_probe(head, length) == KITH_JSON_LAYOUT_GRAPH ? 92 : 0;
}

/* --- where things are ----------------------------------------------------------------------- */

static void
note(kith_walk *json, GArray *offsets)
{
    kith_walk_peek(json);
    g_array_append_val(offsets, json->at);
}

static kith_status
read_directed(struct graph *g, kith_error *err)
{
    g_autoptr(json_t) value = NULL;

    TRY(kith_walk_value(g->json, &value, err));
    if (!json_is_boolean(value))
        return kith_source_fail(g->json->source, err, "'directed' is no truth value "
                                                      "(expected true or false)");
    g->directed = json_is_true(value);
    g->said_direction = true;
    return KITH_OK;
}

/* Notes where the lists of nodes and ties of an object are; "elements" is entered. */
static kith_status
survey(struct graph *g, bool inner, kith_error *err)
{
    bool first = true;
    g_autofree char *key = NULL;

    TRY(kith_walk_take(g->json, '{', err));
    for (;;) {
        g_clear_pointer(&key, g_free);
        TRY(kith_walk_key(g->json, &first, &key, err));
        if (!key)
            return KITH_OK;
        if (!inner && strcmp(key, "elements") == 0 && kith_walk_peek(g->json) == '{') {
            TRY(survey(g, true, err));
            continue;
        }
        if (!inner && strcmp(key, "directed") == 0) {
            TRY(read_directed(g, err));
            continue;
        }
        if (strcmp(key, "nodes") == 0) {
            note(g->json, g->nodes);
        } else if (strcmp(key, "links") == 0 || strcmp(key, "edges") == 0) {
            note(g->json, g->edges);
        } else if (!inner && strcmp(key, "elements") == 0) {
            note(g->json, g->nodes);
            note(g->json, g->edges);
        } else {
            g_autoptr(json_t) value = NULL;

            TRY(kith_walk_value(g->json, &value, err));
            continue;
        }
        TRY(kith_walk_skip(g->json, err));
    }
}

/* --- nodes ---------------------------------------------------------------------------------- */

/* Notes all that an object says, but for objects in it. */
static void
say_all(struct graph *g, json_t *object)
{
    const char *key;
    json_t *value;

    kith_graph_file_hush(g->file);
    json_object_foreach(object, key, value)
    {
        g_autofree char *text = json_is_object(value) ? NULL : kith_walk_text(value);

        if (text)
            kith_graph_file_say(g->file, key, text);
        else if (json_is_object(value) && !g_str_equal(key, "source") &&
                 !g_str_equal(key, "target") && g_hash_table_add(g->skipped, g_strdup(key)))
            kith_source_warn(g->json->source, "objects called '%s' are left out", key);
    }
}

static kith_status
mixed(struct graph *g, kith_error *err)
{
    return kith_source_fail(g->json->source, err,
                            "a node %s an id among others (expected all or none to have one)",
                            g->named ? "without" : "with");
}

/* A node may be an object, a Cytoscape element around one, or its id alone. */
static kith_status
read_node(struct graph *g, json_t *item, kith_error *err)
{
    json_t *object = json_is_object(json_object_get(item, "data")) ? json_object_get(item, "data")
                                                                   : item;
    json_t *id = json_is_object(object) ? json_object_get(object, "id") : object;
    g_autofree char *text = kith_walk_text(id);

    if (json_is_object(object))
        say_all(g, object);
    if (text ? g->numbered : g->named)
        return mixed(g, err);
    g->named |= text != NULL;
    g->numbered |= text == NULL;
    g->whole_ids |= json_is_integer(id);
    if (!text) {
        const char *name = kith_graph_file_said(g->file, "name");

        text = g_strdup_printf("%u", g->ids->len);
        if (name && !g_hash_table_contains(g->by_name, name))
            g_hash_table_insert(g->by_name, g_strdup(name), GUINT_TO_POINTER(g->ids->len + 1));
    }
    g_ptr_array_add(g->ids, g_strdup(text));
    return kith_graph_file_declare(g->file, text, NULL, NULL, err);
}

/* --- ties ----------------------------------------------------------------------------------- */

/* What a tie calls one of its ends: an id, a position, a name, or the node itself. */
static const char *
resolve(const struct graph *g, const json_t *end, const char *text)
{
    bool whole = json_is_integer(end);
    json_int_t at = json_integer_value(end);
    guint named;

    if (!g->numbered && (kith_graph_file_knows(g->file, text) || !whole || g->whole_ids))
        return text;
    if (whole)
        return at >= 0 && at < (json_int_t)g->ids->len ? g->ids->pdata[at] : NULL;
    named = GPOINTER_TO_UINT(g_hash_table_lookup(g->by_name, text));
    return named ? g->ids->pdata[named - 1] : NULL;
}

static kith_status
read_end(struct graph *g, json_t *object, const char *key, const char *other, kith_mention *out,
         kith_error *err)
{
    json_t *end = json_object_get(object, key) ? json_object_get(object, key)
                                               : json_object_get(object, other);
    g_autofree char *text = NULL;
    const char *id;

    if (json_is_object(end))
        end = json_object_get(end, "id") ? json_object_get(end, "id")
                                         : json_object_get(end, "index");
    text = kith_walk_text(end);
    if (!text)
        return kith_source_fail(g->json->source, err, "a tie without '%s' (expected one)", key);
    id = resolve(g, end, text);
    if (!id)
        return kith_source_fail(g->json->source, err,
                                "'%s' is %s (expected a position, 0 to %d, or a name)", key, text,
                                (int)g->ids->len - 1);
    *out = kith_graph_file_refer(g->file, id);
    return KITH_OK;
}

static kith_status
read_tie(struct graph *g, json_t *item, kith_error *err)
{
    json_t *object = json_is_object(json_object_get(item, "data")) ? json_object_get(item, "data")
                                                                   : item;
    json_t *directed = json_object_get(object, "directed");
    kith_fact fact = KITH_FACT_INIT;

    if (!json_is_object(object))
        return kith_source_fail(g->json->source, err, "a tie that is no object (expected {…})");
    say_all(g, object);
    fact.kind = KITH_TIE;
    TRY(read_end(g, object, "source", "from", &fact.from, err));
    TRY(read_end(g, object, "target", "to", &fact.to, err));
    fact.undirected =
        json_is_boolean(directed) ? !json_is_true(directed)
        : g->said_direction       ? !g->directed
                                  : kith_graph_file_undirected(g->file, true);
    return kith_graph_file_said_tie(g->file, &fact, "source target from to id index directed",
                                    err);
}

/* Whether an element of a mixed Cytoscape list is a tie. */
static bool
is_tie(json_t *item)
{
    const char *group = json_string_value(json_object_get(item, "group"));

    return group ? strcmp(group, "edges") == 0
                 : json_object_get(json_object_get(item, "data"), "source") != NULL;
}

static kith_status
read_list(struct graph *g, size_t offset, bool ties, bool both, kith_error *err)
{
    bool first = true, more;

    g->json->at = offset;
    TRY(kith_walk_take(g->json, '[', err));
    for (;;) {
        g_autoptr(json_t) item = NULL;

        TRY(kith_walk_item(g->json, &first, &more, err));
        if (!more)
            return KITH_OK;
        TRY(kith_walk_value(g->json, &item, err));
        if (both && is_tie(item) != ties)
            continue;
        TRY(ties ? read_tie(g, item, err) : read_node(g, item, err));
    }
}

static kith_status
read_all(struct graph *g, kith_error *err)
{
    bool both = false;

    TRY(survey(g, false, err));
    TRY(kith_walk_end(g->json, err));
    if (g->nodes->len == 0) {
        kith_walk_place(g->json, 0);
        return kith_source_fail(g->json->source, err, "no list of nodes (expected \"nodes\")");
    }
    for (guint i = 0; i < g->nodes->len; i++)
        for (guint j = 0; j < g->edges->len; j++)
            both |= g_array_index(g->nodes, size_t, i) == g_array_index(g->edges, size_t, j);
    for (guint i = 0; i < g->nodes->len; i++)
        TRY(read_list(g, g_array_index(g->nodes, size_t, i), false, both, err));
    for (guint i = 0; i < g->edges->len; i++)
        TRY(read_list(g, g_array_index(g->edges, size_t, i), true, both, err));
    return kith_graph_file_finish(g->file, err);
}

static kith_status
read_json_graph(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_walk) json = {0};
    g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct graph g = {.file = &file,
                      .json = &json,
                      .nodes = nodes,
                      .edges = edges,
                      .ids = ids,
                      .by_name = names,
                      .skipped = skipped};

    kith_graph_file_init(&file, source, options, into);
    file.declares = true;
    TRY(kith_walk_init(&json, source, err));
    return read_all(&g, err);
}

const kith_importer kith_importer_json_graph = {
    .name = "json-graph",
    .summary = "node-link lists of networkx and d3, Cytoscape.js",
    .extensions = "json cyjs",
    .probe = probe,
    .read = read_json_graph,
};
