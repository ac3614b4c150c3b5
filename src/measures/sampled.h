/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sampled.h - betweenness of networks too large to walk from everybody, with a stated error.
 *
 * Draws pairs of people and one of the shortest paths between them, each path as likely as the others, found from both
 * ends at once. How often a vertex is on such a path estimates its share of all pairs. Riondato & Kornaropoulos 2016,
 * doi:10.1007/s10618-015-0423-0; the search and the bounds are those of KADABRA, Borassi & Natale 2019,
 * doi:10.1145/3284359.
 */
#ifndef KITH_MEASURES_SAMPLED_H
#define KITH_MEASURES_SAMPLED_H

#include "measures/work.h"
#include "model/network.h"

typedef struct kith_sampled_plan {
    int64_t seed;
    double
        steps; /* arcs to look at, in all; the same number gives the same samples on every machine */
    double error; /* enough when every share of pairs is known this well, 0.001 say */
    double risk;  /* that some share is further off than it says, 0.05 say */
} kith_sampled_plan;

typedef struct kith_sampled {
    int64_t samples;
    double error; /* with probability 1 - risk every share is within this of the truth */
    double
        pairs; /* the scores of one share of 1: how many pairs there are, in the units of exact betweenness */
} kith_sampled;

/**
 * Estimates betweenness as kith_measure_betweenness() without weights defines it: ends excluded, not normalised, each
 * undirected pair once.
 * @param score  n long, filled: share of pairs times `pairs`
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY
 */
kith_status kith_betweenness_sampled(const kith_network *network, const kith_sampled_plan *plan,
                                     kith_work *work, double *score, kith_sampled *out,
                                     kith_error *err);

/** How many arcs at least `samples` samples take; more steps than this are always needed. */
#define KITH_SAMPLED_LEAST 1000

#endif
