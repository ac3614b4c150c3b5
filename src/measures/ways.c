/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ways.c - channels that were not refused, and the people of a firm. */
#include "measures/ways.h"

#include "base/base.h"
#include "measures/consent.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

enum { MAIL = 1, PHONE = 2 };

static void
gather_refusals(kith_ways *w)
{
    g_autoptr(GArray) consents = kith_consents(w->graph);

    w->refused = g_new0(uint8_t, w->graph->nodes + 1);
    w->recorded = consents->len > 0;
    for (guint i = 0; i < consents->len; i++) {
        const kith_consent *c = &g_array_index(consents, kith_consent, i);

        if (strcmp(c->status, "withdrawn") == 0 || strcmp(c->status, "bounced") == 0)
            w->refused[c->person] |=
                strcmp(c->channel, "phone") == 0 || strcmp(c->channel, "sms") == 0 ? PHONE : MAIL;
    }
}

static bool
is_current(const kith_graph *g, int64_t tie)
{
    const kith_fact_tie t = kith_graph_fact(g, tie);

    return g->kind[t.to] == KITH_ORGANISATION && g->kind[t.from] == KITH_PERSON &&
           (t.until == KITH_TIME_NONE || t.until >= g->as_of);
}

/* Ties are sorted by person, so the people of a firm come out ascending. */
static void
gather_people(kith_ways *w)
{
    const kith_graph *g = w->graph;
    g_autofree int64_t *next = NULL;
    int64_t first, n;

    kith_graph_tie_range(g, KITH_WORKS_AT, &first, &n);
    w->first = g_new0(int64_t, g->nodes + 2);
    w->person = g_new(int32_t, n + 1);
    for (int64_t i = first; i < first + n; i++)
        w->first[kith_graph_fact(g, i).to + 1] += is_current(g, i);
    for (int64_t i = 0; i < g->nodes; i++)
        w->first[i + 1] += w->first[i];
    next = g_memdup2(w->first, sizeof *next * (gsize)(g->nodes + 1));
    for (int64_t i = first; i < first + n; i++)
        if (is_current(g, i))
            w->person[next[kith_graph_fact(g, i).to]++] = (int32_t)kith_graph_fact(g, i).from;
}

kith_ways *
kith_ways_new(const kith_graph *graph, const kith_warm_network *net)
{
    kith_ways *w = g_new0(kith_ways, 1);

    w->graph = graph;
    w->net = net;
    gather_refusals(w);
    gather_people(w);
    return w;
}

void
kith_ways_free(kith_ways *w)
{
    if (!w)
        return;
    g_free(w->refused);
    g_free(w->first);
    g_free(w->person);
    g_free(w);
}

char *
kith_way_to(const kith_ways *w, kith_node who)
{
    static const kith_identifier_kind order[] = {KITH_ID_PHONE, KITH_ID_EMAIL, KITH_ID_URL};
    unsigned no = w->refused[who];
    kith_identifier_kind kind;
    const char *value;

    for (size_t k = 0; k < G_N_ELEMENTS(order); k++)
        for (int64_t i = 0; kith_graph_identifier_at(w->graph, who, i, &kind, &value); i++)
            if (kind == order[k] && !(kind == KITH_ID_PHONE && no & PHONE) &&
                !(kind == KITH_ID_EMAIL && no & MAIL))
                return g_strdup_printf("%s %s", kith_identifier_kind_name(kind), value);
    return NULL;
}

static double
warmth_to(const kith_ways *w, kith_node who)
{
    kith_node me = kith_graph_owner(w->graph);
    int64_t hop = w->net && me >= 0 ? kith_warm_hop(w->net, me, who) : -1;

    return hop < 0 ? 0 : w->net->w[hop];
}

kith_node
kith_way_contact(const kith_ways *w, kith_node about)
{
    kith_node best = -1;
    double warmest = -1;

    if (kith_graph_kind(w->graph, about) != KITH_ORGANISATION)
        return about;
    for (int64_t i = w->first[about]; i < w->first[about + 1]; i++)
        if (w->person[i] != kith_graph_owner(w->graph) && warmth_to(w, w->person[i]) > warmest) {
            best = w->person[i];
            warmest = warmth_to(w, best);
        }
    return best;
}

/* The first tie of somebody's among those of a kind, which are sorted by person. */
static int64_t
first_of(const kith_graph *g, kith_tie_kind kind, kith_node who, int64_t *end)
{
    int64_t low, n, high;

    kith_graph_tie_range(g, kind, &low, &n);
    high = *end = low + n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if ((kith_node)kith_graph_fact(g, middle).from < who)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

kith_node
kith_way_employer(const kith_graph *g, kith_node who)
{
    kith_node found = -1;
    int64_t end, i = first_of(g, KITH_WORKS_AT, who, &end);

    for (; i < end && (kith_node)kith_graph_fact(g, i).from == who; i++) {
        kith_node firm = kith_graph_fact(g, i).to;

        if (found >= 0 && found != firm)
            return -1;
        found = firm;
    }
    return found;
}

void
kith_way_tell(const kith_ways *w, kith_node about, kith_table *table, int column)
{
    kith_node contact = kith_way_contact(w, about);
    g_autofree char *way = kith_way_to(w, contact < 0 ? about : contact);

    if (contact >= 0)
        kith_table_set_node(table, column, contact, kith_graph_label(w->graph, contact));
    kith_table_set_text(table, column + 1, way);
}

void
kith_ways_assume(const kith_ways *w, kith_answer *out)
{
    if (!w->recorded)
        kith_answer_note(out, "no permission is recorded in these files: a channel is taken to be "
                              "fine for one person who writes to another, never for a mailing");
}
