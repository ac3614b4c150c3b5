/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spread.h - trying it out: how far word goes from these seeds, in ten thousand runs.
 *
 * A run is a world in which every arc either carries word or does not, decided once from (seed, world,
 * arc); 512 worlds are walked together, one in each bit. Seeds are added one by one in the same
 * worlds, so that what each adds is free of the noise between worlds.
 */
#ifndef KITH_MEASURES_SPREAD_H
#define KITH_MEASURES_SPREAD_H

#include "measures/cascade.h"
#include "measures/work.h"

typedef struct kith_spread_plan {
    kith_cascade *cascade;       /* its rows by who tells are laid if they are not there */
    const uint32_t *seed_vertex; /* in order */
    int64_t seeds;
    bool together;          /* only all of them at once, which is faster: one row */
    const uint8_t *counted; /* by vertex: whose hearing counts; NULL: everybody's */
    int64_t runs;           /* rounded up to a multiple of 512 */
    uint64_t seed;
    kith_work *work;
} kith_spread_plan;

/** After the first seed, the first two, …: a row each. */
typedef struct kith_spread {
    int64_t rows, runs;
    double *mean, *error; /* of the mean: its standard error */
    int64_t *low, *high;  /* 5th and 95th centile of single runs */
} kith_spread;

/** Tries. @param out yours @return KITH_ERR_NO_MEMORY, KITH_ERR_CANCELLED */
kith_status kith_spread_try(const kith_spread_plan *plan, kith_spread *out, kith_error *err);
void kith_spread_clear(kith_spread *spread);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_spread, kith_spread_clear)

#endif
