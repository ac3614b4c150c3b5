/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scorecard.c - each share counted from the facts. */
#include "measures/scorecard.h"

#include "base/base.h"
#include "measures/consent.h"
#include "measures/favours.h"
#include "measures/reachable.h"
#include "measures/referrals.h"
#include "measures/sales.h"
#include "measures/turnout.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define YEAR (365 * KITH_DAY)

struct counting {
    const kith_graph *g;
    kith_customers *c;
    kith_scorecard *card;
    kith_time from, to;
};

static const struct {
    const char *name, *about;
} words[KITH_SCORES] = {
    {"new_referred", "new customers who were referred, or in the community, before"},
    {"permission", "people whose permission is recorded and holds"},
    {"second_row", "our customers of whom at least one customer is known"},
    {"face_to_face", "customers met in person in the last 365 days"},
    {"fresh_answers", "customers who answered a question in the last 365 days"},
    {"give_first", "of those asked in a known order: gave before asking"},
    {"rented_only", "people we reach only through a platform that is not ours"},
    {"without_us", "conversations in which neither side is us"},
    {"elephants", "paying customers so few of whom bring half of what is sold"},
    {"hhi", "concentration of sales: sum of squared shares, 1 is one customer alone"},
};

const char *
kith_score_name(kith_score_measure measure)
{
    return words[measure].name;
}

const char *
kith_score_about(kith_score_measure measure)
{
    return words[measure].about;
}

static kith_score *
score(struct counting *s, kith_score_measure measure)
{
    return &s->card->score[measure];
}

/* One more to count; who does not pass is written down. */
static void
count(struct counting *s, kith_score_measure measure, kith_node who, bool passes)
{
    kith_score *one = score(s, measure);

    one->of++;
    one->count += passes;
    if (passes || who < 0)
        return;
    if (!one->open)
        one->open = g_array_new(FALSE, FALSE, sizeof(kith_node));
    g_array_append_val(one->open, who);
}

static bool
is_within(kith_time when, kith_time from, kith_time to)
{
    return when != KITH_TIME_NONE && when >= from + KITH_DAY && when < to + KITH_DAY;
}

/* When somebody first was referred, was at an event or became a member; KITH_TIME_NONE for never. */
static kith_time *
first_in_community(const struct counting *s)
{
    static const kith_tie_kind kinds[] = {KITH_REFERRED, KITH_ATTENDED, KITH_MEMBER_OF};
    kith_time *first_time = g_new0(kith_time, s->g->nodes + 1);
    int64_t first, n;

    for (kith_node v = 0; v < s->g->nodes; v++)
        first_time[v] = KITH_TIME_NONE;
    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        kith_graph_tie_range(s->g, kinds[k], &first, &n);
        for (int64_t i = first; i < first + n; i++) {
            const kith_fact_tie t = kith_graph_fact(s->g, i);
            kith_node who = kinds[k] == KITH_REFERRED ? t.to : t.from;
            kith_time when = t.when;

            if (kinds[k] == KITH_ATTENDED && when == KITH_TIME_NONE)
                when = kith_graph_event_time(s->g, t.to);
            if (when != KITH_TIME_NONE &&
                (first_time[who] == KITH_TIME_NONE || when < first_time[who]))
                first_time[who] = when;
        }
    }
    return first_time;
}

static void
count_new(struct counting *s)
{
    g_autofree kith_time *before = first_in_community(s);

    for (kith_node v = 0; v < s->g->kind_first[KITH_EVENT]; v++)
        if (s->c->customer[v] && is_within(s->c->since[v], s->from, s->to))
            count(s, KITH_SCORE_REFERRED, v,
                  before[v] != KITH_TIME_NONE && before[v] <= s->c->since[v]);
}

static void
count_permission(struct counting *s)
{
    g_autoptr(GArray) consents = kith_consents(s->g);
    g_autofree bool *granted = g_new0(bool, s->g->nodes + 1);

    for (guint i = 0; i < consents->len; i++) {
        const kith_consent *c = KITH_ROW(consents, kith_consent, i);

        if (strcmp(c->status, "granted") == 0)
            granted[c->person] = true;
    }
    for (kith_node v = 0; v < s->g->kind_first[KITH_PERSON + 1]; v++)
        if (!s->c->us[v])
            count(s, KITH_SCORE_PERMISSION, v, granted[v]);
}

