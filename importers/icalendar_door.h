/* SPDX-License-Identifier: GPL-3.0-or-later */
/* icalendar_door.h - what is asked of libical; only calendars need it, and the Unicode libraries it brings. */
#ifndef KITH_IMPORTERS_ICALENDAR_DOOR_H
#define KITH_IMPORTERS_ICALENDAR_DOOR_H

#include "base/door.h"
#include <libical/ical.h>

#define KITH_ICAL_FUNCTIONS(F)                                                                     \
    F(icalerror_set_errors_are_fatal)                                                              \
    F(icalrecur_iterator_free)                                                                     \
    F(icalrecur_iterator_new)                                                                      \
    F(icalrecur_iterator_next)                                                                     \
    F(icalrecurrencetype_from_string)                                                              \
    F(icaltime_from_string)                                                                        \
    F(icaltime_is_null_time)                                                                       \
    F(icaltime_is_utc)                                                                             \
    F(icaltime_null_time)

struct kith_ical_functions {
    KITH_ICAL_FUNCTIONS(KITH_DOOR_MEMBER)
};

const struct kith_ical_functions *kith_ical(void);

#endif
