/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h - typed columns and rows: what a pass fills and every report prints. */
#ifndef KITH_TABLE_H
#define KITH_TABLE_H

#include <kith/error.h>
#include <kith/time.h>
#include <stdbool.h>
#include <stdint.h>

KITH_BEGIN_DECLS

typedef struct kith_table kith_table;

typedef enum kith_cell_type {
    KITH_CELL_TEXT = 0,
    KITH_CELL_INT,
    KITH_CELL_REAL, /**< NaN is a missing value */
    KITH_CELL_BOOL,
    KITH_CELL_TIME, /**< with its precision; KITH_TIME_NONE is missing */
    KITH_CELL_NODE, /**< a node of the graph, printed as its label; -1 is missing */
    KITH_CELL_LIST  /**< texts in order: the people of a path */
} kith_cell_type;

typedef struct kith_column {
    const char *name; /**< snake_case, as in the JSON contract */
    kith_cell_type type;
    const char *unit;  /**< "1", "days", "index", "people", … or "" */
    const char *about; /**< one sentence, lower case, no full stop */
} kith_column;

/** One cell on its way in or out; which member counts is the column's type. Texts are copied in,
 * borrowed out. */
typedef struct kith_cell {
    bool missing;
    int64_t integer; /**< INT, BOOL, NODE (its id), TIME (seconds), LIST (length) */
    double real;
    const char *text; /**< TEXT; NODE: the label */
    const char *const *list;
    kith_precision precision;
} kith_cell;

/** The name, as in the JSON contract. */
KITH_API const char *kith_table_name(const kith_table *table);
/** How many columns. */
KITH_API int64_t kith_table_columns(const kith_table *table);
/** A column by index, NULL past the end. */
KITH_API const kith_column *kith_table_column(const kith_table *table, int64_t column);
/** The column's index by name, -1 when there is none. */
KITH_API int64_t kith_table_find_column(const kith_table *table, const char *name);
/** How many rows. */
KITH_API int64_t kith_table_rows(const kith_table *table);
/** Copies a cell out; its texts live as long as the table and no new rows come. */
KITH_API void kith_table_cell(const kith_table *table, int64_t row, int64_t column, kith_cell *out);

/** Starts a new row with every cell missing; fill it with the kith_table_set_ functions. */
KITH_API void kith_table_row(kith_table *table);
/** Sets a cell of the newest row by column index; the value's type must be the column's. */
KITH_API void kith_table_set_text(kith_table *table, int column, const char *text);
KITH_API void kith_table_set_int(kith_table *table, int column, int64_t value);
KITH_API void kith_table_set_real(kith_table *table, int column, double value);
KITH_API void kith_table_set_bool(kith_table *table, int column, bool value);
/** A moment with the precision its source gave. */
KITH_API void kith_table_set_time(kith_table *table, int column, kith_time when,
                                  kith_precision precision);
/** A node of the graph; the label is copied. */
KITH_API void kith_table_set_node(kith_table *table, int column, int64_t node, const char *label);
/** n texts in order, copied. */
KITH_API void kith_table_set_list(kith_table *table, int column, const char *const *texts,
                                  int64_t n);

KITH_END_DECLS
#endif
