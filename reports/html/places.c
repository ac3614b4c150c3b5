/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places.c - tables into columns, and the graph's ties into pairs of places. */
#include "reports/html/places.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"

static int64_t
integer_at(const kith_table *table, int64_t row, const char *column, int64_t missing)
{
    kith_cell_type type;
    kith_cell cell;

    return kith_phrase_find(table, row, column, &type, &cell) ? cell.integer : missing;
}

static double
real_at(const kith_table *table, int64_t row, const char *column)
{
    double value = 0;

    return kith_phrase_number_at(table, row, column, &value) ? value : 0;
}

static void
read_places(kith_html_places *p, const kith_table *table)
{
    p->n = kith_table_rows(table);
    p->node = g_new(int32_t, (gsize)p->n + 1);
    p->group = g_new(int32_t, (gsize)p->n + 1);
    p->degree = g_new(int32_t, (gsize)p->n + 1);
    p->x = g_new(float, (gsize)p->n + 1);
    p->y = g_new(float, (gsize)p->n + 1);
    p->size = g_new(float, (gsize)p->n + 1);
    for (int64_t i = 0; i < p->n; i++) {
        p->node[i] = (int32_t)integer_at(table, i, "node", 0);
        p->group[i] = (int32_t)integer_at(table, i, "group", 0) - 1;
        p->degree[i] = (int32_t)integer_at(table, i, "degree", 0);
        p->x[i] = (float)real_at(table, i, "x");
        p->y[i] = (float)real_at(table, i, "y");
        p->size[i] = (float)real_at(table, i, "size");
    }
}

static void
read_groups(kith_html_places *p, const kith_table *table)
{
    p->groups = kith_phrase_rows(table);
    p->at = g_new0(kith_html_group, (gsize)p->groups + 1);
    for (int64_t i = 0; i < p->groups; i++) {
        const char *label = kith_phrase_text_at(table, i, "label");

        p->at[i] = (kith_html_group){integer_at(table, i, "size", 0), label ? label : "",
                                     real_at(table, i, "x"), real_at(table, i, "y")};
    }
}

kith_html_places *
kith_html_places_new(const kith_document *document)
{
    const kith_answer *map = kith_html_answer(document, "map");
    const kith_table *places = map ? kith_answer_find_table(map, "places") : NULL;
    kith_html_places *p;

    if (!places || !kith_document_graph(document) || kith_table_rows(places) == 0)
        return NULL;
    p = g_new0(kith_html_places, 1);
    p->graph = kith_document_graph(document);
    read_places(p, places);
    read_groups(p, kith_answer_find_table(map, "groups"));
    return p;
}

void
kith_html_places_free(kith_html_places *p)
{
    if (!p)
        return;
    g_free(p->node);
    g_free(p->group);
    g_free(p->degree);
    g_free(p->x);
    g_free(p->y);
    g_free(p->size);
    g_free(p->at);
    g_free(p);
}

static int
compare_links(const void *a, const void *b)
{
    const kith_html_link *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

/* Place by node, -1 for nodes that are not on the map. */
static int32_t *
place_of(const kith_html_places *p)
{
    int64_t nodes = kith_graph_nodes(p->graph);
    int32_t *place = g_new(int32_t, (gsize)nodes + 1);

    for (int64_t i = 0; i < nodes; i++)
        place[i] = -1;
    for (int64_t i = 0; i < p->n; i++)
        place[p->node[i]] = (int32_t)i;
    return place;
}

static void
join_equals(GArray *links)
{
    kith_html_link *at = (kith_html_link *)(void *)links->data;
    guint kept = 0;

    for (guint i = 0; i < links->len; i++)
        if (kept && compare_links(&at[kept - 1], &at[i]) == 0)
            at[kept - 1].ties++;
        else
            at[kept++] = at[i];
    g_array_set_size(links, kept);
}

GArray *
kith_html_links(const kith_html_places *p)
{
    g_autofree int32_t *place = place_of(p);
    GArray *links = g_array_new(FALSE, FALSE, sizeof(kith_html_link));
    kith_tie tie;

    for (int64_t i = 0; i < kith_graph_ties(p->graph); i++) {
        kith_html_link link = {.ties = 1};

        kith_graph_tie(p->graph, i, &tie);
        link.first = MIN(place[tie.from], place[tie.to]);
        link.second = MAX(place[tie.from], place[tie.to]);
        if (link.first >= 0 && link.first != link.second)
            g_array_append_val(links, link);
    }
    g_array_sort(links, compare_links);
    join_equals(links);
    return links;
}
