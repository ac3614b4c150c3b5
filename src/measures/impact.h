/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * impact.h - what came of an event: new ties among those who were there, and mixing across groups, beside what chance gives.
 *
 * A tie is new when the first two-way contact of two people (a meeting, a dated connection, mail both ways) falls into the
 * days after an occasion where both were. Chance is the same attendance lists rewired: everybody at as many occasions, every
 * occasion as full, the ties as they are.
 */
#ifndef KITH_MEASURES_IMPACT_H
#define KITH_MEASURES_IMPACT_H

#include "measures/presence.h"

/** Two people and the day of their first two-way contact. */
typedef struct kith_first_tie {
    int32_t low, high;
    kith_time day; /**< KITH_TIME_NONE: they knew one another, nobody knows since when */
} kith_first_tie;

/** One row for each two with two-way contact, by (low, high). @return of kith_first_tie; yours. O(f log f) */
GArray *kith_first_ties(const kith_graph *graph);

typedef struct kith_impact {
    int64_t fresh, across;   /**< new ties; of them between two groups */
    int64_t before;          /**< first contacts of the same people in as many days before */
    double expected, spread; /**< mean and standard deviation of `fresh` over the rewirings */
    double p; /**< share of rewirings with as many or more, the real one counted in */
    int64_t pairs, crossing; /**< pairs of those whose group is known; of two groups */
    double mixed; /**< mean of crossing over pairs in the rewirings; NaN when none had any */
    double mixed_spread;
    int64_t mixable; /**< rewirings that had any */
} kith_impact;

typedef struct kith_impact_plan {
    const kith_presence *presence;
    const GArray *ties;   /**< of kith_first_tie */
    const int32_t *group; /**< by node; -1: unknown */
    int64_t groups;
    int64_t days, rewirings, seed;
    bool (*progress)(void *payload, double done);
    void *payload;
} kith_impact_plan;

/**
 * One row per occasion, and one more for all of them together.
 * @param out  yours, g_free()
 * @return KITH_ERR_CANCELLED when progress() says stop
 */
kith_status kith_impact_all(const kith_impact_plan *plan, kith_impact **out, kith_error *err);

#endif
