/* SPDX-License-Identifier: GPL-3.0-or-later */
/* favours.c - facts into gifts and asks, and those into pairs. */
#include "measures/favours.h"
#include "measures/repeats.h"

#include "base/base.h"
#include "base/day.h"
#include "base/text.h"
#include "measures/customers.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GIFT, ASK };

struct act {
    kith_node from, to;
    kith_time when, by; /* days: the first and the last it may have been */
    int kind;
};

struct gathering {
    const kith_graph *g;
    const kith_customers *c;
    GArray *acts;
};

/* How much later than its first day something dated by a year or a month may have been. */
static kith_time
vagueness(kith_precision precision)
{
    return precision == KITH_PRECISION_YEAR    ? 365 * KITH_DAY
           : precision == KITH_PRECISION_MONTH ? 30 * KITH_DAY
                                               : 0;
}

static void
add(struct gathering *s, int kind, kith_node from, kith_node to, const kith_tie *t)
{
    struct act act = {from, to, t->when, t->when, kind};

    if (from < 0 || to < 0 || from == to || kith_graph_kind(s->g, from) > KITH_ORGANISATION ||
        kith_graph_kind(s->g, to) > KITH_ORGANISATION)
        return;
    if (t->when != KITH_TIME_NONE) {
        act.when = kith_day_of(t->when);
        act.by = act.when + vagueness(t->precision);
    }
    g_array_append_val(s->acts, act);
}

/* Whom an attribute of the tie names; `otherwise` when it names nobody. */
static kith_node
named(const kith_graph *g, int64_t tie, const char *wanted, kith_node otherwise)
{
    const char *key, *value;
    kith_node found;

    for (int64_t i = 0; kith_graph_tie_attribute_at(g, tie, i, &key, &value); i++) {
        g_autofree char *folded = kith_text_fold(key);

        if (strcmp(folded, wanted) == 0 && kith_graph_find(g, value, 0, &found, NULL) == KITH_OK)
            return found;
    }
    return otherwise;
}

static bool
is_request(const char *status)
{
    static const char *const words[] = {"asked",  "requested", "request",
                                        "agreed", "declined",  NULL};

    return status && g_strv_contains(words, status);
}

static void
add_introduction(struct gathering *s, int64_t i, const kith_tie *t)
{
    kith_node asker = named(s->g, i, "requester", s->g->owner >= 0 ? s->g->owner : t->to);

    if (g_strcmp0(t->status, KITH_PAIRED) == 0)
        return; /* nobody asked */
    add(s, ASK, asker, t->from, t);
    if (!is_request(t->status))
        add(s, GIFT, t->from, asker, t);
}

static void
add_referral(struct gathering *s, int64_t i, const kith_tie *t)
{
    kith_node receiver = named(s->g, i, "receiver", s->g->owner);

    add(s, GIFT, t->from, receiver >= 0 && receiver != t->from ? receiver : t->to, t);
}

/* A deal is of us with the side that is not us. */
static void
add_deal(struct gathering *s, const kith_tie *t)
{
    kith_node we = s->c->firm >= 0 ? s->c->firm : s->c->me;

    if (we >= 0 && !s->c->us[t->from])
        add(s, ASK, we, t->from, t);
    else if (we >= 0 && !s->c->us[t->to])
        add(s, ASK, we, t->to, t);
}

static void
read_tie(struct gathering *s, int64_t i)
{
    kith_tie t;

    kith_graph_tie(s->g, i, &t);
    switch (t.kind) {
    case KITH_CONTRIBUTED:
        if (is_request(t.status))
            add(s, ASK, t.to, t.from, &t);
        else
            add(s, GIFT, t.from, t.to, &t);
        break;
    case KITH_RECOMMENDED:
    case KITH_ENDORSED:
        add(s, GIFT, t.from, t.to, &t);
        break;
    case KITH_REFERRED:
        add_referral(s, i, &t);
        break;
    case KITH_INTRODUCED:
        add_introduction(s, i, &t);
        break;
    case KITH_SELLS_TO:
        add(s, ASK, t.from, t.to, &t);
        break;
    case KITH_DEAL:
        add_deal(s, &t);
        break;
    default:
        break;
    }
}

static int
by_pair(const void *a, const void *b)
{
    const struct act *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->when < y->when ? -1 : x->when > y->when;
}

