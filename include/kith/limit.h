/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limit.h - how large input may be, by name: what `kith limits` prints and `--limit name=value` changes. */
#ifndef KITH_LIMIT_H
#define KITH_LIMIT_H

#include <kith/error.h>
#include <stdbool.h>
#include <stdint.h>

KITH_BEGIN_DECLS

/** One limit; texts are static. */
typedef struct kith_limit_info {
    const char *name;  /**< "columns" */
    int64_t value;     /**< what is allowed now */
    int64_t usual;     /**< what is allowed unless somebody changes it */
    const char *unit;  /**< "bytes", "fields", … */
    const char *about; /**< what it limits, lower case, no full stop */
} kith_limit_info;

/** The i-th limit, in the order of the documentation. @return false past the last */
KITH_API bool kith_limit_at(int64_t i, kith_limit_info *out);

/**
 * Changes limits: "columns=20000", several with commas between; a value may end in k, M or G (1024s). They count for the whole process, so change them
 * before anything is read.
 * @return KITH_ERR_ARGUMENT for an unknown name, or a value that is not a whole number from 1 to 2^40; none is changed then
 */
KITH_API kith_status kith_limit_set(const char *text, kith_error *err);

KITH_END_DECLS
#endif
