/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weighted.h - betweenness and distances where ties have lengths: one search from each vertex (nearest.h). */
#ifndef KITH_MEASURES_WEIGHTED_H
#define KITH_MEASURES_WEIGHTED_H

#include "measures/brandes.h"

/**
 * As kith_brandes_run(), along arcs with lengths (the weights of the rows). Paths whose lengths differ by less than
 * 1e-10 of their sum are as long as each other, as in igraph: sums of the same lengths in another order must not differ.
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(sources * (arcs + n log n))
 */
kith_status kith_weighted_brandes(const kith_brandes *brandes, kith_work *work, double *sums,
                                  kith_error *err);

/** As kith_distances(), along arcs with lengths; of a directed network, from each vertex outwards. */
kith_status kith_weighted_distances(const kith_csr *lengths, kith_work *work, double *far,
                                    double *near, double *reached, kith_error *err);

#endif
