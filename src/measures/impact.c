/* SPDX-License-Identifier: GPL-3.0-or-later */
/* impact.c - first contacts, counted on the attendance lists as they are and as chance would have them. */
#include "measures/impact.h"

#include "base/base.h"
#include "base/day.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MIXING_TRIES                                                                               \
    10 /* exchanges tried per presence before the first rewiring; one between two */

struct contact {
    int32_t low, high;
    kith_time day;
    int way; /* 0 both; 1 from low, 2 from high */
};

static int
by_pair(const void *a, const void *b)
{
    const struct contact *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    return x->day < y->day ? -1 : x->day > y->day;
}

static GArray *
gather_contacts(const kith_graph *g)
{
    static const kith_tie_kind kinds[] = {KITH_KNOWS, KITH_MESSAGED, KITH_MET};
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct contact));
    int64_t first, n;

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        kith_graph_tie_range(g, kinds[k], &first, &n);
        for (int64_t i = first; i < first + n; i++) {
            const kith_fact_tie t = kith_graph_fact(g, i);
            struct contact one = {(int32_t)MIN(t.from, t.to), (int32_t)MAX(t.from, t.to), t.when,
                                  kinds[k] != KITH_MESSAGED ? 0
                                  : t.from < t.to           ? 1
                                                            : 2};

            if (t.from == t.to || g->kind[t.from] != KITH_PERSON || g->kind[t.to] != KITH_PERSON)
                continue;
            one.day = kith_day_of(one.day);
            g_array_append_val(all, one);
        }
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(struct contact), by_pair);
    return all;
}

/* Mail counts from the day on which the second of the two has written. */
GArray *
kith_first_ties(const kith_graph *graph)
{
    g_autoptr(GArray) all = gather_contacts(graph);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_first_tie));

    for (guint i = 0, j; i < all->len; i = j) {
        const struct contact *c = KITH_ROW(all, struct contact, i);
        kith_first_tie one = {c->low, c->high, 0};
        bool found = false, wrote[3] = {false};

        for (j = i; j < all->len && KITH_ROW(all, struct contact, j)->low == one.low &&
                    KITH_ROW(all, struct contact, j)->high == one.high;
             j++) {
            const struct contact *next = KITH_ROW(all, struct contact, j);

            wrote[next->way] = true;
            if (found || !(wrote[0] || (wrote[1] && wrote[2])))
                continue;
            found = true;
            one.day = next->day;
        }
        if (found)
            g_array_append_val(out, one);
    }
    return out;
}

struct counting {
    const kith_impact_plan *plan;
    kith_presence *now; /* slots as they are, then rewired */
    int64_t occasions;
    int64_t *fresh, *across, *before, *pairs, *crossing; /* by occasion; one more for all */
};

static kith_time
day_of(const struct counting *c, int32_t occasion)
{
    return KITH_ROW(c->now->occasion, kith_occasion, occasion)->day;
}

/* What one first contact adds to the occasions where both were. */
static void
count_tie(struct counting *c, const kith_first_tie *t)
{
    const kith_time window = c->plan->days * KITH_DAY;
    const int32_t *group = c->plan->group;

    for (int64_t i = c->now->first[t->low]; i < c->now->first[t->low + 1]; i++) {
        int32_t occasion = c->now->at[i];
        kith_time day = day_of(c, occasion);

        if (day == KITH_TIME_NONE || t->day < day - window || t->day > day + window ||
            !kith_presence_is_at(c->now, t->high, occasion))
            continue;
        if (t->day < day) {
            c->before[occasion]++;
            continue;
        }
        c->fresh[occasion]++;
        c->across[occasion] +=
            group[t->low] >= 0 && group[t->high] >= 0 && group[t->low] != group[t->high];
    }
}

/* Pairs of two groups: all pairs less those within one. */
static void
count_mixing(struct counting *c, int64_t *first, int32_t *member, int64_t *size)
{
    for (int64_t o = 0; o <= c->occasions; o++)
        first[o] = 0;
    for (int64_t i = 0; i < c->now->n; i++)
        first[c->now->at[i] + 1]++;
    for (int64_t o = 0; o < c->occasions; o++)
        first[o + 1] += first[o];
    for (int64_t i = c->now->n - 1; i >= 0; i--)
        member[--first[c->now->at[i] + 1]] = c->now->owner[i];
    for (int64_t o = 0; o < c->occasions; o++) {
        int64_t from = first[o + 1], to = o + 1 < c->occasions ? first[o + 2] : c->now->n;
        int64_t known = 0, within = 0;

        for (int64_t i = from; i < to; i++) {
            int32_t group = c->plan->group[member[i]];

            if (group < 0)
                continue;
            known++;
            within += size[group]++;
        }
        for (int64_t i = from; i < to; i++)
            if (c->plan->group[member[i]] >= 0)
                size[c->plan->group[member[i]]] = 0;
        c->pairs[o] = known * (known - 1) / 2;
        c->crossing[o] = c->pairs[o] - within;
    }
}

