/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * integers.h - labels that are numbers, renumbered 0 … n-1 in rising order.
 *
 * Dense labels are a bitmap with counts: eight labels a byte, so that a million of them stay in the cache. Labels with
 * gaps too wide for that (an id of 10^12) go through a hash table; memory follows how many there are, never how large.
 */
#ifndef KITH_BASE_INTEGERS_H
#define KITH_BASE_INTEGERS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct kith_integers kith_integers;

/** An empty set. @param largest no label is larger  @param most how many labels may be added, repeats counted. NULL: no memory */
kith_integers *kith_integers_new(uint64_t largest, uint64_t most);
void kith_integers_free(kith_integers *set);

/** Adds a label. @return false when there is no memory */
bool kith_integers_add(kith_integers *set, uint64_t label);
/** Adds many at once. @return false when there is no memory */
bool kith_integers_add_all(kith_integers *set, const uint32_t *label, int64_t n);
/** Numbers what was added; nothing can be added afterwards. @return how many there are, -1 when there is no memory */
int64_t kith_integers_finish(kith_integers *set);
/** The number of a label that was added. */
uint32_t kith_integers_rank(const kith_integers *set, uint64_t label);
/** Many at once: each label becomes its number. */
void kith_integers_rank_all(const kith_integers *set, uint32_t *label, int64_t n);
/** All labels, rising. @param out room for as many as finish() said */
void kith_integers_list(const kith_integers *set, uint64_t *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_integers, kith_integers_free)

#endif
