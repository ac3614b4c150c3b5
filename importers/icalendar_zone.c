/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icalendar_zone.c - wall clocks: VTIMEZONE blocks, the system's zones, and the names Windows has for them.
 *
 * libical expands a VTIMEZONE without any limit, and calls a zone it does not know UTC without a word; so the list of
 * transitions is made here, from at most MOST_ONSETS onsets a block.
 */
#include "icalendar.h"
#include "icalendar_door.h"
#include <string.h>

#define MOST_ONSETS 400
#define MOST_TRANSITIONS 4000

/* Outlook's rules start in 1601 and never end; meetings are later than this, and earlier than that. */
#define FIRST_YEAR 1960
#define LAST_YEAR 2200

struct transition {
    int64_t clock; /* what the clock shows when it is changed */
    int after;     /* seconds east of UTC from then on */
};

struct kith_ical_zone {
    GArray *transitions; /* NULL for a zone of the system */
    int first;           /* seconds east of UTC before the first transition */
    GTimeZone *system;
};

bool
kith_ical_moment_parse(const char *text, const char *tzid, kith_ical_moment *out)
{
    icaltimetype t = kith_ical()->icaltime_from_string(text);
    kith_time day;

    if (kith_ical()->icaltime_is_null_time(t) ||
        !kith_time_from_civil(t.year, t.month, t.day, &day) || t.hour < 0 || t.hour > 23 ||
        t.minute < 0 || t.minute > 59 || t.second < 0 || t.second > 60)
        return false;
    *out = (kith_ical_moment){.local = t, .utc = kith_ical()->icaltime_is_utc(t) && !t.is_date};
    out->local.zone = NULL;
    out->local.is_daylight = 0;
    if (tzid && *tzid && !out->utc && !t.is_date)
        out->tzid = g_strdup(tzid);
    return true;
}

void
kith_ical_moment_clear(void *moment)
{
    g_clear_pointer(&((kith_ical_moment *)moment)->tzid, g_free);
}

int64_t
kith_ical_clock(icaltimetype local)
{
    kith_time day = 0;

    kith_time_from_civil(local.year, local.month, local.day, &day);
    return local.is_date ? day : day + local.hour * 3600 + local.minute * 60 + local.second;
}

static int
offset_of(const kith_ical_zone *zone, int64_t clock)
{
    guint low = 0, high = zone->transitions->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index(zone->transitions, struct transition, middle).clock <= clock)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? g_array_index(zone->transitions, struct transition, low - 1).after : zone->first;
}

kith_time
kith_ical_local_utc(icaltimetype local, const kith_ical_zone *zone)
{
    int64_t clock = kith_ical_clock(local);
    gint64 adjusted = clock;
    int interval;

    if (!zone || local.is_date)
        return clock;
    if (zone->transitions)
        return clock - offset_of(zone, clock);
    interval = g_time_zone_adjust_time(zone->system, G_TIME_TYPE_STANDARD, &adjusted);
    return adjusted - g_time_zone_get_offset(zone->system, interval);
}

kith_time
kith_ical_moment_utc(const kith_ical_moment *moment)
{
    return kith_ical_local_utc(moment->local, moment->utc ? NULL : moment->zone);
}

bool
kith_ical_offset_parse(const char *text, int *seconds)
{
    int part[3] = {0};
    size_t n = strlen(text);

    if ((n != 5 && n != 7) || (text[0] != '+' && text[0] != '-') ||
        strspn(text + 1, "0123456789") != n - 1)
        return false;
    for (size_t i = 1; i < n; i += 2)
        part[i / 2] = (text[i] - '0') * 10 + text[i + 1] - '0';
    *seconds = part[0] * 3600 + part[1] * 60 + part[2];
    if (text[0] == '-')
        *seconds = -*seconds;
    return part[0] < 24 && part[1] < 60 && part[2] < 60;
}

void
kith_ical_observance_clear(void *data)
{
    kith_ical_observance *o = data;

    g_free(o->rule);
    if (o->dates)
        g_array_unref(o->dates);
    *o = (kith_ical_observance){0};
}

static void
add_onset(GArray *transitions, const kith_ical_observance *o, icaltimetype onset)
{
    struct transition one = {kith_ical_clock(onset), o->after};

    g_array_append_val(transitions, one);
}

