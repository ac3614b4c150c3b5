/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dl_header.h - what stands before "data:" in a UCINET DL file.
 *
 * Keywords come in any order on any number of lines, parted by blanks, commas, '=' and ':'.
 */
#ifndef KITH_IMPORTERS_DL_HEADER_H
#define KITH_IMPORTERS_DL_HEADER_H

#include "scan.h"

typedef enum kith_dl_format {
    KITH_DL_FULL_MATRIX = 0,
    KITH_DL_UPPER_HALF,
    KITH_DL_LOWER_HALF,
    KITH_DL_NODE_LIST_1,
    KITH_DL_NODE_LIST_1B,
    KITH_DL_NODE_LIST_2,
    KITH_DL_EDGE_LIST_1,
    KITH_DL_EDGE_LIST_2
} kith_dl_format;

typedef struct kith_dl_header {
    kith_dl_format format;
    int64_t rows, columns; /* 0 while unknown */
    int64_t matrices;
    bool two_mode, no_diagonal;
    bool rows_embedded, columns_embedded;                  /* labels stand in the data */
    GPtrArray *row_labels, *column_labels, *matrix_labels; /* char *, empty when there are none */
} kith_dl_header;

/** Reads from "dl" up to and with "data:". */
kith_status kith_dl_header_read(kith_scan *scan, kith_dl_header *out, kith_error *err);
void kith_dl_header_clear(kith_dl_header *header);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_dl_header, kith_dl_header_clear)

#endif
