/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict.c - one walk down the sorted scores. */
#include "measures/verdict.h"
#include "base/base.h"
#include "measures/gsl.h"
#include <math.h>
#include <stdlib.h>

struct judged {
    float score;
    uint32_t happened;
};

static int
compare_judged(const void *a, const void *b)
{
    const struct judged *x = a, *y = b;

    return x->score > y->score ? -1 : x->score < y->score;
}

static void
set_interval(kith_verdict *v, double hits, double misses)
{
    double a = v->auc, q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
    double variance =
        (a * (1 - a) + (hits - 1) * (q1 - a * a) + (misses - 1) * (q2 - a * a)) / (hits * misses);
    double half = gsl_cdf_ugaussian_Pinv(0.975) * sqrt(MAX(0, variance));

    v->low = MAX(0, a - half);
    v->high = MIN(1, a + half);
}

kith_verdict
kith_verdict_of(const float *score, const uint8_t *happened, int64_t n, double weight)
{
    g_autofree struct judged *j = g_new(struct judged, (gsize)n + 1);
    kith_verdict v = {NAN, NAN, NAN, NAN};
    double hits = 0, misses = 0, above = 0, precision = 0, all = 0;

    for (int64_t i = 0; i < n; i++) {
        j[i] = (struct judged){score[i], happened[i] != 0};
        all += happened[i] != 0;
    }
    if (all == 0 || all == (double)n)
        return v;
    qsort(j, (size_t)n, sizeof *j, compare_judged);
    for (int64_t i = 0, k; i < n; i = k) {
        double hit = 0;

        for (k = i; k < n && j[k].score == j[i].score; k++)
            hit += j[k].happened;
        above += hit * (misses + ((double)(k - i) - hit) / 2);
        hits += hit;
        misses += (double)(k - i) - hit;
        precision += hit * hits / (hits + weight * misses);
    }
    v.auc = 1 - above / (hits * misses);
    v.precision = precision / hits;
    set_interval(&v, hits, misses);
    return v;
}
