/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * influence.h - whom to tell first so that word reaches most, with a proof of how good the choice is.
 *
 * OPIM-C (Tang, Tang, Xiao & Yuan 2018, doi:10.1145/3183713.3183749): one collection of reverse sets to choose on, an
 * independent one to judge the choice by. Both double until the lower bound of the choice's spread over the
 * upper bound of the best there is reaches what greedy promises less epsilon. The bounds hold together with
 * chance 1 - delta.
 */
#ifndef KITH_MEASURES_INFLUENCE_H
#define KITH_MEASURES_INFLUENCE_H

#include "measures/cover.h"

typedef struct kith_influence_plan {
    const kith_cascade *cascade;
    kith_cover_terms terms;
    const uint32_t *root; /* whose hearing counts; NULL: everybody's */
    int64_t roots;
    double epsilon;
    double
        delta; /* chance that a bound fails; 0: one in as many as there are people, at most 0.01 */
    int64_t least_sets; /* to choose on, though the proof hold sooner; 0: 8192 */
    uint64_t seed;
    kith_work *work;
} kith_influence_plan;

typedef struct kith_influence {
    kith_cover chosen;
    kith_hearsay judge; /* the independent collection; good for other choices, too */
    double lower, upper, ratio;
    double
        promised; /* the ratio asked for: 1 - 1/e - epsilon, with costs 1 - 1/sqrt(e) - epsilon */
    double confidence;
    int64_t sets; /* drawn in all */
} kith_influence;

void kith_influence_clear(kith_influence *influence);

/**
 * Chooses seeds.
 * @return KITH_ERR_LIMIT when samples outgrow memory, KITH_ERR_NO_MEMORY, KITH_ERR_CANCELLED
 */
kith_status kith_influence_choose(const kith_influence_plan *plan, kith_influence *out,
                                  kith_error *err);

/** Judges other seeds than the ones found: they take their place, and the ratio is theirs. */
void kith_influence_judge_given(const kith_influence_plan *plan, const uint32_t *seed, int64_t n,
                                kith_influence *influence);

/** Draws more into the independent collection, until it has so many sets or so many members. */
kith_status kith_influence_judge_more(const kith_influence_plan *plan, int64_t sets,
                                      int64_t members, kith_influence *influence, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_influence, kith_influence_clear)

#endif
