/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rounds.h - many batches that each add something to every vertex, summed in one order on any number of threads.
 *
 * Batches run in rounds, whichever thread is free; each writes a row of its own. At the end of a round the rows are added
 * to the sums in order of batches, so not a digit depends on who made them.
 */
#ifndef KITH_MEASURES_ROUNDS_H
#define KITH_MEASURES_ROUNDS_H

#include "measures/work.h"

typedef struct kith_rounds {
    int64_t batches;
    int64_t n; /* length of a row */
    const void *shared;
    void *(*room_new)(
        const void *shared); /* what one thread works in; NULL when there is no memory */
    void (*room_free)(void *room);
    /** Makes a batch. @param row  n long, zeros; may be left unfinished once kith_work_step() is false */
    void (*batch)(const void *shared, void *room, int64_t batch, kith_work *work, double *row);
} kith_rounds;

/**
 * Runs all batches, each a step of the work.
 * @param sums  n long, added to
 * @return KITH_ERR_CANCELLED when asked to stop, KITH_ERR_NO_MEMORY
 */
kith_status kith_rounds_run(const kith_rounds *rounds, kith_work *work, double *sums,
                            kith_error *err);

#endif
