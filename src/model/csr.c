/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csr.c - rows by counting: how many arcs start at each vertex, where its row begins, then each arc into its place. */
#include "model/csr.h"
#include "base/base.h"
#include "base/big.h"

void
kith_csr_free(kith_csr *csr)
{
    if (!csr)
        return;
    kith_big_free(csr->first);
    kith_big_free(csr->to);
    kith_big_free(csr->weight);
    kith_big_free(csr->edge);
    g_free(csr);
}

static kith_status
rows_new(int64_t n, int64_t arcs, unsigned with, kith_csr **out, kith_error *err)
{
    g_autoptr(kith_csr) csr = g_new0(kith_csr, 1);
    gsize room = (gsize)arcs + 1;

    csr->n = n;
    csr->arcs = arcs;
    csr->first = KITH_BIG(int64_t, n + 1);
    csr->to = KITH_RAW(uint32_t, room);
    csr->weight = with & KITH_CSR_WEIGHTS ? KITH_RAW(double, room) : NULL;
    csr->edge = with & KITH_CSR_EDGES ? KITH_RAW(uint32_t, room) : NULL;
    if (!csr->first || !csr->to || (with & KITH_CSR_WEIGHTS && !csr->weight) ||
        (with & KITH_CSR_EDGES && !csr->edge))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "not enough memory for %lld arcs",
                         (long long)arcs);
    *out = g_steal_pointer(&csr);
    return KITH_OK;
}

/* first[v + 2] counts the arcs of v; after the sum first[v + 1] is where its row begins, and filling moves it to where
 * it ends. Edges come sorted by (from, to), undirected ones with from < to, so each row fills in rising order. */
static void
count(kith_csr *csr, const uint32_t *end, int64_t m)
{
    for (int64_t i = 0; i < m; i++)
        csr->first[(int64_t)end[i] + 2]++;
}

static void
sum_up(kith_csr *csr)
{
    for (int64_t v = 1; v <= csr->n; v++)
        csr->first[v + 1] += csr->first[v];
}

static void
put(kith_csr *csr, const kith_network *network, int64_t i, uint32_t at, uint32_t to)
{
    int64_t place = csr->first[(int64_t)at + 1]++;

    csr->to[place] = to;
    if (csr->weight)
        csr->weight[place] = network->weight[i];
    if (csr->edge)
        csr->edge[place] = (uint32_t)i;
}

static void
fill(kith_csr *csr, const kith_network *network, bool from, bool to)
{
    for (int64_t i = 0; i < network->m; i++) {
        if (to)
            put(csr, network, i, network->to[i], network->from[i]);
        if (from)
            put(csr, network, i, network->from[i], network->to[i]);
    }
}

static kith_status
rows_of(const kith_network *network, bool from, bool to, unsigned with, kith_csr **out,
        kith_error *err)
{
    kith_csr *csr;

    TRY(rows_new(network->n, network->m * ((int64_t)from + to), with, &csr, err));
    if (from)
        count(csr, network->from, network->m);
    if (to)
        count(csr, network->to, network->m);
    sum_up(csr);
    fill(csr, network, from, to);
    *out = csr;
    return KITH_OK;
}

static void
copy_arc(kith_csr *csr, int64_t place, const kith_csr *from, int64_t arc)
{
    csr->to[place] = from->to[arc];
    if (csr->weight)
        csr->weight[place] = from->weight[arc];
    if (csr->edge)
        csr->edge[place] = from->edge[arc];
}

/* Two views of one directed network in one: each row merged, the way out before the way in. */
static void
merge_rows(kith_csr *csr, const kith_csr *out, const kith_csr *in)
{
    int64_t place = 0;

    for (int64_t v = 0; v < csr->n; v++) {
        int64_t i = out->first[v], j = in->first[v];

        while (i < out->first[v + 1] || j < in->first[v + 1])
            if (j == in->first[v + 1] || (i < out->first[v + 1] && out->to[i] <= in->to[j]))
                copy_arc(csr, place++, out, i++);
            else
                copy_arc(csr, place++, in, j++);
        csr->first[v + 1] = place;
    }
}

kith_status
kith_csr_new(const kith_network *network, kith_csr_view view, unsigned with, kith_csr **out,
             kith_error *err)
{
    g_autoptr(kith_csr) leaving = NULL, arriving = NULL, both = NULL;

    if (!network->directed)
        return rows_of(network, true, true, with, out, err);
    if (view != KITH_CSR_BOTH)
        return rows_of(network, view == KITH_CSR_OUT, view == KITH_CSR_IN, with, out, err);
    TRY(rows_of(network, true, false, with, &leaving, err));
    TRY(rows_of(network, false, true, with, &arriving, err));
    TRY(rows_new(network->n, 2 * network->m, with, &both, err));
    merge_rows(both, leaving, arriving);
    *out = g_steal_pointer(&both);
    return KITH_OK;
}
