/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cells.h - a matrix of ties as its cells come, kept sparse.
 *
 * Whether a square matrix is undirected only all of its cells tell: it is when it equals its
 * transpose, and then each pair is one tie, not two. Memory follows the cells that are not 0.
 */
#ifndef KITH_IMPORTERS_CELLS_H
#define KITH_IMPORTERS_CELLS_H

#include "graph_file.h"

typedef struct kith_cells {
    GArray *cells;
    GArray *rows, *columns; /**< mention of each, -1 when none; one array for a square matrix */
} kith_cells;

/** An empty matrix. @param two_mode rows are people, columns events; else both are the same nodes */
void kith_cells_init(kith_cells *matrix, bool two_mode);
void kith_cells_clear(kith_cells *matrix);

/** Says who row or column i is; gaps are filled with -1. */
void kith_cells_row(kith_cells *matrix, int64_t i, kith_mention who);
void kith_cells_column(kith_cells *matrix, int64_t i, kith_mention who);
/** Who that is, -1 when it was not said. */
kith_mention kith_cells_row_at(const kith_cells *matrix, int64_t i);
kith_mention kith_cells_column_at(const kith_cells *matrix, int64_t i);

/** Adds the cell at 0-based row and column, at the source's line. Weights of 0 are left out. */
void kith_cells_add(kith_cells *matrix, kith_source *source, int64_t row, int64_t column,
                    double weight);

/**
 * Gives all cells to the builder and empties the matrix, which keeps its rows and columns.
 * @param symmetric the file gives one triangle only: each cell is a tie without direction
 */
kith_status kith_cells_give(kith_cells *matrix, kith_graph_file *file, bool symmetric,
                            const char *detail, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_cells, kith_cells_clear)

#endif
