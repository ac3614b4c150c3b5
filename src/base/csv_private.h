/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv_private.h - the inside of a table reader, shared by the files named csv*.c. */
#ifndef KITH_BASE_CSV_PRIVATE_H
#define KITH_BASE_CSV_PRIVATE_H

#include "base/csv.h"
#include "base/decoder.h"

enum kith_csv_state { FIELD_START = 0, UNQUOTED, QUOTED, QUOTE_IN_QUOTED };

struct kith_csv {
    kith_source *source;
    kith_decoder decoder;
    GString *buffer;
    char separator;
    size_t start, next; /* the record, and what follows its line end */
    size_t newline, quote, cr,
        nul;      /* first of each at or after `start` as far as known; SIZE_MAX: none so far */
    size_t known; /* how far the buffer was searched for them */
    size_t scan;  /* where the state machine stopped */
    enum kith_csv_state state;
    int64_t line, lines; /* of the record; how many it takes up */
    bool seen_utf8;      /* some character beyond ASCII was read */
    bool windows;        /* rows that are not UTF-8 are Windows-1252 */
    bool mixed;          /* there were rows of both */
    GString *repaired;
    const char **fields;
    size_t n, room;
    kith_csv_row row;
    char **names;
    kith_error error;
};

/** A reader that does not look at the bytes to choose a separator. */
kith_csv *kith_csv_start(kith_source *source, char separator);

/** Finds the next record, reading on as needed: start, next, line and lines are set. @return false
 * at the end or on failure */
bool kith_csv_find_record(kith_csv *csv, size_t *length);

#endif
