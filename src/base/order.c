/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.c - sorts pairs of numbers.
 *
 * A pair becomes one 64-bit word: what is left of `from` below its bucket, `to`, and the pair's place in the input, so
 * that equal pairs keep their order. Buckets fit the cache; there the word is sorted by radix, 8 to 11 bits a pass.
 */
#include "base/order.h"
#include "base/big.h"
#include "base/order_private.h"
#include <stdlib.h>

#define SPLIT_BITS 11
#define CHUNK (1 << 16) /* of the input at least, whatever the number of threads */
#define MOST_CHUNKS 64

struct split {
    int64_t m;
    int node_bits, place_bits, shift; /* bucket = from >> shift */
    int chunks;
    uint32_t buckets;
    const uint32_t *from, *to;
    uint64_t *word;
    int64_t *first; /* bucket -> its first word; buckets + 1 */
};

bool
kith_order_is(int64_t m, const uint32_t *from, const uint32_t *to)
{
    for (int64_t i = 1; i < m; i++)
        if (from[i] < from[i - 1] || (from[i] == from[i - 1] && to[i] < to[i - 1]))
            return false;
    return true;
}

static void
chunk_range(const struct split *s, int chunk, int64_t *first, int64_t *end)
{
    *first = s->m / s->chunks * chunk + MIN(chunk, s->m % s->chunks);
    *end = *first + s->m / s->chunks + (chunk < s->m % s->chunks);
}

/* Where each chunk's words of each bucket go: chunks in order within a bucket. */
static void
count(struct split *s, int64_t *at, int threads)
{
    int64_t total = 0;

#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int c = 0; c < s->chunks; c++) {
        int64_t i, end, *mine = at + (size_t)c * s->buckets;

        for (chunk_range(s, c, &i, &end); i < end; i++)
            mine[s->from[i] >> s->shift]++;
    }
    for (uint32_t b = 0; b < s->buckets; b++) {
        s->first[b] = total;
        for (int c = 0; c < s->chunks; c++) {
            int64_t *one = &at[(size_t)c * s->buckets + b], n = *one;

            *one = total;
            total += n;
        }
    }
    s->first[s->buckets] = total;
}

static void
scatter(struct split *s, int64_t *at, int threads)
{
    uint32_t low = (uint32_t)((UINT64_C(1) << s->shift) - 1);
    uint64_t placed = s->place_bits ? UINT64_MAX : 0;

#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int c = 0; c < s->chunks; c++) {
        int64_t i, end, *mine = at + (size_t)c * s->buckets;

        for (chunk_range(s, c, &i, &end); i < end; i++)
            s->word[mine[s->from[i] >> s->shift]++] =
                ((uint64_t)(s->from[i] & low) << s->node_bits | s->to[i]) << s->place_bits |
                ((uint64_t)i & placed);
    }
}

static bool
sort_buckets(const struct split *s, int threads)
{
    int low = s->place_bits, high = s->place_bits + s->node_bits + s->shift;
    bool fine = true;

#pragma omp parallel num_threads(threads)
    {
        uint64_t *spare = NULL;
        int64_t room = 0;

#pragma omp for schedule(dynamic, 1)
        for (uint32_t b = 0; b < s->buckets; b++) {
            int64_t n = s->first[b + 1] - s->first[b];

            if (n > room) {
                kith_big_free(spare);
                room = n + n / 4;
                spare = KITH_RAW(uint64_t, room);
            }
            if (!spare && n > KITH_ORDER_FEW)
#pragma omp atomic write
                fine = false;
            else
                kith_order_words(s->word + s->first[b], n, low, high, spare);
        }
        kith_big_free(spare);
    }
    return fine;
}

static void
unfold(const struct split *s, uint32_t *from, uint32_t *to, uint32_t *place, int threads)
{
    uint64_t to_mask = (UINT64_C(1) << s->node_bits) - 1,
             place_mask = (UINT64_C(1) << s->place_bits) - 1;

#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t b = 0; b < s->buckets; b++)
        for (int64_t i = s->first[b]; i < s->first[b + 1]; i++) {
            uint64_t word = s->word[i];

            if (place)
                place[i] = (uint32_t)(word & place_mask);
            word >>= s->place_bits;
            to[i] = (uint32_t)(word & to_mask);
            from[i] = (uint32_t)((uint64_t)b << s->shift | word >> s->node_bits);
        }
}

/* Pairs too many for one word each: rare enough to be left to the C library. */
struct wide {
    uint32_t from, to, place;
};

static int
compare_wide(const void *a, const void *b)
{
    const struct wide *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool
order_wide(int64_t m, uint32_t *from, uint32_t *to, uint32_t *place)
{
    KITH_AUTOBIG struct wide *all = KITH_BIG(struct wide, m);

    for (int64_t i = 0; all && i < m; i++)
        all[i] = (struct wide){from[i], to[i], (uint32_t)i};
    if (all)
        qsort(all, (size_t)m, sizeof *all, compare_wide);
    for (int64_t i = 0; all && i < m; i++) {
        from[i] = all[i].from;
        to[i] = all[i].to;
        if (place)
            place[i] = all[i].place;
    }
    return all != NULL;
}

static bool
order_split(struct split *s, uint32_t *from, uint32_t *to, uint32_t *place, int threads)
{
    KITH_AUTOBIG int64_t *first = KITH_BIG(int64_t, s->buckets + 1);
    KITH_AUTOBIG int64_t *at = KITH_BIG(int64_t, (size_t)s->chunks * s->buckets);
    KITH_AUTOBIG uint64_t *word = KITH_RAW(uint64_t, s->m);

    if (!first || !at || !word)
        return false;
    s->first = first;
    s->word = word;
    count(s, at, threads);
    scatter(s, at, threads);
    if (!sort_buckets(s, threads))
        return false;
    unfold(s, from, to, place, threads);
    return true;
}

bool
kith_order_pairs(int64_t n, int64_t m, uint32_t *from, uint32_t *to, uint32_t *place, int threads)
{
    struct split s = {.m = m, .node_bits = kith_order_bits((uint64_t)n), .from = from, .to = to};

    if (m == 0)
        return true;
    if (n <= 8 * m && kith_order_in_runs(m, from))
        return kith_order_runs(n, m, from, to, place);
    s.place_bits = place ? kith_order_bits((uint64_t)m) : 0;
    s.chunks = (int)CLAMP(m / CHUNK, 1, MOST_CHUNKS);
    s.shift = MAX(0, s.node_bits - SPLIT_BITS);
    if (s.shift + s.node_bits + s.place_bits > 64)
        return order_wide(m, from, to, place);
    s.buckets = (uint32_t)((uint64_t)(n - 1) >> s.shift) + 1;
    return order_split(&s, from, to, place, threads);
}
