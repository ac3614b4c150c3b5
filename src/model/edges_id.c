/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edges_id.c - readable ids of a graph of columns.
 *
 * Most labels of such graphs are their own slugs and so their own ids. Otherwise the ids are made, all at once, when the
 * first is asked for: most questions ask for none.
 */
#include "base/labels.h"
#include "base/text.h"
#include "model/edges.h"

struct kith_edge_ids {
    bool labels;      /* every label is its id */
    kith_labels text; /* else: by node */
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

/* @param number receives the text's @return whether it is new */
static bool
put(kith_labels *labels, GString *text, uint32_t *number)
{
    uint32_t known = labels->n, found;
    gsize length = text->len;

    g_string_set_size(text, length + 8); /* the hash reads behind the end */
    g_string_truncate(text, length);
    found = kith_labels_number(labels, text->str, length, kith_labels_hash(text->str, length));
    *number = found;
    return found == known;
}

/* As freeze_nodes.c: the labels' slugs; namesakes are numbered in node order. Each node makes one text, so it has its number. */
static void
name_ids(const kith_edges *e, struct kith_edge_ids *ids)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree uint32_t *last = g_new0(uint32_t, e->nodes + 1); /* of a namesake: its number */
    uint32_t first, ignored;

    kith_labels_init(&ids->text);
    for (int64_t i = 0; i < e->nodes; i++) {
        g_autofree char *slug = kith_text_slug(e->text + e->label[i]);

        g_string_assign(text, slug);
        if (put(&ids->text, text, &first))
            continue;
        do
            g_string_printf(text, "%s-%u", slug, ++last[first] + 1);
        while (!put(&ids->text, text, &ignored));
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
    return ids->labels ? e->text + e->label[node] : ids->text.text + ids->text.start[node];
}

void
kith_edges_ids_free(gsize made)
{
    struct kith_edge_ids *ids = (struct kith_edge_ids *)made;

    if (!ids)
        return;
    kith_labels_clear(&ids->text);
    g_free(ids);
}
