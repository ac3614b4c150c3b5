/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * set_cover.h - which few sets hold everything that any of them holds.
 *
 * The greedy choice needs at most H(d) times as many sets as the best one, d the size of the largest (Chvatal 1979,
 * doi:10.1287/moor.4.3.233); up to 20 sets that add anything, the best number is found by trying all.
 */
#ifndef KITH_MEASURES_SET_COVER_H
#define KITH_MEASURES_SET_COVER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct kith_set_cover {
    GArray *chosen;   /**< of int64_t: sets in the order of choice */
    GArray *added;    /**< of int64_t: what each adds */
    int64_t elements; /**< in all sets together */
    int64_t at_least; /**< no cover has fewer sets; the number of a best one when exact */
    bool exact;
} kith_set_cover;

/**
 * Greedy cover: each time the set that adds most, of equals the first.
 * @param set  n arrays of int64_t, elements in 0 … universe - 1, ascending and distinct; borrowed
 * @return yours; kith_set_cover_free(). O(chosen * total size), with at most 2^20 unions for the exact number
 */
kith_set_cover *kith_set_cover_new(GArray *const *set, int64_t n, int64_t universe);
void kith_set_cover_free(kith_set_cover *cover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_set_cover, kith_set_cover_free)

#endif
