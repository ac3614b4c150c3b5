/* SPDX-License-Identifier: GPL-3.0-or-later */
/* neighbours.c - degree, strength, core, constraint and clustering. */
#include "measures/neighbours.h"
#include "base/base.h"
#include "measures/core.h"
#include "measures/triangles.h"
#include <string.h>

static void
add_at_both_ends(const kith_network *net, bool weighted, double *score)
{
    memset(score, 0, (size_t)net->n * sizeof *score);
    for (int64_t i = 0; i < net->m; i++) {
        double w = weighted ? net->weight[i] : 1;

        score[net->from[i]] += w;
        score[net->to[i]] += w;
    }
}

kith_status
kith_measure_degree(const kith_network *net, bool weighted, kith_work *work, double *score,
                    kith_error *err)
{
    (void)weighted;
    (void)work;
    (void)err;
    add_at_both_ends(net, false, score);
    return KITH_OK;
}

kith_status
kith_measure_strength(const kith_network *net, bool weighted, kith_work *work, double *score,
                      kith_error *err)
{
    (void)weighted;
    (void)work;
    (void)err;
    add_at_both_ends(net, true, score);
    return KITH_OK;
}

kith_status
kith_measure_core(const kith_network *net, bool weighted, kith_work *work, double *score,
                  kith_error *err)
{
    g_autoptr(kith_csr) rows = NULL;
    g_autofree uint32_t *core = g_new(uint32_t, net->n + 1);

    (void)weighted;
    TRY(kith_csr_new(net, KITH_CSR_BOTH, 0, &rows, err));
    TRY(kith_core(rows, work, core, err));
    for (int64_t i = 0; i < net->n; i++)
        score[i] = core[i];
    return KITH_OK;
}

kith_status
kith_measure_constraint(const kith_network *net, bool weighted, kith_work *work, double *score,
                        kith_error *err)
{
    g_autoptr(kith_triangles) triangles = NULL;

    TRY(kith_triangles_new(net, weighted, work, &triangles, err));
    kith_triangles_constraint(triangles, net, weighted, score);
    return KITH_OK;
}

kith_status
kith_measure_clustering(const kith_network *net, bool weighted, kith_work *work, double *score,
                        kith_error *err)
{
    g_autoptr(kith_triangles) triangles = NULL;

    (void)weighted;
    TRY(kith_triangles_new(net, false, work, &triangles, err));
    kith_triangles_clustering(triangles, net, score);
    return KITH_OK;
}
