/* SPDX-License-Identifier: GPL-3.0-or-later */
/* labels.c - open addressing over (hash, number) pairs; a text is compared only when 32 bits of its hash agree. */
#include "base/labels.h"
#include "base/big.h"
#include <string.h>

/* Arrays that only a text more can ask for: nobody could go on without. */
#define NEED(type, how, n) ((type *)kith_big_need(how, (size_t)(n), sizeof(type)))

#define LEAST 1024        /* texts */
#define LEAST_BYTES 16384 /* of texts */
#define BEHIND 16         /* the hash reads behind the end */

void
kith_labels_init_for(kith_labels *w, size_t n, size_t bytes)
{
    *w = (kith_labels){.mask = 4 * LEAST - 1,
                       .room = MAX(n, LEAST),
                       .text_room = MAX(bytes + BEHIND, LEAST_BYTES)};
    while (w->mask < 2 * n)
        w->mask = 2 * w->mask + 1;
    w->slot = NEED(uint64_t, KITH_BIG(uint64_t, w->mask + 1), w->mask + 1);
    w->start = NEED(size_t, KITH_RAW(size_t, w->room + 1), w->room + 1);
    w->text = NEED(char, KITH_RAW(char, w->text_room), w->text_room);
    w->start[0] = 0;
}

void
kith_labels_init(kith_labels *w)
{
    kith_labels_init_for(w, 0, 0);
}

void
kith_labels_close(kith_labels *w)
{
    kith_big_free(g_steal_pointer(&w->slot));
}

void
kith_labels_clear(kith_labels *w)
{
    kith_big_free(w->slot);
    kith_big_free(w->start);
    kith_big_free(w->text);
    *w = (kith_labels){0};
}

void
kith_labels_steal(kith_labels *w, char **text, size_t **start)
{
    *text = g_steal_pointer(&w->text);
    *start = g_steal_pointer(&w->start);
    kith_labels_clear(w);
}

static inline uint64_t
mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9fb21c651e98df25);
    return h ^ h >> 32;
}

/* Eight bytes a step; what is read behind the end is shifted out. */
uint64_t
kith_labels_hash(const char *text, size_t length)
{
    uint64_t h = length * UINT64_C(0x9e3779b97f4a7c15), word;

    for (; length > 8; text += 8, length -= 8) {
        memcpy(&word, text, 8);
        h = mix(h, word);
    }
    memcpy(&word, text, 8);
    if (length < 8)
        word &= (UINT64_C(1) << 8 * length) - 1;
    h = mix(h, word);
    return h ^ h >> 29;
}

static void
grow_table(kith_labels *w)
{
    uint64_t mask = 2 * w->mask + 1, *slot = NEED(uint64_t, KITH_BIG(uint64_t, mask + 1), mask + 1);

    /* The upper half of the hash is kept; the lower is made again from the text. */
    for (uint32_t i = 0; i < w->n; i++) {
        size_t length = w->start[i + 1] - w->start[i] - 1;
        uint64_t hash = kith_labels_hash(w->text + w->start[i], length), at = hash & mask;

        while (slot[at])
            at = (at + 1) & mask;
        slot[at] = (hash & ~(uint64_t)UINT32_MAX) | (i + 1);
    }
    kith_big_free(w->slot);
    w->slot = slot;
    w->mask = mask;
}

static uint32_t
add(kith_labels *w, const char *text, size_t length)
{
    size_t at = w->start[w->n];

    if (w->n == w->room) {
        w->room *= 2;
        w->start =
            NEED(size_t, kith_big_grow(w->start, w->room + 1, sizeof *w->start), w->room + 1);
    }
    while (at + length + BEHIND > w->text_room) {
        w->text_room *= 2;
        w->text = NEED(char, kith_big_grow(w->text, w->text_room, 1), w->text_room);
    }
    memcpy(w->text + at, text, length);
    w->text[at + length] = '\0';
    w->start[++w->n] = at + length + 1;
    return w->n - 1;
}

uint32_t
kith_labels_number(kith_labels *w, const char *text, size_t length, uint64_t hash)
{
    uint64_t at = hash & w->mask, tag = hash & ~(uint64_t)UINT32_MAX, slot;

    for (; (slot = w->slot[at]) != 0; at = (at + 1) & w->mask) {
        uint32_t i = (uint32_t)slot - 1;

        if ((slot & ~(uint64_t)UINT32_MAX) == tag && w->start[i + 1] - w->start[i] - 1 == length &&
            memcmp(w->text + w->start[i], text, length) == 0)
            return i;
    }
    if (w->n >= UINT32_MAX - 2)
        return UINT32_MAX;
    w->slot[at] = tag | (w->n + 1);
    add(w, text, length);
    if (2 * (uint64_t)w->n > w->mask)
        grow_table(w);
    return w->n - 1;
}
