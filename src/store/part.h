/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * part.h - thousands of rows as one blob.
 *
 * A row of four small numbers costs SQLite a third of a microsecond and twenty bytes; a million contacts are nine million of
 * them. In a part they stand column by column, each number as its difference from the one above: mostly a byte, and a
 * nanosecond. What a part is about, and where it stands, is its row in the table `part`.
 *
 *     column    1 tag, then: 0 first and step, for a column that goes up evenly or stays; 1 a difference a row;
 *               2 eight bytes a row. Numbers are zigzag varints. The first column always has a byte a row, so that a small
 *               file cannot claim a billion rows.
 *     texts     after the columns, one behind the other, each with a NUL
 */
#ifndef KITH_STORE_PART_H
#define KITH_STORE_PART_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/** The tables of a builder (model/facts.h), in the order in which they are loaded. The numbers stand in books. */
typedef enum kith_part_kind {
    KITH_PART_TEXT = 0,
    KITH_PART_MENTION,
    KITH_PART_NAME,
    KITH_PART_IDENTIFIER,
    KITH_PART_ATTRIBUTE,
    KITH_PART_MOMENT,
    KITH_PART_FACT,
    KITH_PART_FACT_ATTRIBUTE,
    KITH_PART_KINDS
} kith_part_kind;

/** Rows of one part at most, and cells of one row. */
#define KITH_PART_ROWS 65536
#define KITH_PART_WIDEST 16

/** How many numbers a row has. */
size_t kith_part_width(kith_part_kind kind);

/** Appends rows, which lie one behind the other. */
void kith_part_encode(const int64_t *cells, size_t n, size_t width, GByteArray *out);

/** Reads `n` rows. @param used how many bytes they took  @return false when the bytes are not what encoding gives */
bool kith_part_decode(const uint8_t *data, size_t size, size_t n, size_t width, int64_t *cells,
                      size_t *used);

/** A number with a point as a cell, and back. All NaN are one. */
int64_t kith_part_of_real(double value);
double kith_part_real(int64_t cell);

#endif
