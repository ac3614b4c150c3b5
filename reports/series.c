/* SPDX-License-Identifier: GPL-3.0-or-later */
/* series.c - facts by period, the shortest that makes at most KITH_SERIES_MOST of them. */
#include "reports/series.h"
#include "base/base.h"
#include <kith/kith.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int months;
    const char *name;
} units[] = {{1, "month"}, {3, "quarter"}, {12, "year"}, {120, "decade"}, {1200, "century"}};

/* Months from January of year 0, by the calendar as it would always have been. */
static int
month_of(kith_time when)
{
    int64_t day = when / KITH_DAY - (when % KITH_DAY < 0) + 719468; /* from 1 March of year 0 */
    int64_t era = (day >= 0 ? day : day - 146096) / 146097, in_era = day - era * 146097;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * in_year + 2) / 153; /* 0 is March */

    return (int)((era * 400 + year) * 12 + month + 2);
}

static int
floor_to(int value, int step)
{
    int rest = value % step;

    return value - (rest < 0 ? rest + step : rest);
}

static bool
find_span(const kith_graph *graph, int *low, int *high)
{
    bool any = false;
    kith_tie tie;

    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        int month;

        kith_graph_tie(graph, i, &tie);
        if (tie.when == KITH_TIME_NONE)
            continue;
        month = month_of(tie.when);
        *low = any ? MIN(*low, month) : month;
        *high = any ? MAX(*high, month) : month;
        any = true;
    }
    return any;
}

static void
choose_unit(kith_series *s, int low, int high)
{
    for (size_t i = 0; i < G_N_ELEMENTS(units) && s->n == 0; i++) {
        int first = floor_to(low, units[i].months), n = (high - first) / units[i].months + 1;

        s->months = units[i].months;
        s->first = first;
        if (n <= KITH_SERIES_MOST)
            s->n = n;
    }
}

void
kith_series_read(kith_series *s, const kith_graph *graph)
{
    int low = 0, high = 0;
    kith_tie tie;

    memset(s, 0, sizeof *s);
    if (find_span(graph, &low, &high))
        choose_unit(s, low, high);
    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        int period;

        kith_graph_tie(graph, i, &tie);
        if (tie.when == KITH_TIME_NONE || s->n == 0) {
            s->undated++;
            continue;
        }
        period = (month_of(tie.when) - s->first) / s->months;
        s->count[tie.kind][period]++;
        s->all[period]++;
        s->dated++;
    }
}

const char *
kith_series_label(const kith_series *s, int period, char out[32])
{
    int month = s->first + period * s->months, year = floor_to(month, 12) / 12;

    if (s->months == 1)
        snprintf(out, 32, "%04d-%02d", year, month - year * 12 + 1);
    else if (s->months == 3)
        snprintf(out, 32, "%04d Q%d", year, (month - year * 12) / 3 + 1);
    else
        snprintf(out, 32, s->months == 12 ? "%04d" : "%04ds", year);
    return out;
}

const char *
kith_series_unit(const kith_series *s)
{
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (units[i].months == s->months)
            return units[i].name;
    return "period";
}

int
kith_series_peak(const int64_t *count, int n)
{
    int peak = 0;

    for (int i = 1; i < n; i++)
        if (count[i] > count[peak])
            peak = i;
    return peak;
}
