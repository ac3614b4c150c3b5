/* SPDX-License-Identifier: GPL-3.0-or-later */
/* influence.c - OPIM-C. */
#include "measures/influence.h"
#include "base/base.h"
#include <math.h>
#include <stdlib.h>

#define CHOOSE_STREAM 1
#define JUDGE_STREAM 2
#define LEAST_SETS 8192 /* small networks: the proof may hold sooner, but the choice gets better */
#define ENOUGH_MEMBERS 4e6 /* and large ones: not at this price */

void
kith_influence_clear(kith_influence *influence)
{
    kith_cover_clear(&influence->chosen);
    kith_hearsay_clear(&influence->judge);
}

static double
people(const kith_influence_plan *p)
{
    return (double)(p->root ? p->roots : p->cascade->n);
}

static int
compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* How many can be chosen at most: with costs, the cheapest that fit. */
static int64_t
most_seeds(const kith_cover_terms *t)
{
    g_autofree double *cost = g_new(double, (gsize)t->n + 1);
    int64_t n = 0, most = 0;
    double spent = 0;

    for (int64_t v = 0; v < t->n; v++)
        if (!t->eligible || t->eligible[v])
            cost[n++] = t->cost ? t->cost[v] : 1;
    qsort(cost, (size_t)n, sizeof *cost, compare_doubles);
    while (most < n && spent + cost[most] <= t->budget * (1 + 1e-9))
        spent += cost[most++];
    return most;
}

static double
log_choices(double n, double k)
{
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(MAX(0, n - k) + 1);
}

static double
delta_of(const kith_influence_plan *p)
{
    return p->delta > 0 ? p->delta : MIN(0.01, 1 / people(p));
}

/* When to start, and after how many doublings the proof is certain. */
struct schedule {
    double first, last, share; /* share: log(1/chance to be wrong) of one bound in one round */
    int rounds;
};

static struct schedule
plan_rounds(const kith_influence_plan *p)
{
    double n = people(p), k = (double)MAX(1, most_seeds(&p->terms));
    double delta = delta_of(p), promise = kith_cover_promise(&p->terms), a = log(6 / delta);
    double root = promise * sqrt(a) + sqrt(promise * (log_choices((double)p->terms.n, k) + a));
    struct schedule s = {.last = 2 * n * root * root / (p->epsilon * p->epsilon * k)};

    s.first = MAX(64, s.last * p->epsilon * p->epsilon * k / n);
    s.rounds = MAX(1, (int)ceil(log2(s.last / s.first)));
    s.share = log(3.0 * s.rounds / delta);
    return s;
}

/* The choice's spread is above this: a martingale bound on sets it was not chosen on. */
static double
lower_bound(double covered, double sets, double n, double share)
{
    double root = sqrt(covered + 2 * share / 9) - sqrt(share / 2);

    return MAX(0, MAX(0, root) * MAX(0, root) - share / 18) * n / sets;
}

static double
upper_bound(double bound, double sets, double n, double share)
{
    double root = sqrt(bound + share / 2) + sqrt(share / 2);

    return root * root * n / sets;
}

static kith_hearsay_source
source_of(const kith_influence_plan *p, uint64_t stream)
{
    return (kith_hearsay_source){.cascade = p->cascade,
                                 .root = p->root,
                                 .roots = p->roots,
                                 .seed = p->seed,
                                 .stream = stream,
                                 .work = p->work};
}

static void
judge(const kith_influence_plan *p, const struct schedule *s, kith_influence *out)
{
    g_autofree int64_t *added = g_new(int64_t, (gsize)out->chosen.n + 1);
    double covered = 0;

    kith_hearsay_added(&out->judge, p->cascade->n, out->chosen.chosen, out->chosen.n, added);
    for (int64_t i = 0; i < out->chosen.n; i++)
        covered += (double)added[i];
    out->lower = lower_bound(covered, (double)out->judge.sets, people(p), s->share);
    out->ratio = out->upper > 0 ? MIN(1, out->lower / out->upper) : 1;
}

void
kith_influence_judge_given(const kith_influence_plan *p, const uint32_t *seed, int64_t n,
                           kith_influence *out)
{
    const struct schedule s = plan_rounds(p);

    kith_cover_clear(&out->chosen);
    out->chosen.chosen = g_memdup2(seed, (gsize)n * sizeof *seed);
    out->chosen.n = n;
    judge(p, &s, out);
}

static kith_status
choose_and_judge(const kith_influence_plan *p, const struct schedule *s, const kith_hearsay *sets,
                 kith_influence *out, kith_error *err)
{
    double n = people(p);

    kith_cover_clear(&out->chosen);
    TRY(kith_cover_choose(sets, &p->terms, &out->chosen, err));
    out->upper = MIN(n, upper_bound(out->chosen.bound, (double)sets->sets, n, s->share));
    out->sets = 2 * sets->sets;
    judge(p, s, out);
    return KITH_OK;
}

static int64_t
least_sets(const kith_influence_plan *p)
{
    return p->least_sets > 0 ? p->least_sets : LEAST_SETS;
}

kith_status
kith_influence_choose(const kith_influence_plan *p, kith_influence *out, kith_error *err)
{
    const struct schedule s = plan_rounds(p);
    kith_hearsay_source choosing = source_of(p, CHOOSE_STREAM),
                        judging = source_of(p, JUDGE_STREAM);
    g_auto(kith_hearsay) sets = {0};

    *out = (kith_influence){.promised = kith_cover_promise(&p->terms) - p->epsilon,
                            .confidence = 1 - delta_of(p)};
    kith_work_begin(p->work, s.rounds + 1);
    for (int round = 0;; round++) {
        int64_t wanted = (int64_t)ldexp(s.first, round);
        bool enough;

        kith_work_step(p->work, 1);
        TRY(kith_hearsay_extend(&choosing, wanted, &sets, err));
        TRY(kith_hearsay_extend(&judging, wanted, &out->judge, err));
        enough = sets.sets >= least_sets(p) || (double)sets.members > ENOUGH_MEMBERS;
        if (!enough)
            continue;
        TRY(choose_and_judge(p, &s, &sets, out, err));
        if (out->ratio >= out->promised || round >= s.rounds)
            return KITH_OK;
    }
}

kith_status
kith_influence_judge_more(const kith_influence_plan *p, int64_t sets, int64_t members,
                          kith_influence *influence, kith_error *err)
{
    kith_hearsay_source judging = source_of(p, JUDGE_STREAM);
    kith_hearsay *judge = &influence->judge;

    while (judge->sets < sets && judge->members < members)
        TRY(kith_hearsay_extend(&judging, MIN(sets, 2 * judge->sets), judge, err));
    return KITH_OK;
}
