/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worth.c - amounts of sales and deals, added up by customer. */
#include "measures/worth.h"

#include "model/graph.h"

/* What was sold or won: 0 for anything else. */
static double
amount_of(const kith_graph *g, const kith_customers *c, int64_t tie, kith_node *buyer)
{
    const kith_fact_tie f = kith_graph_fact(g, tie);

    if (f.kind != KITH_SELLS_TO && f.kind != KITH_DEAL)
        return 0;
    *buyer = c->customer[f.to] ? f.to : f.from;
    return f.amount > 0 && c->customer[*buyer] ? f.amount : 0;
}

static uint32_t
common_unit(const kith_graph *g, const kith_customers *c)
{
    g_autofree int64_t *times = g_new0(int64_t, kith_pool_size(g->pool) + 1);
    uint32_t best = 0;
    kith_node buyer;

    for (int64_t i = 0; i < g->ties; i++)
        if (amount_of(g, c, i, &buyer) > 0) {
            uint32_t unit = kith_graph_fact(g, i).currency;

            if (++times[unit] > times[best] || times[best] == 0)
                best = unit;
        }
    return best;
}

kith_worth
kith_worth_of(const kith_graph *g, const kith_customers *c)
{
    const uint32_t unit = common_unit(g, c);
    kith_worth out = {.sold = g_new0(double, g->nodes + 1),
                      .unit = unit ? kith_pool_get(g->pool, unit) : NULL};
    kith_node buyer = -1;

    for (int64_t i = 0; i < g->ties; i++) {
        double amount = amount_of(g, c, i, &buyer);

        if (amount > 0 && kith_graph_fact(g, i).currency == unit)
            out.sold[buyer] += amount;
        else
            out.others += amount > 0;
    }
    return out;
}

void
kith_worth_clear(kith_worth *worth)
{
    g_clear_pointer(&worth->sold, g_free);
}
