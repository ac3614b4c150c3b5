/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walks.c - eigenvector and Katz by sweeps over the edges, in one order on every run; PageRank by pagerank.c. */
#include "measures/walks.h"
#include "base/base.h"
#include "measures/pagerank.h"
#include "measures/spectrum.h"
#include <math.h>
#include <string.h>

#define DAMPING 0.85
#define KATZ_SHARE 0.85
#define KATZ_PRECISION 1e-13
#define KATZ_SWEEPS 1000

kith_status
kith_measure_pagerank(const kith_network *net, bool weighted, kith_work *work, double *score,
                      kith_error *err)
{
    return kith_pagerank(net, weighted, DAMPING, work, score, err);
}

static uint32_t
root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* The vertices of the largest component, marked; roots are the lowest vertices, so equals go to the
 * lowest. */
static uint8_t *
largest_component(const kith_network *net)
{
    g_autofree uint32_t *parent = g_new(uint32_t, net->n + 1);
    g_autofree uint32_t *size = g_new0(uint32_t, net->n + 1);
    uint8_t *inside = g_new0(uint8_t, net->n + 1);
    uint32_t best = 0;

    for (int64_t i = 0; i < net->n; i++)
        parent[i] = (uint32_t)i;
    for (int64_t i = 0; i < net->m; i++) {
        uint32_t a = root_of(parent, net->from[i]), b = root_of(parent, net->to[i]);

        parent[MAX(a, b)] = MIN(a, b);
    }
    for (int64_t i = 0; i < net->n; i++)
        size[root_of(parent, (uint32_t)i)]++;
    for (int64_t i = 0; i < net->n; i++)
        best = size[i] > size[best] ? (uint32_t)i : best;
    for (int64_t i = 0; i < net->n; i++)
        inside[i] = root_of(parent, (uint32_t)i) == best;
    return inside;
}

static void
scale_to_one(double *x, int64_t n)
{
    double most = 0;

    for (int64_t i = 0; i < n; i++)
        most = MAX(most, x[i]);
    for (int64_t i = 0; most > 0 && i < n; i++)
        x[i] /= most;
}

kith_status
kith_measure_eigenvector(const kith_network *net, bool weighted, kith_work *work, double *score,
                         kith_error *err)
{
    g_autofree uint8_t *inside = largest_component(net);
    double eigenvalue;

    (void)work;
    TRY(kith_spectrum_leading(net, weighted, inside, &eigenvalue, score, err));
    for (int64_t i = 0; i < net->n; i++)
        score[i] = inside[i] ? fabs(score[i]) : 0;
    scale_to_one(score, net->n);
    return KITH_OK;
}

/* One sweep: next = 1 + share * A' x. @return the largest relative change */
static double
katz_sweep(const kith_network *net, bool weighted, double share, const double *x, double *next)
{
    double change = 0;

    for (int64_t i = 0; i < net->n; i++)
        next[i] = 1;
    for (int64_t i = 0; i < net->m; i++) {
        double w = share * (weighted ? net->weight[i] : 1);

        next[net->to[i]] += w * x[net->from[i]];
        if (!net->directed)
            next[net->from[i]] += w * x[net->to[i]];
    }
    for (int64_t i = 0; i < net->n; i++)
        change = MAX(change, fabs(next[i] - x[i]) / next[i]);
    return change;
}

kith_status
kith_measure_katz(const kith_network *net, bool weighted, kith_work *work, double *score,
                  kith_error *err)
{
    g_autoptr(kith_network) collapse = kith_network_collapse(net);
    g_autofree double *next = g_new(double, net->n + 1);
    double eigenvalue, share, change = 1;

    TRY(kith_spectrum_leading(collapse, weighted, NULL, &eigenvalue, next, err));
    share = eigenvalue > 0 ? KATZ_SHARE / eigenvalue : 0;
    for (int64_t i = 0; i < net->n; i++)
        score[i] = 1;
    kith_work_begin(work, 100);
    for (int sweep = 0; change > KATZ_PRECISION && sweep < KATZ_SWEEPS; sweep++) {
        if (!kith_work_step(work, 1))
            return kith_work_end(work, err);
        change = katz_sweep(net, weighted, share, score, next);
        memcpy(score, next, (size_t)net->n * sizeof *score);
    }
    if (change > KATZ_PRECISION)
        return kith_fail(err, KITH_ERR_NUMERIC, "katz did not settle in %d sweeps", KATZ_SWEEPS);
    scale_to_one(score, net->n);
    return KITH_OK;
}
