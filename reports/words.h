/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.h - how cells and names read to people; shared by the text and the HTML report. */
#ifndef KITH_REPORTS_WORDS_H
#define KITH_REPORTS_WORDS_H

#include <glib.h>
#include <kith/answer.h>

/** What stands for a missing value. */
#define KITH_WORDS_MISSING "–"

/**
 * How many decimals the numbers of a REAL column are shown with: four significant digits for the
 * largest one, less the zeros that all of them end with. 0 for other columns. O(rows).
 */
int kith_words_decimals(const kith_table *table, int64_t column);

/**
 * A number with so many decimals; one that would lose all but one digit is shown with two
 * significant ones instead, a very small one as a power of ten. @return out
 */
const char *kith_words_real(double value, int decimals, char out[48]);

/** A number on its own: at most four significant digits, never fewer than its whole part. @return
 * out */
const char *kith_words_number(double value, char out[48]);

/**
 * A cell on one line: "–" when missing, yes or no, dates as ISO 8601, lists joined by " → ".
 * Safe on a terminal, not yet in HTML. @return yours
 */
char *kith_words_cell(const kith_table *table, int64_t row, int64_t column, int decimals);

/** "gap_days" as "gap days" or, with `capital`, "Gap days"; "rank_lo" as "rank from". @return yours */
char *kith_words_name(const char *name, bool capital);

/** "as of 2024-12-31, seed 1, 4 sources"; what the answer has nothing of is left out. @return yours */
char *kith_words_about(const kith_answer *answer);

/**
 * The largest value of a column of scores, which a bar is drawn against; 0 when the column has none, or
 * values below zero. A share is drawn against 1. O(rows)
 */
double kith_words_scale(const kith_table *table, int64_t column);

/** Whether cells of this type are numbers, and so are set flush right. */
bool kith_words_is_number(kith_cell_type type);

#endif
