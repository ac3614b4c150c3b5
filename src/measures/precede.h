/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * precede.h - who took something up before whom, among people who may tell one another.
 *
 * That somebody's contacts came first goes with being told by them; it does not show it: those who are tied are
 * alike. So the same is counted with the moments dealt out anew among those who took it up.
 */
#ifndef KITH_MEASURES_PRECEDE_H
#define KITH_MEASURES_PRECEDE_H

#include "measures/cascade.h"
#include "measures/work.h"

typedef struct kith_precede {
    int64_t adopters,
        led; /* how many took it up; how many of them after one of those who may tell them */
    int64_t *contacts, *before; /* by vertex: who may tell them; who of those came earlier */
    int64_t *first;             /* by vertex: the earliest of those, -1 for none */
    double expected, deviation; /* of `led`, when moments are dealt out anew */
    double share; /* of the deals in which at least as many were led, the real one included */
} kith_precede;

/** Counts. @param when  by vertex; NaN: never @param deals  how many times to deal out anew */
kith_status kith_precede_count(const kith_cascade *tellers, const double *when, int64_t deals,
                               uint64_t seed, kith_work *work, kith_precede *out, kith_error *err);
void kith_precede_clear(kith_precede *precede);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_precede, kith_precede_clear)

#endif
