/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows.h - a table read row by row: its header found, its rows placed, its dates understood.
 *
 * Whether 05/01/2024 is in January or in May only the column tells. Rows are therefore kept back, up to a limit, until
 * one of them decides; a table with ISO dates or none is streamed.
 */
#ifndef KITH_IMPORTERS_ROWS_H
#define KITH_IMPORTERS_ROWS_H

#include "base/dates.h"
#include "columns.h"
#include <kith/error.h>
#include <kith/source.h>
#include <kith/time.h>

typedef struct kith_rows kith_rows;

/* One record. Texts are borrowed until the next one. */
typedef struct kith_row {
    int64_t line;
    size_t n;
    char **field; /* blanks around them taken off */
    int64_t
        *column; /* byte column of each field in its line; 0 after a line break within the record */
    char *text;  /* what `field` points into */
    size_t fields_room, text_room;
    uint8_t *
        known; /* of each column of the header, whether its cells hold something and are read; may be NULL */
    size_t known_n;
} kith_row;

/** Whether a row is the header that an importer looks for. */
typedef bool (*kith_header_test)(const kith_header *header);

/**
 * The header among the first rows of a file's head, for probes.
 * @return yours; NULL when no row passes the test
 */
kith_header *kith_rows_sniff_header(const char *head, size_t length, kith_header_test test);

/** The first rows of a file's head as string vectors. @return yours; empty for what is no table */
GPtrArray *kith_rows_sniff(const char *head, size_t length);

/**
 * Opens a table and reads up to its header, the first row among the first 20 that passes the test.
 * @param test NULL: the first row is the header
 * @return KITH_ERR_PARSE when there is none
 */
kith_status kith_rows_open(kith_source *source, kith_header_test test, kith_rows **out,
                           kith_error *err);

/** As kith_csv_seen_utf8(). */
void kith_rows_seen_utf8(kith_rows *rows);
void kith_rows_free(kith_rows *rows);

const kith_header *kith_rows_header(const kith_rows *rows);
kith_source *kith_rows_source(const kith_rows *rows);

/** Says which column holds dates (-1: none), before the first kith_rows_next(). */
void kith_rows_dates_in(kith_rows *rows, int column);
/** Says in which order the exporter always writes day and month, instead. */
void kith_rows_dates_are(kith_rows *rows, kith_day_order order);

/**
 * The next record that is not blank; it is counted and its line is the source's. @param row NULL at the end
 */
kith_status kith_rows_next(kith_rows *rows, const kith_row **row, kith_error *err);

/** A field; "" when the row is too short or the column is -1. Columns never asked for are told at the end. */
const char *kith_row_text(const kith_row *row, int column);

/** Puts the source on one field of the row, for what is said about it next. */
void kith_rows_at(const kith_rows *rows, const kith_row *row, int column);

/**
 * Reads the date in a field. A bad one is told as a warning and leaves the outputs as they are.
 * @return whether there was a date
 */
bool kith_rows_date(kith_rows *rows, const kith_row *row, int column, kith_time *when,
                    kith_precision *precision);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_rows, kith_rows_free)

#endif
