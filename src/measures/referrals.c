/* SPDX-License-Identifier: GPL-3.0-or-later */
/* referrals.c - facts into referrals, referrals into a forest. */
#include "measures/referrals.h"

#include "base/base.h"
#include "base/day.h"
#include "base/text.h"
#include "measures/customers.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static kith_time
day_of(kith_time when)
{
    return when == KITH_TIME_NONE ? INT64_MAX : kith_day_of(when);
}

/* An attribute of the tie by its folded key; NULL for none. */
static const char *
noted(const kith_graph *g, int64_t tie, const char *const *keys)
{
    const char *key, *value;

    for (int64_t i = 0; kith_graph_tie_attribute_at(g, tie, i, &key, &value); i++) {
        g_autofree char *folded = kith_text_fold(key);

        if (g_strv_contains(keys, folded))
            return value;
    }
    return NULL;
}

static bool
is_thanked(const kith_graph *g, int64_t tie)
{
    static const char *const keys[] = {"thanked", "thanked on", "thank you", "thanks", NULL};
    static const char *const no[] = {"no", "0", "false", "-", "", NULL};
    const char *value = noted(g, tie, keys);
    g_autofree char *folded = value ? kith_text_fold(value) : NULL;

    return folded && !g_strv_contains(no, folded);
}

static kith_node
receiver_of(const kith_graph *g, int64_t tie, kith_node giver)
{
    static const char *const keys[] = {"receiver", "received by", "for member", NULL};
    const char *who = noted(g, tie, keys);
    kith_node found = -1;

    if (who && kith_graph_find(g, who, 0, &found, NULL) == KITH_OK)
        return found;
    return g->owner == giver ? -1 : g->owner;
}

static kith_referral
read_fact(kith_referrals *r, int64_t i)
{
    kith_referral out = {.tie = i, .facts = 1};
    kith_tie t;

    kith_graph_tie(r->graph, i, &t);
    out.giver = t.from;
    out.subject = t.to;
    out.receiver = receiver_of(r->graph, i, t.from);
    out.when = t.when;
    out.precision = t.precision;
    out.outcome = t.status;
    out.closed = kith_is_won(t.status);
    out.value = t.amount;
    out.currency = t.currency;
    out.thanked = is_thanked(r->graph, i);
    if (out.value < 0) {
        out.value = NAN;
        r->negative++;
    }
    return out;
}

static int
compare_pairs(const kith_referral *x, const kith_referral *y)
{
    if (x->giver != y->giver)
        return x->giver < y->giver ? -1 : 1;
    return x->subject < y->subject ? -1 : x->subject > y->subject;
}

/* Of one pair the undated come last, and join the first. */
static int
by_pair(const void *a, const void *b)
{
    const kith_referral *x = a, *y = b;
    int order = compare_pairs(x, y);

    if (order)
        return order;
    if (day_of(x->when) != day_of(y->when))
        return day_of(x->when) < day_of(y->when) ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static int
by_day(const void *a, const void *b)
{
    const kith_referral *x = a, *y = b;

    if (day_of(x->when) != day_of(y->when))
        return day_of(x->when) < day_of(y->when) ? -1 : 1;
    return compare_pairs(x, y);
}

/* Closed says more than lost, lost more than pending, any word more than none. */
static int
weight_of(const kith_referral *r)
{
    if (!r->outcome)
        return 0;
    return r->closed ? 3 : strcmp(r->outcome, "lost") == 0 ? 2 : 1;
}

static void
join(kith_referral *into, const kith_referral *more)
{
    if (weight_of(more) > weight_of(into)) {
        into->outcome = more->outcome;
        into->closed = more->closed;
        into->tie = more->tie;
    }
    if (isnan(into->value) || more->value > into->value) {
        into->value = more->value;
        into->currency = more->currency;
    }
    into->thanked = into->thanked || more->thanked;
    into->facts += more->facts;
}

static void
gather(kith_referrals *r)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(kith_referral));
    int64_t first, n, group = -1;

    kith_graph_tie_range(r->graph, KITH_REFERRED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_referral one = read_fact(r, i);

        r->oneself += one.giver == one.subject;
        if (one.giver != one.subject)
            g_array_append_val(all, one);
    }
    r->facts = all->len;
    if (all->len)
        qsort(all->data, all->len, sizeof(kith_referral), by_pair);
    for (guint i = 0; i < all->len; i++) {
        const kith_referral *one = KITH_ROW(all, kith_referral, i);
        kith_referral *last = r->row->len ? KITH_ROW(r->row, kith_referral, r->row->len - 1) : NULL;

        if (!last || compare_pairs(last, one) != 0)
            group = r->row->len;
        else if (one->when == KITH_TIME_NONE)
            last = KITH_ROW(r->row, kith_referral, group);
        if (last && compare_pairs(last, one) == 0 &&
            (one->when == KITH_TIME_NONE || day_of(last->when) == day_of(one->when)))
            join(last, one);
        else
            g_array_append_val(r->row, *one);
    }
    if (r->row->len)
        qsort(r->row->data, r->row->len, sizeof(kith_referral), by_day);
}

/* Whether the giver hangs, over some steps, under the subject. */
static bool
closes_circle(const kith_referrals *r, const kith_referral *one)
{
    kith_node v = one->giver;

    while (r->parent[v] >= 0) {
        v = KITH_ROW(r->row, kith_referral, r->parent[v])->giver;
        if (v == one->subject)
            return true;
    }
    return false;
}

