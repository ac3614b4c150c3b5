/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lanes.h - several traversals side by side in one vector: 8 doubles, or 512 bits.
 *
 * The compiler turns these types into whatever the machine has. LANES_CLONES on a function makes one version for AVX-512,
 * one for AVX2 and one for any machine, chosen when the program starts; every operation is lane by lane and nothing is
 * fused (-ffp-contract=off), so all of them give the same bytes.
 */
#ifndef KITH_MEASURES_LANES_H
#define KITH_MEASURES_LANES_H

#include <glib.h>
#include <stdint.h>
#include <string.h>

#define LANES 8

typedef double lanes_real __attribute__((vector_size(64)));
typedef uint64_t lanes_bits __attribute__((vector_size(64)));
typedef float lanes_float __attribute__((vector_size(32)));

/* Eight numbers of an array that begins with a cache line; i is a multiple of eight. */
typedef lanes_real lanes_real_of __attribute__((may_alias));
typedef lanes_float lanes_float_of __attribute__((may_alias));
#define LANES_AT(array, i) ((lanes_real_of *)(uintptr_t)((array) + (i)))
#define LANES_FLOAT_AT(array, i) ((lanes_float_of *)(uintptr_t)((array) + (i)))

/* Choosing a version happens before the address sanitizer is ready. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__) && !defined(KITH_ONE_VERSION)
#define LANES_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LANES_CLONES
#endif

/* Such functions are part of the version that calls them. */
#define LANES_INLINE static inline __attribute__((always_inline))

/* Whether a bit is set in any lane. */
LANES_INLINE uint64_t
lanes_any(const lanes_bits *x)
{
    return ((*x)[0] | (*x)[1] | (*x)[2] | (*x)[3]) | ((*x)[4] | (*x)[5] | (*x)[6] | (*x)[7]);
}

LANES_INLINE double
lanes_sum(const lanes_real *x)
{
    return (((*x)[0] + (*x)[1]) + ((*x)[2] + (*x)[3])) +
           (((*x)[4] + (*x)[5]) + ((*x)[6] + (*x)[7]));
}

/* The numbers of the lanes in a set, 0 in the others. */
LANES_INLINE void
lanes_keep(lanes_real *x, uint8_t set)
{
    const lanes_bits place = {0, 1, 2, 3, 4, 5, 6, 7};
    lanes_bits all = (((lanes_bits){0} + set) >> place) & 1;

    *x = (lanes_real)((lanes_bits)*x & -all);
}

#endif
