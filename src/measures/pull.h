/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pull.h - a matrix of ties times a vector: everybody adds up what their neighbours have. */
#ifndef KITH_MEASURES_PULL_H
#define KITH_MEASURES_PULL_H

#include "measures/work.h"
#include "model/csr.h"

/**
 * out[v] = sum over the row of v of weight * x[neighbour], each row by one thread and in one order. Weights are 1 where
 * rows have none. O(n + arcs)
 */
void kith_pull(const kith_csr *rows, int threads, const double *x, double *out);

#endif
