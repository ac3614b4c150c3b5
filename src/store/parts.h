/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parts.h - the parts of a book: rows go in one by one and come out by the thousand. */
#ifndef KITH_STORE_PARTS_H
#define KITH_STORE_PARTS_H

#include "store/part.h"
#include "store/sql.h"

/** Rows of one part. */
typedef struct kith_parts_rows {
    kith_part_kind kind;
    size_t n, width;
    int64_t *cells;
    GString *texts;
} kith_parts_rows;

/** Writes rows of one kind; the last ones at kith_parts_flush(). */
typedef struct kith_parts_writer {
    kith_book *book;
    sqlite3_stmt *put;
    int64_t import; /* to which the rows belong */
    bool
        beside; /* a thread writes a part while the next one fills: where nobody else uses the book */
    kith_parts_rows rows, behind; /* coming in, and being written */
    GByteArray *data;
    GThread *thread;   /* what writes; NULL when nothing is behind */
    kith_error failed; /* what it met */
} kith_parts_writer;

kith_status kith_parts_writer_init(kith_parts_writer *w, kith_book *book, int64_t import,
                                   kith_error *err);
void kith_parts_writer_clear(kith_parts_writer *w);

/** Begins with rows of another kind. */
kith_status kith_parts_begin(kith_parts_writer *w, kith_part_kind kind, kith_error *err);

/** Adds a row of as many cells as its kind has. */
kith_status kith_parts_row(kith_parts_writer *w, const int64_t *cells, kith_error *err);
kith_status kith_parts_text(kith_parts_writer *w, int64_t id, const char *text, kith_error *err);

/** Writes what is held back. */
kith_status kith_parts_flush(kith_parts_writer *w, kith_error *err);

/** Rows read. */
typedef struct kith_part {
    kith_part_kind kind;
    size_t n, width;
    const int64_t *cells; /* row after row */
    const char *texts;    /* n of them, each with its NUL; NULL for other kinds */
} kith_part;

typedef kith_status (*kith_parts_take)(void *payload, const kith_part *part, kith_error *err);

/** Calls `take` for each part of a kind, in the order in which they were written. */
kith_status kith_parts_each(kith_book *book, kith_part_kind kind, kith_parts_take take,
                            void *payload, kith_error *err);

/** The largest id of texts, mentions or facts; 0 when there is none. */
kith_status kith_parts_last(kith_book *book, kith_part_kind kind, int64_t *out, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_parts_writer, kith_parts_writer_clear)

#endif
