/* SPDX-License-Identifier: GPL-3.0-or-later */
/* customers.c - signs that somebody is a customer, fact by fact. */
#include "measures/customers.h"

#include "base/base.h"
#include "base/text.h"
#include "measures/ways.h"
#include "model/graph.h"
#include <string.h>

bool
kith_is_won(const char *status)
{
    static const char *const words[] = {"won",       "closed won", "closedwon", "closed",
                                        "converted", "paid",       "complete",  NULL};
    g_autofree char *folded = status ? kith_text_fold(status) : NULL;

    return folded && g_strv_contains(words, folded);
}

static void
find_us(kith_customers *c)
{
    const kith_graph *g = c->graph;

    for (kith_node v = 0; v < g->kind_first[KITH_EVENT]; v++)
        c->us[v] = g->flags[v] & (KITH_FLAG_OWNER | KITH_FLAG_STAFF);
    if (c->me >= 0)
        c->us[c->me] = true;
    if (c->firm >= 0)
        c->us[c->firm] = true;
}

static void
mark(kith_customers *c, kith_node who, kith_time when)
{
    if (c->us[who] || c->graph->kind[who] > KITH_ORGANISATION)
        return;
    c->customer[who] = true;
    if (when != KITH_TIME_NONE && (c->since[who] == KITH_TIME_NONE || when < c->since[who]))
        c->since[who] = when;
}

static bool
is_customer_stage(const kith_graph *g, kith_node stage)
{
    g_autofree char *folded = kith_text_fold(kith_graph_label(g, stage));

    return strcmp(folded, "customer") == 0 || strcmp(folded, "client") == 0 ||
           strcmp(folded, "won") == 0;
}

static void
read_tie(kith_customers *c, int64_t i)
{
    kith_tie t;

    kith_graph_tie(c->graph, i, &t);
    switch (t.kind) {
    case KITH_SELLS_TO:
        if (c->me < 0 || c->us[t.from])
            mark(c, t.to, t.when);
        break;
    case KITH_DEAL:
        if (kith_is_won(t.status)) {
            mark(c, t.to, t.when);
            mark(c, t.from, t.when);
        }
        break;
    case KITH_REFERRED:
        if (kith_is_won(t.status))
            mark(c, t.to, t.when);
        break;
    case KITH_STAGE:
        if (is_customer_stage(c->graph, t.to))
            mark(c, t.from, t.when);
        break;
    default:
        break;
    }
}

/* Who works at a firm that buys from us is a customer of ours. */
static void
mark_people(kith_customers *c)
{
    int64_t first, n;

    kith_graph_tie_range(c->graph, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(c->graph, i);

        if (c->graph->kind[t.to] == KITH_ORGANISATION && c->customer[t.to] &&
            (t.until == KITH_TIME_NONE || t.until >= c->graph->as_of))
            mark(c, t.from, c->since[t.to]);
    }
}

kith_customers *
kith_customers_new(const kith_graph *graph, kith_node firm)
{
    static const kith_tie_kind kinds[] = {KITH_SELLS_TO, KITH_DEAL, KITH_STAGE, KITH_REFERRED};
    kith_customers *c = g_new0(kith_customers, 1);
    int64_t first, n;

    c->graph = graph;
    c->me = graph->owner;
    c->firm = firm >= 0 ? firm : c->me >= 0 ? kith_way_employer(graph, c->me) : -1;
    c->us = g_new0(bool, graph->nodes + 1);
    c->customer = g_new0(bool, graph->nodes + 1);
    c->since = g_new(kith_time, graph->nodes + 1);
    for (kith_node v = 0; v < graph->nodes; v++)
        c->since[v] = KITH_TIME_NONE;
    find_us(c);
    for (kith_node v = 0; v < graph->nodes; v++)
        if (graph->flags[v] & KITH_FLAG_CUSTOMER)
            mark(c, v, KITH_TIME_NONE);
    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        kith_graph_tie_range(graph, kinds[k], &first, &n);
        for (int64_t i = first; i < first + n; i++)
            read_tie(c, i);
    }
    mark_people(c);
    for (kith_node v = 0; v < graph->nodes; v++) {
        c->people += c->customer[v] && graph->kind[v] == KITH_PERSON;
        c->firms += c->customer[v] && graph->kind[v] == KITH_ORGANISATION;
    }
    return c;
}

void
kith_customers_free(kith_customers *c)
{
    if (!c)
        return;
    g_free(c->us);
    g_free(c->customer);
    g_free(c->since);
    g_free(c);
}
