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

#include "model/csr.h"

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
    bool borrowed;  /* the next two are somebody else's */
    int64_t *first; /* who hears -> its first arc; n + 1 long */
    uint32_t *from;
    float *
        p; /* by arc, falling within a row; LT: sums up to here, at most 1; NULL: `level` says all */
    float *level; /* by who hears: the p of its arcs; NULL when p is there */
    float *jump;  /* by who hears: 1 / log(1 - p) when all of its p are equal, else NaN */
    int64_t
        *out_first; /* who tells -> its first row in the next two; NULL until they are asked for */
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

/**
 * The same of rows that are laid already, when all arcs to somebody have one chance.
 * @param rows    who hears -> who tells; borrowed
 * @param chance  by who hears, in (0, 1]
 * @return KITH_ERR_LIMIT, KITH_ERR_NO_MEMORY. O(n), linear threshold O(m)
 */
kith_status kith_cascade_of_rows(kith_cascade_model model, const kith_csr *rows,
                                 const float *chance, kith_cascade **out, kith_error *err);

/** Lays the rows by who tells, unless they are there. @return KITH_ERR_NO_MEMORY. O(m) */
kith_status kith_cascade_turn(kith_cascade *cascade, kith_error *err);

/** The chance of one arc: of the row's list for IC, a difference of sums for LT. */
float kith_cascade_chance(const kith_cascade *cascade, uint32_t to, int64_t arc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_cascade, kith_cascade_free)

#endif
