/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * waves.h - breadth-first from up to 512 sources at once, a bit each, level by level; every source counts for itself.
 *
 *     kith_waves_init(&waves, rows, err)
 *     kith_waves_begin(&waves, source, 512);
 *     for (int64_t distance = 1; kith_waves_step(&waves, work); distance++)
 *         waves.count[i] is how many source[i] has met at this distance
 *
 * Then et al. 2014, doi:10.14778/2735496.2735507; distances.h is for sums over the sources that come to a vertex.
 */
#ifndef KITH_MEASURES_WAVES_H
#define KITH_MEASURES_WAVES_H

#include "measures/lanes.h"
#include "measures/work.h"
#include "model/csr.h"

#define KITH_WAVES 512
#define KITH_WAVES_PLANES 33 /* counts of vertices fit in 32 bits */

typedef lanes_bits kith_waves_planes[KITH_WAVES_PLANES];

typedef struct kith_waves {
    const kith_csr *rows;           /* borrowed */
    bool split;                     /* whether `further` is wanted; set it after init */
    int64_t count[KITH_WAVES];      /* by source: whom it met in this level */
    int64_t further[KITH_WAVES];    /* and how many of them have a row of their own */
    lanes_bits alive;               /* sources still of interest; take out who is not */
    lanes_bits *met, *front, *next; /* private from here on; by vertex */
    uint32_t *list, *coming;        /* vertices on the frontier, and on the next */
    uint8_t *listed;
    int64_t in_list, in_coming;
    kith_waves_planes all, rowed; /* bit p of all 512 counts in plane p */
} kith_waves;

/** @return KITH_ERR_NO_MEMORY; kith_waves_clear() either way. 200 bytes a vertex */
kith_status kith_waves_init(kith_waves *waves, const kith_csr *rows, kith_error *err);
void kith_waves_clear(kith_waves *waves);

/** @param source  n <= KITH_WAVES vertices; one may stand there twice */
void kith_waves_begin(kith_waves *waves, const int64_t *source, int64_t n);

/** Takes all sources one level further. @return false when nobody met anybody, or when asked to stop */
bool kith_waves_step(kith_waves *waves, kith_work *work);

/** Whether source i is still of interest. */
static inline bool
kith_waves_alive(const kith_waves *waves, int64_t i)
{
    return waves->alive[i / 64] >> i % 64 & 1;
}

/** Asks no longer for source i. */
static inline void
kith_waves_drop(kith_waves *waves, int64_t i)
{
    waves->alive[i / 64] &= ~((uint64_t)1 << i % 64);
}

#endif
