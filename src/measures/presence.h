/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * presence.h - who was where: people and occasions, an occasion being an event on one of its days.
 *
 * Only attending, hosting and speaking make a presence. A person's presences stand side by side, so that a rewiring changes
 * what stands in a slot and never how many slots somebody has.
 */
#ifndef KITH_MEASURES_PRESENCE_H
#define KITH_MEASURES_PRESENCE_H

#include "measures/random.h"
#include <glib.h>
#include <kith/graph.h>

typedef struct kith_occasion {
    kith_node event;
    kith_time day; /**< KITH_TIME_NONE: unknown */
    int64_t people;
} kith_occasion;

typedef struct kith_presence {
    const kith_graph *graph;
    int64_t n;        /**< presences */
    GArray *occasion; /**< of kith_occasion, by day (unknown first), then event */
    int64_t *first;   /**< person -> first slot; nodes + 1 long */
    int32_t *at;      /**< slot -> occasion */
    int32_t *owner;   /**< slot -> person */
} kith_presence;

/** @return yours; kith_presence_free(). O(attendances log attendances) */
kith_presence *kith_presence_new(const kith_graph *graph);
void kith_presence_free(kith_presence *presence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_presence, kith_presence_free)

/** Whether somebody is at an occasion, as the slots are now. O(slots of the person) */
bool kith_presence_is_at(const kith_presence *presence, kith_node person, int32_t occasion);

/**
 * Tries so many times to exchange two presences: everybody keeps the number of occasions, every occasion its number of
 * people, nobody is twice at one. A Markov chain whose limit is uniform over all such tables, given enough tries
 * (Kannan, Tetali & Vempala 1999). Loops of length one count as tries, as they must.
 */
void kith_presence_rewire(kith_presence *presence, kith_random *random, int64_t tries);

#endif
