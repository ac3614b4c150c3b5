/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mixing.h - whether people have ties with those like them, and whether that is more than chance.
 *
 * Assortativity: 1 when all ties are between equals, 0 when equals meet as often as chance has it; for numbers the
 * correlation of the two ends (Newman 2003, doi:10.1103/PhysRevE.67.026126). E-I index: (ties to others - ties to equals)
 * / all, -1 … 1 (Krackhardt & Stern 1988, doi:10.2307/2786835). Chance: the same values dealt out anew among those who
 * have one, the ties as they are. Ties of anybody without a value are left out; every tie counts the same.
 */
#ifndef KITH_MEASURES_MIXING_H
#define KITH_MEASURES_MIXING_H

#include "measures/classes.h"

/** One number, and where 95 in 100 of its permutations lie; p: the share of them as far or farther from their mean. */
typedef struct kith_mixing_index {
    double value, mean, low, high, p;
} kith_mixing_index;

typedef struct kith_mixing {
    int64_t ties, permutations; /* ties between two people with a value; permutations made */
    kith_mixing_index assortativity, ei; /* NaN where undefined; ei for classes only */
} kith_mixing;

/** One class of people. */
typedef struct kith_mixing_class {
    int64_t people, inside, outside; /* ties among them, and to others */
} kith_mixing_class;

/**
 * How classes mix. @param as_numbers  the correlation of the values; they must be numbers
 * @return KITH_ERR_NOT_FOUND when no tie is between two people with a value
 * O(m) a permutation
 */
kith_status kith_mixing_measure(const kith_network *network, const kith_classes *classes,
                                bool as_numbers, int64_t permutations, uint64_t seed,
                                int64_t threads, kith_mixing *out, kith_error *err);

/** Ties by class. @return yours, classes->classes long; g_free() */
kith_mixing_class *kith_mixing_by_class(const kith_network *network, const kith_classes *classes);

#endif
