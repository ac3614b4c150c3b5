/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spread.c - blocks of 512 worlds, shared out among threads, and what they say. */
#include "measures/spread.h"
#include "base/base.h"
#include "measures/worlds.h"
#include <omp.h>
#include <stdlib.h>

void
kith_spread_clear(kith_spread *s)
{
    g_clear_pointer(&s->mean, g_free);
    g_clear_pointer(&s->error, g_free);
    g_clear_pointer(&s->low, g_free);
    g_clear_pointer(&s->high, g_free);
}

/* One block of worlds; counts of each number of seeds are `runs` apart. */
static void
walk(kith_worlds *w, const kith_spread_plan *plan, int64_t block, int64_t runs, uint32_t *counts)
{
    kith_worlds_begin(w, kith_random_mix(plan->seed + CARRY_GOLDEN) ^
                             kith_random_mix((uint64_t)block * CARRY_GOLDEN + 1));
    for (int64_t i = 0; i < plan->seeds; i++) {
        kith_worlds_tell(w, plan->seed_vertex[i]);
        if (plan->together && i < plan->seeds - 1)
            continue;
        kith_worlds_go(w);
        kith_worlds_count(w, counts + (plan->together ? 0 : i) * runs + block * CARRY_WORLDS);
    }
}

static kith_status
walk_all(const kith_spread_plan *plan, int64_t runs, uint32_t *counts, kith_error *err)
{
    bool failed = false;
    int64_t blocks = runs / CARRY_WORLDS;
    int threads = (int)MIN(blocks, kith_work_threads(plan->work));

    kith_work_begin(plan->work, (double)blocks);
#pragma omp parallel num_threads(threads)
    {
        kith_worlds *w = kith_worlds_new(plan->cascade, plan->counted, threads, plan->work);

#pragma omp for schedule(dynamic, 1)
        for (int64_t block = 0; block < blocks; block++)
            if (w && kith_work_step(plan->work, 1))
                walk(w, plan, block, runs, counts);
#pragma omp critical
        failed = failed || !w;
        kith_worlds_free(w);
    }
    if (failed)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to try how far word goes");
    return kith_work_end(plan->work, err);
}

static int
compare_counts(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static void
summarise(kith_spread *s, int64_t row, uint32_t *count)
{
    double sum = 0, squares = 0, runs = (double)s->runs;

    for (int64_t i = 0; i < s->runs; i++)
        sum += count[i];
    s->mean[row] = sum / runs;
    for (int64_t i = 0; i < s->runs; i++)
        squares += (count[i] - s->mean[row]) * (count[i] - s->mean[row]);
    s->error[row] = sqrt(squares / (runs - 1) / runs);
    qsort(count, (size_t)s->runs, sizeof *count, compare_counts);
    s->low[row] = count[(int64_t)ceil(0.05 * runs) - 1];
    s->high[row] = count[(int64_t)ceil(0.95 * runs) - 1];
}

kith_status
kith_spread_try(const kith_spread_plan *plan, kith_spread *out, kith_error *err)
{
    int64_t runs = (MAX(1, plan->runs) + CARRY_WORLDS - 1) / CARRY_WORLDS * CARRY_WORLDS;
    int64_t rows = plan->together ? MIN(1, plan->seeds) : plan->seeds;
    g_autofree uint32_t *counts = g_try_new0(uint32_t, (gsize)(runs * rows) + 1);

    *out = (kith_spread){.rows = rows, .runs = runs};
    if (!counts)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to try how far word goes");
    TRY(kith_cascade_turn(plan->cascade, err));
    TRY(walk_all(plan, runs, counts, err));
    out->mean = g_new0(double, (gsize)rows + 1);
    out->error = g_new0(double, (gsize)rows + 1);
    out->low = g_new0(int64_t, (gsize)rows + 1);
    out->high = g_new0(int64_t, (gsize)rows + 1);
    for (int64_t i = 0; i < rows; i++)
        summarise(out, i, counts + i * runs);
    return KITH_OK;
}
