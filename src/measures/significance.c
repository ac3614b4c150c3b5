/* SPDX-License-Identifier: GPL-3.0-or-later */
/* significance.c - tails of two null models, by classes of members in as many groups. */
#include "measures/significance.h"
#include "base/base.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#define MOST_EXACT 64
#define MOST_GROUPS 20000
#define SWEEPS 5000
#define SETTLED 1e-12
#define CERTAIN 1e15 /* the odds of who is in every group, or of a group that everybody is in */

/* Members in as many groups, or groups of as many members. */
struct classes {
    int64_t n;
    uint32_t *of;   /* member or group -> class */
    double *degree; /* ascending */
    double *count;  /* how many there are */
    double *odds;   /* in the configuration model */
};

struct kith_null {
    kith_null_model model;
    double alpha;
    int64_t groups;
    struct classes member, group;
    _Atomic(double *)
        *tail; /* by pair of classes: P(k or more), k = 0 … MOST_EXACT; NULL: not known yet */
};

static int
compare_degrees(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static void
classes_init(struct classes *c, const int64_t *first, int64_t n)
{
    g_autofree int64_t *sorted = g_new(int64_t, n + 1);

    for (int64_t i = 0; i < n; i++)
        sorted[i] = first[i + 1] - first[i];
    if (n)
        qsort(sorted, (size_t)n, sizeof *sorted, compare_degrees);
    c->of = g_new(uint32_t, n + 1);
    c->degree = g_new(double, n + 1);
    c->count = g_new0(double, n + 1);
    for (int64_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1])
            c->degree[c->n++] = (double)sorted[i];
        c->count[c->n - 1]++;
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t low = 0, high = c->n - 1;

        while (low < high) {
            int64_t middle = (low + high) / 2;

            if (c->degree[middle] < (double)(first[i + 1] - first[i]))
                low = middle + 1;
            else
                high = middle;
        }
        c->of[i] = (uint32_t)low;
    }
    c->odds = g_new0(double, c->n + 1);
}

static void
classes_clear(struct classes *c)
{
    g_free(c->of);
    g_free(c->degree);
    g_free(c->count);
    g_free(c->odds);
}

/* One side's odds given the other's, so that expected degrees are the real ones. @return the largest relative change */
static double
fit_side(struct classes *side, const struct classes *other, double most)
{
    double change = 0;

    for (int64_t i = 0; i < side->n; i++) {
        double sum = 0, odds = side->odds[i];

        if (side->degree[i] <= 0 || side->degree[i] >= most)
            continue;
        for (int64_t j = 0; j < other->n; j++)
            sum += other->count[j] * other->odds[j] / (1 + odds * other->odds[j]);
        side->odds[i] = sum > 0 ? side->degree[i] / sum : 0;
        change = MAX(change, fabs(side->odds[i] - odds) / MAX(odds, side->odds[i]));
    }
    return change;
}

static void
begin_side(struct classes *side, double links, double most)
{
    for (int64_t i = 0; i < side->n; i++)
        side->odds[i] =
            side->degree[i] >= most && most > 0 ? CERTAIN : side->degree[i] / sqrt(links);
}

static void
fit_odds(struct kith_null *s, const kith_twomode *t)
{
    double links = (double)MAX(t->links, 1), change = 1;

    begin_side(&s->member, links, (double)t->groups);
    begin_side(&s->group, links, (double)t->members);
    for (int i = 0; i < SWEEPS && change > SETTLED; i++) {
        change = fit_side(&s->member, &s->group, (double)t->groups);
        change = MAX(change, fit_side(&s->group, &s->member, (double)t->members));
    }
}

kith_significance *
kith_significance_new(const kith_twomode *twomode, kith_null_model model, double alpha)
{
    kith_significance *s = g_new0(kith_significance, 1);
    struct kith_null *null = g_new0(struct kith_null, 1);

    s->null = null;
    null->model = model;
    null->alpha = alpha;
    null->groups = twomode->groups;
    classes_init(&null->member, twomode->of_member, twomode->members);
    classes_init(&null->group, twomode->of_group, twomode->groups);
    s->class_of = null->member.of;
    s->classes = null->member.n;
    s->least = g_malloc0_n((gsize)(s->classes * s->classes + 1), sizeof *s->least);
    null->tail = g_malloc0_n((gsize)(s->classes * s->classes + 1), sizeof *null->tail);
    if (model == KITH_NULL_SDSM)
        fit_odds(null, twomode);
    return s;
}

void
kith_significance_free(kith_significance *s)
{
    if (!s)
        return;
    for (int64_t i = 0; i < s->classes * s->classes; i++)
        g_free(atomic_load(&s->null->tail[i]));
    classes_clear(&s->null->member);
    classes_clear(&s->null->group);
    g_free(s->null->tail);
    g_free(s->null);
    g_free(s->least);
    g_free(s);
}

