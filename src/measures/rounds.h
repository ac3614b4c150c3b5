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
#include <glib.h>
#include <stddef.h>

/** What a thread's room is furnished from; all of it is freed with the room. */
typedef struct kith_shelf {
    GPtrArray *arrays;
    bool full; /* no memory: the room is not used */
} kith_shelf;

/** n elements, all zero, in large pages and from a cache line on; NULL when there is no memory. */
void *kith_shelf_new(kith_shelf *shelf, int64_t n, size_t size);
#define KITH_SHELF(shelf, type, n) ((type *)kith_shelf_new(shelf, n, sizeof(type)))

/** How one kind of batch is made. */
typedef struct kith_rounds {
    size_t room; /* bytes of what one thread works in, zeros at first */
    void (*furnish)(const void *shared, void *room, kith_shelf *shelf);
    /** Makes a batch. @param row  n long, zeros; may be left unfinished once kith_work_step() is false */
    void (*batch)(const void *shared, void *room, int64_t batch, kith_work *work, double *row);
} kith_rounds;

/**
 * Runs all batches, each a step of the work.
 * @param n     length of a row
 * @param sums  n long, added to
 * @return KITH_ERR_CANCELLED when asked to stop, KITH_ERR_NO_MEMORY
 */
kith_status kith_rounds_run(const kith_rounds *rounds, const void *shared, int64_t batches,
                            int64_t n, kith_work *work, double *sums, kith_error *err);

#endif
