/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pair_scan.h - the short way through a plain table of edges. */
#ifndef KITH_IMPORTERS_PAIR_SCAN_H
#define KITH_IMPORTERS_PAIR_SCAN_H

#include <kith/builder.h>
#include <kith/importer.h>

/* What is left of a table, and what the rest has to know of its beginning. */
typedef struct kith_pair_rest {
    bool any;
    bool seen_utf8; /* there were characters beyond ASCII */
} kith_pair_rest;

/**
 * Reads a table that has two labels and perhaps a weight a row, and nothing else, into columns.
 * @param rest  what is for the usual importer: the source gives it the header, and what is left
 */
kith_status kith_pair_scan_read(kith_source *source, const kith_import_options *options,
                                kith_builder *into, kith_pair_rest *rest, kith_error *err);

#endif
