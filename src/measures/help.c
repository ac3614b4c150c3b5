/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c - the three steps, customer by customer. */
#include "measures/help.h"

#include "base/base.h"
#include "model/graph.h"

struct helping {
    const kith_depth *depth;
    const kith_needs *needs;
    const kith_ways *ways;
    int64_t *given;  /* by node: contributions of ours */
    kith_time *last; /* by node */
};

static bool *
find_us(const struct helping *h)
{
    const kith_graph *g = h->ways->graph;
    bool *us = g_new0(bool, g->nodes + 1);

    us[h->depth->start] = true;
    for (int64_t i = h->ways->first[h->depth->start]; i < h->ways->first[h->depth->start + 1]; i++)
        us[h->ways->person[i]] = true;
    if (g->owner >= 0)
        us[g->owner] = true;
    return us;
}

static void
gather_given(struct helping *h)
{
    const kith_graph *g = h->ways->graph;
    g_autofree bool *us = find_us(h);
    int64_t first, n;

    h->given = g_new0(int64_t, g->nodes + 1);
    h->last = g_new(kith_time, g->nodes + 1);
    for (int64_t i = 0; i < g->nodes; i++)
        h->last[i] = KITH_TIME_NONE;
    kith_graph_tie_range(g, KITH_CONTRIBUTED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);

        if (!us[t.from])
            continue;
        h->given[t.to]++;
        h->last[t.to] = MAX(h->last[t.to], t.when);
    }
}

static void
add_given(const struct helping *h, kith_node to, kith_help *row)
{
    row->helped += h->given[to];
    row->last = MAX(row->last, h->last[to]);
    if (kith_graph_kind(h->ways->graph, to) != KITH_ORGANISATION)
        return;
    for (int64_t i = h->ways->first[to]; i < h->ways->first[to + 1]; i++) {
        row->helped += h->given[h->ways->person[i]];
        row->last = MAX(row->last, h->last[h->ways->person[i]]);
    }
}

static void
match(const struct helping *h, kith_node who, const char *word, kith_help *row)
{
    guint n;
    const kith_need *offer = kith_needs_offering(h->needs, word, &n);

    for (guint i = 0; i < n; i++) {
        bool ours = offer[i].who == h->depth->start;

        if (offer[i].who == who || (row->helper >= 0 && !(ours && row->helper != offer[i].who)))
            continue;
        row->needy = who;
        row->helper = offer[i].who;
        row->word = word;
    }
}

static void
add_needs(const struct helping *h, kith_node who, kith_help *row)
{
    guint n;
    const kith_need *need = kith_needs_of(h->needs->needs, who, &n);

    row->needs += n;
    for (guint i = 0; i < n; i++)
        match(h, who, need[i].word, row);
}

static void
look_at(const struct helping *h, kith_help *row)
{
    const kith_sales *s = h->depth->sales;

    row->last = KITH_TIME_NONE;
    row->needy = row->helper = -1;
    row->known = kith_sales_of(s, row->customer);
    add_needs(h, row->customer, row);
    add_given(h, row->customer, row);
    for (int64_t i = s->first[row->customer]; i < s->first[row->customer + 1]; i++) {
        if (s->sale[i].to == h->depth->start)
            continue;
        add_needs(h, s->sale[i].to, row);
        add_given(h, s->sale[i].to, row);
    }
    row->steps = row->known == 0 ? 0 : row->needs == 0 ? 1 : row->helped == 0 ? 2 : 3;
}

GArray *
kith_help_list(const kith_depth *depth, const kith_needs *needs, const kith_ways *ways)
{
    struct helping h = {.depth = depth, .needs = needs, .ways = ways};
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_help));

    gather_given(&h);
    for (guint i = 0; i < depth->row->len; i++) {
        kith_help row = {.customer = g_array_index(depth->row, kith_node, i)};

        if (depth->layer[row.customer] != 1)
            break;
        look_at(&h, &row);
        g_array_append_val(out, row);
    }
    g_free(h.given);
    g_free(h.last);
    return out;
}
