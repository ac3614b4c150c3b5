/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pull.c - four sums a row side by side, for each waits for its last addition. */
#include "measures/pull.h"

#define BLOCK 512
#define WORTH 65536 /* arcs from which on a second thread is worth waking */

static double
row_of(const kith_csr *rows, int64_t v, const double *x)
{
    int64_t k = rows->first[v], end = rows->first[v + 1];
    double sum[4] = {0, 0, 0, 0};

    if (rows->weight) {
        for (; k + 4 <= end; k += 4)
            for (int j = 0; j < 4; j++)
                sum[j] += rows->weight[k + j] * x[rows->to[k + j]];
        for (; k < end; k++)
            sum[0] += rows->weight[k] * x[rows->to[k]];
    } else {
        for (; k + 4 <= end; k += 4)
            for (int j = 0; j < 4; j++)
                sum[j] += x[rows->to[k + j]];
        for (; k < end; k++)
            sum[0] += x[rows->to[k]];
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void
kith_pull(const kith_csr *rows, int threads, const double *x, double *out)
{
#pragma omp parallel for num_threads(threads) schedule(dynamic, BLOCK) if (rows->arcs > WORTH)
    for (int64_t v = 0; v < rows->n; v++)
        out[v] = row_of(rows, v, x);
}