static void
count_second_row(struct counting *s, const kith_sales *sales)
{
    kith_node us = s->c->firm >= 0 ? s->c->firm : s->c->me;

    for (int64_t i = us < 0 ? 0 : sales->first[us]; us >= 0 && i < sales->first[us + 1]; i++)
        count(s, KITH_SCORE_SECOND_ROW, sales->sale[i].to,
              kith_sales_of(sales, sales->sale[i].to) > 0);
}

static bool
is_recent(const struct counting *s, kith_time when)
{
    return when != KITH_TIME_NONE && when > s->g->as_of - YEAR;
}

static bool
is_in_person(const kith_graph *g, const kith_fact_tie *t)
{
    const char *channel = kith_pool_get(g->pool, t->channel);

    return !channel || (strcmp(channel, "video") != 0 && strcmp(channel, "phone") != 0);
}

/* Marks who met one of us, or was at an event with one of us, in person in the last year. */
static void
mark_met(const struct counting *s, bool *met)
{
    g_autofree bool *ours = g_new0(bool, s->g->nodes + 1);
    int64_t first, n;

    kith_graph_tie_range(s->g, KITH_MET, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(s->g, i);

        if (!is_in_person(s->g, &t) || !is_recent(s, t.when))
            continue;
        met[t.to] = met[t.to] || s->c->us[t.from];
        met[t.from] = met[t.from] || s->c->us[t.to];
    }
    kith_graph_tie_range(s->g, KITH_ATTENDED, &first, &n);
    for (int pass = 0; pass < 2; pass++)
        for (int64_t i = first; i < first + n; i++) {
            const kith_fact_tie t = kith_graph_fact(s->g, i);
            kith_time when = t.when == KITH_TIME_NONE ? kith_graph_event_time(s->g, t.to) : t.when;

            if (!kith_was_there(kith_pool_get(s->g->pool, t.status)) || !is_in_person(s->g, &t) ||
                !is_recent(s, when))
                continue;
            if (pass == 0)
                ours[t.to] = ours[t.to] || s->c->us[t.from];
            else
                met[t.from] = met[t.from] || ours[t.to];
        }
}

static void
count_customers(struct counting *s)
{
    g_autofree bool *met = g_new0(bool, s->g->nodes + 1);
    g_autofree bool *answered = g_new0(bool, s->g->nodes + 1);
    int64_t first, n;

    mark_met(s, met);
    kith_graph_tie_range(s->g, KITH_ANSWERED, &first, &n);
    for (int64_t i = first; i < first + n; i++)
        answered[kith_graph_fact(s->g, i).from] |= is_recent(s, kith_graph_fact(s->g, i).when);
    for (kith_node v = 0; v < s->g->kind_first[KITH_EVENT]; v++) {
        if (!s->c->customer[v])
            continue;
        if (kith_graph_kind(s->g, v) == KITH_PERSON)
            count(s, KITH_SCORE_FACE, v, met[v]);
        if (n > 0)
            count(s, KITH_SCORE_FRESH, v, answered[v]);
    }
}

static void
count_giving(struct counting *s)
{
    g_autoptr(GArray) favours = kith_favours_list(s->g);

    for (guint i = 0; i < favours->len; i++) {
        const kith_favours *f = KITH_ROW(favours, kith_favours, i);

        if (s->c->us[f->from] && !s->c->us[f->to] &&
            (f->order == KITH_FAVOUR_GAVE_FIRST || f->order == KITH_FAVOUR_ASKED_FIRST))
            count(s, KITH_SCORE_GIVE, f->to, f->order == KITH_FAVOUR_GAVE_FIRST);
    }
}

static void
count_reach(struct counting *s)
{
    g_autoptr(kith_reachable) r = kith_reachable_new(s->g, s->c);
    kith_score *one = score(s, KITH_SCORE_RENTED);

    for (kith_node v = 0; v < s->g->kind_first[KITH_PERSON + 1]; v++) {
        if (!r->way[v])
            continue;
        one->of++;
        if (r->way[v] & 1)
            continue;
        one->count++;
        if (!one->open)
            one->open = g_array_new(FALSE, FALSE, sizeof(kith_node));
        g_array_append_val(one->open, v);
    }
}

