/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prospects.c - one look at each person's contacts, events and topics. */
#include "measures/prospects.h"

#include "base/base.h"
#include "measures/turnout.h"
#include "model/graph.h"
#include <stdlib.h>

struct search {
    const kith_warm_network *net;
    const kith_customers *c;
    const kith_graph *g;
    double at_least;
    kith_prospect *row; /* by node */
};

static void
look_at_contacts(struct search *s, kith_node v)
{
    kith_prospect *row = &s->row[v];

    for (int64_t i = s->net->first[v]; i < s->net->first[v + 1]; i++) {
        kith_node other = s->net->to[i];
        double w = s->net->w[i];

        row->known = row->known || s->c->us[other];
        if (w < s->at_least || s->c->us[other])
            continue;
        row->contacts++;
        if (!s->c->customer[other])
            continue;
        row->customers++;
        row->well += s->net->tier[i] >= KITH_TIER_FAMILIAR;
        row->score += w;
        if (row->warmest < 0 || w > s->net->w[kith_warm_hop(s->net, v, row->warmest)])
            row->warmest = other;
    }
}

static bool
is_present(const kith_graph *g, int64_t tie)
{
    const kith_fact_tie t = kith_graph_fact(g, tie);

    return t.kind != KITH_ATTENDED || kith_was_there(kith_pool_get(g->pool, t.status));
}

/* Ties of a kind are sorted by (from, to), so the same event twice stands side by side. */
static void
count_shared(struct search *s, kith_tie_kind kind, bool events)
{
    g_autofree bool *ours = g_new0(bool, s->g->nodes + 1);
    kith_node last_from = -1, last_to = -1;
    int64_t first, n;

    kith_graph_tie_range(s->g, kind, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(s->g, i);

        if (is_present(s->g, i) && (s->c->us[t.from] || s->c->customer[t.from]))
            ours[t.to] = true;
    }
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(s->g, i);

        if (!ours[t.to] || !is_present(s->g, i) || (t.from == last_from && t.to == last_to))
            continue;
        last_from = t.from;
        last_to = t.to;
        *(events ? &s->row[t.from].events : &s->row[t.from].topics) += 1;
    }
}

static int
compare(const void *a, const void *b)
{
    const kith_prospect *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->events + x->topics != y->events + y->topics)
        return x->events + x->topics > y->events + y->topics ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

GArray *
kith_prospects_list(const kith_warm_network *net, const kith_customers *customers, double at_least)
{
    struct search s = {net, customers, net->graph, at_least, NULL};
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_prospect));
    int64_t people = s.g->kind_first[KITH_PERSON + 1];

    s.row = g_new0(kith_prospect, s.g->nodes + 1);
    for (kith_node v = 0; v < people; v++) {
        s.row[v].person = v;
        s.row[v].warmest = -1;
        look_at_contacts(&s, v);
    }
    count_shared(&s, KITH_ATTENDED, true);
    count_shared(&s, KITH_INTERESTED_IN, false);
    count_shared(&s, KITH_MEMBER_OF, false);
    for (kith_node v = 0; v < people; v++)
        if (!customers->us[v] && !customers->customer[v] &&
            s.row[v].customers + s.row[v].events + s.row[v].topics > 0)
            g_array_append_val(out, s.row[v]);
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_prospect), compare);
    g_free(s.row);
    return out;
}
