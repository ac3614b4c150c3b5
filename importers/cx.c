/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cx - Cytoscape's exchange format, version 1: a list of aspects in any order, each in any number of
 * pieces.
 *
 *     [{"nodes": [{"@id": 0, "n": "Ann"}]}, {"edges": [{"@id": 9, "s": 0, "t": 1, "i": "knows"}]},
 *      {"edgeAttributes": [{"po": 9, "n": "weight", "v": "2"}]}]
 */
#include "base/json.h"
#include "graph_file.h"
#include "json_layout.h"
#include <string.h>

struct cx {
    kith_graph_file *file;
    kith_json_file *json;
    GHashTable *of_edge; /* id -> GPtrArray of key, value, … */
};

typedef kith_status (*item_reader)(struct cx *x, const kith_json_value *item, kith_error *err);

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return kith_json_layout_probe(head, length) == KITH_JSON_LAYOUT_CX ? 95 : 0;
}

/* A member of an item as text; an error when it is not there. */
static kith_status
required(struct cx *x, const kith_json_value *item, const char *key, char **out, kith_error *err)
{
    *out = kith_json_as_text(kith_json_get(item, key));
    return *out
               ? KITH_OK
               : kith_source_fail(x->file->source, err, "an item without '%s' (expected one)", key);
}

static kith_status
read_node(struct cx *x, const kith_json_value *item, kith_error *err)
{
    g_autofree char *id = NULL, *represents = kith_json_as_text(kith_json_get(item, "r"));
    g_autofree char *name = kith_json_as_text(kith_json_get(item, "n"));

    TRY(required(x, item, "@id", &id, err));
    if (represents && *represents)
        kith_graph_file_say(x->file, "represents", represents);
    return kith_graph_file_declare(x->file, id, name, NULL, err);
}

static void
give_node(struct cx *x, const char *id, const char *key, const char *value)
{
    kith_mention who = kith_graph_file_refer(x->file, id);

    kith_graph_file_say(x->file, key, value);
    kith_graph_file_describe(x->file, who, "kind");
}

static void
keep_for_edge(struct cx *x, const char *id, const char *key, const char *value)
{
    GPtrArray *said = g_hash_table_lookup(x->of_edge, id);

    if (!said) {
        said = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(x->of_edge, g_strdup(id), said);
    }
    g_ptr_array_add(said, g_strdup(key));
    g_ptr_array_add(said, g_strdup(value));
}

/* {"po": 9, "n": "weight", "v": "2"}; "po" may be a list. */
static kith_status
read_attribute(struct cx *x, const kith_json_value *item, bool edge, kith_error *err)
{
    const kith_json_value *owners = kith_json_get(item, "po");
    g_autofree char *key = NULL, *value = kith_json_as_text(kith_json_get(item, "v"));
    bool list = kith_json_is_array(owners);
    size_t n = list ? kith_json_length(owners) : 1;

    TRY(required(x, item, "n", &key, err));
    for (size_t i = 0; value && i < n; i++) {
        g_autofree char *id = kith_json_as_text(list ? kith_json_item(owners, i) : owners);

        if (!id)
            return kith_source_fail(x->file->source, err, "an item without 'po' (expected one)");
        if (edge)
            keep_for_edge(x, id, key, value);
        else
            give_node(x, id, key, value);
    }
    return KITH_OK;
}

static kith_status
read_node_attribute(struct cx *x, const kith_json_value *item, kith_error *err)
{
    return read_attribute(x, item, false, err);
}

static kith_status
read_edge_attribute(struct cx *x, const kith_json_value *item, kith_error *err)
{
    return read_attribute(x, item, true, err);
}

static kith_status
read_edge(struct cx *x, const kith_json_value *item, kith_error *err)
{
    g_autofree char *from = NULL, *to = NULL, *id = kith_json_as_text(kith_json_get(item, "@id"));
    const char *interaction = kith_json_get_string(item, "i");
    GPtrArray *said = id ? g_hash_table_lookup(x->of_edge, id) : NULL;
    kith_fact fact = KITH_FACT_INIT;

    TRY(required(x, item, "s", &from, err));
    TRY(required(x, item, "t", &to, err));
    kith_graph_file_hush(x->file);
    for (guint i = 0; said && i < said->len; i += 2)
        kith_graph_file_say(x->file, said->pdata[i], said->pdata[i + 1]);
    fact.kind = KITH_TIE;
    fact.from = kith_graph_file_refer(x->file, from);
    fact.to = kith_graph_file_refer(x->file, to);
    fact.undirected = kith_graph_file_undirected(x->file, true);
    fact.detail = *interaction ? interaction : NULL;
    return kith_graph_file_said_tie(x->file, &fact, "", err);
}

static kith_status
read_piece(struct cx *x, const kith_json_value *piece, item_reader read, kith_error *err)
{
    for (size_t i = 0; i < kith_json_length(piece); i++) {
        const kith_json_value *item = kith_json_item(piece, i);
        int64_t line = kith_json_line(x->json, item);

        if (line)
            kith_source_at(x->file->source, line, 0);
        if (!kith_json_is_object(item))
            return kith_source_fail(x->file->source, err,
                                    "an item that is no object (expected {…})");
        TRY(read(x, item, err));
    }
    return KITH_OK;
}

/* All pieces of one aspect. */
static kith_status
read_aspect(struct cx *x, const char *name, item_reader read, kith_error *err)
{
    const kith_json_value *root = kith_json_root(x->json);

    for (size_t i = 0; i < kith_json_length(root); i++)
        TRY(read_piece(x, kith_json_get(kith_json_item(root, i), name), read, err));
    return KITH_OK;
}

/* The last aspect says whether the others are whole. */
static kith_status
read_status(struct cx *x, const kith_json_value *item, kith_error *err)
{
    bool success = true;

    (void)err;
    if (kith_json_truth(kith_json_get(item, "success"), &success) && !success)
        kith_source_warn(x->file->source, "the file says that it was not written to its end");
    return KITH_OK;
}

static kith_status
read_cx(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_autoptr(kith_json_file) json = NULL;
    g_autoptr(GHashTable) of_edge =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    struct cx x = {.file = &file, .of_edge = of_edge};

    kith_graph_file_init(&file, source, options, into);
    file.declares = true;
    TRY(kith_json_load(source, KITH_JSON_PLAIN, &json, err));
    x.json = json;
    kith_source_at(source, 1, 0);
    TRY(read_aspect(&x, "status", read_status, err));
    TRY(read_aspect(&x, "nodes", read_node, err));
    TRY(read_aspect(&x, "nodeAttributes", read_node_attribute, err));
    TRY(read_aspect(&x, "edgeAttributes", read_edge_attribute, err));
    TRY(read_aspect(&x, "edges", read_edge, err));
    return kith_graph_file_finish(&file, err);
}

const kith_importer kith_importer_cx = {
    .name = "cx",
    .summary = "Cytoscape's exchange format",
    .extensions = "cx",
    .probe = probe,
    .read = read_cx,
};
