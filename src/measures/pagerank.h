/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pagerank.h - shares of attention that flow along ties. */
#ifndef KITH_MEASURES_PAGERANK_H
#define KITH_MEASURES_PAGERANK_H

#include "measures/work.h"
#include "model/network.h"

/**
 * PageRank along the arcs, both ways of an undirected network; those without an arc out jump anywhere. Sums to 1.
 * Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X, as a flow (flow.h).
 * @param weighted  attention divides in proportion to weights, not evenly
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY, KITH_ERR_NUMERIC when it does not settle. O(n + m) a sweep
 */
kith_status kith_pagerank(const kith_network *network, bool weighted, double damping,
                          kith_work *work, double *score, kith_error *err);

#endif
