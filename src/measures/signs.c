/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signs.c - the earliest of what facts, occasions and stages say. */
#include "measures/signs.h"

#include "measures/presence.h"
#include "model/graph.h"

static void
note(kith_time *first, kith_node who, kith_time when)
{
    if (when != KITH_TIME_NONE && (first[who] == KITH_TIME_NONE || when < first[who]))
        first[who] = when;
}

static void
read_contacts(const kith_graph *g, const kith_customers *c, kith_time *met)
{
    static const kith_tie_kind kinds[] = {KITH_MET, KITH_KNOWS, KITH_MESSAGED};
    int64_t first, n;

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        kith_graph_tie_range(g, kinds[k], &first, &n);
        for (int64_t i = first; i < first + n; i++) {
            const kith_fact_tie tie = kith_graph_fact(g, i);

            if (c->us[tie.from])
                note(met, tie.to, tie.when);
            if (c->us[tie.to])
                note(met, tie.from, tie.when);
        }
    }
}

static void
read_occasions(const kith_graph *g, kith_time *met)
{
    g_autoptr(kith_presence) p = kith_presence_new(g);

    for (int64_t i = 0; i < p->n; i++)
        note(met, p->owner[i], KITH_ROW(p->occasion, kith_occasion, p->at[i])->day);
}

static void
read_memberships(const kith_graph *g, kith_time *member)
{
    int64_t first, n;

    kith_graph_tie_range(g, KITH_MEMBER_OF, &first, &n);
    for (int64_t i = first; i < first + n; i++)
        note(member, kith_graph_fact(g, i).from, kith_graph_fact(g, i).when);
}

static void
read_stages(const kith_graph *g, const kith_journey *j, kith_time *member)
{
    for (guint i = 0; i < j->stay->len; i++) {
        const kith_stay *stay = KITH_ROW(j->stay, kith_stay, i);
        kith_node stage = KITH_ROW(j->stage, kith_stage, stay->stage)->node;

        if (g_ascii_strcasecmp(kith_graph_label(g, stage), "member") == 0)
            note(member, stay->who, stay->since);
    }
}

kith_signs
kith_signs_of(const kith_graph *g, const kith_customers *c, const kith_journey *j)
{
    kith_signs s = {g_new(kith_time, g->nodes + 1), g_new(kith_time, g->nodes + 1)};

    for (kith_node v = 0; v < g->nodes; v++)
        s.met[v] = s.member[v] = KITH_TIME_NONE;
    read_contacts(g, c, s.met);
    read_occasions(g, s.met);
    read_memberships(g, s.member);
    read_stages(g, j, s.member);
    return s;
}

void
kith_signs_clear(kith_signs *s)
{
    g_clear_pointer(&s->met, g_free);
    g_clear_pointer(&s->member, g_free);
}
