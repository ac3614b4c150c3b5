/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edge_scan.h - reads rows of two labels, a weight and a time on all processors, into columns.
 *
 * It knows only what is usual: whoever calls it has an importer beside it that reads a row in all its forms, and that gets
 * the rest of the file from the first row that is not usual.
 */
#ifndef KITH_IMPORTERS_EDGE_SCAN_H
#define KITH_IMPORTERS_EDGE_SCAN_H

#include "base/edges.h"
#include <kith/error.h>
#include <kith/source.h>

typedef struct kith_slice {
    const char *text;
    size_t length;
} kith_slice;

typedef struct kith_edge_scan {
    char separator;   /* ' ' for any run of blanks and tabs */
    int from, to;     /* columns, 0-based; for blanks 0 and 1 */
    int weight, time; /* columns, -1: none */
    int columns; /* of a table: every row has that many; 0: two or more, as many as are known */
    bool table;  /* CSV: quotes quote, nothing is a comment */
    /* Of a table: what its two columns of ends are called; a row of just that is no edge. */
    kith_slice header[2];
    bool undirected;
    int64_t line; /* lines in front of the first row */
    int64_t threads;
} kith_edge_scan;

/**
 * Reads rows from a source that stands at the first one.
 * @param first the first bytes of what comes, to tell numbers from words
 * @param out   yours; what was read: of the whole file, or up to the line that *rest names
 * @param rest  the line that the source stands at now, 0: all was read
 * @return KITH_ERR_LIMIT or KITH_ERR_NO_MEMORY for too many; the source's own errors
 */
kith_status kith_edge_scan_read(kith_source *source, const kith_edge_scan *scan, const char *first,
                                size_t length, kith_edges **out, int64_t *rest, kith_error *err);

#endif
