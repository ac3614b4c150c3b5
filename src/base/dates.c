/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dates.c - tells day from month over a whole column of numeric dates, and reads them. */
#include "base/dates.h"
#include "base/base.h"
#include "base/clock.h"

/* Three numbers with one kind of mark between them: "1/29/26, 2:37 PM". */
struct triple {
    int value[3], digits[3];
    char mark;
    const char *rest;
};

static bool
read_triple(const char *text, struct triple *out)
{
    while (g_ascii_isspace(*text))
        text++;
    out->mark = '\0';
    for (int i = 0; i < 3; i++) {
        if (i > 0) {
            if (*text != '/' && *text != '.' && *text != '-')
                return false;
            if (i == 2 && *text != out->mark)
                return false;
            out->mark = *text++;
            while (*text == ' ') /* "1. 2. 2026" */
                text++;
        }
        out->digits[i] = kith_digits_take(&text, 4, &out->value[i]);
        if (out->digits[i] == 0 || g_ascii_isdigit(*text))
            return false;
    }
    out->rest = text;
    return true;
}

void
kith_date_order_feed(kith_date_order *order, const char *text)
{
    struct triple t;

    if (text == NULL || !read_triple(text, &t))
        return;
    if (t.digits[0] == 4) {
        order->year_first++;
        return;
    }
    order->numeric++;
    order->first_over += t.value[0] > 12;
    order->second_over += t.value[1] > 12;
    order->long_year += t.digits[2] == 4;
    order->dashes += t.mark != '/';
}

kith_day_order
kith_date_order_decide(const kith_date_order *order, bool *guessed)
{
    bool guess = false;
    kith_day_order answer;

    if (order->numeric == 0) {
        answer = order->year_first > 0 ? KITH_ORDER_YMD : KITH_ORDER_DMY;
    } else if (order->first_over != order->second_over) {
        answer = order->first_over > order->second_over ? KITH_ORDER_DMY : KITH_ORDER_MDY;
        guess = order->first_over > 0 && order->second_over > 0;
    } else { /* nothing decides: 3/4/26 is how Americans write, 03/04/2026 and 3.4.26 are not */
        guess = true;
        answer = order->long_year * 2 >= order->numeric || order->dashes * 2 >= order->numeric
                     ? KITH_ORDER_DMY
                     : KITH_ORDER_MDY;
    }
    if (guessed != NULL)
        *guessed = guess;
    return answer;
}

const char *
kith_day_order_name(kith_day_order order)
{
    static const char *const names[] = {"day/month/year", "month/day/year", "year/month/day"};

    return names[order];
}

static bool
civil_in_order(const struct triple *t, kith_day_order order, kith_time *when)
{
    static const int places[][3] = {{2, 1, 0}, {2, 0, 1}, {0, 1, 2}}; /* of year, month, day */
    const int *place = places[order];
    int year = t->value[place[0]], digits = t->digits[place[0]];

    if (t->digits[place[1]] > 2 || t->digits[place[2]] > 2 || (digits != 2 && digits != 4))
        return false;
    if (digits == 2)
        year += year < 70 ? 2000 : 1900;
    return kith_time_from_civil(year, t->value[place[1]], t->value[place[2]], when);
}

bool
kith_date_parse_ordered(const char *text, kith_day_order order, kith_time *when,
                        kith_precision *precision)
{
    kith_clock clock = {0};
    struct triple t;
    kith_time day;
    bool timed;

    if (text == NULL)
        return false;
    if (!read_triple(text, &t) || t.digits[0] == 4)
        return kith_time_parse(text, when, precision);
    if (!civil_in_order(&t, order == KITH_ORDER_YMD && t.digits[2] == 4 ? KITH_ORDER_DMY : order,
                        &day))
        return false;
    while (g_ascii_isspace(*t.rest) || *t.rest == ',' || *t.rest == 'T')
        t.rest++;
    timed = kith_clock_take(&t.rest, &clock);
    while (g_ascii_isspace(*t.rest))
        t.rest++;
    if (*t.rest != '\0')
        return false;
    *when = day + clock.hour * 3600 + clock.minute * 60 + clock.second - clock.offset;
    if (precision != NULL)
        *precision = timed ? KITH_PRECISION_SECOND : KITH_PRECISION_DAY;
    return true;
}
