/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * time.c - moments and dates, read and written without a locale.
 *
 * A text either begins with its year (ISO 8601 and its relatives) or names its month. The second
 * kind is read word by word, because mail programs, CRMs and social networks put the same words in
 * every order.
 */
#include "base/base.h"
#include "base/clock.h"
#include <kith/time.h>
#include <string.h>

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms": years start in March, so leap days
 * come last. */
static int64_t
days_from_civil(int64_t y, int m, int d)
{
    int64_t era, of_era, day;

    y -= m <= 2;
    era = (y >= 0 ? y : y - 399) / 400;
    of_era = y - era * 400;
    day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day - 719468;
}

static void
civil_from_days(int64_t z, int64_t *year, int *month, int *day)
{
    int64_t era, of_era, y, of_year, mp;

    z += 719468;
    era = (z >= 0 ? z : z - 146096) / 146097;
    of_era = z - era * 146097;
    y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * y + y / 4 - y / 100);
    mp = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = y + era * 400 + (*month <= 2);
}

bool
kith_time_from_civil(int year, int month, int day, kith_time *when)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return false;
    *when = days_from_civil(year, month, day) * KITH_DAY;
    return true;
}

const char *
kith_time_text(kith_time when, kith_precision precision, char out[32])
{
    int64_t days = when / KITH_DAY - (when % KITH_DAY < 0), year;
    int second = (int)((when % KITH_DAY + KITH_DAY) % KITH_DAY), month, day;

    out[0] = '\0';
    if (when == KITH_TIME_NONE || precision == KITH_PRECISION_NONE)
        return out;
    civil_from_days(days, &year, &month, &day);
    if (precision == KITH_PRECISION_YEAR)
        g_snprintf(out, 32, "%04d", (int)year);
    else if (precision == KITH_PRECISION_MONTH)
        g_snprintf(out, 32, "%04d-%02d", (int)year, month);
    else if (precision == KITH_PRECISION_DAY)
        g_snprintf(out, 32, "%04d-%02d-%02d", (int)year, month, day);
    else
        g_snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, month, day, second / 3600,
                   second / 60 % 60, second % 60);
    return out;
}

/* What has been read of a date; 0 is "not yet" for year, month and day. */
struct parts {
    int year, month, day;
    bool timed;
    kith_clock clock;
};

static bool
finish(const struct parts *p, kith_time *when, kith_precision *precision)
{
    kith_precision how = p->timed   ? KITH_PRECISION_SECOND
                         : p->day   ? KITH_PRECISION_DAY
                         : p->month ? KITH_PRECISION_MONTH
                                    : KITH_PRECISION_YEAR;
    kith_time start;

    if (p->timed && p->day == 0)
        return false;
    if (!kith_time_from_civil(p->year, p->month ? p->month : 1, p->day ? p->day : 1, &start))
        return false;
    if (p->timed)
        start += p->clock.hour * 3600 + p->clock.minute * 60 + p->clock.second - p->clock.offset;
    *when = start;
    if (precision != NULL)
        *precision = how;
    return true;
}

static const char *
skip_blanks(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    return text;
}

/* "T09:30:00Z" or " 09:30 +01:00" or nothing, up to the end. */
static bool
read_rest(const char *text, struct parts *p)
{
    if ((*text == 'T' || *text == 't' || *text == ',') && p->day != 0)
        text++;
    text = skip_blanks(text);
    if (*text == '\0')
        return true;
    if (p->day == 0 || !kith_clock_take(&text, &p->clock))
        return false;
    p->timed = true;
    return *skip_blanks(text) == '\0';
}

/* 20240531, 20240531T093000, 20240531T0930Z */
static bool
read_compact(const char *text, struct parts *p)
{
    if (kith_digits_take(&text, 4, &p->year) != 4 || kith_digits_take(&text, 2, &p->month) != 2 ||
        kith_digits_take(&text, 2, &p->day) != 2 || p->month == 0 || p->day == 0)
        return false;
    if (*text != 'T' || !g_ascii_isdigit(text[1]) || (text[2] && text[3] == ':'))
        return read_rest(text, p);
    text++;
    p->timed = true;
    if (kith_digits_take(&text, 2, &p->clock.hour) != 2 ||
        kith_digits_take(&text, 2, &p->clock.minute) != 2)
        return false;
    kith_digits_take(&text, 2, &p->clock.second);
    if (p->clock.hour > 23 || p->clock.minute > 59 || p->clock.second > 60)
        return false;
    kith_zone_take(&text, &p->clock.offset);
    return *skip_blanks(text) == '\0';
}

