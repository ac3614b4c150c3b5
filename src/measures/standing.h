/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standing.h - where somebody stands in a network: who is within reach, how well, and what holds it together. */
#ifndef KITH_MEASURES_STANDING_H
#define KITH_MEASURES_STANDING_H

#include <glib.h>
#include <kith/error.h>
#include <kith/graph.h>

typedef enum kith_standing_measure {
    KITH_STANDING_REACHED = 0, /**< people within the hops */
    KITH_STANDING_SCORES,      /**< sum of the best chains' scores */
    KITH_STANDING_CUSTOMERS,   /**< customers among those reached */
    KITH_STANDING_KNOWN,       /**< people with a warm tie to us */
    KITH_STANDING_TIES,        /**< warm ties between any two people */
    KITH_STANDING_PARTS,       /**< groups that nothing connects, of two people or more */
    KITH_STANDING_LARGEST,     /**< people in the largest of them */
    KITH_STANDING_CONTACT,     /**< people whom we reach through anything at all */
    KITH_STANDING_OWN,         /**< of them, through something that is not a platform */
    KITH_STANDING_ROW1,        /**< customers of our firm */
    KITH_STANDING_ROW2,        /**< customers' customers */
    KITH_STANDINGS
} kith_standing_measure;

typedef struct kith_standing {
    double value[KITH_STANDINGS];
    double *score; /**< by node: the best chain's score, 0 for none */
} kith_standing;

/**
 * @param from  who asks; -1: nobody, and what needs one is 0
 * @return as kith_warm_network_new(). O(max_hops * warm ties + facts)
 */
kith_status kith_standing_new(const kith_graph *graph, kith_node from, int max_hops,
                              kith_standing **out, kith_error *err);
void kith_standing_free(kith_standing *standing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_standing, kith_standing_free)

/** "people within reach", … */
const char *kith_standing_about(kith_standing_measure measure);

#endif
