/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chance.c - rewired networks divided, and GSL's statistics of their qualities. */
#include "measures/chance.h"
#include "base/base.h"
#include "measures/gsl.h"
#include "measures/rewire.h"
#include <math.h>
#include <omp.h>

/* Counted, not timed, so that the answer is the same on every machine: visits of a tie. */
#define STEPS_A_RUN 40
#define ALLOWED 1e9 /* for one run on each network of chance */
#define RUNS 1.5e8  /* for more runs on each of them */
#define LEAST 5

static double
work_of(const kith_network *net)
{
    return STEPS_A_RUN * (double)(net->n + 2 * net->m + 1);
}

/* The real network's quality with so many runs. */
static double
observe(const kith_leiden *found, int64_t runs)
{
    double best = -INFINITY;

    for (int64_t i = 0; i < runs; i++)
        best = fmax(best, found->run_quality[i]);
    return runs < found->runs ? best : found->quality;
}

static kith_status
divide_one(const kith_network *network, const kith_chance_plan *plan, int64_t runs, int64_t i,
           double *quality, kith_error *err)
{
    g_autoptr(kith_network) net = kith_rewire(network, (uint64_t)plan->seed, (uint64_t)i);
    g_autoptr(kith_grouping) problem = NULL;
    g_autoptr(kith_leiden) found = NULL;
    kith_leiden_plan search = {.runs = runs, .seed = plan->seed, .threads = 1};

    TRY(kith_grouping_new(net, plan->quality, plan->resolution, plan->weighted, &problem, err));
    TRY(kith_leiden_find(problem, &search, &found, err));
    *quality = found->quality;
    return KITH_OK;
}

static kith_status
divide_all(const kith_network *network, const kith_chance_plan *plan, const kith_chance *out,
           double *quality, kith_error *err)
{
    kith_status status = KITH_OK;
    bool stop = false;

#pragma omp parallel for schedule(dynamic) num_threads((int)MAX(1, plan->threads))
    for (int64_t i = 0; i < out->networks; i++) {
        kith_error mine = {0};
        kith_status here;
        bool halt;

#pragma omp atomic read
        halt = stop;
        if (halt)
            continue;
        here = divide_one(network, plan, out->runs, i, &quality[i], &mine);
#pragma omp critical
        if (here != KITH_OK && status == KITH_OK) {
            status = here;
            if (err)
                *err = mine;
        }
        if (omp_get_thread_num() == 0 && plan->progress &&
            !plan->progress(plan->payload, (double)i / (double)out->networks)) {
#pragma omp atomic write
            stop = true;
        }
    }
    return stop ? kith_fail(err, KITH_ERR_CANCELLED, "stopped") : status;
}

kith_status
kith_chance_of_groups(const kith_network *network, const kith_leiden *found,
                      const kith_chance_plan *plan, kith_chance *out, kith_error *err)
{
    double affordable = ALLOWED / work_of(network);
    g_autofree double *quality = g_new0(double, plan->networks + 1);
    int64_t better = 0;

    *out = (kith_chance){.z = NAN, .p = NAN, .mean = NAN, .sd = NAN, .observed = NAN};
    out->networks = (int64_t)MIN((double)plan->networks, affordable);
    if (out->networks < MIN(LEAST, plan->networks) || plan->networks == 0) {
        out->networks = 0;
        return KITH_OK;
    }
    out->runs =
        (int64_t)CLAMP(RUNS / work_of(network) / (double)out->networks, 1, (double)found->runs);
    if (plan->runs > 0)
        out->runs = MIN(out->runs, plan->runs);
    TRY(divide_all(network, plan, out, quality, err));
    out->observed = observe(found, out->runs);
    out->mean = gsl_stats_mean(quality, 1, (size_t)out->networks);
    if (out->networks > 1)
        out->sd = gsl_stats_sd_m(quality, 1, (size_t)out->networks, out->mean);
    if (out->sd > 1e-12)
        out->z = (out->observed - out->mean) / out->sd;
    for (int64_t i = 0; i < out->networks; i++)
        better += quality[i] >= out->observed - 1e-12;
    out->p = (double)(1 + better) / (double)(1 + out->networks);
    return KITH_OK;
}

bool
kith_chance_is_clear(const kith_chance *chance)
{
    return isnan(chance->z) ? chance->observed > chance->mean + 1e-9 : chance->z >= 2;
}
