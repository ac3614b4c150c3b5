/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * labels.h - labels numbered as they come: an intern table for millions of short texts.
 *
 * A look-up is a cache miss, so a caller asks early which line will be needed (prefetch), reads on, and looks up later.
 * Texts lie one behind another, each with a NUL: a table is three arrays however many texts there are.
 */
#ifndef KITH_BASE_LABELS_H
#define KITH_BASE_LABELS_H

#include "base/fetch.h"
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* All arrays are kith_big_new()'s. */
typedef struct kith_labels {
    char *text;    /* all texts, each ending with a NUL */
    size_t *start; /* number -> where its text begins; start[n] is the end of all */
    uint32_t n;
    size_t room, text_room;
    uint64_t *slot; /* hash << 32 | number + 1; 0: empty */
    uint64_t mask;
} kith_labels;

void kith_labels_init(kith_labels *words);
/** The same with room for n texts of so many bytes in all, NULs included: growing keeps an old array beside the new. */
void kith_labels_init_for(kith_labels *words, size_t n, size_t bytes);
/** No text will be looked up any more: gives back what that takes. */
void kith_labels_close(kith_labels *words);
/** Clearing {0} is fine. */
void kith_labels_clear(kith_labels *words);

/** Hands out all texts and where each begins, kith_big_free(), and clears the table. */
void kith_labels_steal(kith_labels *words, char **text, size_t **start);

/** The hash of a text, for the two below. Bytes up to text[length + 7] are read, so a buffer needs room behind its end. */
uint64_t kith_labels_hash(const char *text, size_t length);

KITH_FETCHES void
kith_labels_prefetch(const kith_labels *words, uint64_t hash)
{
    __builtin_prefetch(&words->slot[hash & words->mask]);
}

/** Asks for what the look-up will compare: after the slot, where a text begins; after that, the text. */
KITH_FETCHES uint32_t
kith_labels_prefetch_start(const kith_labels *labels, uint64_t hash)
{
    uint32_t number = (uint32_t)labels->slot[hash & labels->mask];

    __builtin_prefetch(&labels->start[number ? number - 1 : 0]);
    return number;
}

KITH_FETCHES void
kith_labels_prefetch_text(const kith_labels *labels, uint32_t number)
{
    if (number)
        __builtin_prefetch(labels->text + labels->start[number - 1]);
}

/** The number of a text; made on first sight: then it is the old words->n. UINT32_MAX beyond 2^32 - 2 texts. */
uint32_t kith_labels_number(kith_labels *words, const char *text, size_t length, uint64_t hash);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_labels, kith_labels_clear)

#endif
