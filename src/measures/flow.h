/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flow.h - what settles when everybody passes on a share of what they get: PageRank and Katz are this equation.
 *
 *     keep(v) * z(v) = 1 + share * sum over arcs u -> v of w(u, v) * z(u)
 */
#ifndef KITH_MEASURES_FLOW_H
#define KITH_MEASURES_FLOW_H

#include "measures/work.h"
#include "model/network.h"

typedef struct kith_flow {
    const kith_network *net; /* arcs go both ways of an undirected network */
    bool weighted;           /* false: w = 1 */
    double share;
    const double *keep; /* by vertex, > 0; large enough that sweeps settle */
    const char *name;   /* for the error */
} kith_flow;

/**
 * Solves it by Gauss-Seidel sweeps, hastened by mixing (anderson.h), until keep * z changes by less than 1e-13 of its sum.
 * @param z  n long, filled
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY, KITH_ERR_NUMERIC when it does not settle. O(n + m) a sweep
 */
kith_status kith_flow_solve(const kith_flow *flow, kith_work *work, double *z, kith_error *err);

/* The arcs of a network one after the other: each edge once, and back if it is undirected. */
#define KITH_EACH_ARC(net, e, tail, head)                                                          \
    for (int64_t e = 0; e < (net)->m; e++)                                                         \
        for (uint32_t way_ = 0, tail = (net)->from[e], head = (net)->to[e];                        \
             (void)head, way_ <= !(net)->directed;                                                 \
             way_++, tail = (net)->to[e], head = (net)->from[e])

#endif
