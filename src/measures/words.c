/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c - what is between two people, in words a reader can check: kith_warm_words() of ties.h. */
#include "base/base.h"
#include "measures/ties.h"
#include <stdlib.h>

/* All facts of one kind between two people. */
typedef struct group {
    kith_tie_kind kind;
    int64_t n, latest; /* facts; the tie of the last of them, -1 before the first */
    kith_time when;    /* of that one */
    double points, out, in;
} group;

static void
join(group *g, const kith_warm_network *net, const kith_warm_evidence *e)
{
    kith_tie t;

    kith_graph_tie(net->graph, e->tie, &t);
    if (t.kind == KITH_ATTENDED && t.when == KITH_TIME_NONE)
        t.when = kith_graph_event_time(net->graph, t.to);
    g->kind = t.kind;
    g->n++;
    g->points += e->points;
    g->out += e->item.way == KITH_WARMTH_OUT ? e->item.weight : 0;
    g->in += e->item.way == KITH_WARMTH_IN ? e->item.weight : 0;
    if (g->latest < 0 || t.when > g->when || (t.when == g->when && e->tie < g->latest)) {
        g->latest = e->tie;
        g->when = t.when;
    }
}

static int
by_points(const void *a, const void *b)
{
    const group *x = a, *y = b;

    if (x->points != y->points)
        return x->points > y->points ? -1 : 1;
    return x->kind < y->kind ? -1 : x->kind > y->kind;
}

/* Kinds that are counted. */
static const struct {
    const char *one, *many;
} nouns[KITH_TIE_KINDS] = {
    [KITH_REFERRED] = {"a referral", "referrals"},
    [KITH_INTRODUCED] = {"an introduction", "introductions"},
    [KITH_RECOMMENDED] = {"a recommendation", "recommendations"},
    [KITH_CONTRIBUTED] = {"a contribution", "contributions"},
    [KITH_INVITED] = {"an invitation", "invitations"},
    [KITH_ENDORSED] = {"an endorsement", "endorsements"},
};

/* "3 referrals, last 2024-05-01", "a referral, 2024-05-01". */
static void
say_count(GString *out, const group *g, const char *date)
{
    if (g->n == 1)
        g_string_append_printf(out, "%s%s%s", nouns[g->kind].one, *date ? ", " : "", date);
    else
        g_string_append_printf(out, "%" G_GINT64_FORMAT " %s%s%s", g->n, nouns[g->kind].many,
                               *date ? ", last " : "", date);
}

static void
say_link(GString *out, const group *g, const kith_tie *t)
{
    if (g->kind == KITH_TIE)
        g_string_append(out, g->n == 1 ? "a tie" : "ties");
    else if (g->kind == KITH_RELATED)
        g_string_append_printf(out, "related%s%s", t->detail ? ": " : "",
                               t->detail ? t->detail : "");
    else if (g->kind == KITH_FOLLOWS)
        g_string_append(out, "follow each other");
    else
        g_string_append(out, t->channel ? "connected" : "acquainted");
    if (t->channel && g->kind != KITH_RELATED)
        g_string_append_printf(out, " on %s", t->channel);
}

static void
say_together(GString *out, const kith_warm_network *net, const group *g, const kith_tie *t,
             const char *date)
{
    if (g->n == 1)
        g_string_append_printf(out, "both at %s", kith_graph_label(net->graph, t->to));
    else
        g_string_append_printf(out, "together at events %" G_GINT64_FORMAT " times, last %s", g->n,
                               kith_graph_label(net->graph, t->to));
    if (*date)
        g_string_append_printf(out, ", %s", date);
}

static void
say_messages(GString *out, const group *g, const char *date)
{
    g_string_append_printf(out, "%.0f messages out, %.0f in", g->out, g->in);
    if (*date)
        g_string_append_printf(out, ", last %s", date);
}

static void
say_meetings(GString *out, const group *g, const char *date)
{
    if (g->n == 1)
        g_string_append_printf(out, "met once%s%s", *date ? ", " : "", date);
    else
        g_string_append_printf(out, "met %" G_GINT64_FORMAT " times%s%s", g->n,
                               *date ? ", last " : "", date);
}

static void
say(GString *out, const kith_warm_network *net, const group *g)
{
    char date[32];
    kith_tie t;

    kith_graph_tie(net->graph, g->latest, &t);
    kith_time_text(
        g->when,
        t.when == KITH_TIME_NONE ? KITH_PRECISION_DAY : MIN(t.precision, KITH_PRECISION_DAY), date);
    switch (g->kind) {
    case KITH_MET:
        say_meetings(out, g, date);
        break;
    case KITH_ATTENDED:
        say_together(out, net, g, &t, date);
        break;
    case KITH_MESSAGED:
        say_messages(out, g, date);
        break;
    default:
        if (nouns[g->kind].one)
            say_count(out, g, date);
        else
            say_link(out, g, &t);
    }
    if (t.source && t.line > 0)
        g_string_append_printf(out, " (%s:%" G_GINT64_FORMAT ")", t.source, t.line);
    else if (t.source)
        g_string_append_printf(out, " (%s)", t.source);
}

/* Messages are worth what both sides wrote, so their points are X and not the sum of O and I. */
static void
weigh_messages(const kith_warm_network *net, kith_node from, kith_node to, group *messages)
{
    kith_warmth warmth;

    if (messages->n == 0)
        return;
    kith_warm_between(net, from, to, &warmth);
    messages->points = warmth.x;
}

char *
kith_warm_words(const kith_warm_network *net, kith_node from, kith_node to, int most)
{
    g_autoptr(GArray) rows = kith_warm_ledger(net, from, to);
    GString *out = g_string_new(NULL);
    group groups[KITH_TIE_KINDS];
    kith_tie t;

    for (int k = 0; k < KITH_TIE_KINDS; k++)
        groups[k] = (group){.kind = k, .latest = -1, .points = -1};
    for (guint i = 0; i < rows->len; i++) {
        const kith_warm_evidence *e = &g_array_index(rows, kith_warm_evidence, i);

        kith_graph_tie(net->graph, e->tie, &t);
        if (groups[t.kind].n == 0)
            groups[t.kind].points = 0;
        join(&groups[t.kind], net, e);
    }
    weigh_messages(net, from, to, &groups[KITH_MESSAGED]);
    qsort(groups, KITH_TIE_KINDS, sizeof *groups, by_points);
    for (int k = 0; k < MIN(most, KITH_TIE_KINDS) && groups[k].n > 0; k++) {
        g_string_append(out, k > 0 ? "; " : "");
        say(out, net, &groups[k]);
    }
    return g_string_free(out, FALSE);
}
