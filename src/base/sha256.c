/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sha256.c - FIPS 180-4 by SHA-NI on x86-64, else by GLib. */
#include "base/sha256.h"
#include "base/base.h"
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

struct kith_sha256 {
    GChecksum *slow; /* NULL: the fields below are used */
    uint32_t state[8];
    uint8_t block[64];
    size_t held;
    uint64_t length;
    char hex[65];
};

#if defined(__x86_64__)

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool
has_instructions(void)
{
    unsigned a, b, c, d;

    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & 1u << 29 &&
           __builtin_cpu_supports("sse4.1");
}

/* Asked once: on a virtual machine the question costs as much as hashing some kilobytes. */
bool
kith_sha256_is_fast(void)
{
    static gsize known;

    if (g_once_init_enter(&known))
        g_once_init_leave(&known, has_instructions() ? 2 : 1);
    return known == 2;
}

/* Four rounds a step; the last sixteen words of the schedule are in m. */
__attribute__((target("sha,sse4.1"))) static void
transform(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xb1);
    __m128i s1 =
        _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1b);
    __m128i s0 = _mm_alignr_epi8(low, s1, 8), m[4] = {0};

    s1 = _mm_blend_epi16(s1, low, 0xf0);
    for (; blocks > 0; blocks--, data += 64) {
        const __m128i before0 = s0, before1 = s1;

#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            __m128i word;

            if (i < 4)
                m[i & 3] = _mm_shuffle_epi8(
                    _mm_loadu_si128((const __m128i *)(const void *)(data + 16 * i)), swap);
            else
                m[i & 3] = _mm_sha256msg2_epu32(
                    _mm_add_epi32(_mm_sha256msg1_epu32(m[i & 3], m[(i + 1) & 3]),
                                  _mm_alignr_epi8(m[(i + 3) & 3], m[(i + 2) & 3], 4)),
                    m[(i + 3) & 3]);
            word = _mm_add_epi32(
                m[i & 3], _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i)));
            s1 = _mm_sha256rnds2_epu32(s1, s0, word);
            s0 = _mm_sha256rnds2_epu32(s0, s1, _mm_shuffle_epi32(word, 0x0e));
        }
        s0 = _mm_add_epi32(s0, before0);
        s1 = _mm_add_epi32(s1, before1);
    }
    low = _mm_shuffle_epi32(s0, 0x1b);
    s1 = _mm_shuffle_epi32(s1, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(low, s1, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(s1, low, 8));
}

#else

bool
kith_sha256_is_fast(void)
{
    return false;
}

static void
transform(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    (void)state;
    (void)data;
    (void)blocks;
}

#endif

kith_sha256 *
kith_sha256_new(void)
{
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    kith_sha256 *sha = g_new0(kith_sha256, 1);

    memcpy(sha->state, start, sizeof start);
    if (!kith_sha256_is_fast())
        sha->slow = g_checksum_new(G_CHECKSUM_SHA256);
    return sha;
}

void
kith_sha256_free(kith_sha256 *sha)
{
    if (!sha)
        return;
    if (sha->slow)
        g_checksum_free(sha->slow);
    g_free(sha);
}

void
kith_sha256_update(kith_sha256 *sha, const void *bytes, size_t length)
{
    const uint8_t *p = bytes;
    size_t whole;

    if (sha->slow) {
        g_checksum_update(sha->slow, bytes, (gssize)length);
        return;
    }
    sha->length += length;
    if (sha->held > 0) {
        size_t part = MIN(64 - sha->held, length);

        memcpy(sha->block + sha->held, p, part);
        sha->held += part;
        p += part;
        length -= part;
        if (sha->held < 64)
            return;
        transform(sha->state, sha->block, 1);
    }
    whole = length / 64;
    transform(sha->state, p, whole);
    sha->held = length - 64 * whole;
    memcpy(sha->block, p + 64 * whole, sha->held);
}

const char *
kith_sha256_hex(kith_sha256 *sha)
{
    uint64_t bits = 8 * sha->length;
    uint8_t tail[72] = {0x80};
    size_t zeros = (sha->held < 56 ? 56 : 120) - sha->held;

    if (sha->slow)
        return g_checksum_get_string(sha->slow);
    if (sha->hex[0])
        return sha->hex;
    for (int i = 0; i < 8; i++)
        tail[zeros + (size_t)i] = (uint8_t)(bits >> (56 - 8 * i));
    kith_sha256_update(sha, tail, zeros + 8);
    for (int i = 0; i < 8; i++)
        g_snprintf(sha->hex + 8 * i, 9, "%08x", sha->state[i]);
    return sha->hex;
}
