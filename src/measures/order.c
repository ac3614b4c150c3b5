/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order.c - breadth-first numbering, and rows under new numbers. */
#include "measures/order.h"
#include "base/base.h"
#include "base/big.h"

static uint32_t
hub_of(const kith_csr *rows)
{
    int64_t best = 0;

    for (int64_t v = 1; v < rows->n; v++)
        if (rows->first[v + 1] - rows->first[v] > rows->first[best + 1] - rows->first[best])
            best = v;
    return (uint32_t)best;
}

/* Appends all that can be reached from a vertex. @return how many there are now */
static int64_t
spread(const kith_csr *rows, uint32_t start, uint8_t *seen, uint32_t *order, int64_t count)
{
    int64_t next = count;

    seen[start] = 1;
    order[count++] = start;
    for (; next < count; next++)
        for (int64_t k = rows->first[order[next]]; k < rows->first[order[next] + (int64_t)1]; k++)
            if (!seen[rows->to[k]]) {
                seen[rows->to[k]] = 1;
                order[count++] = rows->to[k];
            }
    return count;
}

uint32_t *
kith_order_near(const kith_csr *rows, uint32_t *begins, uint32_t *ends)
{
    uint32_t *order = g_new(uint32_t, rows->n + 1);
    g_autofree uint8_t *seen = g_new0(uint8_t, rows->n + 1);
    int64_t count = 0;

    for (int64_t i = -1; i < rows->n && count < rows->n; i++) {
        uint32_t start = i < 0 ? hub_of(rows) : (uint32_t)i;
        int64_t begin = count;

        if (seen[start])
            continue;
        count = spread(rows, start, seen, order, count);
        for (int64_t k = begin; begins && k < count; k++) {
            begins[k] = (uint32_t)begin;
            ends[k] = (uint32_t)count;
        }
    }
    return order;
}

void
kith_order_parts(const kith_csr *rows, double *size)
{
    g_autofree uint32_t *order = g_new(uint32_t, rows->n + 1);
    g_autofree uint8_t *seen = g_new0(uint8_t, rows->n + 1);

    for (int64_t v = 0; v < rows->n; v++) {
        int64_t count = seen[v] ? 0 : spread(rows, (uint32_t)v, seen, order, 0);

        for (int64_t i = 0; i < count; i++)
            size[order[i]] = (double)count;
    }
}

static kith_csr *
rows_new(int64_t n, int64_t arcs, bool weights)
{
    kith_csr *csr = g_new0(kith_csr, 1);

    csr->n = n;
    csr->arcs = arcs;
    csr->first = KITH_BIG(int64_t, n + 1);
    csr->to = KITH_RAW(uint32_t, arcs);
    csr->weight = weights ? KITH_RAW(double, arcs) : NULL;
    if (csr->first && csr->to && (!weights || csr->weight))
        return csr;
    kith_csr_free(csr);
    return NULL;
}

/* first[v + 2] counts, then first[v + 1] runs through the row of v while it fills. */
static int64_t
count_kept(const kith_csr *rows, const uint32_t *order, const uint32_t *place, int64_t kept,
           int64_t *first)
{
    int64_t arcs = 0;

    for (int64_t p = 0; p < kept; p++)
        for (int64_t k = rows->first[order[p]]; k < rows->first[order[p] + (int64_t)1]; k++)
            if (place[rows->to[k]] < kept) {
                first[place[rows->to[k]] + (int64_t)2]++;
                arcs++;
            }
    for (int64_t p = 1; p <= kept; p++)
        first[p + 1] += first[p];
    return arcs;
}

static void
fill_kept(const kith_csr *rows, const uint32_t *order, const uint32_t *place, kith_csr *out)
{
    for (int64_t p = 0; p < out->n; p++)
        for (int64_t k = rows->first[order[p]]; k < rows->first[order[p] + (int64_t)1]; k++) {
            uint32_t q = place[rows->to[k]];
            int64_t at;

            if (q >= out->n)
                continue;
            at = out->first[q + (int64_t)1]++;
            out->to[at] = (uint32_t)p;
            if (out->weight)
                out->weight[at] = rows->weight[k];
        }
}

kith_status
kith_order_turn(const kith_csr *rows, const uint32_t *order, int64_t kept, kith_csr **out,
                kith_error *err)
{
    g_autofree uint32_t *place = g_new(uint32_t, rows->n + 1);
    g_autoptr(kith_csr) made = rows_new(kept, rows->arcs, rows->weight != NULL);

    if (!made)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties",
                         rows->arcs);
    for (int64_t p = 0; p < rows->n; p++)
        place[order[p]] = (uint32_t)p;
    made->arcs = count_kept(rows, order, place, kept, made->first);
    fill_kept(rows, order, place, made);
    *out = g_steal_pointer(&made);
    return KITH_OK;
}
