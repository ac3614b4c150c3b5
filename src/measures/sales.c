/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sales.c - sales side by side, and breadth-first rows over them. */
#include "measures/sales.h"

#include "base/base.h"
#include "base/big.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>

/* Customers are people and organisations; sales to oneself lead nowhere. */
static bool
counts(const kith_graph *g, const kith_fact_tie *t)
{
    return t->from != t->to && g->kind[t->from] <= KITH_ORGANISATION &&
           g->kind[t->to] <= KITH_ORGANISATION;
}

static int
compare_sales(const void *a, const void *b)
{
    const kith_sale *x = a, *y = b;

    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->currency != y->currency)
        return x->currency < y->currency ? -1 : 1;
    if (isnan(x->value) != isnan(y->value))
        return isnan(x->value) ? 1 : -1;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* In large pages, which come several times as fast. */
static void *
make_room(int64_t n, size_t size)
{
    void *room = kith_big_new((size_t)n, size);

    if (!room)
        g_error("no memory for %" G_GINT64_FORMAT " sales", n);
    return room;
}

/* Where each node's sales begin, were every fact one. A tie without direction is a sale both ways. */
static void
count(kith_sales *s, kith_tie_kind kind, bool reversed)
{
    int64_t first, n;

    kith_graph_tie_range(s->graph, kind, &first, &n);
    s->first = make_room(s->graph->nodes + 2, sizeof *s->first);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(s->graph, i);

        if (!counts(s->graph, &t))
            continue;
        s->first[(reversed ? t.to : t.from) + 1]++;
        if (t.undirected)
            s->first[(reversed ? t.from : t.to) + 1]++;
    }
    for (int64_t i = 0; i < s->graph->nodes; i++)
        s->first[i + 1] += s->first[i];
}

static void
place(kith_sales *s, kith_tie_kind kind, bool reversed)
{
    g_autofree int64_t *next = g_memdup2(s->first, sizeof *next * (gsize)(s->graph->nodes + 1));
    int64_t first, n;

    s->sale = make_room(s->first[s->graph->nodes] + 1, sizeof *s->sale);
    kith_graph_tie_range(s->graph, kind, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(s->graph, i);
        kith_sale one = {.currency = t.currency, .value = t.amount, .part = NAN};

        if (!counts(s->graph, &t))
            continue;
        one.from = reversed ? t.to : t.from;
        one.to = reversed ? t.from : t.to;
        s->sale[next[one.from]++] = one;
        if (t.undirected) {
            one = (kith_sale){one.to, one.from, one.currency, false, one.value, NAN};
            s->sale[next[one.from]++] = one;
        }
    }
}

static void
add_to(kith_sale *total, const kith_sale *more)
{
    if (isnan(more->value))
        return;
    if (isnan(total->value)) {
        total->value = more->value;
        total->currency = more->currency;
        return;
    }
    total->mixed = total->mixed || total->currency != more->currency;
    total->value += more->value;
}

/* Several currencies have no sum. */
static void
settle(kith_sales *s, kith_sale *one)
{
    if (!one->mixed)
        return;
    one->value = NAN;
    one->currency = 0;
    s->mixed++;
}

/* They mostly are, since ties come by (from, to). */
static bool
is_sorted(const kith_sale *sale, int64_t n)
{
    for (int64_t i = 1; i < n; i++)
        if (compare_sales(&sale[i - 1], &sale[i]) > 0)
            return false;
    return true;
}

/* Adds up what one node sells to the same customer. @return where its sales end now */
static int64_t
merge(kith_sales *s, int64_t begin, int64_t end, int64_t out)
{
    int64_t start = out;

    if (!is_sorted(s->sale + begin, end - begin))
        qsort(s->sale + begin, (size_t)(end - begin), sizeof *s->sale, compare_sales);
    for (int64_t i = begin; i < end; i++) {
        if (out > start && s->sale[out - 1].to == s->sale[i].to)
            add_to(&s->sale[out - 1], &s->sale[i]);
        else
            s->sale[out++] = s->sale[i];
    }
    for (int64_t i = start; i < out; i++)
        settle(s, &s->sale[i]);
    return out;
}

/* A part of all sales can be told when all have a value of one currency, and they come to something. */
static void
find_parts(kith_sale *sale, int64_t n)
{
    double total = 0;

    for (int64_t i = 0; i < n; i++) {
        if (isnan(sale[i].value) || sale[i].value < 0 || sale[i].currency != sale[0].currency)
            return;
        total += sale[i].value;
    }
    for (int64_t i = 0; i < n && total > 0; i++)
        sale[i].part = sale[i].value / total;
}

/* The sales of one node, which end at `end`, become one a customer, from `out` on. @return where they end now */
static int64_t
close_row(kith_sales *s, int64_t begin, int64_t end, int64_t out)
{
    int64_t last = merge(s, begin, end, out);

    find_parts(s->sale + out, last - out);
    return last;
}

