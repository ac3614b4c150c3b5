/* SPDX-License-Identifier: GPL-3.0-or-later */
/* output.h - where an answer goes and in which format. */
#ifndef KITH_CLI_OUTPUT_H
#define KITH_CLI_OUTPUT_H

#include "cli/arguments.h"

/* Writes a document as --format and -o say. @param fallback the verb's own format when neither says
 */
kith_status output_write(const kith_document *document, const global_options *g,
                         const char *fallback, kith_error *err);

/* Standard output as a sink, aware of a terminal. */
kith_status output_stdout(kith_sink **out, kith_error *err);

#endif
