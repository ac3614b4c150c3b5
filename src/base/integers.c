/* SPDX-License-Identifier: GPL-3.0-or-later */
/* integers.c - a bitmap with ranks, or a hash table where labels are far apart. */
#include "base/integers.h"
#include "base/big.h"
#include <stdlib.h>
#include <string.h>

struct slot {
    uint64_t key; /* label + 1; 0: empty */
    uint64_t rank;
};

struct kith_integers {
    uint64_t *bits; /* NULL: the table is used */
    uint8_t *
        seen; /* NULL: far apart; else 1 for labels added by the column, which bits get at the end */
    bool all; /* every label up to the largest is there: it is its own number */
    uint64_t largest;
    uint32_t *before; /* word of bits -> labels before it */
    uint64_t words;
    struct slot *slot;
    uint64_t mask, used;
    uint64_t *sorted; /* of the table */
};

kith_integers *
kith_integers_new(uint64_t largest, uint64_t most)
{
    kith_integers *set = g_new0(kith_integers, 1);

    set->largest = largest;
    /* Up to a byte of bitmap a label is less than the edges themselves take. */
    if (largest / 64 <= most / 8 + 1024) {
        set->words = largest / 64 + 1;
        set->bits = KITH_BIG(uint64_t, set->words);
        if (largest <= most)
            set->seen = KITH_BIG(uint8_t, 64 * set->words); /* without it, it takes longer */
    } else {
        set->mask = 1023;
        set->slot = KITH_BIG(struct slot, set->mask + 1);
    }
    if (!set->bits && !set->slot)
        g_clear_pointer(&set, g_free);
    return set;
}

void
kith_integers_free(kith_integers *set)
{
    if (!set)
        return;
    kith_big_free(set->bits);
    kith_big_free(set->seen);
    kith_big_free(set->before);
    kith_big_free(set->slot);
    kith_big_free(set->sorted);
    g_free(set);
}

static struct slot *
find(const kith_integers *set, uint64_t label)
{
    uint64_t at = label * UINT64_C(0x9e3779b97f4a7c15);

    for (at = (at ^ at >> 32) & set->mask; set->slot[at].key && set->slot[at].key != label + 1;)
        at = (at + 1) & set->mask;
    return &set->slot[at];
}

static bool
grow(kith_integers *set)
{
    kith_integers larger = {.mask = 2 * set->mask + 1};

    larger.slot = KITH_BIG(struct slot, larger.mask + 1);
    if (!larger.slot)
        return false;
    for (uint64_t i = 0; i <= set->mask; i++)
        if (set->slot[i].key)
            *find(&larger, set->slot[i].key - 1) = set->slot[i];
    kith_big_free(set->slot);
    set->slot = larger.slot;
    set->mask = larger.mask;
    return true;
}

bool
kith_integers_add(kith_integers *set, uint64_t label)
{
    struct slot *slot;

    if (set->bits) {
        set->bits[label / 64] |= UINT64_C(1) << (label % 64);
        return true;
    }
    slot = find(set, label);
    if (slot->key)
        return true;
    slot->key = label + 1;
    return ++set->used * 3 < set->mask * 2 || grow(set);
}

/* Setting a bit waits for the bit before it when both are in one word; setting a byte does not. */
bool
kith_integers_add_all(kith_integers *set, const uint32_t *label, int64_t n)
{
    bool fine = true;

    for (int64_t i = 0; set->seen && i < n; i++)
        set->seen[label[i]] = 1;
    for (int64_t i = 0; !set->seen && fine && i < n; i++)
        fine = kith_integers_add(set, label[i]);
    return fine;
}

/* Eight bytes of 0 and 1 become eight bits by one multiplication. */
static void
take_seen(kith_integers *set)
{
    for (uint64_t i = 0; i < 8 * set->words; i++) {
        uint64_t eight;

        memcpy(&eight, set->seen + 8 * i, 8);
#if G_BYTE_ORDER == G_BIG_ENDIAN
        eight = GUINT64_SWAP_LE_BE(eight);
#endif
        set->bits[i / 8] |= (eight * UINT64_C(0x0102040810204080)) >> 56 << (i % 8 * 8);
    }
}

static int
compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static int64_t
finish_table(kith_integers *set)
{
    uint64_t n = 0;

    set->sorted = KITH_BIG(uint64_t, set->used);
    if (!set->sorted)
        return -1;
    for (uint64_t i = 0; i <= set->mask; i++)
        if (set->slot[i].key)
            set->sorted[n++] = set->slot[i].key - 1;
    qsort(set->sorted, n, sizeof *set->sorted, compare);
    for (uint64_t i = 0; i < n; i++)
        find(set, set->sorted[i])->rank = i;
    return (int64_t)n;
}

int64_t
kith_integers_finish(kith_integers *set)
{
    uint64_t n = 0;

    if (!set->bits)
        return finish_table(set);
    if (set->seen)
        take_seen(set);
    set->before = KITH_BIG(uint32_t, set->words);
    if (!set->before)
        return -1;
    for (uint64_t i = 0; i < set->words; i++) {
        set->before[i] = (uint32_t)n;
        n += (uint64_t)__builtin_popcountll(set->bits[i]);
    }
    set->all = n == set->largest + 1;
    return (int64_t)n;
}

static inline __attribute__((always_inline)) uint32_t
rank_in_bits(const kith_integers *set, uint64_t label)
{
    uint64_t word = label / 64;

    return set->before[word] +
           (uint32_t)__builtin_popcountll(set->bits[word] & ((UINT64_C(1) << (label % 64)) - 1));
}

uint32_t
kith_integers_rank(const kith_integers *set, uint64_t label)
{
    return set->bits ? rank_in_bits(set, label) : (uint32_t)find(set, label)->rank;
}

#if defined(__x86_64__)
/* One instruction instead of a table. */
__attribute__((target("popcnt"))) static void
rank_fast(const kith_integers *set, uint32_t *label, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        label[i] = rank_in_bits(set, label[i]);
}
#endif

void
kith_integers_rank_all(const kith_integers *set, uint32_t *label, int64_t n)
{
    if (set->all)
        return;
#if defined(__x86_64__)
    if (set->bits && __builtin_cpu_supports("popcnt")) {
        rank_fast(set, label, n);
        return;
    }
#endif
    for (int64_t i = 0; i < n; i++)
        label[i] = kith_integers_rank(set, label[i]);
}

void
kith_integers_list(const kith_integers *set, uint64_t *out)
{
    for (uint64_t i = 0; !set->bits && i < set->used; i++)
        *out++ = set->sorted[i];
    for (uint64_t word = 0; set->bits && word < set->words; word++)
        for (uint64_t left = set->bits[word]; left; left &= left - 1)
            *out++ = 64 * word + (uint64_t)__builtin_ctzll(left);
}
