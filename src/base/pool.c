/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pool.c - texts kept once.
 *
 * An open-addressing table of (hash, number) pairs: a look-up that misses touches one cache line, and a text is compared only
 * when all 32 bits of its hash agree. GHashTable spent a fifth of a large import following pointers here. The texts lie one
 * behind the other in blocks, which never move.
 */
#include "base/pool.h"
#include "base/big.h"
#include "base/fetch.h"
#include "base/pages.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK ((size_t)4 << 10)
#define LARGEST_BLOCK ((size_t)4 << 20)
/* A larger table is worth a thread that clears its pages. */
#define FORESEEN (1 << 14)
/* Texts whose places are fetched at once. */
#define TOGETHER 32

struct slot {
    uint32_t hash, number; /* number 0: empty */
};

struct kith_pool {
    int references;
    GPtrArray *blocks;
    char *free;       /* in the last block */
    size_t room;      /* bytes there */
    size_t block;     /* size of the next one */
    char *spare;      /* the next one, once they are as large as they get; NULL: none yet */
    GPtrArray *texts; /* number -> text */
    struct slot *slots;
    struct slot *larger; /* the next table, while its pages are made ready; NULL: not yet */
    size_t mask;         /* slots - 1, a power of two less one */
};

/* An empty table. @return yours, kith_big_free() */
static struct slot *
new_slots(size_t n)
{
    return kith_big_need(KITH_BIG(struct slot, n), n, sizeof(struct slot));
}

kith_pool *
kith_pool_new(void)
{
    kith_pool *pool = g_new0(kith_pool, 1);

    pool->references = 1;
    pool->blocks = g_ptr_array_new_with_free_func(free);
    pool->block = FIRST_BLOCK;
    pool->texts = g_ptr_array_new();
    pool->mask = 255;
    pool->slots = new_slots(pool->mask + 1);
    g_ptr_array_add(pool->texts, NULL);
    return pool;
}

kith_pool *
kith_pool_ref(kith_pool *pool)
{
    g_atomic_int_inc(&pool->references);
    return pool;
}

void
kith_pool_unref(kith_pool *pool)
{
    if (!pool || !g_atomic_int_dec_and_test(&pool->references))
        return;
    kith_big_free(pool->slots);
    kith_big_free(pool->larger);
    free(pool->spare);
    g_ptr_array_unref(pool->texts);
    g_ptr_array_unref(pool->blocks);
    g_free(pool);
}

