/* SPDX-License-Identifier: GPL-3.0-or-later */
/* day.h - the day of a moment. */
#ifndef KITH_BASE_DAY_H
#define KITH_BASE_DAY_H

#include <kith/time.h>

/** The midnight (UTC) a moment's day began with, before 1970 as well; KITH_TIME_NONE stays what it is. */
static inline kith_time
kith_day_of(kith_time when)
{
    return when == KITH_TIME_NONE ? when : when - ((when % KITH_DAY) + KITH_DAY) % KITH_DAY;
}

#endif
