/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cx - Cytoscape's exchange format, version 1: a list of aspects in any order, each in any number of
 * pieces.
 *
 *     [{"nodes": [{"@id": 0, "n": "Ann"}]}, {"edges": [{"@id": 9, "s": 0, "t": 1, "i": "knows"}]},
 *      {"edgeAttributes": [{"po": 9, "n": "weight", "v": "2"}]}]
 */
#include "graph_file.h"
#include "json_layout.h"
#include "json_walk.h"
#include <kith/importer.h>
#include <string.h>

enum aspect { NODES, NODE_ATTRIBUTES, EDGE_ATTRIBUTES, EDGES, ASPECTS };

static const char *const aspect_names[ASPECTS] = {"nodes", "nodeAttributes", "edgeAttributes",
                                                  "edges"};

struct cx {
    kith_graph_file *file;
    kith_walk *json;
    GArray *pieces[ASPECTS]; /* offsets */
    GHashTable *of_edge;     /* id -> GPtrArray of key, value, … */
};

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return kith_json_layout_probe(head, length) == KITH_JSON_LAYOUT_CX ? 95 : 0;
}

static kith_status
survey_aspect(struct cx *x, const char *key, kith_error *err)
{
    g_autoptr(json_t) value = NULL;

    for (int i = 0; i < ASPECTS; i++)
        if (strcmp(key, aspect_names[i]) == 0) {
            kith_walk_peek(x->json);
            g_array_append_val(x->pieces[i], x->json->at);
            return kith_walk_skip(x->json, err);
        }
    TRY(kith_walk_value(x->json, &value, err));
    if (strcmp(key, "status") == 0 && json_is_false(json_object_get(json_array_get(value, 0),
                                                                    "success")))
        kith_source_warn(x->json->source, "the file says that it was not written to its end");
    return KITH_OK;
}

static kith_status
survey(struct cx *x, kith_error *err)
{
    bool first = true, first_key, more;

    TRY(kith_walk_take(x->json, '[', err));
    for (;;) {
        TRY(kith_walk_item(x->json, &first, &more, err));
        if (!more)
            return kith_walk_end(x->json, err);
        TRY(kith_walk_take(x->json, '{', err));
        first_key = true;
        for (;;) {
            g_autofree char *key = NULL;

            TRY(kith_walk_key(x->json, &first_key, &key, err));
            if (!key)
                break;
            TRY(survey_aspect(x, key, err));
        }
    }
}

/* A member of an item as text; an error when it is not there. */
static kith_status
required(struct cx *x, json_t *item, const char *key, char **out, kith_error *err)
{
    *out = kith_walk_text(json_object_get(item, key));
    return *out ? KITH_OK
                : kith_source_fail(x->json->source, err, "an item without '%s' (expected one)",
                                   key);
}

static kith_status
read_node(struct cx *x, json_t *item, kith_error *err)
{
    g_autofree char *id = NULL, *represents = kith_walk_text(json_object_get(item, "r"));

    TRY(required(x, item, "@id", &id, err));
    if (represents)
        kith_graph_file_say(x->file, "represents", represents);
    return kith_graph_file_declare(x->file, id, json_string_value(json_object_get(item, "n")),
                                   NULL, err);
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
read_attribute(struct cx *x, json_t *item, bool edge, kith_error *err)
{
    json_t *owners = json_object_get(item, "po");
    g_autofree char *key = NULL, *value = kith_walk_text(json_object_get(item, "v"));
    size_t n = json_is_array(owners) ? json_array_size(owners) : 1;

    TRY(required(x, item, "n", &key, err));
    for (size_t i = 0; value && i < n; i++) {
        g_autofree char *id =
            kith_walk_text(json_is_array(owners) ? json_array_get(owners, i) : owners);

        if (!id)
            return kith_source_fail(x->json->source, err, "an item without 'po' (expected one)");
        if (edge)
            keep_for_edge(x, id, key, value);
        else
            give_node(x, id, key, value);
    }
    return KITH_OK;
}

static kith_status
read_edge(struct cx *x, json_t *item, kith_error *err)
{
    g_autofree char *from = NULL, *to = NULL, *id = kith_walk_text(json_object_get(item, "@id"));
    const char *interaction = json_string_value(json_object_get(item, "i"));
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
    fact.detail = interaction;
    return kith_graph_file_said_tie(x->file, &fact, "", err);
}

static kith_status
read_item(struct cx *x, enum aspect aspect, json_t *item, kith_error *err)
{
    if (!json_is_object(item))
        return kith_source_fail(x->json->source, err, "an item that is no object (expected {…})");
    if (aspect == NODES)
        return read_node(x, item, err);
    if (aspect == EDGES)
        return read_edge(x, item, err);
    return read_attribute(x, item, aspect == EDGE_ATTRIBUTES, err);
}

static kith_status
read_piece(struct cx *x, enum aspect aspect, size_t offset, kith_error *err)
{
    bool first = true, more;

    x->json->at = offset;
    TRY(kith_walk_take(x->json, '[', err));
    for (;;) {
        g_autoptr(json_t) item = NULL;

        TRY(kith_walk_item(x->json, &first, &more, err));
        if (!more)
            return KITH_OK;
        TRY(kith_walk_value(x->json, &item, err));
        TRY(read_item(x, aspect, item, err));
    }
}

static kith_status
read_aspects(struct cx *x, kith_error *err)
{
    TRY(survey(x, err));
    for (int a = 0; a < ASPECTS; a++)
        for (guint i = 0; i < x->pieces[a]->len; i++)
            TRY(read_piece(x, (enum aspect)a, g_array_index(x->pieces[a], size_t, i), err));
    return kith_graph_file_finish(x->file, err);
}

static kith_status
read_cx(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_walk) json = {0};
    g_autoptr(GHashTable) of_edge =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    struct cx x = {.file = &file, .json = &json, .of_edge = of_edge};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    file.declares = true;
    TRY(kith_walk_init(&json, source, err));
    for (int a = 0; a < ASPECTS; a++)
        x.pieces[a] = g_array_new(FALSE, FALSE, sizeof(size_t));
    status = read_aspects(&x, err);
    for (int a = 0; a < ASPECTS; a++)
        g_array_unref(x.pieces[a]);
    return status;
}

const kith_importer kith_importer_cx = {
    .name = "cx",
    .summary = "Cytoscape's exchange format",
    .extensions = "cx",
    .probe = probe,
    .read = read_cx,
};
