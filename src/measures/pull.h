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

/** One row's sum. Four side by side, for each waits for its last addition; in variables, which an array is not kept in.
 * @param weight  NULL: 1 */
static inline double
kith_pull_row(const uint32_t *to, const double *weight, int64_t n, const double *x)
{
    double a = 0, b = 0, c = 0, d = 0;
    int64_t k = 0;

    for (; !weight && k + 4 <= n; k += 4) {
        a += x[to[k]];
        b += x[to[k + 1]];
        c += x[to[k + 2]];
        d += x[to[k + 3]];
    }
    for (; weight && k + 4 <= n; k += 4) {
        a += weight[k] * x[to[k]];
        b += weight[k + 1] * x[to[k + 1]];
        c += weight[k + 2] * x[to[k + 2]];
        d += weight[k + 3] * x[to[k + 3]];
    }
    for (; k < n; k++)
        a += weight ? weight[k] * x[to[k]] : x[to[k]];
    return (a + b) + (c + d);
}

#endif
