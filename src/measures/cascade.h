/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cascade.h - word of mouth as chances on arcs: who may hear from whom.
 *
 * Independent cascade: whoever hears tells each other once, and is believed with the arc's p. Linear
 * threshold: everybody waits until those who told them weigh more than a threshold drawn in [0, 1];
 * the same as picking at most one teller each, the arc's p being the chance to be picked. Kempe,
 * Kleinberg & Tardos 2003, doi:10.1145/956750.956769.
 */
#ifndef KITH_MEASURES_CASCADE_H
#define KITH_MEASURES_CASCADE_H

#include <glib.h>
#include <kith/error.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum kith_cascade_model { KITH_CASCADE_IC, KITH_CASCADE_LT } kith_cascade_model;

/** One way for word to go. */
typedef struct kith_cascade_arc {
    uint32_t from, to;
    float p; /* in [0, 1]; 0 is no arc */
} kith_cascade_arc;

/** Rows by who hears, for looking backwards, and by who tells, for trying it out. */
typedef struct kith_cascade {
    kith_cascade_model model;
    int64_t n, arcs;
    int64_t *first; /* who hears -> its first arc; n + 1 long */
    uint32_t *from;
    float *p;           /* by arc, falling within a row; LT: sums up to here, at most 1 */
    float *jump;        /* by who hears: 1 / log(1 - p) when all of its p are equal, else NaN */
    int64_t *out_first; /* who tells -> its first row in the next two */
    uint32_t *out_to, *out_arc;
} kith_cascade;

/**
 * Sorts arcs into rows. Linear threshold divides the p of a row by their sum where it is above 1.
 * @param arc  any order; at most one for each (from, to), no loops
 * @return KITH_ERR_LIMIT beyond 2^32 - 1 arcs, KITH_ERR_NO_MEMORY. O(n + m log of the longest row)
 */
kith_status kith_cascade_new(kith_cascade_model model, int64_t n, const kith_cascade_arc *arc,
                             int64_t arcs, kith_cascade **out, kith_error *err);
void kith_cascade_free(kith_cascade *cascade);

/** The chance of one arc: of the row's list for IC, a difference of sums for LT. */
float kith_cascade_chance(const kith_cascade *cascade, uint32_t to, int64_t arc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_cascade, kith_cascade_free)

#endif
