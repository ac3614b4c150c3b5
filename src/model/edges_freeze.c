/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edges_freeze.c - columns of a plain graph become a frozen graph.
 *
 * Labels go into natural order and ties into (from, to, when, weight, line), exactly as freeze.c orders rows, so that no
 * answer can tell one way from the other.
 */
#include "base/base.h"
#include "base/day.h"
#include "base/order.h"
#include "model/edges.h"
#include "model/freeze.h"
#include <stdlib.h>
#include <string.h>

/* What is said about nodes goes with them. */
static bool
renumber_nodes(const kith_edges *e, GArray *attributes, const uint32_t *number)
{
    KITH_AUTOBIG uint32_t *line = e->node_line ? KITH_BIG(uint32_t, e->nodes) : NULL;

    if (e->node_line && !line)
        return false;
    for (int64_t i = 0; line && i < e->nodes; i++)
        line[number[i]] = e->node_line[i];
    if (line)
        memcpy(e->node_line, line, (size_t)e->nodes * sizeof *line);
    for (guint i = 0; i < attributes->len; i++) {
        kith_fact_attribute *row = KITH_ROW(attributes, kith_fact_attribute, i);

        row->owner = number[row->owner];
    }
    return true;
}

static bool
renumber(kith_edges *e, GArray *attributes)
{
    KITH_AUTOBIG uint32_t *number = KITH_RAW(uint32_t, e->nodes);

    if (!number || !kith_edges_order_labels(e, number) || !renumber_nodes(e, attributes, number))
        return false;
#pragma omp parallel for schedule(static) num_threads(e->threads)
    for (int64_t i = 0; i < e->ties; i++) {
        e->from[i] = number[e->from[i]];
        e->to[i] = number[e->to[i]];
    }
    return true;
}

/* One of several ties between the same two, as far as their order goes. */
struct twin {
    kith_time when;
    double weight;
    uint32_t place, line;
};

