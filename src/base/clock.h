/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.h - times of day and zones, shared by the readers of dates. */
#ifndef KITH_BASE_CLOCK_H
#define KITH_BASE_CLOCK_H

#include <stdbool.h>

/** A time of day as read; seconds may be 60 (a leap second). */
typedef struct kith_clock {
    int hour, minute, second;
    int offset; /**< seconds east of UTC */
} kith_clock;

/**
 * Reads "9:30", "09:30:15.25", "2:37 PM", each with an optional zone, and steps over it.
 * @return false when *text does not start with a time; *text untouched
 */
bool kith_clock_take(const char **text, kith_clock *out);

/** Reads "Z", "UTC", "+01:00", "-0430", "EST", … and steps over it. @return false when there is
 * none */
bool kith_zone_take(const char **text, int *offset);

/** Reads up to `most` digits. @return how many, 0 when there are none */
int kith_digits_take(const char **text, int most, int *value);

#endif
