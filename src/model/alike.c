/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alike.c - what all ties of a graph have in common. */
#include "model/graph.h"
#include <math.h>

#define NEVER_IN_COLUMNS                                                                           \
    (KITH_SAME_KIND | KITH_SAME_UNTIL | KITH_SAME_AMOUNT | KITH_SAME_CURRENCY | KITH_SAME_STATUS | \
     KITH_SAME_CHANNEL | KITH_SAME_DETAIL | KITH_SAME_UNDIRECTED | KITH_SAME_SOURCE)

static bool
are_equal_weights(const kith_edges *e)
{
    int64_t i = 1;

    while (e->weight && i < e->ties && !(e->weight[i] < e->weight[0]) &&
           !(e->weight[i] > e->weight[0]))
        i++;
    return !e->weight || i >= e->ties;
}

static bool
are_equal_times(const kith_edges *e)
{
    int64_t i = 1;

    while (e->when && i < e->ties && e->when[i] == e->when[0])
        i++;
    return !e->when || i >= e->ties;
}

/* Of columns only three can differ from row to row. */
static unsigned
alike_in_columns(const kith_edges *e)
{
    return NEVER_IN_COLUMNS | (are_equal_weights(e) ? KITH_SAME_WEIGHT : 0) |
           (are_equal_times(e) ? KITH_SAME_WHEN : 0) | (e->ties == 1 ? KITH_SAME_LINE : 0);
}

/* Amounts that are not known are alike. */
static bool
are_same_numbers(double a, double b)
{
    return !(a < b) && !(a > b) && isfinite(a) == isfinite(b);
}

static unsigned
alike_rows(const kith_graph *g, const kith_fact_tie *a, const kith_fact_tie *b)
{
    uint32_t file[] = {KITH_ROW(g->sources, kith_fact_source, a->source)->file,
                       KITH_ROW(g->sources, kith_fact_source, b->source)->file};

    return (a->kind == b->kind ? KITH_SAME_KIND : 0) |
           (a->when == b->when && a->precision == b->precision ? KITH_SAME_WHEN : 0) |
           (a->until == b->until ? KITH_SAME_UNTIL : 0) |
           (are_same_numbers(a->weight, b->weight) ? KITH_SAME_WEIGHT : 0) |
           (are_same_numbers(a->amount, b->amount) ? KITH_SAME_AMOUNT : 0) |
           (a->currency == b->currency ? KITH_SAME_CURRENCY : 0) |
           (a->status == b->status ? KITH_SAME_STATUS : 0) |
           (a->channel == b->channel ? KITH_SAME_CHANNEL : 0) |
           (a->detail == b->detail ? KITH_SAME_DETAIL : 0) |
           (a->undirected == b->undirected ? KITH_SAME_UNDIRECTED : 0) |
           (file[0] == file[1] ? KITH_SAME_SOURCE : 0) | (a->line == b->line ? KITH_SAME_LINE : 0);
}

unsigned
kith_graph_ties_alike(const kith_graph *g, kith_tie *out)
{
    unsigned alike = ~0u;

    if (g->ties == 0)
        return 0;
    kith_graph_tie(g, 0, out);
    if (g->edges)
        return alike_in_columns(g->edges) | KITH_SAME_ATTRIBUTES;
    for (int64_t i = 1; i < g->ties && alike; i++)
        alike &= alike_rows(g, &g->tie_row[0], &g->tie_row[i]);
    return (alike & (KITH_SAME_ATTRIBUTES - 1)) |
           (g->tie_attributes->len ? 0 : KITH_SAME_ATTRIBUTES);
}
