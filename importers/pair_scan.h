/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pair_scan.h - the short way through a plain table of edges. */
#ifndef KITH_IMPORTERS_PAIR_SCAN_H
#define KITH_IMPORTERS_PAIR_SCAN_H

#include <kith/builder.h>
#include <kith/importer.h>

/**
 * Reads a table that has two labels and perhaps a weight a row, and nothing else, into columns.
 * @param done  whether all of it was read; otherwise the source gives its header, and what is left, to the usual importer
 */
kith_status kith_pair_scan_read(kith_source *source, const kith_import_options *options,
                                kith_builder *into, bool *done, kith_error *err);

#endif