/* Eight bytes a step; the constants are those of splitmix64 (Steele, Lea & Flood 2014). */
static uint32_t
hash_text(const char *text, size_t length)
{
    uint64_t h = length * UINT64_C(0x9e3779b97f4a7c15);

    for (; length >= 8; text += 8, length -= 8) {
        uint64_t word;

        memcpy(&word, text, 8);
        h = (h ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
        h ^= h >> 29;
    }
    if (length) {
        uint64_t word = 0;

        memcpy(&word, text, length);
        h = (h ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
    }
    h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(h >> 32);
}

static void
grow(kith_pool *pool)
{
    size_t mask = 2 * pool->mask + 1;
    struct slot *slots = pool->larger ? pool->larger : new_slots(mask + 1);

    for (size_t i = 0; i <= pool->mask; i++) {
        size_t at = pool->slots[i].hash & mask;

        if (!pool->slots[i].number)
            continue;
        while (slots[at].number)
            at = (at + 1) & mask;
        slots[at] = pool->slots[i];
    }
    kith_big_free(pool->slots);
    pool->slots = slots;
    pool->larger = NULL;
    pool->mask = mask;
}

/* The table is nearly full: the next one is made ready. */
static void
foresee(kith_pool *pool)
{
    size_t n = 2 * (pool->mask + 1);

    if (pool->larger || pool->mask < FORESEEN)
        return;
    pool->larger = new_slots(n);
    kith_pages_ahead(pool->larger, n * sizeof(struct slot));
}

static void
begin_block(kith_pool *pool, size_t least)
{
    bool spare = pool->spare && least <= LARGEST_BLOCK;

    pool->room = MAX(pool->block, least);
    pool->free = spare ? g_steal_pointer(&pool->spare) : kith_pages_new(pool->room);
    g_ptr_array_add(pool->blocks, pool->free);
    pool->block = MIN(2 * pool->block, LARGEST_BLOCK);
    if (pool->block < LARGEST_BLOCK || pool->spare)
        return;
    pool->spare = kith_pages_new(LARGEST_BLOCK);
    kith_pages_ahead(pool->spare, LARGEST_BLOCK);
}

/* A copy that never moves. A text too long for the block leaves a gap there, of less than the text. */
static char *
keep(kith_pool *pool, const char *text, size_t length)
{
    char *copy;

    if (G_UNLIKELY(length + 1 > pool->room))
        begin_block(pool, length + 1);
    copy = memcpy(pool->free, text, length + 1);
    pool->free += length + 1;
    pool->room -= length + 1;
    return copy;
}

/* Room for n texts more. */
static void
make_room(kith_pool *pool, size_t n)
{
    while (3 * (pool->texts->len + n) > 2 * pool->mask)
        grow(pool);
    if (G_UNLIKELY(25 * (size_t)pool->texts->len > 16 * pool->mask))
        foresee(pool);
}

static uint32_t
put_hashed(kith_pool *pool, const char *text, size_t length, uint32_t hash)
{
    size_t at;

    for (at = hash & pool->mask; pool->slots[at].number; at = (at + 1) & pool->mask)
        if (pool->slots[at].hash == hash &&
            strcmp(pool->texts->pdata[pool->slots[at].number], text) == 0)
            return pool->slots[at].number;
    pool->slots[at] = (struct slot){hash, pool->texts->len};
    g_ptr_array_add(pool->texts, keep(pool, text, length));
    kith_pages_array(pool->texts->pdata, pool->texts->len, sizeof(char *));
    return pool->texts->len - 1;
}

uint32_t
kith_pool_put(kith_pool *pool, const char *text)
{
    size_t length;

    if (!text)
        return 0;
    make_room(pool, 1);
    length = strlen(text);
    return put_hashed(pool, text, length, hash_text(text, length));
}

/* Fetches what put_hashed() will look at: the slots, then the places of texts that may be the same, then these. */
KITH_FETCHES void
fetch(const kith_pool *pool, const uint32_t *hash, size_t n)
{
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(&pool->slots[hash[i] & pool->mask], 1);
    for (int step = 0; step < 2; step++)
        for (size_t i = 0; i < n; i++) {
            const struct slot *slot = &pool->slots[hash[i] & pool->mask];

            if (slot->hash != hash[i])
                continue;
            __builtin_prefetch(step == 0 ? (const void *)&pool->texts->pdata[slot->number]
                                         : pool->texts->pdata[slot->number]);
        }
}

void
kith_pool_put_many(kith_pool *pool, const kith_pool_text *texts, size_t n, uint32_t *numbers)
{
    uint32_t hash[TOGETHER];

    for (size_t first = 0, some; first < n; first += some) {
        const kith_pool_text *t = texts + first;

        some = MIN(n - first, TOGETHER);
        make_room(pool, some);
        for (size_t i = 0; i < some; i++)
            hash[i] = hash_text(t[i].text, t[i].length);
        fetch(pool, hash, some);
        for (size_t i = 0; i < some; i++)
            numbers[first + i] = put_hashed(pool, t[i].text, t[i].length, hash[i]);
    }
}

const char *
kith_pool_get(const kith_pool *pool, uint32_t number)
{
    return number < pool->texts->len ? pool->texts->pdata[number] : NULL;
}

uint32_t
kith_pool_size(const kith_pool *pool)
{
    return pool->texts->len;
}
