/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gains.h - what two guests of an event would gain from meeting, with the reasons.
 *
 * Points, by convention: 10 for a new face; 30 for each need that the other offers to meet, at most two each way; 10 for each
 * group in common, at most two; 8 when somebody at the event knows both and can introduce them; 6 when they work at
 * different firms. None when they know one another well (W >= .25), or were paired or met in a party of at most eight in the
 * last days; who was at a larger event together in those days is no new face (repeats.h).
 */
#ifndef KITH_MEASURES_GAINS_H
#define KITH_MEASURES_GAINS_H

#include "measures/groups.h"
#include "measures/needs.h"
#include "measures/repeats.h"
#include "measures/ties.h"
#include <glib.h>

typedef struct kith_guests {
    const kith_graph *graph;
    const kith_warm_network *net; /**< borrowed */
    kith_needs *needs;
    kith_groups *groups;
    kith_repeats *repeats;
    GArray *who;     /**< of kith_node: who may be matched, ascending */
    GArray *present; /**< of kith_node: everybody who is to come, ascending: hosts come from here */
    int64_t not_asked;   /**< who come and have not agreed to be matched */
    kith_node *employer; /**< by place in `who`; -1 */
} kith_guests;

/**
 * Who comes to an event and may be matched.
 * Coming: every status but no-show, declined and cancelled. Agreed: a consent that holds, whose purpose speaks of matching or
 * of events, or, with `assumed`, everybody who did not take one back.
 * @return yours; kith_guests_free()
 */
kith_guests *kith_guests_new(const kith_graph *graph, const kith_warm_network *net, kith_node event,
                             bool assumed, int64_t repeat_days);
void kith_guests_free(kith_guests *guests);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_guests, kith_guests_free)

typedef struct kith_gain {
    int32_t points;         /**< 0: keep apart */
    const char *apart;      /**< why, static; NULL */
    kith_repeat repeat;     /**< how they were brought together before */
    guint a_needs, b_needs; /**< needs of each that the other meets */
    const char *word;       /**< the first of them; borrowed */
    int64_t shared;         /**< groups in common */
    const char *group;      /**< the first of them; borrowed */
    kith_node host;         /**< the warmest common contact who comes; -1 */
    bool other_firm;
} kith_gain;

/** @param a, b  places in guests->who */
kith_gain kith_gain_of(const kith_guests *guests, guint a, guint b);

/** "A needs printing, which B offers; both in rowing; Cy knows both", or why they are kept apart. @return yours */
char *kith_gain_words(const kith_guests *guests, const kith_gain *gain, guint a, guint b);

#endif
