/* SPDX-License-Identifier: GPL-3.0-or-later */
/* periods.h - months, quarters and years that end with the as-of day. */
#ifndef KITH_MEASURES_PERIODS_H
#define KITH_MEASURES_PERIODS_H

#include <kith/time.h>

typedef struct kith_period {
    char name[24];         /**< "2026-03", "2026-Q1", "2026" */
    kith_time before, end; /**< last days of the period before and of this one */
} kith_period;

/**
 * The calendar period that is `back` before the one of the as-of day; that one ends with the as-of day.
 * @param months  1, 3 or 12
 */
kith_period kith_period_before(kith_time as_of, int months, int64_t back);

#endif
