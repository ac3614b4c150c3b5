/* SPDX-License-Identifier: GPL-3.0-or-later */
/* periods.c - periods are numbered by months since the year 0. */
#include "measures/periods.h"
#include "base/base.h"
#include <glib.h>

/* The day before a month begins. */
static kith_time
day_before(int64_t month)
{
    kith_time first = 0;

    kith_time_from_civil((int)(month / 12), (int)(month % 12) + 1, 1, &first);
    return first - KITH_DAY;
}

kith_period
kith_period_before(kith_time as_of, int months, int64_t back)
{
    g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(as_of);
    int64_t month = (int64_t)g_date_time_get_year(day) * 12 + g_date_time_get_month(day) - 1;
    int64_t first = MAX(12, (month / months - back) * months);
    int year = (int)(first / 12), number = (int)(first % 12) / months + 1;
    kith_period p = {.before = day_before(first), .end = as_of};

    if (back)
        p.end = day_before(first + months);
    g_snprintf(p.name, sizeof p.name,
               months == 12  ? "%04d"
               : months == 3 ? "%04d-Q%d"
                             : "%04d-%02d",
               year, number);
    return p;
}
