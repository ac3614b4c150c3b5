/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c - betweenness, harmonic and closeness: rows, then the kernel that fits. */
#include "measures/paths.h"
#include "base/base.h"
#include "measures/best.h"
#include "measures/brandes.h"
#include "measures/distances.h"
#include "measures/fold.h"
#include "measures/order.h"
#include "measures/weighted.h"
#include <string.h>

/* Rows whose weights are lengths, or rows without any. */
static kith_status
rows_of(const kith_network *net, kith_csr_view view, bool weighted, kith_csr **out, kith_error *err)
{
    TRY(kith_csr_new(net, view, weighted ? KITH_CSR_WEIGHTS : 0, out, err));
    for (int64_t k = 0; weighted && k < (*out)->arcs; k++)
        (*out)->weight[k] = 1 / (*out)->weight[k];
    return KITH_OK;
}

/* Betweenness under new numbers: those left after folding come first, near ones together. */
struct reduced {
    uint32_t *order; /* place -> vertex */
    int64_t left;
    double *stands_for, *sums; /* by place */
    kith_csr *out, *in;
    kith_fold *fold; /* NULL for a directed network */
};

static void
reduced_clear(struct reduced *r)
{
    g_free(r->order);
    g_free(r->stands_for);
    g_free(r->sums);
    kith_csr_free(r->out);
    if (r->in != r->out)
        kith_csr_free(r->in);
    kith_fold_free(r->fold);
}

/* Moves the folded behind those that are left; both stay in order. */
static void
put_folded_last(struct reduced *r, int64_t n)
{
    uint32_t *order = g_new(uint32_t, n + 1);
    int64_t place = 0;

    for (int folded = 0; folded < 2; folded++) {
        for (int64_t i = 0; i < n; i++)
            if (r->fold->folded[r->order[i]] == folded)
                order[place++] = r->order[i];
        r->left = folded ? r->left : place;
    }
    g_free(r->order);
    r->order = order;
}

static kith_status
reduce(const kith_network *net, bool weighted, struct reduced *r, kith_error *err)
{
    g_autoptr(kith_csr) both = NULL, in = NULL;

    TRY(rows_of(net, KITH_CSR_BOTH, weighted, &both, err));
    r->order = kith_order_near(both, NULL, NULL);
    r->left = net->n;
    if (net->directed) {
        TRY(rows_of(net, KITH_CSR_IN, weighted, &in, err));
        TRY(kith_order_turn(in, r->order, r->left, &r->out, err));
        g_clear_pointer(&in, kith_csr_free);
        TRY(rows_of(net, KITH_CSR_OUT, weighted, &in, err));
        TRY(kith_order_turn(in, r->order, r->left, &r->in, err));
    } else {
        r->fold = kith_fold_new(both);
        put_folded_last(r, net->n);
        TRY(kith_order_turn(both, r->order, r->left, &r->out, err));
        r->in = r->out;
    }
    r->sums = g_new0(double, r->left + 1);
    r->stands_for = g_new(double, r->left + 1);
    for (int64_t i = 0; i < r->left; i++)
        r->stands_for[i] = r->fold ? r->fold->stands_for[r->order[i]] : 1;
    return KITH_OK;
}

kith_status
kith_measure_betweenness(const kith_network *net, bool weighted, kith_work *work, double *score,
                         kith_error *err)
{
    __attribute__((cleanup(reduced_clear))) struct reduced r = {0};
    kith_brandes brandes;

    TRY(reduce(net, weighted, &r, err));
    brandes =
        (kith_brandes){.out = r.out, .in = r.in, .stands_for = r.stands_for, .sources = r.left};
    TRY(weighted ? kith_weighted_brandes(&brandes, work, r.sums, err)
                 : kith_brandes_run(&brandes, work, r.sums, err));
    for (int64_t v = 0; v < net->n; v++)
        score[v] = r.fold ? r.fold->known[v] : 0;
    for (int64_t i = 0; i < r.left; i++)
        score[r.order[i]] += r.fold ? r.sums[i] / 2 : r.sums[i];
    return KITH_OK;
}

static kith_status
distances(const kith_network *net, bool weighted, kith_work *work, double *far, double *near,
          double *reached, kith_error *err)
{
    g_autoptr(kith_csr) rows = NULL;

    TRY(rows_of(net, KITH_CSR_BOTH, weighted, &rows, err));
    return weighted ? kith_weighted_distances(rows, work, far, near, reached, err)
                    : kith_distances(rows, work, far, near, reached, err);
}

kith_status
kith_measure_harmonic(const kith_network *net, bool weighted, kith_work *work, double *score,
                      kith_error *err)
{
    TRY(distances(net, weighted, work, NULL, score, NULL, err));
    for (int64_t v = 0; v < net->n; v++)
        score[v] = net->n > 1 ? score[v] / (double)(net->n - 1) : 0;
    return KITH_OK;
}

kith_status
kith_measure_harmonic_best(const kith_network *net, int64_t k, kith_work *work, double *score,
                           kith_error *err)
{
    g_autoptr(kith_csr) rows = NULL;

    TRY(kith_csr_new(net, KITH_CSR_BOTH, 0, &rows, err));
    TRY(kith_best_harmonic(rows, k, work, score, err));
    for (int64_t v = 0; v < net->n; v++)
        score[v] = net->n > 1 ? score[v] / (double)(net->n - 1) : 0;
    return KITH_OK;
}

kith_status
kith_measure_closeness(const kith_network *net, bool weighted, kith_work *work, double *score,
                       kith_error *err)
{
    g_autofree double *reached = g_new0(double, net->n + 1);

    TRY(distances(net, weighted, work, score, NULL, reached, err));
    for (int64_t v = 0; v < net->n; v++)
        score[v] = reached[v] > 0 ? reached[v] / score[v] : 0;
    return KITH_OK;
}
