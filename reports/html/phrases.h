/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phrases.h - what sentences about answers are made of: values by field name, and names and counts
 * with markup. */
#ifndef KITH_REPORTS_HTML_PHRASES_H
#define KITH_REPORTS_HTML_PHRASES_H

#include <glib.h>
#include <kith/answer.h>

/** How many rows; 0 for NULL. */
int64_t kith_phrase_rows(const kith_table *table);

/** A cell by column name; false when there is no such table, column, row or value. */
bool kith_phrase_find(const kith_table *table, int64_t row, const char *name, kith_cell_type *type,
                      kith_cell *cell);
/** A number, whole or real. */
bool kith_phrase_number_at(const kith_table *table, int64_t row, const char *name, double *out);
/** A name or text; NULL when there is none. */
const char *kith_phrase_text_at(const kith_table *table, int64_t row, const char *name);
/** A parameter's value; NULL when it is not set. */
const char *kith_phrase_parameter(const kith_answer *answer, const char *wanted);

/** Appends a name, bold. */
void kith_phrase_bold(GString *out, const char *text);
/** Appends a number as people read it. */
void kith_phrase_number(GString *out, double value);
/** "1 step", "2 steps". */
void kith_phrase_count(GString *out, double n, const char *one, const char *many);
/** "A, B and C": a column of the first rows, at most so many. */
void kith_phrase_names(GString *out, const kith_table *table, const char *column, int64_t most);
/** "A and B": a list from first to last - 1. */
void kith_phrase_list(GString *out, const kith_cell *list, int64_t first, int64_t last);

#endif
