/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baselines.c - estimates from reverse sets. */
#include "measures/baselines.h"
#include "base/base.h"
#include "measures/rank.h"
#include <math.h>

void
kith_baseline_prefixes(const kith_hearsay *sets, int64_t n, double people, const uint32_t *seed,
                       int64_t seeds, kith_estimate *out)
{
    g_autofree int64_t *added = g_new0(int64_t, (gsize)seeds + 1);
    double covered = 0, drawn = (double)MAX(1, sets->sets);

    kith_hearsay_added(sets, n, seed, seeds, added);
    for (int64_t i = 0; i < seeds; i++) {
        double share = (covered += (double)added[i]) / drawn;

        out[i] = (kith_estimate){people * share, people * sqrt(share * (1 - share) / drawn)};
    }
}

/* The chance that none of k drawn from `may` is among `inside` of them. */
static double
chance_to_miss(int64_t may, int64_t inside, int64_t k)
{
    double chance = 1;

    for (int64_t i = 0; i < k && chance > 0; i++)
        chance *= MAX(0, (double)(may - inside - i)) / (double)(may - i);
    return chance;
}

kith_estimate
kith_baseline_random(const kith_hearsay *sets, int64_t n, double people, const uint8_t *eligible,
                     int64_t may, int64_t k)
{
    g_autofree double *miss = g_new0(double, (gsize)n + 1); /* by eligible members */
    g_autofree bool *known = g_new0(bool, (gsize)n + 1);
    double sum = 0, squares = 0, drawn = (double)MAX(1, sets->sets);

    for (int64_t s = 0; s < sets->sets; s++) {
        int64_t inside = 0;
        double hit;

        for (int64_t i = sets->first[s]; i < sets->first[s + 1]; i++)
            inside += eligible[sets->member[i]];
        if (!known[inside])
            miss[inside] = chance_to_miss(may, inside, MIN(k, may));
        known[inside] = true;
        hit = 1 - miss[inside];
        sum += hit;
        squares += hit * hit;
    }
    sum /= drawn;
    return (kith_estimate){people * sum,
                           people * sqrt(MAX(0, squares / drawn - sum * sum) / drawn)};
}

uint32_t *
kith_baseline_degree(const kith_cascade *c, const uint8_t *eligible, int64_t k)
{
    uint32_t *top = g_new0(uint32_t, (gsize)k + 1);
    g_autofree double *degree = g_new0(double, (gsize)c->n + 1);
    g_autofree int64_t *order = NULL;

    for (int64_t a = 0; a < c->arcs; a++)
        degree[c->from[a]]++;
    for (int64_t v = 0; v < c->n; v++)
        degree[v] = eligible[v] ? degree[v] : -1;
    order = kith_rank_order(degree, c->n, false);
    for (int64_t i = 0; i < MIN(k, c->n); i++)
        top[i] = (uint32_t)order[i];
    return top;
}
