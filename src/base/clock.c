/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.c - times of day and zones. */
#include "base/clock.h"
#include "base/base.h"
#include <string.h>

int
kith_digits_take(const char **text, int most, int *value)
{
    int n = 0, sum = 0;

    for (; n < most && g_ascii_isdigit((*text)[n]); n++)
        sum = sum * 10 + ((*text)[n] - '0');
    if (n > 0)
        *value = sum;
    *text += n;
    return n;
}

/* The zones of RFC 2822 and those of European mail programs; "IST" and the like mean several and
 * are left out. */
static const struct {
    const char *name;
    int hours;
} zones[] = {
    {"Z", 0},    {"UTC", 0},  {"UT", 0},   {"GMT", 0},  {"WET", 0},  {"BST", 1},
    {"CET", 1},  {"CEST", 2}, {"EET", 2},  {"EEST", 3}, {"EST", -5}, {"EDT", -4},
    {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
};

static bool
take_numeric_zone(const char **text, int *offset)
{
    const char *p = *text + 1;
    int sign = **text == '-' ? -1 : 1, hours, minutes = 0;

    if (kith_digits_take(&p, 2, &hours) != 2)
        return false;
    if (*p == ':' || g_ascii_isdigit(*p)) {
        p += *p == ':';
        if (kith_digits_take(&p, 2, &minutes) != 2)
            return false;
    }
    if (hours > 15 || minutes > 59 || g_ascii_isdigit(*p))
        return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    *text = p;
    return true;
}

bool
kith_zone_take(const char **text, int *offset)
{
    size_t n = 0;

    if (**text == '+' || **text == '-')
        return take_numeric_zone(text, offset);
    while (g_ascii_isalpha((*text)[n]))
        n++;
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        if (strlen(zones[i].name) == n && g_ascii_strncasecmp(*text, zones[i].name, n) == 0) {
            *offset = zones[i].hours * 3600;
            *text += n;
            if (**text == '+' || **text == '-') /* GMT+0100 */
                return take_numeric_zone(text, offset);
            return true;
        }
    return false;
}

/* Blanks of all kinds, with the narrow no-break one that phones put before AM and PM. */
static const char *
skip_blanks(const char *p)
{
    for (;;) {
        if (g_ascii_isspace(*p))
            p++;
        else if (g_str_has_prefix(p, "\xc2\xa0"))
            p += 2;
        else if (g_str_has_prefix(p, "\xe2\x80\xaf"))
            p += 3;
        else
            return p;
    }
}

/* Applies "AM", "p.m.", … if it comes next. @return false when the hour does not go with it */
static bool
take_half(const char **text, int *hour)
{
    const char *p = skip_blanks(*text);
    bool afternoon = (*p | 0x20) == 'p';

    if ((*p | 0x20) != 'a' && !afternoon)
        return true;
    p += p[1] == '.' ? 2 : 1;
    if ((*p | 0x20) != 'm')
        return true;
    p += p[1] == '.' ? 2 : 1;
    if (g_ascii_isalpha(*p))
        return true;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (afternoon ? 12 : 0); /* 12:00 AM is midnight, 12:00 PM noon */
    *text = p;
    return true;
}

bool
kith_clock_take(const char **text, kith_clock *out)
{
    kith_clock c = {0};
    const char *p = *text, *after;

    if (kith_digits_take(&p, 2, &c.hour) == 0 || *p++ != ':' ||
        kith_digits_take(&p, 2, &c.minute) != 2)
        return false;
    if (*p == ':') {
        p++;
        if (kith_digits_take(&p, 2, &c.second) != 2)
            return false;
        if ((*p == '.' || *p == ',') && g_ascii_isdigit(p[1]))
            for (p++; g_ascii_isdigit(*p);)
                p++;
    }
    if (!take_half(&p, &c.hour) || c.minute > 59 || c.second > 60 || g_ascii_isdigit(*p))
        return false;
    if (c.hour > 23 && !(c.hour == 24 && c.minute == 0 && c.second == 0))
        return false;
    after = skip_blanks(p);
    if (kith_zone_take(&after, &c.offset))
        p = after;
    *out = c;
    *text = p;
    return true;
}