static void
count_talk(struct counting *s)
{
    static const kith_tie_kind kinds[] = {KITH_MESSAGED, KITH_MET};
    int64_t first, n;

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        kith_graph_tie_range(s->g, kinds[k], &first, &n);
        for (int64_t i = first; i < first + n; i++) {
            const kith_fact_tie t = kith_graph_fact(s->g, i);

            count(s, KITH_SCORE_TALK, -1, !s->c->us[t.from] && !s->c->us[t.to]);
        }
    }
}

static int
largest_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x > y ? -1 : x < y;
}

double
kith_concentration(const double *value, int64_t n, int64_t *elephants)
{
    g_autofree double *sorted = g_new(double, n + 1);
    double total = 0, squares = 0, sum = 0;
    int64_t m = 0;

    for (int64_t i = 0; i < n; i++)
        if (value[i] > 0)
            sorted[m++] = value[i];
    if (m)
        qsort(sorted, (size_t)m, sizeof *sorted, largest_first);
    for (int64_t i = m - 1; i >= 0; i--)
        total += sorted[i];
    *elephants = 0;
    for (int64_t i = 0; i < m; i++) {
        squares += sorted[i] / total * (sorted[i] / total);
        *elephants += sum < total / 2;
        sum += sorted[i];
    }
    return m ? squares : NAN;
}

/* What we sell in the commonest currency, by customer; where nobody is us, what anybody sells. */
static void
count_money(struct counting *s, const kith_sales *sales)
{
    g_autofree double *value = g_new(double, sales->n + 1);
    g_autofree int64_t *times = g_new0(int64_t, kith_pool_size(s->g->pool) + 1);
    uint32_t common = 0;
    int64_t n = 0, elephants;

    for (int64_t i = 0; i < sales->n; i++) {
        const kith_sale *one = &sales->sale[i];

        if ((s->c->me < 0 || s->c->us[one->from]) && !isnan(one->value) &&
            (++times[one->currency] > times[common] || common == one->currency))
            common = one->currency;
    }
    for (int64_t i = 0; i < sales->n; i++) {
        const kith_sale *one = &sales->sale[i];

        if ((s->c->me < 0 || s->c->us[one->from]) && one->currency == common && one->value > 0)
            value[n++] = one->value;
    }
    score(s, KITH_SCORE_HHI)->value = kith_concentration(value, n, &elephants);
    score(s, KITH_SCORE_HHI)->of = score(s, KITH_SCORE_ELEPHANT)->of = n;
    score(s, KITH_SCORE_ELEPHANT)->count = elephants;
}

kith_scorecard *
kith_scorecard_new(const kith_graph *graph, kith_node firm, kith_time from, kith_time to)
{
    g_autoptr(kith_customers) c = kith_customers_new(graph, firm);
    g_autoptr(kith_sales) sales = kith_sales_new(graph, KITH_SELLS_TO, false);
    kith_scorecard *card = g_new0(kith_scorecard, 1);
    struct counting s = {graph, c, card, from, to};

    count_new(&s);
    count_permission(&s);
    count_second_row(&s, sales);
    count_customers(&s);
    count_giving(&s);
    count_reach(&s);
    count_talk(&s);
    count_money(&s, sales);
    for (int m = 0; m < KITH_SCORE_HHI; m++)
        card->score[m].value =
            card->score[m].of ? (double)card->score[m].count / (double)card->score[m].of : NAN;
    return card;
}

void
kith_scorecard_free(kith_scorecard *card)
{
    if (!card)
        return;
    for (int m = 0; m < KITH_SCORES; m++)
        g_clear_pointer(&card->score[m].open, g_array_unref);
    g_free(card);
}

static int
by_loss(const void *a, const void *b)
{
    const kith_platform *x = a, *y = b;

    if (x->lost != y->lost)
        return x->lost > y->lost ? -1 : 1;
    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return strcmp(x->name, y->name);
}

GArray *
kith_platforms(const kith_graph *graph, const kith_customers *customers)
{
    g_autoptr(kith_reachable) r = kith_reachable_new(graph, customers);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_platform));

    for (guint i = 0; i < r->platform->len; i++) {
        kith_platform one = {
            kith_pool_get(graph->pool, kith_pool_put(graph->pool, r->platform->pdata[i])), 0, 0};

        for (kith_node v = 0; v < graph->kind_first[KITH_PERSON + 1]; v++) {
            one.people += (r->way[v] & UINT64_C(2) << i) != 0;
            one.lost += r->way[v] == UINT64_C(2) << i;
        }
        if (one.people)
            g_array_append_val(out, one);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_platform), by_loss);
    return out;
}
