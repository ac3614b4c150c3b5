/* SPDX-License-Identifier: GPL-3.0-or-later */
/* consensus.c - Jaccard's index of each vertex's company, over the runs. */
#include "measures/consensus.h"
#include "base/base.h"
#include "measures/partition.h"
#include <string.h>

static void
add_run(const uint32_t *group, const uint32_t *run, int64_t n, double *score)
{
    g_autofree uint32_t *both = g_memdup2(group, (gsize)n * sizeof *both);
    int64_t cells = kith_partition_overlap(both, run, n);
    g_autofree int64_t *here = kith_partition_sizes(group, n, n);
    g_autofree int64_t *there = kith_partition_sizes(run, n, n);
    g_autofree int64_t *shared = kith_partition_sizes(both, n, cells);

    for (int64_t v = 0; v < n; v++) {
        int64_t common = shared[both[v]] - 1, all = here[group[v]] + there[run[v]] - common - 2;

        score[v] += all > 0 ? (double)common / (double)all : 1;
    }
}

void
kith_consensus(const uint32_t *group, const uint32_t *run, int64_t runs, int64_t n, double *score)
{
    memset(score, 0, (size_t)n * sizeof *score);
    for (int64_t i = 0; i < runs; i++)
        add_run(group, run + i * n, n, score);
    for (int64_t v = 0; v < n; v++)
        score[v] = runs ? score[v] / (double)runs : 1;
}
