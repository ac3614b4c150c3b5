/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.h - what went wrong, where, and what kith calls it. */
#ifndef KITH_ERROR_H
#define KITH_ERROR_H

#include <kith/visibility.h>
#include <stdarg.h>
#include <stdint.h>

KITH_BEGIN_DECLS

/** What a fallible function answers; 0 is success. */
typedef enum kith_status {
    KITH_OK = 0,
    KITH_ERR_ARGUMENT,  /**< a bad argument, option or name (exit 2) */
    KITH_ERR_IO,        /**< a file cannot be read or written (exit 4) */
    KITH_ERR_PARSE,     /**< bad input (exit 3) */
    KITH_ERR_NOT_FOUND, /**< the question has no answer (exit 1) */
    KITH_ERR_LIMIT,     /**< input larger than a stated limit (exit 3) */
    KITH_ERR_NUMERIC,   /**< a computation failed (exit 5) */
    KITH_ERR_STORE,     /**< the book is busy, damaged or not ours (exit 4) */
    KITH_ERR_NO_MEMORY, /**< a large allocation was refused (exit 4) */
    KITH_ERR_UNFINISHED, /**< stopped before the end; what is done is kept and can be gone on with (exit 3) */
    KITH_ERR_CANCELLED, /**< the caller asked to stop (exit 130) */
    KITH_ERR_INTERNAL,  /**< our fault (exit 5) */
    KITH_ERR_FORMAT     /**< a file of no format that kith knows (exit 3) */
} kith_status;

/** One error, owned by the caller; it allocates nothing. Start from {0}; the first error wins. */
typedef struct kith_error {
    kith_status status;
    int64_t line;      /**< 1-based, 0 when it does not apply */
    int64_t column;    /**< 1-based byte column, 0 when it does not apply */
    char source[256];  /**< file the error is about, "" when none */
    char message[512]; /**< one line, no full stop */
} kith_error;

/**
 * Records a failure and returns its status, so that callers can write `return kith_fail(...)`.
 * @param err may be NULL; left alone when it already holds an error
 */
KITH_API kith_status kith_fail(kith_error *err, kith_status status, const char *format, ...)
    KITH_PRINTF(3, 4);

/** As kith_fail(), with the place in the input. @param source may be NULL; line, column 0 when
 * unknown */
KITH_API kith_status kith_fail_at(kith_error *err, kith_status status, const char *source,
                                  int64_t line, int64_t column, const char *format, ...)
    KITH_PRINTF(6, 7);

/** The process exit code that PRODUCT's contract gives a status: 0-5, 130 when cancelled. */
KITH_API int kith_status_exit_code(kith_status status);

KITH_END_DECLS
#endif
