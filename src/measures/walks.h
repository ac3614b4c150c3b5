/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * walks.h - measures made of walks: PageRank, eigenvector and Katz centrality, hubs and authorities.
 *
 * Called through kith_centrality_score(), which has checked the weights.
 */
#ifndef KITH_MEASURES_WALKS_H
#define KITH_MEASURES_WALKS_H

#include "measures/work.h"
#include "model/network.h"

/**
 * PageRank with damping 0.85 along the arcs (both ways when undirected); those without an arc out
 * jump anywhere. Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X; solver pagerank.h. O(m) a sweep
 */
kith_status kith_measure_pagerank(const kith_network *network, bool weighted, kith_work *work,
                                  double *score, kith_error *err);
/**
 * The leading eigenvector of the largest component of an undirected network (the one with the
 * lowest vertex among equals), maximum 1; 0 elsewhere. Bonacich 1972,
 * doi:10.1080/0022250X.1972.9989806.
 */
kith_status kith_measure_eigenvector(const kith_network *network, bool weighted, kith_work *work,
                                     double *score, kith_error *err);
/**
 * Katz status: x = 1 + a A' x with a = 0.85 / (largest eigenvalue of the undirected collapse),
 * scaled to maximum 1. The collapse bounds the eigenvalues of A, so x exists for every network,
 * also for one without cycles, where A has none but 0. Katz 1953, doi:10.1007/BF02289026.
 */
kith_status kith_measure_katz(const kith_network *network, bool weighted, kith_work *work,
                              double *score, kith_error *err);

/**
 * A hub has ties to good authorities, an authority has ties from good hubs; maximum 1, all 0 without a tie. Both are the
 * same in an undirected network. Where several vectors would do, what Kleinberg's rounds from equal hubs lead to.
 * Kleinberg 1999, doi:10.1145/324133.324140.
 */
kith_status kith_measure_hub(const kith_network *network, bool weighted, kith_work *work,
                             double *score, kith_error *err);
kith_status kith_measure_authority(const kith_network *network, bool weighted, kith_work *work,
                                   double *score, kith_error *err);

#endif
