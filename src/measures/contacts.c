/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts.c - contacts sorted by time, and one pass over them. */
#include "measures/contacts.h"
#include "base/base.h"
#include "measures/turnout.h"
#include "model/network.h"
#include <stdlib.h>
#include <string.h>

#define MAX_PARTY 500

void
kith_contacts_clear(kith_contacts *c)
{
    g_clear_pointer(&c->contact, g_array_unref);
}

void
kith_arrivals_clear(kith_arrivals *a)
{
    g_clear_pointer(&a->when, g_free);
    g_clear_pointer(&a->via, g_free);
    g_clear_pointer(&a->hops, g_free);
}

static int
compare_contacts(const void *a, const void *b)
{
    const kith_contact *x = a, *y = b;

    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static void
add(kith_contacts *c, kith_time when, kith_node from, kith_node to, int64_t party, int64_t tie)
{
    kith_contact one = {when, (int32_t)from, (int32_t)to, (int32_t)party, tie};

    g_array_append_val(c->contact, one);
}

static void
add_tie(kith_contacts *c, const kith_tie *t, int64_t i, bool reverse)
{
    bool both = t->undirected || kith_tie_kind_is_mutual(t->kind);

    if (t->when == KITH_TIME_NONE) {
        c->undated++;
        return;
    }
    if (both || !reverse)
        add(c, t->when, t->from, t->to, 2, i);
    if (both || reverse)
        add(c, t->when, t->to, t->from, 2, i);
}

static void
add_events(const kith_graph *graph, kith_contacts *c)
{
    g_autoptr(GArray) all = kith_turnouts(graph);
    const kith_turnout *p = (const kith_turnout *)(const void *)all->data;

    for (guint i = 0, end; i < all->len; i = end) {
        end = kith_turnout_end(all, i);
        if (p[i].when == KITH_TIME_NONE) {
            c->undated += end - i;
            continue;
        }
        if (end - i > MAX_PARTY) {
            c->large_events++;
            continue;
        }
        for (guint a = i; a < end; a++)
            for (guint b = i; b < end; b++)
                if (p[a].person != p[b].person)
                    add(c, p[a].when, p[a].person, p[b].person, end - i, p[a].tie);
    }
}

kith_status
kith_contacts_read(const kith_graph *graph, const char *ties, bool reverse, kith_contacts *out,
                   kith_error *err)
{
    kith_network_options picked = {0};
    kith_tie t;

    *out = (kith_contacts){.contact = g_array_new(FALSE, FALSE, sizeof(kith_contact))};
    TRY(kith_network_read_ties(ties, &picked, err));
    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        kith_graph_tie(graph, i, &t);
        if (t.from != t.to && kith_graph_kind(graph, t.from) == KITH_PERSON &&
            kith_graph_kind(graph, t.to) == KITH_PERSON &&
            (!picked.ties || picked.ties & 1u << t.kind))
            add_tie(out, &t, i, reverse);
    }
    if (picked.together)
        add_events(graph, out);
    if (out->contact->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files hold no dated ties between two people");
    qsort(out->contact->data, out->contact->len, sizeof(kith_contact), compare_contacts);
    return KITH_OK;
}

/* One look at the contacts of a moment; whoever had word before `moment`, or within it when allowed, passes it on. */
static bool
pass_on(const kith_contact *c, guint n, bool same_moment, kith_arrivals *a)
{
    bool more = false;

    for (guint i = 0; i < n; i++) {
        bool has = a->hops[c[i].from] == 0 || (a->when[c[i].from] != KITH_TIME_NONE &&
                                               a->when[c[i].from] < c[i].when + same_moment);

        if (!has || a->when[c[i].to] != KITH_TIME_NONE || a->hops[c[i].to] == 0)
            continue;
        a->when[c[i].to] = c[i].when;
        a->via[c[i].to] = c[i].from;
        a->hops[c[i].to] = a->hops[c[i].from] + 1;
        a->reached++;
        more = true;
    }
    return more && same_moment;
}

void
kith_arrivals_from(const kith_contacts *contacts, int64_t nodes, kith_node from, kith_time since,
                   bool same_moment, kith_arrivals *out)
{
    const kith_contact *c = (const kith_contact *)(const void *)contacts->contact->data;
    guint n = contacts->contact->len;

    *out = (kith_arrivals){g_new(kith_time, (gsize)nodes + 1), g_new(int32_t, (gsize)nodes + 1),
                           g_new(int32_t, (gsize)nodes + 1), 1};
    for (int64_t i = 0; i < nodes; i++) {
        out->when[i] = KITH_TIME_NONE;
        out->via[i] = out->hops[i] = -1;
    }
    out->hops[from] = 0;
    for (guint i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && c[j].when == c[i].when; j++)
            ;
        while ((since == KITH_TIME_NONE || c[i].when >= since) &&
               pass_on(c + i, j - i, same_moment, out))
            ;
    }
}
