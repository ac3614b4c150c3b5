/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_mend.h - one pass over JSON text before jansson sees it. */
#ifndef KITH_BASE_JSON_MEND_H
#define KITH_BASE_JSON_MEND_H

#include "base/base.h"

/** What the pass found. */
typedef struct kith_json_mended {
    GString *text;      /**< yours: the text that can be parsed, line for line the same */
    GArray *lines;      /**< yours: of uint32_t, the line of the n-th '{' */
    int64_t characters; /**< replaced by U+FFFD: half surrogates, NULs, broken bytes */
    int64_t numbers;    /**< kept as text: no machine number holds them */
    int64_t first_line; /**< of the first thing that was changed */
} kith_json_mended;

/**
 * Mends a text. @return KITH_ERR_LIMIT where it nests deeper than KITH_LIMIT_JSON_DEPTH; nothing is
 * yours then
 */
kith_status kith_json_mend(kith_source *source, const char *text, size_t length,
                           kith_json_mended *out, kith_error *err);

#endif
