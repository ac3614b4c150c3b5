/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows.h - arrays in memory as a table that SQL can read: INSERT INTO name SELECT a, b, c, d FROM
 * rows.
 *
 * One statement then writes a million rows: 0.11 µs a row of four numbers, where binding and
 * stepping row by row takes 0.31 µs.
 */
#ifndef KITH_STORE_ROWS_H
#define KITH_STORE_ROWS_H

#include "store/sql.h"

/** Rows 0 … n - 1 of at most 16 columns, a to p. */
typedef struct kith_rows {
    int64_t n;
    /** Whether a row is left out; may be NULL. */
    bool (*skip)(const void *payload, int64_t row);
    /** Gives one cell by sqlite3_result_…(); texts must live until the statement is done. */
    void (*cell)(const void *payload, int64_t row, int column, sqlite3_context *out);
    const void *payload;
} kith_rows;

/** Lets statements read `rows` until kith_rows_return(). */
kith_status kith_rows_lend(kith_book *book, const kith_rows *rows, kith_error *err);
void kith_rows_return(kith_book *book);

/** Runs a statement that reads `rows`. */
kith_status kith_rows_run(kith_book *book, const char *sql, const kith_rows *rows, kith_error *err);

/** The ids in an array as column a. */
kith_rows kith_rows_of_ids(const GArray *ids);

#endif
