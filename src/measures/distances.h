/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * distances.h - how far everybody is from everybody, 512 sources at a time.
 *
 * Then et al. 2014, "The more the merrier: efficient multi-source graph traversal", doi:10.14778/2735496.2735507. A bit a
 * source: a row of neighbours is read once for 512 of them. In an undirected network what is far from v is as far as v is
 * from it, so v counts the sources that arrive, and never the vertices that a source has met.
 */
#ifndef KITH_MEASURES_DISTANCES_H
#define KITH_MEASURES_DISTANCES_H

#include "measures/work.h"
#include "model/csr.h"

/**
 * Of an undirected network, for each vertex and over the others within reach: the sum of distances, the sum of
 * 1/distance, and how many there are. Any of the three may be NULL.
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(n (n + arcs) / 512) at best; 200 bytes a vertex and thread
 */
kith_status kith_distances(const kith_csr *rows, kith_work *work, double *far, double *near,
                           double *reached, kith_error *err);

#endif
