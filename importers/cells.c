/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cells.c - a matrix of ties as its cells come, kept sparse. */
#include "cells.h"
#include <string.h>

struct cell {
    uint32_t row, column, line;
    double weight;
};

void
kith_cells_init(kith_cells *matrix, bool two_mode)
{
    matrix->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    matrix->rows = g_array_new(FALSE, FALSE, sizeof(kith_mention));
    matrix->columns =
        two_mode ? g_array_new(FALSE, FALSE, sizeof(kith_mention)) : g_array_ref(matrix->rows);
}

void
kith_cells_clear(kith_cells *matrix)
{
    if (matrix->cells) {
        g_array_unref(matrix->cells);
        g_array_unref(matrix->rows);
        g_array_unref(matrix->columns);
    }
    *matrix = (kith_cells){0};
}

static void
put(GArray *array, int64_t i, kith_mention who)
{
    kith_mention nobody = -1;

    while (array->len <= (guint64)i)
        g_array_append_val(array, nobody);
    g_array_index(array, kith_mention, i) = who;
}

void
kith_cells_row(kith_cells *matrix, int64_t i, kith_mention who)
{
    put(matrix->rows, i, who);
}

void
kith_cells_column(kith_cells *matrix, int64_t i, kith_mention who)
{
    put(matrix->columns, i, who);
}

static kith_mention
get(const GArray *array, int64_t i)
{
    return (guint64)i < array->len ? g_array_index(array, kith_mention, i) : -1;
}

kith_mention
kith_cells_row_at(const kith_cells *matrix, int64_t i)
{
    return get(matrix->rows, i);
}

kith_mention
kith_cells_column_at(const kith_cells *matrix, int64_t i)
{
    return get(matrix->columns, i);
}

void
kith_cells_add(kith_cells *matrix, kith_source *source, int64_t row, int64_t column, double weight)
{
    struct cell cell = {.row = (uint32_t)row,
                        .column = (uint32_t)column,
                        .line = (uint32_t)CLAMP(kith_source_line(source), 0, UINT32_MAX),
                        .weight = weight};

    if (weight != 0)
        g_array_append_val(matrix->cells, cell);
}

/* The cells in order of rows (or of columns), a counting sort: *order lists them, stable. */
static uint32_t *
order_by(const kith_cells *matrix, guint n, bool columns, const uint32_t *before)
{
    const struct cell *cells = (const struct cell *)(void *)matrix->cells->data;
    guint m = matrix->cells->len;
    g_autofree uint32_t *start = g_new0(uint32_t, (gsize)n + 1);
    uint32_t *order = g_new(uint32_t, (gsize)m + 1);

    for (guint i = 0; i < m; i++)
        start[(columns ? cells[i].column : cells[i].row) + 1]++;
    for (guint i = 1; i <= n; i++)
        start[i] += start[i - 1];
    for (guint i = 0; i < m; i++) {
        uint32_t c = before ? before[i] : i;

        order[start[columns ? cells[c].column : cells[c].row]++] = c;
    }
    return order;
}

/* Whether every cell has its mirror image: sorted by (row, column) and by (column, row) they are the
 * same list. */
static bool
is_symmetric(const kith_cells *matrix)
{
    const struct cell *cells = (const struct cell *)(void *)matrix->cells->data;
    g_autofree uint32_t *by_column = order_by(matrix, matrix->rows->len, true, NULL);
    g_autofree uint32_t *by_row = order_by(matrix, matrix->rows->len, false, NULL);
    g_autofree uint32_t *straight = order_by(matrix, matrix->rows->len, false, by_column);
    g_autofree uint32_t *mirrored = order_by(matrix, matrix->rows->len, true, by_row);

    for (guint i = 0; i < matrix->cells->len; i++) {
        const struct cell *a = &cells[straight[i]], *b = &cells[mirrored[i]];

        if (a->row != b->column || a->column != b->row || a->weight != b->weight)
            return false;
    }
    return true;
}

kith_status
kith_cells_give(kith_cells *matrix, kith_graph_file *file, bool symmetric, const char *detail,
                kith_error *err)
{
    bool two_mode = matrix->rows != matrix->columns;
    bool mirrored = !two_mode && !symmetric && !file->options->directed && is_symmetric(matrix);
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_TIE;
    fact.detail = detail;
    fact.undirected = mirrored || kith_graph_file_undirected(file, symmetric);
    for (guint i = 0; i < matrix->cells->len; i++) {
        const struct cell *cell = &g_array_index(matrix->cells, struct cell, i);

        if (mirrored && cell->row > cell->column)
            continue;
        fact.from = kith_cells_row_at(matrix, cell->row);
        fact.to = kith_cells_column_at(matrix, cell->column);
        fact.weight = cell->weight;
        kith_source_at(file->source, cell->line, 0);
        TRY(two_mode ? kith_graph_file_attended(file, fact.from, fact.to, fact.weight, detail, err)
                     : kith_graph_file_tie(file, &fact, err));
    }
    g_array_set_size(matrix->cells, 0);
    return KITH_OK;
}
