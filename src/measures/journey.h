/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * journey.h - through which stages people and firms go, how long they stay, and how they leave.
 *
 * A stay begins when somebody enters a stage and ends when they enter another one, whichever it is: steps that skip a stage
 * and steps back are kept. Whoever is still there has stayed up to the as-of day, and may stay longer.
 */
#ifndef KITH_MEASURES_JOURNEY_H
#define KITH_MEASURES_JOURNEY_H

#include "measures/survival.h"
#include <kith/graph.h>

typedef struct kith_stay {
    kith_node who;
    int32_t stage, next; /**< places in kith_journey.stage; next -1: still there */
    kith_time since;     /**< a day; KITH_TIME_NONE: unknown */
    double days;         /**< NaN when a date is missing */
} kith_stay;

typedef struct kith_stage {
    kith_node node;
    int64_t entered, left, here; /**< stays begun, ended, and open now */
    double median_days;          /**< by Kaplan-Meier; NaN when not seen */
    double limit_days;           /**< 90th centile of the stays that ended; NaN below 5 of them */
    int32_t next;                /**< where most go on to, the first of equals; -1 */
} kith_stage;

typedef struct kith_journey {
    GArray *stage;  /**< of kith_stage, in the order in which they are gone through, then by name */
    GArray *stay;   /**< of kith_stay, by who, then since */
    int64_t *moves; /**< stages * stages: how many went from one to another */
} kith_journey;

/** @return yours; kith_journey_free(). O(s log s) in stages entered */
kith_journey *kith_journey_new(const kith_graph *graph);
void kith_journey_free(kith_journey *journey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_journey, kith_journey_free)

/** How many went from one stage to another. */
int64_t kith_journey_moves(const kith_journey *journey, int32_t from, int32_t to);

#endif
