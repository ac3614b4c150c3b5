/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mixing.c - sums over ties, and GSL's quantiles of them over permutations. */
#include "measures/mixing.h"
#include "base/base.h"
#include "measures/gsl.h"
#include "measures/random.h"
#include <math.h>
#include <string.h>

#define ALLOWED 2e9 /* steps for all permutations; counted, not timed */
#define STEPS_A_TIE 10
#define LEAST 100

/* The ties that take part, each also turned round in an undirected network, and who is in them. */
struct ties {
    uint32_t *from, *to, *who;
    int64_t n, people, classes;
};

static struct ties
gather(const kith_network *net, const kith_classes *c)
{
    struct ties t = {g_new(uint32_t, 2 * net->m + 1),
                     g_new(uint32_t, 2 * net->m + 1),
                     g_new(uint32_t, net->n + 1),
                     0,
                     0,
                     c->classes};

    for (int64_t i = 0; i < net->m; i++) {
        uint32_t a = net->from[i], b = net->to[i];

        if (c->of[a] == UINT32_MAX || c->of[b] == UINT32_MAX)
            continue;
        t.from[t.n] = a;
        t.to[t.n++] = b;
        if (net->directed)
            continue;
        t.from[t.n] = b;
        t.to[t.n++] = a;
    }
    for (int64_t v = 0; v < net->n; v++)
        if (c->of[v] != UINT32_MAX)
            t.who[t.people++] = (uint32_t)v;
    return t;
}

static void
ties_clear(struct ties *t)
{
    g_free(t->from);
    g_free(t->to);
    g_free(t->who);
}

/* Newman's r of classes, and E-I. */
static void
index_classes(const struct ties *t, const uint32_t *of, double *r, double *ei)
{
    g_autofree int64_t *out = g_new0(int64_t, t->classes + 1),
                       *in = g_new0(int64_t, t->classes + 1);
    double all = (double)t->n, chance = 0;
    int64_t same = 0;

    for (int64_t i = 0; i < t->n; i++) {
        uint32_t a = of[t->from[i]], b = of[t->to[i]];

        out[a]++;
        in[b]++;
        same += a == b;
    }
    for (int64_t c = 0; c < t->classes; c++)
        chance += (double)out[c] / all * ((double)in[c] / all);
    *r = chance < 1 ? ((double)same / all - chance) / (1 - chance) : (double)NAN;
    *ei = (all - 2 * (double)same) / all;
}

static double
index_numbers(const struct ties *t, const double *value)
{
    double n = (double)t->n, x = 0, y = 0, xy = 0, xx = 0, yy = 0;

    for (int64_t i = 0; i < t->n; i++) {
        x += value[t->from[i]] / n;
        y += value[t->to[i]] / n;
    }
    for (int64_t i = 0; i < t->n; i++) {
        double a = value[t->from[i]] - x, b = value[t->to[i]] - y;

        xy += a * b;
        xx += a * a;
        yy += b * b;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : (double)NAN;
}

/* Values dealt out anew: classes by vertex, or numbers. */
struct hand {
    uint32_t *of;
    double *value;
};

static void
deal(const struct ties *t, kith_random *random, struct hand *h)
{
    for (int64_t i = t->people - 1; i > 0; i--) {
        uint32_t a = t->who[i], b = t->who[kith_random_below(random, (uint64_t)i + 1)];
        uint32_t class = h->of[a];
        double number = h->value ? h->value[a] : 0;

        h->of[a] = h->of[b];
        h->of[b] = class;
        if (h->value) {
            h->value[a] = h->value[b];
            h->value[b] = number;
        }
    }
}

static void
permute_once(const struct ties *t, const kith_classes *c, bool as_numbers, uint64_t seed, int64_t i,
             double *r, double *ei)
{
    kith_random random = kith_random_init(seed, (uint64_t)i);
    g_autofree uint32_t *of = g_memdup2(c->of, (gsize)c->n * sizeof *of);
    g_autofree double *value = as_numbers ? g_memdup2(c->value, (gsize)c->n * sizeof *value) : NULL;
    struct hand hand = {of, value};

    deal(t, &random, &hand);
    if (as_numbers)
        *r = index_numbers(t, value);
    else
        index_classes(t, of, r, ei);
}

/* Centiles of the permutations; those that are undefined are left out. */
static void
summarise(kith_mixing_index *index, double *sample, int64_t n)
{
    int64_t kept = 0, farther = 0;

    index->mean = index->low = index->high = index->p = (double)NAN;
    for (int64_t i = 0; i < n; i++)
        if (!isnan(sample[i]))
            sample[kept++] = sample[i];
    if (kept == 0 || isnan(index->value))
        return;
    gsl_sort(sample, 1, (size_t)kept);
    index->mean = gsl_stats_mean(sample, 1, (size_t)kept);
    index->low = gsl_stats_quantile_from_sorted_data(sample, 1, (size_t)kept, 0.025);
    index->high = gsl_stats_quantile_from_sorted_data(sample, 1, (size_t)kept, 0.975);
    for (int64_t i = 0; i < kept; i++)
        farther += fabs(sample[i] - index->mean) >= fabs(index->value - index->mean) - 1e-12;
    index->p = (double)(1 + farther) / (double)(1 + kept);
}

static int64_t
affordable(const struct ties *t, int64_t permutations)
{
    double most = ALLOWED / (STEPS_A_TIE * (double)(t->n + t->people + 1));
    int64_t done = (int64_t)MIN((double)permutations, most);

    return done < MIN(LEAST, permutations) ? 0 : done;
}

kith_status
kith_mixing_measure(const kith_network *network, const kith_classes *classes, bool as_numbers,
                    int64_t permutations, uint64_t seed, int64_t threads, kith_mixing *out,
                    kith_error *err)
{
    struct ties t = gather(network, classes);
    int64_t done = affordable(&t, permutations);
    g_autofree double *r = g_new0(double, done + 1), *ei = g_new0(double, done + 1);

    *out = (kith_mixing){.ties = network->directed ? t.n : t.n / 2, .permutations = done};
    out->ei.value = (double)NAN;
    if (t.n == 0) {
        ties_clear(&t);
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no tie is between two people with a value");
    }
    if (as_numbers)
        out->assortativity.value = index_numbers(&t, classes->value);
    else
        index_classes(&t, classes->of, &out->assortativity.value, &out->ei.value);
#pragma omp parallel for schedule(dynamic) num_threads((int)MAX(1, threads))
    for (int64_t i = 0; i < done; i++)
        permute_once(&t, classes, as_numbers, seed, i, &r[i], &ei[i]);
    summarise(&out->assortativity, r, done);
    summarise(&out->ei, ei, done);
    ties_clear(&t);
    return KITH_OK;
}

kith_mixing_class *
kith_mixing_by_class(const kith_network *net, const kith_classes *c)
{
    kith_mixing_class *by = g_new0(kith_mixing_class, c->classes + 1);

    for (int64_t v = 0; v < net->n; v++)
        if (c->of[v] != UINT32_MAX)
            by[c->of[v]].people++;
    for (int64_t i = 0; i < net->m; i++) {
        uint32_t a = c->of[net->from[i]], b = c->of[net->to[i]];

        if (a == UINT32_MAX || b == UINT32_MAX)
            continue;
        if (a == b) {
            by[a].inside++;
            continue;
        }
        by[a].outside++;
        by[b].outside++;
    }
    return by;
}
