/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pull.c - rows shared out among threads. */
#include "measures/pull.h"

#define BLOCK 512
#define WORTH 65536 /* arcs from which on a second thread is worth waking */

void
kith_pull(const kith_csr *rows, int threads, const double *x, double *out)
{
#pragma omp parallel for num_threads(threads) schedule(dynamic, BLOCK) if (rows->arcs > WORTH)
    for (int64_t v = 0; v < rows->n; v++)
        out[v] = kith_pull_row(rows->to + rows->first[v],
                               rows->weight ? rows->weight + rows->first[v] : NULL,
                               rows->first[v + 1] - rows->first[v], x);
}
