/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * projection.h - pairs of members who share groups, streamed: never all pairs at once.
 *
 * 400 000 attendances at 2 000 events make 200 million pairs; what is wanted of them are sums, or the few that say
 * something. Members are taken one after the other; each counts what it shares with those after it, keeps the pairs that
 * pass the filter, hands them on and forgets the rest. Weights: how many groups are shared; Newman's, the sum of 1/(n - 1)
 * over shared groups of n members (Newman 2001, doi:10.1103/PhysRevE.64.016132); Jaccard's, shared / in either.
 */
#ifndef KITH_MEASURES_PROJECTION_H
#define KITH_MEASURES_PROJECTION_H

#include "measures/significance.h"
#include "measures/work.h"

typedef enum kith_projection_filter {
    KITH_PROJECTION_ALL,
    KITH_PROJECTION_HYPERGEOMETRIC, /* significance.h */
    KITH_PROJECTION_SDSM,           /* significance.h */
    KITH_PROJECTION_DISPARITY /* Newman's weight is large among those of one of the two: (1 - w/strength)^(neighbours - 1)
                                 <= alpha (Serrano et al. 2009, doi:10.1073/pnas.0808904106) */
} kith_projection_filter;

typedef struct kith_projection_options {
    kith_projection_filter filter;
    double alpha;    /* of the filter */
    int64_t least;   /* pairs that share fewer groups are left out; 0 and 1: none */
    int64_t largest; /* groups of more members are left out; 0: none */
} kith_projection_options;

typedef struct kith_projection_pair {
    uint32_t a, b; /* members, a < b */
    int32_t shared;
    double newman, jaccard;
    double p; /* of the filter; NaN without one */
} kith_projection_pair;

/** What there was, kept or not. */
typedef struct kith_projection_totals {
    int64_t pairs;    /* that share a group */
    int64_t meetings; /* sum of shared groups over pairs */
    int64_t kept;
    int64_t left_out; /* groups that were too large */
} kith_projection_totals;

/**
 * Takes pairs that were kept, ordered by (a, b). @return false to stop
 */
typedef bool (*kith_projection_taker)(void *payload, const kith_projection_pair *pairs, int64_t n);

/**
 * Streams the projection on members.
 * @param take    called from one thread; NULL: totals only
 * @param totals  may be NULL
 * @return KITH_ERR_CANCELLED when asked to stop or take() says so, KITH_ERR_NO_MEMORY
 * Time: the sum of squares of group sizes; disparity twice that. Memory: 20 bytes a member and thread, and the pairs kept
 * in one round (of 64 members a thread).
 */
kith_status kith_projection_run(const kith_twomode *twomode, const kith_projection_options *options,
                                kith_projection_taker take, void *payload, kith_work *work,
                                kith_projection_totals *totals, kith_error *err);

#endif