static void
count(kith_favours *row, const struct act *act)
{
    kith_time *first = act->kind == GIFT ? &row->first_gift : &row->first_ask;
    kith_time *by = act->kind == GIFT ? &row->gift_by : &row->ask_by;

    *(act->kind == GIFT ? &row->given : &row->asked) += 1;
    if (act->when == KITH_TIME_NONE)
        *(act->kind == GIFT ? &row->undated_gifts : &row->undated_asks) += 1;
    else {
        *by = *first == KITH_TIME_NONE ? act->by : MIN(*by, act->by);
        *first = *first == KITH_TIME_NONE ? act->when : MIN(*first, act->when);
    }
}

static int
compare_rows(const void *a, const void *b)
{
    const kith_favours *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static kith_favours
fresh(kith_node from, kith_node to)
{
    return (kith_favours){.from = from,
                          .to = to,
                          .first_gift = KITH_TIME_NONE,
                          .first_ask = KITH_TIME_NONE,
                          .lead_days = NAN};
}

/* Undated gifts may have come before an ask, and undated asks before a gift. */
static void
judge(kith_favours *row)
{
    bool dated = row->first_gift != KITH_TIME_NONE && row->first_ask != KITH_TIME_NONE;

    if (row->asked == 0)
        row->order = KITH_FAVOUR_NO_ASK;
    else if (row->given == 0 || (dated && !row->undated_gifts && row->ask_by < row->first_gift))
        row->order = KITH_FAVOUR_ASKED_FIRST;
    else if (dated && !row->undated_asks && row->gift_by < row->first_ask)
        row->order = KITH_FAVOUR_GAVE_FIRST;
    else
        row->order = KITH_FAVOUR_UNKNOWN;
    if (dated && row->order != KITH_FAVOUR_UNKNOWN)
        row->lead_days = (double)(row->first_ask - row->first_gift) / (double)KITH_DAY;
}

/* Each pair gets a row for both sides, so that what was received can be looked up. */
static GArray *
pair_up(const GArray *acts)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(kith_favours));
    guint once;

    for (guint i = 0, j; i < acts->len; i = j) {
        const struct act *act = KITH_ROW(acts, struct act, i);
        kith_favours row = fresh(act->from, act->to);

        for (j = i; j < acts->len && KITH_ROW(acts, struct act, j)->from == row.from &&
                    KITH_ROW(acts, struct act, j)->to == row.to;
             j++)
            count(&row, KITH_ROW(acts, struct act, j));
        g_array_append_val(rows, row);
    }
    once = rows->len;
    for (guint i = 0; i < once; i++) {
        kith_favours back =
            fresh(KITH_ROW(rows, kith_favours, i)->to, KITH_ROW(rows, kith_favours, i)->from);
        bool there = once && bsearch(&back, rows->data, once, sizeof back, compare_rows);

        if (!there)
            g_array_append_val(rows, back);
    }
    if (rows->len)
        qsort(rows->data, rows->len, sizeof(kith_favours), compare_rows);
    return rows;
}

GArray *
kith_favours_list(const kith_graph *graph)
{
    g_autoptr(kith_customers) c = kith_customers_new(graph, -1);
    g_autoptr(GArray) acts = g_array_new(FALSE, FALSE, sizeof(struct act));
    struct gathering s = {graph, c, acts};
    GArray *rows;

    for (int64_t i = 0; i < graph->ties; i++)
        read_tie(&s, i);
    if (acts->len)
        qsort(acts->data, acts->len, sizeof(struct act), by_pair);
    rows = pair_up(acts);
    for (guint i = 0; i < rows->len; i++) {
        kith_favours *row = KITH_ROW(rows, kith_favours, i);
        kith_favours key = fresh(row->to, row->from);
        const kith_favours *back = bsearch(&key, rows->data, rows->len, sizeof key, compare_rows);

        row->received = back->given;
        judge(row);
    }
    return rows;
}

const char *
kith_favour_order_name(kith_favour_order order)
{
    static const char *const names[] = {"nothing asked", "gave first", "asked first", "unknown"};

    return names[order];
}

double
kith_favours_reciprocity(const GArray *favours)
{
    double all = 0, returned = 0;

    for (guint i = 0; i < favours->len; i++) {
        const kith_favours *row = KITH_ROW(favours, kith_favours, i);

        all += (double)row->given;
        returned += (double)MIN(row->given, row->received);
    }
    return all > 0 ? returned / all : NAN;
}