static double
log_factorial(double n)
{
    int sign;

    return lgamma_r(n + 1, &sign);
}

/* P(k or more) of two who pick a and b of n groups. */
static double
hypergeometric_tail(double n, double a, double b, double k)
{
    double most = MIN(a, b), term, sum;

    k = MAX(k, MAX(0, a + b - n));
    if (k > most)
        return 0;
    if (k <= MAX(0, a + b - n))
        return 1;
    term = exp(log_factorial(a) - log_factorial(k) - log_factorial(a - k) + log_factorial(n - a) -
               log_factorial(b - k) - log_factorial(n - a - b + k) -
               (log_factorial(n) - log_factorial(b) - log_factorial(n - b)));
    sum = term;
    while (k < most && term > sum * 1e-17) {
        term *= (a - k) * (b - k) / ((k + 1) * (n - a - b + k + 1));
        sum += term;
        k++;
    }
    return MIN(sum, 1);
}

/* How likely two of these classes both are in a group of that class. */
static double
both_in(const struct kith_null *s, uint32_t a, uint32_t b, int64_t group)
{
    double x = s->member.odds[a] * s->group.odds[group],
           y = s->member.odds[b] * s->group.odds[group];

    return x / (1 + x) * (y / (1 + y));
}

/* The numbers of groups shared, group after group; what is beyond the last counter is "more". */
static double *
exact_tail(const struct kith_null *s, uint32_t a, uint32_t b)
{
    double *p = g_new0(double, MOST_EXACT + 2);

    p[0] = 1;
    for (int64_t g = 0; g < s->group.n; g++) {
        double in = both_in(s, a, b, g);

        for (int64_t i = 0; i < (int64_t)s->group.count[g]; i++) {
            p[MOST_EXACT + 1] += p[MOST_EXACT] * in;
            for (int k = MOST_EXACT; k > 0; k--)
                p[k] += in * (p[k - 1] - p[k]);
            p[0] -= in * p[0];
        }
    }
    for (int k = MOST_EXACT; k >= 0; k--)
        p[k] += p[k + 1];
    return p;
}

static double
refined_normal_tail(const struct kith_null *s, uint32_t a, uint32_t b, double k)
{
    double mean = 0, variance = 0, third = 0, x, skew, below;

    for (int64_t g = 0; g < s->group.n; g++) {
        double in = both_in(s, a, b, g), v = s->group.count[g] * in * (1 - in);

        mean += s->group.count[g] * in;
        variance += v;
        third += v * (1 - 2 * in);
    }
    if (variance <= 0)
        return k <= mean;
    x = (k - 0.5 - mean) / sqrt(variance);
    skew = third / (variance * sqrt(variance));
    below = 0.5 * erfc(-x / G_SQRT2) + skew * (1 - x * x) * exp(-x * x / 2) / (6 * sqrt(2 * G_PI));
    return CLAMP(1 - below, 0, 1);
}

static const double *
kept_tail(struct kith_null *s, uint32_t a, uint32_t b)
{
    _Atomic(double *) *place = &s->tail[(int64_t)MIN(a, b) * s->member.n + MAX(a, b)];
    double *none = NULL, *made;

    if (atomic_load(place))
        return atomic_load(place);
    made = exact_tail(s, a, b);
    if (!atomic_compare_exchange_strong(place, &none, made))
        g_free(made); /* another thread was faster, with the same numbers */
    return atomic_load(place);
}

double
kith_significance_p(kith_significance *s, uint32_t a, uint32_t b, int64_t shared)
{
    struct kith_null *null = s->null;
    double x = null->member.degree[a], y = null->member.degree[b];

    if (shared <= 0)
        return 1;
    if (null->model == KITH_NULL_HYPERGEOMETRIC)
        return hypergeometric_tail((double)null->groups, x, y, (double)shared);
    if (shared <= MOST_EXACT && null->groups <= MOST_GROUPS)
        return kept_tail(null, a, b)[shared];
    return refined_normal_tail(null, a, b, (double)shared);
}

/* P falls as more is shared, so the least number is found by halving. */
int32_t
kith_significance_least(kith_significance *s, uint32_t a, uint32_t b)
{
    int64_t most = (int64_t)MIN(s->null->member.degree[a], s->null->member.degree[b]);
    int64_t low = 1, high = most + 1;
    int32_t found;

    while (low < high) {
        int64_t middle = (low + high) / 2;

        if (kith_significance_p(s, a, b, middle) <= s->null->alpha)
            high = middle;
        else
            low = middle + 1;
    }
    found = low > most ? INT32_MAX : (int32_t)low;
    atomic_store(&s->least[a * s->classes + b], found);
    atomic_store(&s->least[b * s->classes + a], found);
    return found;
}
