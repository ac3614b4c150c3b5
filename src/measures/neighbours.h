/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * neighbours.h - measures that look one or two steps around each vertex of an undirected network.
 *
 * Called through kith_centrality_score(), which has checked the weights and made the undirected
 * collapse.
 */
#ifndef KITH_MEASURES_NEIGHBOURS_H
#define KITH_MEASURES_NEIGHBOURS_H

#include "measures/work.h"
#include "model/network.h"

kith_status kith_measure_degree(const kith_network *network, bool weighted, kith_work *work,
                                double *score, kith_error *err);
kith_status kith_measure_strength(const kith_network *network, bool weighted, kith_work *work,
                                  double *score, kith_error *err);
/** The largest k for which a vertex is in the k-core. Seidman 1983,
 * doi:10.1016/0378-8733(83)90028-X. O(m) */
kith_status kith_measure_core(const kith_network *network, bool weighted, kith_work *work,
                              double *score, kith_error *err);
/** Constraint of Burt 1992, "Structural Holes"; NaN for a vertex without edges. O(m sqrt(m)) */
kith_status kith_measure_constraint(const kith_network *network, bool weighted, kith_work *work,
                                    double *score, kith_error *err);
/** Local clustering coefficient of Watts & Strogatz 1998, doi:10.1038/30918; 0 below two
 * neighbours. */
kith_status kith_measure_clustering(const kith_network *network, bool weighted, kith_work *work,
                                    double *score, kith_error *err);

#endif
