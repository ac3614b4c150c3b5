/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edges_id.c - readable ids of a graph of columns.
 *
 * Most labels of such graphs are their own slugs and so their own ids. Otherwise the ids are made, all at once, when the
 * first is asked for: most questions ask for none.
 */
#include "base/text.h"
#include "model/edges.h"

struct kith_edge_ids {
    bool labels; /* every label is its id */
    GStringChunk *bytes;
    const char **id;
};

static bool
is_slug(const char *text)
{
    char last = '-';

    for (; *text; last = *text++)
        if (!g_ascii_islower(*text) && !g_ascii_isdigit(*text) && (*text != '-' || last == '-'))
            return false;
    return last != '-';
}

/* As freeze_nodes.c: the labels' slugs; namesakes are numbered in node order. */
static void
name_ids(const kith_edges *e, struct kith_edge_ids *ids)
{
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);

    ids->bytes = g_string_chunk_new(64 * 1024);
    ids->id = g_new(const char *, e->nodes + 1);
    for (int64_t i = 0; i < e->nodes; i++) {
        g_autofree char *slug = kith_text_slug(e->text + e->label[i]);
        char *base = g_string_chunk_insert(ids->bytes, slug), *id = base;
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(used, id));

        while (g_hash_table_contains(used, id)) {
            g_autofree char *numbered = g_strdup_printf("%s-%u", slug, ++n + 1);

            id = g_string_chunk_insert(ids->bytes, numbered);
        }
        g_hash_table_insert(used, base, GUINT_TO_POINTER(n));
        if (id != base)
            g_hash_table_insert(used, id, GUINT_TO_POINTER(0));
        ids->id[i] = id;
    }
}

static struct kith_edge_ids *
make_ids(const kith_edges *e)
{
    struct kith_edge_ids *ids = g_new0(struct kith_edge_ids, 1);

    ids->labels = true;
    for (int64_t i = 0; i < e->nodes && ids->labels; i++)
        ids->labels = is_slug(e->text + e->label[i]);
    if (!ids->labels)
        name_ids(e, ids);
    return ids;
}

const char *
kith_edges_id(const kith_graph *graph, kith_node node)
{
    gsize *made = (gsize *)&graph->edge_ids;
    const kith_edges *e = graph->edges;
    const struct kith_edge_ids *ids;

    if (g_once_init_enter(made))
        g_once_init_leave(made, (gsize)make_ids(e));
    ids = (const struct kith_edge_ids *)graph->edge_ids;
    return ids->labels ? e->text + e->label[node] : ids->id[node];
}

void
kith_edges_ids_free(gsize made)
{
    struct kith_edge_ids *ids = (struct kith_edge_ids *)made;

    if (!ids)
        return;
    if (ids->bytes)
        g_string_chunk_free(ids->bytes);
    g_free(ids->id);
    g_free(ids);
}
