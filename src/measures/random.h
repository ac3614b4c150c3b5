/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * random.h - random numbers that are the same on every machine: PCG XSL-RR 128/64.
 *
 * A pair (seed, stream) gives one sequence; resample 17 of a run takes stream 17, so what one
 * resample draws never depends on how many came before it or on which thread it runs. O'Neill 2014,
 * "PCG: a family of simple fast space-efficient statistically good algorithms", HMC-CS-2014-0905.
 */
#ifndef KITH_MEASURES_RANDOM_H
#define KITH_MEASURES_RANDOM_H

#include <stdint.h>

__extension__ typedef unsigned __int128 kith_uint128;

typedef struct kith_random {
    kith_uint128 state, step;
} kith_random;

kith_random kith_random_init(uint64_t seed, uint64_t stream);

/** The start of the i-th of very many short sequences; unlike streams, i may be anything. */
kith_random kith_random_nth(uint64_t seed, uint64_t stream, uint64_t i);

/** Bits of a number so mixed that each of them depends on all: SplitMix64's last step. */
uint64_t kith_random_mix(uint64_t bits);

/** 64 random bits. */
uint64_t kith_random_u64(kith_random *random);

/** A real in [0, 1): one of 2^53 equally likely values. */
double kith_random_real(kith_random *random);

/** A whole number in 0 … n - 1, each equally likely; 0 for n = 0. */
uint64_t kith_random_below(kith_random *random, uint64_t n);

#endif
