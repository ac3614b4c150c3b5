/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv.h - text tables as people export them, one record after another.
 *
 * RFC 4180 and what programs make of it: UTF-8 with or without a mark, UTF-16, Windows-1252; comma,
 * semicolon, tab or bar; CR, LF or CRLF; quotes where they should not be; rows that are too short
 * or too long; NUL bytes; a file that was cut off. Memory is bounded by the longest record.
 */
#ifndef KITH_BASE_CSV_H
#define KITH_BASE_CSV_H

#include "base/base.h"

#define KITH_CSV_HEAD 65536 /* first bytes at most, as kith_source_head() gives them */

typedef struct kith_csv kith_csv;

/** One record; fields are NUL-terminated UTF-8, untrimmed, borrowed until the next record. */
typedef struct kith_csv_row {
    size_t n;
    const char *const *field;
    int64_t line; /**< where the record starts, 1-based */
} kith_csv_row;

/** The header row found in the first bytes of a table; kith_csv_header_clear() it. */
typedef struct kith_csv_header {
    char separator;
    const char *encoding; /**< static */
    int64_t line;
    size_t n;
    char **names; /**< folded (kith_text_fold), NULL-terminated; NULL when there is no row at all */
} kith_csv_header;

/** A reader over a source (borrowed) that tells encoding and separator from its first bytes.
 * @return yours */
kith_csv *kith_csv_new(kith_source *source);
void kith_csv_free(kith_csv *csv);

/** Some of the table was read elsewhere, with characters beyond ASCII in it: what is no UTF-8 from here on is an exception. */
void kith_csv_seen_utf8(kith_csv *csv);

/** The separator in use: ',', ';', '\t' or '|'. */
char kith_csv_separator(const kith_csv *csv);
/** The encoding in use: "UTF-8", "UTF-16LE", "UTF-16BE" or "Windows-1252", static. */
const char *kith_csv_encoding(const kith_csv *csv);

/**
 * The next record that is not blank, and tells the source where it starts.
 * An unterminated quote at the end of the file is held back (as a record) with the line it starts
 * on.
 * @return borrowed; NULL at the end or on failure: KITH_ERR_LIMIT for a field, record or row that
 * is too large
 */
const kith_csv_row *kith_csv_next(kith_csv *csv, kith_error *err);

/** KITH_OK when kith_csv_next() answered NULL because the table ended, else what failed. */
kith_status kith_csv_status(const kith_csv *csv);

/** Reads up to and with the header row (see kith_csv_find_header()). @return KITH_ERR_PARSE when
 * there is none */
kith_status kith_csv_read_header(kith_csv *csv, kith_error *err);

/** How many columns the header has, and the folded name of one. */
int kith_csv_columns(const kith_csv *csv);
const char *kith_csv_column_name(const kith_csv *csv, int column);
/** The first column of this name (as kith_text_fold() gives it), -1 when there is none. */
int kith_csv_column(const kith_csv *csv, const char *folded_name);
/** The next column of this name after another one, -1 when there is none. */
int kith_csv_column_after(const kith_csv *csv, const char *folded_name, int after);

/** A field of a row, "" when the row is too short or the column is -1. */
const char *kith_csv_field(const kith_csv_row *row, int column);

/**
 * The separator of a table by its first bytes. Among equals tab, semicolon and bar go before the
 * comma.
 * @param common set to the number of fields most of the first 20 records have  @return ',' when
 * nothing tells
 */
char kith_csv_sniff(const char *head, size_t length, size_t *common);

/**
 * Finds the header row within the first bytes of a table: past preambles, '#' comments, title and
 * blank rows.
 * @return false when no row looks like one; out is then {0}
 */
bool kith_csv_find_header(const char *head, size_t length, kith_csv_header *out);
void kith_csv_header_clear(kith_csv_header *header);

/** Fails for a record of more fields than the limit `columns` allows. @param column of the first that is too many */
kith_status kith_csv_fail_wide(const char *source, int64_t line, int64_t column, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_csv, kith_csv_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_csv_header, kith_csv_header_clear)

#endif
