/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * work.h - how a long computation is watched: how many threads it may use, how far it is, whether to stop.
 *
 *     kith_work_begin(work, batches);                       what there is to do, in steps of one's own size
 *     #pragma omp parallel for num_threads(kith_work_threads(work)) schedule(dynamic)
 *     for (int64_t i = 0; i < batches; i++)
 *         if (kith_work_step(work, 1))                      false once somebody asked to stop: skip the rest
 *             ...
 *     return kith_work_end(work, err);                      KITH_ERR_CANCELLED when stopped
 *
 * A step lasts at most about 20 ms, so that Ctrl-C is heard at once. The number of threads never changes a result: every
 * kernel adds up in an order that does not depend on it. NULL is fine everywhere: all cores, nobody to tell.
 */
#ifndef KITH_MEASURES_WORK_H
#define KITH_MEASURES_WORK_H

#include <kith/pass.h>
#include <stdatomic.h>

typedef struct kith_work {
    int64_t threads; /* how many may be used; 0: all */
    bool (*progress)(void *payload, double done);
    void *payload;
    double from, to; /* the share of the whole that the present part is */
    double total;    /* steps of the present part */
    double told;     /* the bar never goes back */
    int64_t told_at; /* microseconds */
    atomic_llong done;
    atomic_bool stopped;
    atomic_flag telling; /* progress() is called by one thread at a time */
} kith_work;

/** The work a question asks for; the whole bar until kith_work_share() says otherwise. */
kith_work kith_work_of(const kith_question *question);

/** What follows is this share of the whole: 0.2 to 0.9, say. */
void kith_work_share(kith_work *work, double from, double to);

/** What follows has so many steps; an estimate will do. */
void kith_work_begin(kith_work *work, double steps);

/** Says that so many steps are about to be made; from any thread. @return false when to stop */
bool kith_work_step(kith_work *work, int64_t steps);

/** @return KITH_ERR_CANCELLED once somebody asked to stop */
kith_status kith_work_end(kith_work *work, kith_error *err);

/** How many threads to use: what was asked for, at most one a core. */
int kith_work_threads(const kith_work *work);

#endif
