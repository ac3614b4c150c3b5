/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * paths.h - measures made of shortest paths; with weights a tie is 1/weight long.
 *
 * Called through kith_centrality_score(), which has checked the weights. O(nm), weighted O(nm + n^2
 * log n).
 */
#ifndef KITH_MEASURES_PATHS_H
#define KITH_MEASURES_PATHS_H

#include "measures/work.h"
#include "model/network.h"

/**
 * Betweenness of Freeman 1977, doi:10.2307/3033543: ends excluded, not normalised; an undirected
 * pair counts once. Brandes 2001, doi:10.1080/0022250X.2001.9990249.
 */
kith_status kith_measure_betweenness(const kith_network *network, bool weighted, kith_work *work,
                                     double *score, kith_error *err);
/** Sum of 1/distance over (n - 1). Marchiori & Latora 2000, doi:10.1016/S0378-4371(00)00311-3 */
kith_status kith_measure_harmonic(const kith_network *network, bool weighted, kith_work *work,
                                  double *score, kith_error *err);
/** The k best by harmonic, without weights, and all equal to the k-th; NaN for the others (best.h). */
kith_status kith_measure_harmonic_best(const kith_network *network, int64_t k, kith_work *work,
                                       double *score, kith_error *err);
/** r / (sum of distances) over the r vertices within reach; 0 when r is. Freeman 1978,
 * doi:10.1016/0378-8733(78)90021-7 */
kith_status kith_measure_closeness(const kith_network *network, bool weighted, kith_work *work,
                                   double *score, kith_error *err);

#endif
