/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walks.c - which matrix or flow each measure is. */
#include "measures/walks.h"
#include "base/base.h"
#include "measures/flow.h"
#include "measures/pagerank.h"
#include "measures/pull.h"
#include "measures/spectrum.h"
#include <math.h>
#include <string.h>

#define DAMPING 0.85
#define KATZ_SHARE 0.85

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

/* Ties as a matrix: of rows, or of their way there and back. */
struct ties {
    kith_csr *rows, *back;
    int threads;
    double *between; /* what is there before it goes back */
};

static void
ties_clear(struct ties *t)
{
    kith_csr_free(t->rows);
    kith_csr_free(t->back);
    g_free(t->between);
}

static void
there(const void *data, const double *x, double *out)
{
    const struct ties *t = data;

    kith_pull(t->rows, t->threads, x, out);
}

static void
there_and_back(const void *data, const double *x, double *out)
{
    const struct ties *t = data;

    kith_pull(t->rows, t->threads, x, t->between);
    kith_pull(t->back, t->threads, t->between, out);
}

/* Of an undirected network. @param vector  all that do not count are 0 in the end. Starts from degrees, which are positive
 * wherever the answer is. */
static kith_status
leading(const kith_network *net, bool weighted, const uint8_t *inside, kith_work *work,
        double *eigenvalue, double *vector, kith_error *err)
{
    __attribute__((cleanup(ties_clear))) struct ties t = {.threads = kith_work_threads(work)};
    kith_matrix matrix = {net->n, there, &t};

    TRY(kith_csr_new(net, KITH_CSR_BOTH, weighted ? KITH_CSR_WEIGHTS : 0, &t.rows, err));
    for (int64_t v = 0; v < net->n; v++)
        vector[v] =
            !inside || inside[v] ? (double)(t.rows->first[v + 1] - t.rows->first[v] + 1) : 0;
    return kith_spectrum_leading(&matrix, work, eigenvalue, vector, err);
}

kith_status
kith_measure_eigenvector(const kith_network *net, bool weighted, kith_work *work, double *score,
                         kith_error *err)
{
    g_autofree uint8_t *inside = largest_component(net);
    double eigenvalue;

    TRY(leading(net, weighted, inside, work, &eigenvalue, score, err));
    for (int64_t i = 0; i < net->n; i++)
        score[i] = inside[i] ? fabs(score[i]) : 0;
    scale_to_one(score, net->n);
    return KITH_OK;
}

kith_status
kith_measure_katz(const kith_network *net, bool weighted, kith_work *work, double *score,
                  kith_error *err)
{
    g_autoptr(kith_network) collapse = net->directed ? kith_network_collapse(net) : NULL;
    g_autofree double *keep = g_new(double, net->n + 1);
    kith_flow flow = {.net = net, .weighted = weighted, .keep = keep, .name = "katz"};
    double eigenvalue;

    TRY(leading(collapse ? collapse : net, weighted, NULL, work, &eigenvalue, score, err));
    flow.share = eigenvalue > 0 ? KATZ_SHARE / eigenvalue : 0;
    for (int64_t i = 0; i < net->n; i++)
        keep[i] = 1;
    TRY(kith_flow_solve(&flow, work, score, err));
    scale_to_one(score, net->n);
    return KITH_OK;
}

/* Authorities: starts from the strength of arcs in, where Kleinberg's rounds from equal hubs come to first. */
static kith_status
authorities(const kith_network *net, struct ties *t, kith_work *work, double *score,
            kith_error *err)
{
    kith_matrix matrix = {net->n, there_and_back, t};
    double eigenvalue;

    for (int64_t i = 0; i < net->n; i++)
        t->between[i] = 1;
    kith_pull(t->back, t->threads, t->between, score);
    TRY(kith_spectrum_leading(&matrix, work, &eigenvalue, score, err));
    for (int64_t i = 0; i < net->n; i++)
        score[i] = fabs(score[i]);
    return KITH_OK;
}

static kith_status
hits(const kith_network *net, bool weighted, bool hubs, kith_work *work, double *score,
     kith_error *err)
{
    __attribute__((cleanup(ties_clear))) struct ties t = {.threads = kith_work_threads(work)};
    unsigned with = weighted ? KITH_CSR_WEIGHTS : 0;

    t.between = g_new(double, net->n + 1);
    memset(score, 0, (size_t)net->n * sizeof *score);
    TRY(kith_csr_new(net, KITH_CSR_OUT, with, &t.rows, err));
    TRY(kith_csr_new(net, KITH_CSR_IN, with, &t.back, err));
    if (net->m > 0)
        TRY(authorities(net, &t, work, score, err));
    if (hubs) {
        memcpy(t.between, score, (size_t)net->n * sizeof *score);
        kith_pull(t.rows, t.threads, t.between, score);
    }
    scale_to_one(score, net->n);
    return KITH_OK;
}

kith_status
kith_measure_hub(const kith_network *net, bool weighted, kith_work *work, double *score,
                 kith_error *err)
{
    return hits(net, weighted, true, work, score, err);
}

kith_status
kith_measure_authority(const kith_network *net, bool weighted, kith_work *work, double *score,
                       kith_error *err)
{
    return hits(net, weighted, false, work, score, err);
}