static void
sum_up(const struct counting *c, int64_t *row)
{
    row[c->occasions] = 0;
    for (int64_t o = 0; o < c->occasions; o++)
        row[c->occasions] += row[o];
}

static void
count_all(struct counting *c, int64_t *first, int32_t *member, int64_t *size)
{
    gsize bytes = sizeof(int64_t) * (gsize)(c->occasions + 1);

    memset(c->fresh, 0, bytes);
    memset(c->across, 0, bytes);
    memset(c->before, 0, bytes);
    for (guint i = 0; i < c->plan->ties->len; i++) {
        const kith_first_tie *t = KITH_ROW(c->plan->ties, kith_first_tie, i);

        if (t->day != KITH_TIME_NONE)
            count_tie(c, t);
    }
    count_mixing(c, first, member, size);
    sum_up(c, c->fresh);
    sum_up(c, c->across);
    sum_up(c, c->before);
    sum_up(c, c->pairs);
    sum_up(c, c->crossing);
}

/* Sums over the rewirings, made into means and deviations at the end. */
static void
add_sample(const struct counting *c, kith_impact *out)
{
    for (int64_t o = 0; o <= c->occasions; o++) {
        double fresh = (double)c->fresh[o];
        double share = c->pairs[o] ? (double)c->crossing[o] / (double)c->pairs[o] : 0;

        out[o].expected += fresh;
        out[o].spread += fresh * fresh;
        out[o].p += c->fresh[o] >= out[o].fresh;
        out[o].mixable += c->pairs[o] > 0;
        out[o].mixed += share;
        out[o].mixed_spread += share * share;
    }
}

static double
deviation(double sum, double squares, double n)
{
    return n > 1 ? sqrt(MAX(0, (squares - sum * sum / n) / (n - 1))) : 0;
}

static void
average(kith_impact *row, double n)
{
    row->spread = deviation(row->expected, row->spread, n);
    row->mixed_spread = deviation(row->mixed, row->mixed_spread, (double)row->mixable);
    row->expected /= n;
    row->mixed = row->mixable ? row->mixed / (double)row->mixable : NAN;
    row->p = (1 + row->p) / (n + 1);
}

static void
take_real(const struct counting *c, kith_impact *out)
{
    for (int64_t o = 0; o <= c->occasions; o++)
        out[o] = (kith_impact){.fresh = c->fresh[o],
                               .across = c->across[o],
                               .before = c->before[o],
                               .pairs = c->pairs[o],
                               .crossing = c->crossing[o]};
}

static kith_status
run_all(struct counting *c, kith_impact *out, kith_error *err)
{
    g_autofree int64_t *first = g_new0(int64_t, c->occasions + 2);
    g_autofree int32_t *member = g_new0(int32_t, c->now->n + 1);
    g_autofree int64_t *size = g_new0(int64_t, c->plan->groups + 1);
    kith_random random = kith_random_init((uint64_t)c->plan->seed, 0);

    count_all(c, first, member, size);
    take_real(c, out);
    kith_presence_rewire(c->now, &random, MIXING_TRIES * c->now->n);
    for (int64_t r = 0; r < c->plan->rewirings; r++) {
        if (c->plan->progress &&
            !c->plan->progress(c->plan->payload, (double)r / (double)c->plan->rewirings))
            return kith_fail(err, KITH_ERR_CANCELLED, "stopped");
        kith_presence_rewire(c->now, &random, c->now->n);
        count_all(c, first, member, size);
        add_sample(c, out);
    }
    for (int64_t o = 0; o <= c->occasions; o++)
        average(&out[o], (double)c->plan->rewirings);
    return KITH_OK;
}

kith_status
kith_impact_all(const kith_impact_plan *plan, kith_impact **out, kith_error *err)
{
    struct counting c = {.plan = plan, .occasions = plan->presence->occasion->len};
    g_autoptr(kith_presence) now = kith_presence_new(plan->presence->graph);
    g_autofree int64_t *rows = g_new0(int64_t, 5 * (c.occasions + 1));
    g_autofree kith_impact *found = g_new0(kith_impact, c.occasions + 1);

    c.now = now;
    c.fresh = rows;
    c.across = c.fresh + c.occasions + 1;
    c.before = c.across + c.occasions + 1;
    c.pairs = c.before + c.occasions + 1;
    c.crossing = c.pairs + c.occasions + 1;
    TRY(run_all(&c, found, err));
    *out = g_steal_pointer(&found);
    return KITH_OK;
}