/* Two rounds: referrals that closed find their places first, then the others by day. */
static void
grow(kith_referrals *r)
{
    for (int closed = 1; closed >= 0; closed--)
        for (guint i = 0; i < r->row->len; i++) {
            kith_referral *one = KITH_ROW(r->row, kith_referral, i);

            if (one->closed != (closed == 1))
                continue;
            if (r->parent[one->subject] >= 0)
                one->place = KITH_REFERRAL_AGAIN;
            else if (closes_circle(r, one))
                one->place = KITH_REFERRAL_CIRCLE;
            else
                r->parent[one->subject] = i;
        }
    for (guint i = 0; i < r->row->len; i++) {
        kith_referral *one = KITH_ROW(r->row, kith_referral, i);

        if (one->place == KITH_REFERRAL_FIRST)
            one->generation = kith_referrals_depth(r, one->subject);
    }
}

kith_referrals *
kith_referrals_new(const kith_graph *graph)
{
    kith_referrals *r = g_new0(kith_referrals, 1);

    r->graph = graph;
    r->row = g_array_new(FALSE, FALSE, sizeof(kith_referral));
    r->parent = g_new(int64_t, graph->nodes + 1);
    for (kith_node v = 0; v < graph->nodes; v++)
        r->parent[v] = -1;
    gather(r);
    grow(r);
    return r;
}

void
kith_referrals_free(kith_referrals *r)
{
    if (!r)
        return;
    g_array_unref(r->row);
    g_free(r->parent);
    g_free(r);
}

int64_t
kith_referrals_depth(const kith_referrals *r, kith_node node)
{
    int64_t depth = 0;

    for (; r->parent[node] >= 0; depth++)
        node = KITH_ROW(r->row, kith_referral, r->parent[node])->giver;
    return depth;
}

static int
by_credit(const void *a, const void *b)
{
    const kith_credit *x = a, *y = b;

    if (x->shared != y->shared)
        return x->shared > y->shared ? -1 : 1;
    if (x->closed != y->closed)
        return x->closed > y->closed ? -1 : 1;
    if (x->given != y->given)
        return x->given > y->given ? -1 : 1;
    return x->giver < y->giver ? -1 : x->giver > y->giver;
}

GArray *
kith_referrals_credits(const kith_referrals *r)
{
    g_autofree kith_credit *by_node = g_new0(kith_credit, r->graph->nodes + 1);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_credit));

    for (guint i = 0; i < r->row->len; i++) {
        const kith_referral *one = KITH_ROW(r->row, kith_referral, i);

        if (one->place != KITH_REFERRAL_FIRST)
            continue;
        by_node[one->giver].given++;
        by_node[one->giver].closed += one->closed;
        for (const kith_referral *up = one; one->closed;
             up = KITH_ROW(r->row, kith_referral, r->parent[up->giver])) {
            by_node[up->giver].shared += 1.0 / (double)one->generation;
            if (r->parent[up->giver] < 0)
                break;
        }
    }
    for (kith_node v = 0; v < r->graph->nodes; v++) {
        by_node[v].giver = v;
        if (by_node[v].given)
            g_array_append_val(out, by_node[v]);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_credit), by_credit);
    return out;
}

static int
by_size(const void *a, const void *b)
{
    const kith_referral_tree *x = a, *y = b;

    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return x->root < y->root ? -1 : x->root > y->root;
}

/* Rows of the forest, deepest first, so that a node's people are counted before it is. */
static int64_t *
deepest_first(const kith_referrals *r, int64_t *n)
{
    g_autofree int64_t *from = g_new0(int64_t, r->row->len + 2);
    int64_t *order = g_new0(int64_t, r->row->len + 1);

    *n = 0;
    for (guint i = 0; i < r->row->len; i++)
        *n += KITH_ROW(r->row, kith_referral, i)->generation > 0;
    for (guint i = 0; i < r->row->len; i++)
        from[KITH_ROW(r->row, kith_referral, i)->generation]++;
    for (int64_t g = r->row->len - 1; g > 0; g--)
        from[g] += from[g + 1];
    for (guint i = 0; i < r->row->len; i++) {
        int64_t generation = KITH_ROW(r->row, kith_referral, i)->generation;

        if (generation > 0)
            order[--from[generation]] = i;
    }
    return order;
}

static kith_node
root_of(const kith_referrals *r, kith_node v)
{
    while (r->parent[v] >= 0)
        v = KITH_ROW(r->row, kith_referral, r->parent[v])->giver;
    return v;
}

/* A tie with s people below it lies between s * (n - s) pairs. */
GArray *
kith_referrals_trees(const kith_referrals *r)
{
    g_autofree int64_t *people = g_new(int64_t, r->graph->nodes + 1);
    g_autofree kith_referral_tree *tree = g_new0(kith_referral_tree, r->graph->nodes + 1);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_referral_tree));
    int64_t n;
    g_autofree int64_t *order = deepest_first(r, &n);

    for (kith_node v = 0; v < r->graph->nodes; v++)
        people[v] = 1;
    for (int64_t i = 0; i < n; i++) {
        const kith_referral *one = KITH_ROW(r->row, kith_referral, order[i]);

        people[one->giver] += people[one->subject];
    }
    for (int64_t i = 0; i < n; i++) {
        const kith_referral *one = KITH_ROW(r->row, kith_referral, order[i]);
        kith_node root = root_of(r, one->giver);
        double all = (double)people[root], below = (double)people[one->subject];

        tree[root].depth = MAX(tree[root].depth, one->generation);
        tree[root].closed += one->closed;
        tree[root].virality += below * (all - below) / (all * (all - 1) / 2);
    }
    for (kith_node v = 0; v < r->graph->nodes; v++)
        if (r->parent[v] < 0 && people[v] > 1) {
            tree[v].root = v;
            tree[v].people = people[v];
            g_array_append_val(out, tree[v]);
        }
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_referral_tree), by_size);
    return out;
}
