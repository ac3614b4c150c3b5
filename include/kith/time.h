/* SPDX-License-Identifier: GPL-3.0-or-later */
/* time.h - moments and dates, read and written without a locale. */
#ifndef KITH_TIME_H
#define KITH_TIME_H

#include <kith/visibility.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

KITH_BEGIN_DECLS

/** Seconds since 1970-01-01T00:00:00Z. */
typedef int64_t kith_time;

/** "No date": sorts before every real moment. */
#define KITH_TIME_NONE INT64_MIN

/** One day in seconds. */
#define KITH_DAY INT64_C(86400)

/** How much of a moment its source gave. */
typedef enum kith_precision {
    KITH_PRECISION_NONE = 0,
    KITH_PRECISION_YEAR,
    KITH_PRECISION_MONTH,
    KITH_PRECISION_DAY,
    KITH_PRECISION_SECOND
} kith_precision;

/**
 * Reads an unambiguous date: ISO 8601 (2024, 2024-05, 2024-05-31, with T or blank time, Z or
 * +01:00; no zone is UTC), "08 Feb 2026", "4-Apr-21", "Feb 8, 2026", RFC 2822,
 * 20240531[T093000[Z]]. Two-digit years are 1970-2069. Day-first against month-first numbers are
 * not guessed here.
 * @param precision may be NULL
 * @return false when the text is no such date; outputs untouched
 */
KITH_API bool kith_time_parse(const char *text, kith_time *when, kith_precision *precision);

/** Midnight UTC of a civil date; false when it does not exist. Years 1..9999. */
KITH_API bool kith_time_from_civil(int year, int month, int day, kith_time *when);

/** Writes "2024-05-31", "2024-05", "2024" or "2024-05-31T09:30:00Z" by precision; "" for none.
 * @return out */
KITH_API const char *kith_time_text(kith_time when, kith_precision precision, char out[32]);

KITH_END_DECLS
#endif
