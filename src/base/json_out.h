/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_out.h - JSON written piece by piece to a sink.
 *
 * Whatever the texts hold, the output is valid UTF-8 and valid JSON: broken bytes become U+FFFD,
 * numbers are the shortest that read back the same and a number that is not finite is null. A
 * container is laid out with one member a line or all on one line, so that a table has a row a line
 * and two answers can be compared with diff.
 */
#ifndef KITH_BASE_JSON_OUT_H
#define KITH_BASE_JSON_OUT_H

#include "base/base.h"
#include <kith/table.h>

typedef struct kith_json kith_json;

typedef enum kith_json_layout {
    KITH_JSON_LINES, /**< each member on a line of its own */
    KITH_JSON_INLINE /**< all members on one line, and all within them */
} kith_json_layout;

/** @param in_html also escape < > & U+2028 U+2029, so that the text may stand inside a <script>
 * @return yours */
kith_json *kith_json_new(kith_sink *sink, bool in_html);
/** Frees the writer, not the sink. Every container must have been ended. */
void kith_json_free(kith_json *json);

void kith_json_object(kith_json *json, kith_json_layout layout);
void kith_json_array(kith_json *json, kith_json_layout layout);
/** Ends the innermost container; after the outermost comes a line feed. */
void kith_json_end(kith_json *json);

/** The name of the next value of an object. */
void kith_json_key(kith_json *json, const char *name);
/** A text, null when NULL. */
void kith_json_text(kith_json *json, const char *text);
void kith_json_integer(kith_json *json, int64_t value);
/** A number, null when it is not finite. */
void kith_json_real(kith_json *json, double value);
void kith_json_boolean(kith_json *json, bool value);
void kith_json_null(kith_json *json);
/** As kith_sink_fail(), of the sink written to. */
void kith_json_fail(kith_json *json, kith_status status, const char *why);
/** A cell of a table: null when missing, a time as text, a list as an array of texts. */
void kith_json_cell(kith_json *json, kith_cell_type type, const kith_cell *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_json, kith_json_free)

#endif
