/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sample.c - sources by lot, in batches. */
#include "measures/sample.h"
#include "base/base.h"
#include "measures/gsl.h"
#include "measures/random.h"
#include <math.h>
#include <string.h>

/* The first `wanted` of a shuffle of all vertices. */
static uint32_t *
draw(int64_t n, int64_t wanted, uint64_t seed)
{
    uint32_t *vertex = g_new(uint32_t, n + 1);
    kith_random random = kith_random_init(seed, 0);

    for (int64_t v = 0; v < n; v++)
        vertex[v] = (uint32_t)v;
    for (int64_t i = 0; i < wanted; i++) {
        int64_t j = i + (int64_t)kith_random_below(&random, (uint64_t)(n - i));
        uint32_t swap = vertex[i];

        vertex[i] = vertex[j];
        vertex[j] = swap;
    }
    return vertex;
}

static kith_status
run_all(const kith_csr *rows, kith_work *work, double *score, double *error, kith_error *err)
{
    kith_brandes all = {.out = rows, .in = rows, .sources = rows->n};

    memset(score, 0, (size_t)rows->n * sizeof *score);
    memset(error, 0, (size_t)rows->n * sizeof *error);
    TRY(kith_brandes_run(&all, work, score, err));
    for (int64_t v = 0; v < rows->n; v++)
        score[v] /= 2;
    return KITH_OK;
}

kith_status
kith_betweenness_sample(const kith_csr *rows, uint64_t seed, kith_work *work, double *score,
                        double *error, kith_error *err)
{
    int64_t n = rows->n, each = KITH_SAMPLE_SOURCES / KITH_SAMPLE_BATCHES;
    double scale = (double)n / (double)(2 * each);
    g_autofree uint32_t *source = NULL;
    g_autofree double *sums = NULL;

    if (n <= KITH_SAMPLE_SOURCES)
        return run_all(rows, work, score, error, err);
    source = draw(n, KITH_SAMPLE_SOURCES, seed);
    sums = g_try_new0(double, (gsize)(KITH_SAMPLE_BATCHES * n));
    if (!sums)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for sampled betweenness");
    for (int64_t b = 0; b < KITH_SAMPLE_BATCHES; b++) {
        kith_brandes some = {.out = rows, .in = rows, .source = source + b * each, .sources = each};

        kith_work_share(work, (double)b / KITH_SAMPLE_BATCHES,
                        (double)(b + 1) / KITH_SAMPLE_BATCHES);
        TRY(kith_brandes_run(&some, work, sums + b * n, err));
    }
    for (int64_t v = 0; v < n; v++) {
        score[v] = scale * gsl_stats_mean(sums + v, (size_t)n, KITH_SAMPLE_BATCHES);
        error[v] = scale * gsl_stats_sd(sums + v, (size_t)n, KITH_SAMPLE_BATCHES) /
                   sqrt(KITH_SAMPLE_BATCHES);
    }
    return KITH_OK;
}
