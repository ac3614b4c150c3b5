/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gather.c - facts of a graph as items of warmth-1; the rules are listed in ties.h. */
#include "measures/gather.h"

#include "base/base.h"
#include "base/big.h"
#include "measures/introductions.h"
#include "measures/turnout.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
kith_gathering_clear(kith_gathering *g)
{
    g_clear_pointer(&g->row, kith_big_free);
    g->n = g->room = 0;
}

static bool
is_one_of(const char *word, const char *const *words)
{
    return word && g_strv_contains(words, word);
}

double
kith_tie_number(const kith_graph *graph, int64_t tie, const char *key, double fallback)
{
    const char *name, *value;
    char *end;
    double number;

    for (int64_t i = 0; kith_graph_tie_attribute_at(graph, tie, i, &name, &value); i++) {
        if (strcmp(name, key) != 0)
            continue;
        number = g_ascii_strtod(value, &end);
        return end != value && *end == '\0' && isfinite(number) ? number : fallback;
    }
    return fallback;
}

static kith_status
make_room(kith_gathering *g, int64_t room, kith_error *err)
{
    kith_gathered *more = kith_big_grow(g->row, (size_t)MAX(1, room), sizeof *more);

    if (!more)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " facts", room);
    g->row = more;
    g->room = MAX(1, room);
    return KITH_OK;
}

static kith_status
push(kith_gathering *g, const kith_gathered *row, kith_error *err)
{
    if (g->n == g->room)
        TRY(make_room(g, MAX(1024, g->room * 2), err));
    g->row[g->n++] = *row;
    return KITH_OK;
}

/* Fills in what depends on time, and adds the fact. */
static kith_status
add(kith_gathering *g, kith_node from, kith_node to, kith_time when, kith_warm_evidence e,
    kith_error *err)
{
    kith_gathered row = {(int32_t)MIN(from, to), (int32_t)MAX(from, to), e};
    kith_warmth_item *item = &row.evidence.item;

    if (item->way != KITH_WARMTH_BOTH && from > to)
        item->way = item->way == KITH_WARMTH_OUT ? KITH_WARMTH_IN : KITH_WARMTH_OUT;
    item->undated = when == KITH_TIME_NONE && item->part != KITH_WARMTH_L;
    if (when != KITH_TIME_NONE) {
        item->age_days = MAX(0.0, (double)(kith_graph_as_of(g->graph) - when) / (double)KITH_DAY);
        item->day = (int32_t)CLAMP((double)when / (double)KITH_DAY, -1e9, 1e9);
        if (when < 0 && when % KITH_DAY != 0)
            item->day--;
    } else {
        item->age_days = g->constants->undated_days;
    }
    row.evidence.points = kith_warmth_points(g->constants, item);
    return push(g, &row, err);
}

static kith_status
add_plain(kith_gathering *g, int64_t tie, const kith_tie *t, kith_warmth_part part,
          kith_warmth_way way, double weight, kith_error *err)
{
    kith_warm_evidence e = {.tie = tie, .other = -1};

    e.item = (kith_warmth_item){.weight = weight,
                                .party = 2,
                                .part = part,
                                .way = way,
                                .contact = part == KITH_WARMTH_M || part == KITH_WARMTH_X};
    if (part == KITH_WARMTH_M)
        e.item.party = (int32_t)CLAMP(kith_tie_number(g->graph, tie, "party", 2), 2, 1e6);
    return add(g, t->from, t->to, t->when, e, err);
}

static double
referral_points(const kith_warmth_constants *c, const char *status)
{
    static const char *const closed[] = {"closed", "converted", "won", NULL};

    return is_one_of(status, closed) ? c->closed_referral : c->referral;
}

static kith_status
add_introduction(kith_gathering *g, int64_t tie, const kith_tie *t, kith_error *err)
{
    kith_introduction_state state;

    if (!kith_introduction_says(t->status, &state) || state != KITH_INTRODUCTION_MADE)
        return KITH_OK;
    return add_plain(g, tie, t, KITH_WARMTH_V, KITH_WARMTH_BOTH, g->constants->introduction, err);
}

/* How often each introducer was asked and agreed, and how often of late. */
static void
count_requests(kith_gathering *g)
{
    g_autoptr(GArray) requests = kith_introductions(g->graph);

    for (guint i = 0; i < requests->len; i++) {
        const kith_introduction *r = &g_array_index(requests, kith_introduction, i);

        g->asked[r->by]++;
        g->agreed[r->by] +=
            r->state == KITH_INTRODUCTION_AGREED || r->state == KITH_INTRODUCTION_MADE;
        g->recent[r->by] +=
            r->begun != KITH_TIME_NONE && (double)(kith_graph_as_of(g->graph) - r->begun) <=
                                              g->constants->rest_days * (double)KITH_DAY;
    }
}