/* Ties are sorted by `from`: in that direction, and with it alone, one reading is enough. */
static void
place_in_order(kith_sales *s, kith_tie_kind kind)
{
    int64_t first, n, begin = 0, out = 0;

    kith_graph_tie_range(s->graph, kind, &first, &n);
    s->first = make_room(s->graph->nodes + 2, sizeof *s->first);
    s->sale = make_room(n + 1, sizeof *s->sale);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie *t = &s->graph->tie_row[i];

        if (!counts(s->graph, t))
            continue;
        if (out > begin && s->sale[out - 1].from != t->from) {
            out = close_row(s, begin, out, begin);
            s->first[s->sale[begin].from + 1] = out;
            begin = out;
        }
        s->sale[out++] = (kith_sale){t->from, t->to, t->currency, false, t->amount, NAN};
    }
    if (out > begin) {
        out = close_row(s, begin, out, begin);
        s->first[s->sale[begin].from + 1] = out;
    }
    for (int64_t i = 0; i < s->graph->nodes; i++)
        s->first[i + 1] = MAX(s->first[i + 1], s->first[i]);
    s->n = out;
}

static void
place_anyhow(kith_sales *s, kith_tie_kind kind, bool suppliers)
{
    int64_t begin = 0, out = 0;

    count(s, kind, suppliers);
    place(s, kind, suppliers);
    for (int64_t v = 0; v < s->graph->nodes; v++) {
        int64_t end = s->first[v + 1];

        s->first[v] = out;
        out = close_row(s, begin, end, out);
        begin = end;
    }
    s->first[s->graph->nodes] = s->n = out;
}

kith_sales *
kith_sales_new(const kith_graph *graph, kith_tie_kind kind, bool suppliers)
{
    kith_sales *s = g_new0(kith_sales, 1);

    s->graph = graph;
    if (suppliers || kind == KITH_TIE)
        place_anyhow(s, kind, suppliers);
    else
        place_in_order(s, kind);
    return s;
}

void
kith_sales_free(kith_sales *s)
{
    if (!s)
        return;
    kith_big_free(s->sale);
    kith_big_free(s->first);
    g_free(s);
}

int64_t
kith_sales_of(const kith_sales *s, kith_node node)
{
    return s->first[node + 1] - s->first[node];
}

kith_depth *
kith_depth_new(const kith_sales *sales)
{
    kith_depth *d = g_new0(kith_depth, 1);

    d->sales = sales;
    d->start = -1;
    d->layer = g_new0(int32_t, sales->graph->nodes + 1);
    d->parent = g_new0(int64_t, sales->graph->nodes + 1);
    d->row = g_array_new(FALSE, FALSE, sizeof(kith_node));
    return d;
}

void
kith_depth_free(kith_depth *d)
{
    if (!d)
        return;
    g_free(d->layer);
    g_free(d->parent);
    g_array_unref(d->row);
    g_free(d);
}

/* Larger value first, known before unknown; among equals the seller of the lowest id. */
static bool
is_better(const kith_sale *now, const kith_sale *before)
{
    if (isnan(now->value) != isnan(before->value))
        return isnan(before->value);
    return now->value > before->value || (!(now->value < before->value) && now < before);
}

/* Reaches from one node: new nodes join the next row, nodes of that row may get a better way in. */
static void
reach_from(kith_depth *d, kith_node from, int32_t layer)
{
    const kith_sales *s = d->sales;

    for (int64_t i = s->first[from]; i < s->first[from + 1]; i++) {
        kith_node to = s->sale[i].to;

        if (to == d->start || (d->layer[to] && d->layer[to] != layer))
            continue;
        if (!d->layer[to]) {
            d->layer[to] = layer;
            d->parent[to] = i;
            g_array_append_val(d->row, to);
        } else if (is_better(&s->sale[i], &s->sale[d->parent[to]])) {
            d->parent[to] = i;
        }
    }
}

void
kith_depth_walk(kith_depth *d, kith_node start, int64_t rows)
{
    guint begin = 0;

    for (guint i = 0; i < d->row->len; i++)
        d->layer[g_array_index(d->row, kith_node, i)] = 0;
    g_array_set_size(d->row, 0);
    d->start = start;
    if (rows < 1)
        return;
    reach_from(d, start, 1);
    for (int32_t layer = 2; layer <= rows && begin < d->row->len; layer++) {
        guint end = d->row->len;

        for (guint i = begin; i < end; i++)
            reach_from(d, g_array_index(d->row, kith_node, i), layer);
        begin = end;
    }
}

static int
compare_nodes(const void *a, const void *b)
{
    kith_node x = *(const kith_node *)a, y = *(const kith_node *)b;

    return x < y ? -1 : x > y;
}

void
kith_depth_order(kith_depth *d)
{
    for (guint begin = 0, end; begin < d->row->len; begin = end) {
        kith_node *row = &g_array_index(d->row, kith_node, begin);

        for (end = begin + 1; end < d->row->len && d->layer[row[end - begin]] == d->layer[*row];)
            end++;
        qsort(row, end - begin, sizeof *row, compare_nodes);
    }
}

double *
kith_depth_parts(const kith_depth *d)
{
    const kith_sales *s = d->sales;
    g_autofree double *by_node = g_new0(double, s->graph->nodes + 1);
    double *out = g_new(double, d->row->len + 1);

    by_node[d->start] = 1;
    for (int64_t at = -1; at < (int64_t)d->row->len; at++) {
        kith_node from = at < 0 ? d->start : g_array_index(d->row, kith_node, at);
        int32_t next = at < 0 ? 1 : d->layer[from] + 1;

        for (int64_t i = s->first[from]; i < s->first[from + 1]; i++)
            if (s->sale[i].to != d->start && d->layer[s->sale[i].to] == next)
                by_node[s->sale[i].to] += by_node[from] * s->sale[i].part;
    }
    for (guint i = 0; i < d->row->len; i++)
        out[i] = by_node[g_array_index(d->row, kith_node, i)];
    return out;
}
