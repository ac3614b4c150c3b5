/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coverage.c - rows counted start by start, or many starts in the lanes of a vector. */
#include "measures/coverage.h"
#include "base/base.h"
#include "base/big.h"
#include "measures/waves.h"
#include "model/graph.h"

#define FEW 8 /* starts that are not worth the room it takes to walk together */

kith_coverage
kith_coverage_row(const kith_depth *d, int64_t row, guint *at)
{
    kith_coverage c = {0, 0};

    for (; *at < d->row->len && d->layer[g_array_index(d->row, kith_node, *at)] == row; (*at)++) {
        c.known++;
        c.with += kith_sales_of(d->sales, g_array_index(d->row, kith_node, *at)) > 0;
    }
    return c;
}

/* @return how many starts were walked from before so many had been met that the rest should walk together */
static int64_t
walk_apart(const kith_sales *sales, const int64_t *start, int64_t starts, int64_t rows,
           kith_work *work, kith_coverage *out)
{
    g_autoptr(kith_depth) depth = kith_depth_new(sales);
    int64_t met = 0, i = 0;

    for (; i < starts && (met < sales->graph->nodes || starts - i < FEW) && kith_work_step(work, 1);
         i++) {
        guint at = 0;

        kith_depth_walk(depth, start[i], rows);
        for (int64_t row = 1; row <= rows; row++)
            out[i * rows + row - 1] = kith_coverage_row(depth, row, &at);
        met += depth->row->len;
    }
    return i;
}

static kith_status
walk_together(const kith_csr *to, const int64_t *start, int64_t starts, int64_t rows,
              kith_work *work, kith_coverage *out, kith_error *err)
{
    __attribute__((cleanup(kith_waves_clear))) kith_waves waves = {0};

    TRY(kith_waves_init(&waves, to, err));
    waves.split = true;
    memset(out, 0, (gsize)(starts * rows) * sizeof *out);
    for (int64_t i = 0; i < starts; i += KITH_WAVES) {
        int64_t n = MIN(KITH_WAVES, starts - i);

        if (!kith_work_step(work, n))
            break;
        kith_waves_begin(&waves, start + i, n);
        for (int64_t row = 0; row < rows && kith_waves_step(&waves, work); row++)
            for (int64_t k = 0; k < n; k++)
                out[(i + k) * rows + row] = (kith_coverage){waves.count[k], waves.further[k]};
    }
    return KITH_OK;
}

kith_status
kith_coverage_count(const kith_sales *sales, const int64_t *start, int64_t starts, int64_t rows,
                    kith_work *work, kith_coverage *out, kith_error *err)
{
    KITH_AUTOBIG uint32_t *to = NULL;
    kith_csr csr = {.n = sales->graph->nodes, .arcs = sales->n, .first = sales->first};
    int64_t apart;

    kith_work_begin(work, (double)starts);
    apart = walk_apart(sales, start, starts, rows, work, out);
    TRY(kith_work_end(work, err));
    if (apart == starts)
        return KITH_OK;
    csr.to = to = KITH_RAW(uint32_t, sales->n);
    if (!to)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " sales",
                         sales->n);
    for (int64_t i = 0; i < sales->n; i++)
        to[i] = sales->sale[i].to;
    TRY(walk_together(&csr, start + apart, starts - apart, rows, work, out + apart * rows, err));
    return kith_work_end(work, err);
}