static int
compare_twins(const void *a, const void *b)
{
    const struct twin *x = a, *y = b;

    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Ties between the same two: by time, then weight, then line. They came in file order. */
static void
order_twins(const kith_edges *e, uint32_t *place)
{
    g_autoptr(GArray) twins = g_array_new(FALSE, FALSE, sizeof(struct twin));

    for (int64_t i = 0, j; i < e->ties; i = j) {
        for (j = i + 1; j < e->ties && e->from[j] == e->from[i] && e->to[j] == e->to[i]; j++)
            continue;
        if (j - i == 1)
            continue;
        g_array_set_size(twins, 0);
        for (int64_t k = i; k < j; k++) {
            struct twin one = {.when = e->when ? e->when[place[k]] : 0,
                               .weight = e->weight ? e->weight[place[k]] : 1,
                               .line = e->line ? e->line[place[k]] : place[k],
                               .place = place[k]};

            g_array_append_val(twins, one);
        }
        qsort(twins->data, twins->len, sizeof(struct twin), compare_twins);
        for (int64_t k = i; k < j; k++)
            place[k] = g_array_index(twins, struct twin, k - i).place;
    }
}

/* column[i] becomes what stood at place[i]. */
#define GATHER(type, column)                                                                       \
    do {                                                                                           \
        type *moved = KITH_RAW(type, e->ties);                                                     \
        if (!moved)                                                                                \
            return false;                                                                          \
        for (int64_t i = 0; i < e->ties; i++)                                                      \
            moved[i] = (column)[place[i]];                                                         \
        kith_big_free(column);                                                                     \
        (column) = moved;                                                                          \
    } while (0)

static bool
move_columns(kith_edges *e, const uint32_t *place)
{
    if (e->weight)
        GATHER(double, e->weight);
    if (e->when)
        GATHER(kith_time, e->when);
    if (e->line)
        GATHER(uint32_t, e->line);
    return true;
}

static bool
order_ties(kith_edges *e)
{
    KITH_AUTOBIG uint32_t *place = NULL;

    if (kith_order_is(e->ties, e->from, e->to) && !e->weight && !e->when)
        return true;
    place = KITH_RAW(uint32_t, e->ties);
    if (!place || !kith_order_pairs(e->nodes, e->ties, e->from, e->to, place, e->threads))
        return false;
    if (e->weight || e->when)
        order_twins(e, place);
    kith_big_trim(); /* what sorting took is not kept beside a column and its copy */
    if (!move_columns(e, place))
        return false;
    if (!e->line) { /* places are lines less the first */
        for (int64_t i = 0; i < e->ties; i++)
            place[i] += (uint32_t)e->first_line;
        e->line = g_steal_pointer(&place);
    }
    return true;
}

/* The last day that a tie speaks of, as freeze_ties.c decides it. */
static kith_time
decide_as_of(const kith_edges *e, const kith_build_options *options)
{
    kith_time last = KITH_TIME_NONE;

    if (options->as_of != KITH_TIME_NONE)
        return options->as_of;
    for (int64_t i = 0; e->when && i < e->ties; i++)
        last = MAX(last, e->when[i]);
    return last == KITH_TIME_NONE ? options->today : kith_day_of(last);
}

static int64_t
count_hidden(const kith_edges *e, kith_time as_of)
{
    int64_t hidden = 0;

    for (int64_t i = 0; e->when && i < e->ties; i++)
        hidden += e->when[i] != KITH_TIME_NONE && e->when[i] >= as_of + KITH_DAY;
    return hidden;
}

/* What is visible on a day, as columns of their own. */
static kith_edges *
visible_edges(const kith_edges *e, kith_time as_of)
{
    g_autoptr(kith_edges) out = kith_edges_new();
    size_t text = e->nodes ? e->label[e->nodes - 1] : 0;

    for (int64_t i = 0; i < e->nodes; i++)
        text = MAX(text, e->label[i] + strlen(e->text + e->label[i]) + 1);
    out->nodes = e->nodes;
    out->undirected = e->undirected;
    out->ordered = true;
    out->threads = e->threads;
    out->text = kith_big_new(text, 1);
    out->label = KITH_BIG(size_t, e->nodes);
    out->from = KITH_BIG(uint32_t, e->ties);
    out->to = KITH_BIG(uint32_t, e->ties);
    out->line = KITH_BIG(uint32_t, e->ties);
    out->when = KITH_BIG(kith_time, e->ties);
    out->weight = e->weight ? KITH_BIG(double, e->ties) : NULL;
    out->node_line = e->node_line ? KITH_BIG(uint32_t, e->nodes) : NULL;
    if (!out->text || !out->label || !out->from || !out->to || !out->line || !out->when ||
        (e->weight && !out->weight) || (e->node_line && !out->node_line))
        return NULL;
    memcpy(out->text, e->text, text);
    memcpy(out->label, e->label, (size_t)e->nodes * sizeof *e->label);
    if (e->node_line)
        memcpy(out->node_line, e->node_line, (size_t)e->nodes * sizeof *e->node_line);
    for (int64_t i = 0; i < e->ties; i++) {
        int64_t k = out->ties;

        if (e->when[i] != KITH_TIME_NONE && e->when[i] >= as_of + KITH_DAY)
            continue;
        out->from[k] = e->from[i];
        out->to[k] = e->to[i];
        out->when[k] = e->when[i];
        out->line[k] = kith_edges_line(e, i);
        if (e->weight)
            out->weight[k] = e->weight[i];
        out->ties++;
    }
    return g_steal_pointer(&out);
}

static bool
bring_into_order(kith_edges *e, GArray *attributes)
{
    kith_big_trim();
    if (!e->ordered && ((!e->numbered && !renumber(e, attributes)) || !order_ties(e)))
        return false;
    e->ordered = true;
    return true;
}

/* The builder's rows about nodes, which are mentions here. */
static void
place_attributes(kith_graph *g, const GArray *rows)
{
    GArray *copy = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));

    if (rows->len)
        g_array_append_vals(copy, rows->data, rows->len);
    g->attributes = kith_freeze_tidy_attributes(copy, g->pool);
    g->attribute_first = kith_freeze_first_rows(g->nodes, copy, sizeof(kith_fact_attribute));
}

static void
fill_graph(kith_graph *g, const kith_builder *b, const kith_edges *e)
{
    g->pool = kith_pool_ref(b->pool);
    g->nodes = g->mentions = e->nodes;
    g->ties = e->ties;
    for (int k = 1; k <= KITH_NODE_KINDS; k++)
        g->kind_first[k] = e->nodes;
    for (int k = KITH_TIE + 1; k <= KITH_TIE_KINDS; k++)
        g->tie_first[k] = e->ties;
    g->owner = -1;
    g->kind = g_new0(uint8_t, g->nodes + 1);
    g->flags = g_new0(uint32_t, g->nodes + 1);
    g->sources = g_array_copy(b->sources);
    g->apart = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    g->tie_attributes = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));
    if (b->attributes->len)
        place_attributes(g, b->attributes);
}

kith_status
kith_edges_freeze(kith_builder *b, const kith_build_options *options, kith_graph **out,
                  kith_error *err)
{
    g_autoptr(kith_graph) g = g_new0(kith_graph, 1);
    kith_time as_of;

    if (!bring_into_order(b->edges, b->attributes))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a graph of this size");
    as_of = decide_as_of(b->edges, options);
    g->hidden = count_hidden(b->edges, as_of);
    g->edges = g->hidden ? visible_edges(b->edges, as_of) : kith_edges_ref(b->edges);
    if (!g->edges)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a graph of this size");
    fill_graph(g, b, g->edges);
    g->as_of = as_of;
    *out = g_steal_pointer(&g);
    return KITH_OK;
}