static void
add_observance(GArray *transitions, const kith_ical_observance *o)
{
    g_autoptr(GArray) onsets = g_array_new(FALSE, FALSE, sizeof(icaltimetype));
    kith_ical_window window = {.from = INT64_MIN, .most = MOST_ONSETS};
    icaltimetype start = o->start;

    add_onset(transitions, o, o->start);
    for (guint i = 0; o->dates && i < o->dates->len; i++)
        add_onset(transitions, o, g_array_index(o->dates, icaltimetype, i));
    if (!o->rule || kith_ical_rule_kind(o->rule, &window) == KITH_ICAL_BAD ||
        !strstr(o->rule, "FREQ=YEARLY"))
        return;
    kith_time_from_civil(LAST_YEAR, 1, 1, &window.to);
    start.year = MAX(start.year, FIRST_YEAR);
    kith_ical_expand(o->rule, start, &window, onsets);
    for (guint i = 0; i < onsets->len; i++) {
        icaltimetype onset = g_array_index(onsets, icaltimetype, i);

        /* UNTIL is in UTC, the onset on the clock before the change. */
        if (!window.has_until || kith_ical_clock(onset) - (window.until.utc ? o->before : 0) <=
                                     kith_ical_clock(window.until.local))
            add_onset(transitions, o, onset);
    }
}

static int
compare_transitions(const void *a, const void *b)
{
    const struct transition *x = a, *y = b;

    if (x->clock != y->clock)
        return x->clock < y->clock ? -1 : 1;
    return x->after < y->after ? -1 : x->after > y->after;
}

kith_ical_zone *
kith_ical_zone_new(const GArray *observances)
{
    kith_ical_zone *zone;
    int64_t earliest = INT64_MAX;

    if (observances->len == 0)
        return NULL;
    zone = g_new0(kith_ical_zone, 1);
    zone->transitions = g_array_new(FALSE, FALSE, sizeof(struct transition));
    for (guint i = 0; i < observances->len && zone->transitions->len < MOST_TRANSITIONS; i++) {
        const kith_ical_observance *o = &g_array_index(observances, kith_ical_observance, i);

        add_observance(zone->transitions, o);
        if (kith_ical_clock(o->start) < earliest) {
            earliest = kith_ical_clock(o->start);
            zone->first = o->before;
        }
    }
    g_array_sort(zone->transitions, compare_transitions);
    return zone;
}

/* The zones that Outlook writes most, when it leaves out the VTIMEZONE. From CLDR's windowsZones. */
static const char *const windows[][2] = {
    {"AUS Eastern Standard Time", "Australia/Sydney"},
    {"Arabian Standard Time", "Asia/Dubai"},
    {"Central Europe Standard Time", "Europe/Budapest"},
    {"Central European Standard Time", "Europe/Warsaw"},
    {"Central Standard Time", "America/Chicago"},
    {"China Standard Time", "Asia/Shanghai"},
    {"E. South America Standard Time", "America/Sao_Paulo"},
    {"Eastern Standard Time", "America/New_York"},
    {"FLE Standard Time", "Europe/Kiev"},
    {"GMT Standard Time", "Europe/London"},
    {"GTB Standard Time", "Europe/Bucharest"},
    {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"India Standard Time", "Asia/Kolkata"},
    {"Israel Standard Time", "Asia/Jerusalem"},
    {"Mountain Standard Time", "America/Denver"},
    {"New Zealand Standard Time", "Pacific/Auckland"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"Romance Standard Time", "Europe/Paris"},
    {"Russian Standard Time", "Europe/Moscow"},
    {"SA Pacific Standard Time", "America/Bogota"},
    {"SE Asia Standard Time", "Asia/Bangkok"},
    {"Singapore Standard Time", "Asia/Singapore"},
    {"South Africa Standard Time", "Africa/Johannesburg"},
    {"Tokyo Standard Time", "Asia/Tokyo"},
    {"Turkey Standard Time", "Europe/Istanbul"},
    {"UTC", "UTC"},
    {"W. Europe Standard Time", "Europe/Berlin"},
};

/* A name must not lead out of the system's folder of zones. */
static bool
is_zone_name(const char *name)
{
    size_t n = strlen(name);

    return n > 0 && n < 64 && g_ascii_isupper(name[0]) && !strstr(name, "..") &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") == n;
}

static kith_ical_zone *
system_zone(const char *name)
{
    GTimeZone *found = is_zone_name(name) ? g_time_zone_new_identifier(name) : NULL;
    kith_ical_zone *zone;

    if (!found)
        return NULL;
    zone = g_new0(kith_ical_zone, 1);
    zone->system = found;
    return zone;
}

kith_ical_zone *
kith_ical_zone_find(const char *tzid)
{
    kith_ical_zone *zone = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(windows); i++)
        if (g_ascii_strcasecmp(tzid, windows[i][0]) == 0)
            return system_zone(windows[i][1]);
    for (const char *at = tzid; at && !zone; at = strchr(at, '/')) {
        at += *at == '/';
        zone = system_zone(at);
    }
    return zone;
}

size_t
kith_ical_zone_size(const kith_ical_zone *zone)
{
    return zone->transitions ? zone->transitions->len : 1;
}

void
kith_ical_zone_free(kith_ical_zone *zone)
{
    if (!zone)
        return;
    if (zone->transitions)
        g_array_unref(zone->transitions);
    if (zone->system)
        g_time_zone_unref(zone->system);
    g_free(zone);
}
