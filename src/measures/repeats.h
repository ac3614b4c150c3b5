/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * repeats.h - whether two people were brought together before, and by what we know it.
 *
 * The best record is of who was paired: facts `introduced` with the status `paired`, as `kith log pairs` writes them. Next
 * best is having met in a party of at most eight. Where nobody was paired at an event, having been there together is the
 * weakest: two of them may have met.
 */
#ifndef KITH_MEASURES_REPEATS_H
#define KITH_MEASURES_REPEATS_H

#include "measures/ties.h"
#include <glib.h>

/** The status of a fact that says two people were paired; its detail names the event. */
#define KITH_PAIRED "paired"

typedef enum kith_repeat_kind {
    KITH_REPEAT_NONE = 0,
    KITH_REPEAT_THERE, /**< at the same event, in a large party */
    KITH_REPEAT_MET,   /**< in a small party, or met */
    KITH_REPEAT_PAIRED
} kith_repeat_kind;

/** The strongest record there is; of equals the latest. */
typedef struct kith_repeat {
    kith_repeat_kind kind;
    double days;       /**< ago */
    const char *where; /**< the event; NULL when it is not known; borrowed from the graph */
} kith_repeat;

typedef struct kith_repeats kith_repeats;

/**
 * @param days    what lies longer back does not count
 * @param except  nor does what is told of this event, the one that is planned; -1: none
 * @return yours; kith_repeats_free(). O(facts log facts)
 */
kith_repeats *kith_repeats_new(const kith_graph *graph, const kith_warm_network *net, int64_t days,
                               kith_node except);
void kith_repeats_free(kith_repeats *repeats);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_repeats, kith_repeats_free)

kith_repeat kith_repeat_of(const kith_repeats *repeats, kith_node a, kith_node b);

#endif
