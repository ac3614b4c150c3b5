/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icalendar_recur.c - rules into occurrences, with an end to every rule.
 *
 * libical's own expansion never returns from FREQ=SECONDLY on a date, so its iterator is stepped here, a bounded number
 * of times, and rules that repeat within the day are not expanded at all: no meeting does, and libical looks hour by
 * hour for 29 February.
 */
#include "base/limits.h"
#include "icalendar.h"
#include "icalendar_door.h"
#include <string.h>

/* Steps of one rule, wanted or not: 70 years of days. */

/* The iterator looks this far for the next occurrence at most. */
#define LAST_YEAR 2400

static bool
parse(const char *text, struct icalrecurrencetype *rule)
{
    g_autofree char *upper = g_ascii_strup(text, -1);

    if (strstr(upper, "RSCALE") || strlen(upper) > 2000)
        return false;
    *rule = kith_ical()->icalrecurrencetype_from_string(upper);
    return rule->freq >= ICAL_DAILY_RECURRENCE && rule->freq <= ICAL_YEARLY_RECURRENCE &&
           rule->interval > 0 && rule->count >= 0;
}

kith_ical_end
kith_ical_rule_kind(const char *text, kith_ical_window *window)
{
    struct icalrecurrencetype rule;

    if (!parse(text, &rule))
        return KITH_ICAL_BAD;
    window->has_until = !kith_ical()->icaltime_is_null_time(rule.until);
    window->endless = !window->has_until && rule.count == 0;
    window->until =
        (kith_ical_moment){.local = rule.until,
                           .utc = kith_ical()->icaltime_is_utc(rule.until) && !rule.until.is_date};
    window->until.local.zone = NULL;
    if (window->has_until && rule.until.is_date) {
        window->until.local.is_date = 0;
        window->until.local.hour = 23;
        window->until.local.minute = window->until.local.second = 59;
    }
    return KITH_ICAL_DONE;
}

/* The end of the search: two days after UNTIL, which may be on another clock, or after the window. */
static icaltimetype
stop_at(const struct icalrecurrencetype *rule, const kith_ical_window *window)
{
    icaltimetype stop = kith_ical()->icaltime_null_time();
    int64_t first, last;
    g_autoptr(GDateTime) date = NULL;

    kith_time_from_civil(1, 1, 1, &first);
    kith_time_from_civil(LAST_YEAR, 1, 1, &last);
    last = MIN(last, window->to);
    if (!kith_ical()->icaltime_is_null_time(rule->until))
        last = MIN(last, kith_ical_clock(rule->until));
    date = g_date_time_new_from_unix_utc(MAX(first, last) + 2 * KITH_DAY);
    g_date_time_get_ymd(date, &stop.year, &stop.month, &stop.day);
    return stop;
}

kith_ical_end
kith_ical_expand(const char *text, icaltimetype start, const kith_ical_window *window, GArray *out)
{
    struct icalrecurrencetype rule;
    icalrecur_iterator *iterator;
    kith_ical_end end = KITH_ICAL_CAPPED;
    icaltimetype next;

    if (!parse(text, &rule))
        return KITH_ICAL_BAD;
    rule.until = stop_at(&rule, window);
    start.is_date = 0; /* an hourly rule on a date never moves */
    iterator = kith_ical()->icalrecur_iterator_new(rule, start);
    if (!iterator) /* 30 February: a rule that never comes true */
        return KITH_ICAL_DONE;
    for (int64_t step = 0; step < kith_limit(KITH_LIMIT_STEPS) && out->len < window->most; step++) {
        next = kith_ical()->icalrecur_iterator_next(iterator);
        if (kith_ical()->icaltime_is_null_time(next) || kith_ical_clock(next) > window->to) {
            end = KITH_ICAL_DONE;
            break;
        }
        if (kith_ical_clock(next) >= window->from)
            g_array_append_val(out, next);
    }
    kith_ical()->icalrecur_iterator_free(iterator);
    return end;
}