/* 2024, 2024-05, 2024-05-31, 2024/05/31, 2024.05.31, each day with a time if there is one */
static bool
read_year_first(const char *text, struct parts *p)
{
    const char *start = text;
    char mark;

    if (kith_digits_take(&text, 4, &p->year) != 4)
        return false;
    if (g_ascii_isdigit(*text))
        return read_compact(start, p);
    mark = *text;
    if (mark != '-' && mark != '/' && mark != '.')
        return *skip_blanks(text) == '\0';
    text++;
    if (kith_digits_take(&text, 2, &p->month) == 0 || p->month == 0)
        return false;
    if (*text == mark) {
        text++;
        if (kith_digits_take(&text, 2, &p->day) == 0 || p->day == 0 || g_ascii_isdigit(*text))
            return false;
    }
    return (p->day != 0 || mark == '-') && read_rest(text, p);
}

static int
name_index(const char *word, size_t n, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (n >= 3 && n <= strlen(names[i]) && g_ascii_strncasecmp(word, names[i], n) == 0)
            return i + 1;
    return 0;
}

static int
month_named(const char *word, size_t n)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};

    return name_index(word, n, months, 12);
}

static bool
is_filler(const char *word, size_t n)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};

    return name_index(word, n, days, 7) != 0 || (n == 2 && g_ascii_strncasecmp(word, "at", 2) == 0);
}

static bool
take_word(const char **text, struct parts *p)
{
    size_t n = 0;
    int month;

    while (g_ascii_isalpha((*text)[n]))
        n++;
    month = month_named(*text, n);
    if (month != 0 && p->month == 0)
        p->month = month;
    else if (p->timed && kith_zone_take(text, &p->clock.offset))
        return true;
    else if (month != 0 || !is_filler(*text, n))
        return false;
    *text += n;
    return true;
}

static bool
take_number(const char **text, struct parts *p)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    int value, n = kith_digits_take(text, 4, &value);

    if (g_ascii_isdigit(**text))
        return false;
    if (n <= 2 && p->day == 0) {
        p->day = value;
        for (size_t i = 0; i < 4; i++)
            if (g_ascii_strncasecmp(*text, endings[i], 2) == 0 && !g_ascii_isalpha((*text)[2]))
                *text += 2;
        return value >= 1;
    }
    if ((n != 2 && n != 4) || p->year != 0)
        return false;
    p->year = n == 4 ? value : value < 70 ? 2000 + value : 1900 + value;
    return true;
}

/* "08 Feb 2026", "4-Apr-21", "Feb 8, 2026", "Wed, 10 Oct 2018 20:19:24 +0000 (UTC)", "Thu Jan  1
 * 00:00:00 2015" */
static bool
read_words(const char *text, struct parts *p)
{
    while (*(text = skip_blanks(text)) != '\0') {
        if (g_ascii_isdigit(*text)) {
            if (!p->timed && kith_clock_take(&text, &p->clock))
                p->timed = true;
            else if (!take_number(&text, p))
                return false;
        } else if (g_ascii_isalpha(*text)) {
            if (!take_word(&text, p))
                return false;
        } else if (*text == '(' && p->timed && strchr(text, ')') != NULL) {
            text = strchr(text, ')') + 1;
        } else if (p->timed && (*text == '+' || *text == '-') && g_ascii_isdigit(text[1])) {
            if (!kith_zone_take(&text, &p->clock.offset))
                return false;
        } else if (strchr(",.-/", *text) != NULL) {
            text++;
        } else {
            return false;
        }
    }
    return p->month != 0 && p->year != 0;
}

bool
kith_time_parse(const char *text, kith_time *when, kith_precision *precision)
{
    struct parts dated = {0}, worded = {0};

    if (text == NULL)
        return false;
    text = skip_blanks(text);
    if (read_year_first(text, &dated))
        return finish(&dated, when, precision);
    return read_words(text, &worded) && finish(&worded, when, precision);
}
