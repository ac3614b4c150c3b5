/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_join.c - rows of a plain GraphML file in the file's order: ids become numbers, names labels. */
#include "graphml_join.h"
#include "base/base.h"
#include "base/source.h"
#include <string.h>

static void
rows_free(gpointer data)
{
    kith_graphml_rows *rows = data;

    kith_piece_free(rows->ties);
    g_array_unref(rows->nodes);
    g_array_unref(rows->values);
    g_free(rows);
}

void
kith_graphml_join_init(kith_graphml_join *join, kith_source *source, const kith_graphml_head *head,
                       const kith_import_options *options)
{
    join->head = head;
    join->scan = (kith_edge_scan){
        .undirected = !head->directed, .line = head->lines, .threads = options->threads};
    kith_scanner_init(&join->scanner, source, &join->scan, true);
    kith_labels_init(&join->ids);
    kith_labels_init(&join->labels);
    kith_labels_init(&join->values);
    join->lines = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    join->attributes = g_array_new(FALSE, FALSE, sizeof(kith_graphml_attribute));
    join->spare = g_ptr_array_new_with_free_func(rows_free);
}

void
kith_graphml_join_clear(kith_graphml_join *join)
{
    if (!join->head)
        return;
    kith_scanner_clear(&join->scanner);
    kith_labels_clear(&join->ids);
    kith_labels_clear(&join->labels);
    kith_labels_clear(&join->values);
    g_array_unref(join->lines);
    g_array_unref(join->attributes);
    g_ptr_array_unref(join->spare);
}

kith_graphml_rows *
kith_graphml_rows_take(kith_graphml_join *join, size_t length, int worker)
{
    kith_graphml_rows *rows;

    g_mutex_lock(&join->scanner.lock);
    rows =
        join->spare->len ? g_ptr_array_steal_index_fast(join->spare, join->spare->len - 1) : NULL;
    g_mutex_unlock(&join->scanner.lock);
    if (!rows) {
        rows = g_new0(kith_graphml_rows, 1);
        rows->nodes = g_array_new(FALSE, FALSE, sizeof(kith_graphml_node_row));
        rows->values = g_array_new(FALSE, FALSE, sizeof(kith_graphml_value_row));
    }
    g_array_set_size(rows->nodes, 0);
    g_array_set_size(rows->values, 0);
    rows->closed = false;
    rows->ties = kith_piece_take(&join->scanner, length, worker);
    return rows;
}

void
kith_graphml_rows_give(kith_graphml_join *join, kith_graphml_rows *rows)
{
    kith_piece_give(&join->scanner, g_steal_pointer(&rows->ties));
    g_mutex_lock(&join->scanner.lock);
    g_ptr_array_add(join->spare, rows);
    g_mutex_unlock(&join->scanner.lock);
}

/* The number of a text that must be new, UINT32_MAX when it is not. */
static uint32_t
put_new(kith_labels *labels, const char *text)
{
    size_t length = strlen(text);
    uint32_t known = labels->n,
             number = kith_labels_number(labels, text, length, kith_labels_hash(text, length));

    return number == known ? number : UINT32_MAX;
}

/* Ids such as "n12" are places in the file that wrote them, not labels. */
static bool
is_place(const char *id)
{
    return id[0] == 'n' && id[1] && id[1 + strspn(id + 1, "0123456789")] == '\0';
}

static void
add_attribute(kith_graphml_join *join, uint32_t node, const char *key, const char *text)
{
    size_t length = strlen(text);
    kith_graphml_attribute one = {
        .node = node,
        .text = kith_labels_number(&join->values, text, length, kith_labels_hash(text, length)),
        .key = key};

    g_array_append_val(join->attributes, one);
}

/* As name_node() and keep_attributes() of graphml_graph.c, for nodes that are known by one label and have no name besides. */
static bool
add_node(kith_graphml_join *join, const char *text, const kith_graphml_node_row *row,
         const kith_graphml_value_row *value)
{
    const char *id = text + row->id, *name = text + row->name, *label = text + row->label;
    const char *shown = row->name ? name : row->label ? label : id;
    uint32_t node = join->lines->len, line = (uint32_t)join->scanner.lines + row->line;

    if (shown != id && !is_place(id))
        return false;
    if (join->head->numbered ? kith_graphml_head_number(join->head, id) != join->head->first + node
                             : put_new(&join->ids, id) == UINT32_MAX)
        return false;
    if (put_new(&join->labels, shown) == UINT32_MAX)
        return false;
    for (uint32_t i = 0; i < row->values; i++)
        add_attribute(join, node, value[i].key->name, text + value[i].text);
    if (row->name && row->label && strcmp(name, label) != 0)
        add_attribute(join, node, "label", label);
    g_array_append_val(join->lines, line);
    return true;
}

static bool
add_nodes(kith_graphml_join *join, const char *text, const kith_graphml_rows *rows)
{
    const kith_graphml_value_row *value = (const void *)rows->values->data;

    for (guint i = 0; i < rows->nodes->len; i++) {
        const kith_graphml_node_row *row = &g_array_index(rows->nodes, kith_graphml_node_row, i);

        if (!add_node(join, text, row, value))
            return false;
        if (row->values > 0) /* NULL where no node has any */
            value += row->values;
    }
    return true;
}

/* @return UINT32_MAX: no node in front of the edge has that id */
static uint32_t
find_node(kith_graphml_join *join, const char *id)
{
    size_t length = strlen(id);
    uint32_t known = join->ids.n,
             number = kith_labels_number(&join->ids, id, length, kith_labels_hash(id, length));

    return number < known ? number : UINT32_MAX;
}

/* Ends become numbers of nodes. */
static bool
find_ends(kith_graphml_join *join, const char *text, kith_piece *piece)
{
    uint32_t known = join->lines->len;

    for (int64_t i = 0; i < 2 * piece->n; i++) {
        uint32_t *end = &piece->end[i];

        *end = join->head->numbered ? *end - join->head->first : find_node(join, text + *end);
        if (*end >= known)
            return false;
    }
    return true;
}

bool
kith_graphml_join_add(kith_graphml_join *join, const char *text, kith_graphml_rows *rows)
{
    if (join->closed || !add_nodes(join, text, rows) || !find_ends(join, text, rows->ties))
        return false;
    join->closed = rows->closed;
    join->failed = !kith_piece_append(&join->scanner, rows->ties);
    return !join->failed && join->scanner.edges->ties < UINT32_MAX;
}

/* Labels move where a graph's columns keep them. */
static bool
move_labels(kith_graphml_join *join, kith_edges *e)
{
    e->nodes = join->labels.n;
    e->node_line = KITH_RAW(uint32_t, e->nodes);
    if (!e->node_line)
        return false;
    memcpy(e->node_line, join->lines->data, (size_t)e->nodes * sizeof *e->node_line);
    kith_labels_steal(&join->labels, &e->text, &e->label);
    return true;
}

bool
kith_graphml_join_finish(kith_graphml_join *join, kith_builder *into)
{
    kith_edges *e = join->scanner.edges;

    if (!join->closed || e->ties == 0 || !move_labels(join, e))
        return false;
    kith_builder_edges(into, e);
    for (guint i = 0; i < join->attributes->len; i++) {
        const kith_graphml_attribute *one =
            &g_array_index(join->attributes, kith_graphml_attribute, i);

        kith_builder_edges_attribute(into, one->node, one->key,
                                     join->values.text + join->values.start[one->text]);
    }
    kith_source_records_add(join->scanner.source, e->ties);
    kith_source_at(join->scanner.source, join->scanner.lines, 0);
    return true;
}
