/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work.c - tells how far, hears when to stop; the clock is looked at seldom enough to cost nothing. */
#include "measures/work.h"
#include "base/base.h"
#include <omp.h>

#define TELL_EVERY 20000 /* microseconds */

kith_work
kith_work_of(const kith_question *question)
{
    return (kith_work){.threads = question->threads,
                       .progress = question->progress,
                       .payload = question->payload,
                       .to = 1,
                       .telling = ATOMIC_FLAG_INIT};
}

void
kith_work_share(kith_work *work, double from, double to)
{
    if (!work)
        return;
    work->from = from;
    work->to = to;
}

static void
tell(kith_work *work, int64_t now)
{
    double part = work->total > 0 ? (double)atomic_load(&work->done) / work->total : 0;
    double done = work->from + (work->to - work->from) * CLAMP(part, 0, 1);

    work->told = MAX(work->told, done);
    work->told_at = now;
    if (!work->progress(work->payload, work->told))
        atomic_store(&work->stopped, true);
}

void
kith_work_begin(kith_work *work, double steps)
{
    if (!work)
        return;
    work->total = steps;
    atomic_store(&work->done, 0);
    if (work->progress && !atomic_load(&work->stopped))
        tell(work, g_get_monotonic_time());
}

bool
kith_work_step(kith_work *work, int64_t steps)
{
    int64_t now;

    if (!work)
        return true;
    atomic_fetch_add_explicit(&work->done, steps, memory_order_relaxed);
    if (work->progress && !atomic_flag_test_and_set(&work->telling)) {
        now = g_get_monotonic_time();
        if (now - work->told_at >= TELL_EVERY && !atomic_load(&work->stopped))
            tell(work, now);
        atomic_flag_clear(&work->telling);
    }
    return !atomic_load_explicit(&work->stopped, memory_order_relaxed);
}

kith_status
kith_work_end(kith_work *work, kith_error *err)
{
    if (work && atomic_load(&work->stopped))
        return kith_fail(err, KITH_ERR_CANCELLED, "stopped");
    return KITH_OK;
}

int
kith_work_threads(const kith_work *work)
{
    int usual = omp_get_max_threads();
    int64_t asked = work && work->threads > 0 ? work->threads : usual;

    return (int)(asked <= usual ? asked : MIN(asked, MAX(usual, omp_get_num_procs())));
}
