/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random.c - PCG XSL-RR 128/64. */
#include "measures/random.h"

static void
advance(kith_random *r)
{
    const kith_uint128 multiplier =
        (kith_uint128)UINT64_C(2549297995355413924) << 64 | UINT64_C(4865540595714422341);

    r->state = r->state * multiplier + r->step;
}

kith_random
kith_random_init(uint64_t seed, uint64_t stream)
{
    kith_random r = {0, (kith_uint128)stream << 1 | 1};

    advance(&r);
    r.state += seed;
    advance(&r);
    return r;
}

uint64_t
kith_random_mix(uint64_t bits)
{
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

kith_random
kith_random_nth(uint64_t seed, uint64_t stream, uint64_t i)
{
    uint64_t key = kith_random_mix(seed + UINT64_C(0x9e3779b97f4a7c15));

    return kith_random_init(kith_random_mix(key + i * UINT64_C(0x9e3779b97f4a7c15)), stream);
}

uint64_t
kith_random_u64(kith_random *r)
{
    uint64_t folded;
    unsigned turn;

    advance(r);
    folded = (uint64_t)(r->state >> 64) ^ (uint64_t)r->state;
    turn = (unsigned)(r->state >> 122);
    return folded >> turn | folded << (-turn & 63);
}

double
kith_random_real(kith_random *r)
{
    return (double)(kith_random_u64(r) >> 11) * 0x1p-53;
}

uint64_t
kith_random_below(kith_random *r, uint64_t n)
{
    uint64_t surplus =
        n ? -n % n : 0; /* 2^64 mod n: the values below it would come up once too often */
    uint64_t drawn;

    do
        drawn = kith_random_u64(r);
    while (drawn < surplus);
    return n ? drawn % n : 0;
}