/* Ties of a kind are sorted by (from, to). */
static bool
follows(const kith_graph *graph, kith_node from, kith_node to)
{
    int64_t low, n, high;
    kith_tie t;

    kith_graph_tie_range(graph, KITH_FOLLOWS, &low, &n);
    high = low + n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        kith_graph_tie(graph, middle, &t);
        if (t.from == from && t.to == to)
            return true;
        if (t.from < from || (t.from == from && t.to < to))
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static kith_status
add_tie(kith_gathering *g, int64_t i, const kith_tie *t, kith_error *err)
{
    const kith_warmth_constants *c = g->constants;
    const kith_warmth_way both = KITH_WARMTH_BOTH;

    switch (t->kind) {
    case KITH_MET:
        return add_plain(g, i, t, KITH_WARMTH_M, both,
                         kith_is_remote(t->channel) ? c->remote : c->in_person, err);
    case KITH_MESSAGED:
        return add_plain(g, i, t, KITH_WARMTH_X, KITH_WARMTH_OUT, t->weight, err);
    case KITH_REFERRED:
        return add_plain(g, i, t, KITH_WARMTH_V, both, referral_points(c, t->status), err);
    case KITH_INTRODUCED:
        return add_introduction(g, i, t, err);
    case KITH_RECOMMENDED:
        return add_plain(g, i, t, KITH_WARMTH_V, both, c->recommendation, err);
    case KITH_CONTRIBUTED:
        return add_plain(g, i, t, KITH_WARMTH_V, both, c->contribution, err);
    case KITH_FOLLOWS:
        if (!follows(g->graph, t->to, t->from))
            return KITH_OK;
        return add_plain(g, i, t, KITH_WARMTH_L, both, 1, err);
    case KITH_KNOWS:
    case KITH_RELATED:
    case KITH_INVITED:
    case KITH_ENDORSED:
        return add_plain(g, i, t, KITH_WARMTH_L, both, 1, err);
    case KITH_TIE:
        return add_plain(g, i, t, KITH_WARMTH_L, t->undirected ? both : KITH_WARMTH_OUT, 1, err);
    default:
        return KITH_OK;
    }
}

/* Who was where by now, each person once an occasion. */
static GArray *
find_turnouts(const kith_graph *graph)
{
    const kith_time end = kith_graph_as_of(graph) + KITH_DAY;
    GArray *all = kith_turnouts(graph);
    kith_turnout *p = (kith_turnout *)(void *)all->data;
    guint kept = 0;

    for (guint i = 0; i < all->len; i++) {
        const kith_turnout *last = kept ? &p[kept - 1] : NULL;

        if ((p[i].when == KITH_TIME_NONE || p[i].when < end) &&
            (!last || last->event != p[i].event || last->when != p[i].when ||
             last->person != p[i].person))
            p[kept++] = p[i];
    }
    g_array_set_size(all, kept);
    return all;
}

/* Two people were together in person only when both were. */
static kith_status
add_meeting(kith_gathering *g, const kith_turnout *a, const kith_turnout *b, int64_t party,
            kith_error *err)
{
    const kith_warmth_constants *c = g->constants;
    kith_warm_evidence e = {.tie = a->tie, .other = b->tie};

    e.item = (kith_warmth_item){.weight = a->remote || b->remote ? c->remote : c->in_person,
                                .party = (int32_t)party,
                                .part = KITH_WARMTH_M,
                                .contact = (double)party <= c->contact_party};
    return add(g, a->person, b->person, a->when, e, err);
}

static kith_status
gather_events(kith_gathering *g, kith_error *err)
{
    g_autoptr(GArray) all = find_turnouts(g->graph);
    const kith_turnout *p = (const kith_turnout *)(const void *)all->data;

    for (guint i = 0, end; i < all->len; i = end) {
        end = kith_turnout_end(all, i);
        if (end - i > g->max_party) {
            g->large_events++;
            continue;
        }
        for (guint a = i; a < end; a++)
            for (guint b = a + 1; b < end; b++)
                TRY(add_meeting(g, &p[a], &p[b], end - i, err));
    }
    return KITH_OK;
}

kith_status
kith_gather(kith_gathering *g, kith_error *err)
{
    int64_t n = kith_graph_ties(g->graph);
    kith_tie t;

    TRY(make_room(g, n, err));
    for (int64_t i = 0; i < n; i++) {
        kith_graph_tie(g->graph, i, &t);
        if (t.from != t.to && kith_graph_kind(g->graph, t.from) == KITH_PERSON &&
            kith_graph_kind(g->graph, t.to) == KITH_PERSON)
            TRY(add_tie(g, i, &t, err));
    }
    count_requests(g);
    return gather_events(g, err);
}
