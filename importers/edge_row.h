/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_row.h - one row of an edge list or a table, cut into fields without copying. */
#ifndef KITH_IMPORTERS_EDGE_ROW_H
#define KITH_IMPORTERS_EDGE_ROW_H

#include "edge_scan.h"

#define KITH_EDGE_ROW_FIELDS 16

typedef enum kith_row_kind {
    KITH_ROW_EDGE,    /* the outputs are filled */
    KITH_ROW_NOTHING, /* blank, or a comment */
    KITH_ROW_UNUSUAL
} kith_row_kind;

typedef struct kith_edge_row {
    kith_slice from, to;
    double weight;
    kith_time when;
} kith_edge_row;

/** Reads the row from text to end, its line feed not included. Rows hold two labels that are not empty. */
kith_row_kind kith_edge_row_read(const kith_edge_scan *scan, const char *text, const char *end,
                                 kith_edge_row *out);

/** What stands behind two labels: a weight, a time, or nothing. */
kith_row_kind kith_edge_row_tail(const kith_edge_scan *scan, const char *text, const char *end,
                                 kith_edge_row *out);

/** Reads a label that is a number as its shortest digits. @return false for anything else, and beyond 18 digits */
bool kith_edge_label_number(kith_slice label, uint64_t *out);

/** Whether a label may be taken as it stands: text that no importer would look at twice. */
bool kith_edge_label_usual(const kith_edge_scan *scan, kith_slice label);

#endif
