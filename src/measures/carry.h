/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * carry.h - in which of 512 worlds an arc carries word.
 *
 * Each arc of an independent cascade draws a number in each world from a key of its own, and carries where that is below
 * its chance. In a linear threshold world each listener draws one number, and the arc whose stretch of [0, 1) it falls into
 * carries. Either way the answer depends on the keys alone, so it may be asked for in any order, and again.
 */
#ifndef KITH_MEASURES_CARRY_H
#define KITH_MEASURES_CARRY_H

#include "measures/cascade.h"
#include "measures/lanes.h"
#include "measures/random.h"
#include <math.h>

#define CARRY_WORLDS 512
#define CARRY_GOLDEN UINT64_C(0x9e3779b97f4a7c15)
#define CARRY_SELDOM                                                                               \
    -63.5f /* 1 / log(1 - p) of 1/64: arcs of less jump from world to world that carries */

/* From one world to the next by geometric jumps. @param world  512 long @return how many */
static inline int
carry_seldom(uint64_t state, float jump, uint16_t *world)
{
    float at = 0;
    int n = 0;

    for (;;) {
        float unit = (float)((kith_random_mix(state += CARRY_GOLDEN) >> 32) + 1) * 0x1p-32f;

        if ((unit - 1) * jump >= CARRY_WORLDS - at) /* log(unit) is further from 0 still */
            return n;
        at += floorf(logf(unit) * jump);
        if (!(at < CARRY_WORLDS))
            return n;
        world[n++] = (uint16_t)at;
        at += 1;
    }
}

/* As kith_random_mix(), in every lane. */
LANES_INLINE void
carry_mix(lanes_bits *bits)
{
    *bits = (*bits ^ *bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    *bits = (*bits ^ *bits >> 27) * UINT64_C(0x94d049bb133111eb);
    *bits ^= *bits >> 31;
}

/* Where the key's numbers are below p: binary digit by digit, as long as p has digits and some worlds are undecided. */
LANES_INLINE void
carry_below(uint64_t key, float p, lanes_bits *worlds)
{
    const lanes_bits lane = {1, 2, 3, 4, 5, 6, 7, 8};
    lanes_bits state = key + lane * CARRY_GOLDEN, undecided = ~(lanes_bits){0};
    uint32_t digits = p < 1 ? (uint32_t)((double)p * 0x1p32) : 0;

    if (p >= 1)
        *worlds = undecided;
    for (; digits && lanes_any(&undecided); digits <<= 1) {
        lanes_bits drawn = state;

        carry_mix(&drawn);
        state += LANES * CARRY_GOLDEN;
        if (digits >> 31) {
            *worlds |= undecided & ~drawn;
            undecided &= drawn;
        } else {
            undecided &= ~drawn;
        }
    }
}

static inline uint64_t
carry_key(const kith_cascade *c, uint64_t key, uint32_t to, int64_t arc)
{
    bool by_arc = c->model == KITH_CASCADE_IC;

    return kith_random_mix(key ^ (by_arc ? (uint64_t)arc + 1 : to) * CARRY_GOLDEN);
}

/* 1 / log(1 - p) of an arc that jumps from world to world, else 0. */
static inline float
carry_jump(const kith_cascade *c, uint32_t to, int64_t arc)
{
    float jump = c->jump[to];

    if (c->model == KITH_CASCADE_LT)
        return 0;
    if (isnan(jump))
        jump = 1 / log1pf(-c->p[arc]);
    return jump < CARRY_SELDOM ? jump : 0;
}

/* Of all 512, when it does not jump. @param own  its carry_key() */
LANES_INLINE void
carry_often(const kith_cascade *c, uint64_t own, uint32_t to, int64_t arc, lanes_bits *worlds)
{
    lanes_bits before = {0};

    *worlds = (lanes_bits){0};
    carry_below(own, c->p ? c->p[arc] : c->level[to], worlds);
    if (c->model == KITH_CASCADE_LT && c->p && arc > c->first[to])
        carry_below(own, c->p[arc - 1], &before);
    *worlds &= ~before;
}

/* Of all 512, either way. @param key  of this block of worlds */
LANES_INLINE void
carry_worlds(const kith_cascade *c, uint64_t key, uint32_t to, int64_t arc, lanes_bits *worlds)
{
    uint64_t own = carry_key(c, key, to, arc);
    float jump = carry_jump(c, to, arc);
    uint16_t world[CARRY_WORLDS];
    int n = jump < 0 ? carry_seldom(own, jump, world) : 0;

    *worlds = (lanes_bits){0};
    for (int i = 0; i < n; i++)
        (*worlds)[world[i] / 64] |= UINT64_C(1) << world[i] % 64;
    if (!(jump < 0))
        carry_often(c, own, to, arc, worlds);
}

#endif
