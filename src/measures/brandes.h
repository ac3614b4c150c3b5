/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * brandes.h - betweenness by shortest-path counts from many sources, eight at a time.
 *
 * Brandes 2001, doi:10.1080/0022250X.2001.9990249. Eight sources near one another walk the network together, one in each
 * lane of a vector (lanes.h): a row of neighbours is read once for all of them.
 */
#ifndef KITH_MEASURES_BRANDES_H
#define KITH_MEASURES_BRANDES_H

#include "measures/work.h"
#include "model/csr.h"

typedef struct kith_brandes {
    const kith_csr *out, *in; /* the same for an undirected network */
    const double
        *stands_for; /* by vertex: as how many sources and how many ends it counts; NULL: 1 */
    const uint32_t *source; /* from where; NULL: from every vertex */
    int64_t sources;
} kith_brandes;

/**
 * For each vertex v, the sum over sources s and ends t, both others than v, of the share of shortest paths from s to t that
 * v is on. Both orders of an undirected pair count.
 * @param sums  n long, added to
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(sources * arcs) steps in eights; 130 bytes a vertex and thread
 */
kith_status kith_brandes_run(const kith_brandes *brandes, kith_work *work, double *sums,
                             kith_error *err);

#endif
