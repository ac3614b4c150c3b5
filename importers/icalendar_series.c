/* SPDX-License-Identifier: GPL-3.0-or-later */
/* icalendar_series.c - when a series took place: its rule and dates, less those left out or moved. */
#include "base/limits.h"
#include "icalendar.h"

#define YEAR (INT64_C(366) * KITH_DAY)

/* Moments to leave out: exact ones, and whole days for those given as dates. */
struct left_out {
    GHashTable *moments, *days;
};

static int64_t
day_of(int64_t clock)
{
    return clock >= 0 ? clock / KITH_DAY : -((-clock + KITH_DAY - 1) / KITH_DAY);
}

static void
add_key(GHashTable *set, int64_t value)
{
    gint64 *key = g_new(gint64, 1);

    *key = value;
    g_hash_table_add(set, key);
}

static void
leave_out(struct left_out *out, const kith_ical_moment *moment)
{
    if (moment->local.is_date)
        add_key(out->days, day_of(kith_ical_clock(moment->local)));
    else
        add_key(out->moments, kith_ical_moment_utc(moment));
}

static void
collect_left_out(struct left_out *out, const kith_ical_entry *master, const GPtrArray *overrides)
{
    out->moments = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    out->days = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; i < master->skips->len; i++)
        leave_out(out, &g_array_index(master->skips, kith_ical_moment, i));
    for (guint i = 0; i < overrides->len; i++)
        leave_out(out, &((const kith_ical_entry *)g_ptr_array_index(overrides, i))->replaces);
}

static void
add(GArray *out, icaltimetype local, const kith_ical_zone *zone, bool date)
{
    kith_ical_occurrence one = {
        .when = kith_ical_local_utc(local, zone), .date = date, .clock = kith_ical_clock(local)};

    g_array_append_val(out, one);
}

/* The stretch of time in which a rule's occurrences are wanted. @return whether its beginning is cut off */
static bool
choose_window(kith_ical_window *w, int64_t start, kith_time newest)
{
    int64_t later = newest == KITH_TIME_NONE ? start : newest + YEAR;

    w->most = (guint)MIN(kith_limit(KITH_LIMIT_OCCURRENCES), G_MAXINT);
    w->to = MAX(start + (w->endless ? 2 : KITH_ICAL_YEARS) * YEAR, later);
    if (w->has_until)
        w->to = MIN(w->to, kith_ical_clock(w->until.local) + KITH_DAY);
    w->from = MAX(start, w->to - KITH_ICAL_YEARS * YEAR);
    return w->from > start;
}

/* Adds one rule's occurrences. @param cut set when the first ones are too long ago  @return whether all are there */
static bool
add_rule(kith_source *source, const char *rule, const kith_ical_moment *start, kith_time newest,
         GArray *out, bool *cut)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(icaltimetype));
    const kith_ical_zone *zone = start->utc ? NULL : start->zone;
    kith_ical_window w = {0};
    kith_ical_end end = kith_ical_rule_kind(rule, &w);
    kith_time until;

    if (end == KITH_ICAL_BAD) {
        kith_source_warn(source,
                         "bad RRULE '%.80s' (expected one that repeats daily or less often)", rule);
        return true;
    }
    *cut |= choose_window(&w, kith_ical_clock(start->local), newest);
    end = kith_ical_expand(rule, start->local, &w, found);
    until = kith_ical_local_utc(w.until.local, w.until.utc ? NULL : zone);
    for (guint i = 0; i < found->len; i++) {
        icaltimetype local = g_array_index(found, icaltimetype, i);

        if (!w.has_until || kith_ical_local_utc(local, zone) <= until)
            add(out, local, zone, start->local.is_date);
    }
    return end == KITH_ICAL_DONE;
}

static int
compare(const void *a, const void *b)
{
    const kith_ical_occurrence *x = a, *y = b;

    return x->when < y->when ? -1 : x->when > y->when;
}

/* Sorts, and drops those left out and those there twice. */
static void
tidy(GArray *all, const struct left_out *out)
{
    guint kept = 0;

    g_array_sort(all, compare);
    for (guint i = 0; i < all->len; i++) {
        kith_ical_occurrence one = g_array_index(all, kith_ical_occurrence, i);
        gint64 day = day_of(one.clock);

        if (kept && g_array_index(all, kith_ical_occurrence, kept - 1).when == one.when)
            continue;
        if (!g_hash_table_contains(out->moments, &one.when) &&
            !g_hash_table_contains(out->days, &day))
            g_array_index(all, kith_ical_occurrence, kept++) = one;
    }
    g_array_set_size(all, kept);
}

GArray *
kith_ical_occurrences(kith_source *source, const kith_ical_entry *master,
                      const GPtrArray *overrides, kith_time newest)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(kith_ical_occurrence));
    const kith_ical_moment *start = &master->start;
    struct left_out out;
    bool whole = true, cut = false;

    if (!master->has_start) {
        kith_ical_occurrence undated = {.when = KITH_TIME_NONE};

        g_array_append_val(all, undated);
        return all;
    }
    collect_left_out(&out, master, overrides);
    for (guint i = 0; i < master->rules->len; i++)
        whole = add_rule(source, g_ptr_array_index(master->rules, i), start, newest, all, &cut) &&
                whole;
    if (!cut || all->len == 0)
        add(all, start->local, start->utc ? NULL : start->zone, start->local.is_date);
    for (guint i = 0; i < master->extras->len; i++) {
        const kith_ical_moment *extra = &g_array_index(master->extras, kith_ical_moment, i);

        add(all, extra->local, extra->utc ? NULL : extra->zone, extra->local.is_date);
    }
    tidy(all, &out);
    whole = whole && all->len <= kith_limit(KITH_LIMIT_OCCURRENCES);
    g_array_set_size(all, (guint)MIN(all->len, kith_limit(KITH_LIMIT_OCCURRENCES)));
    if (!whole || cut)
        kith_source_warn(
            source, "only %u occurrences of this event are read (expected at most %d in %d years)",
            all->len, (int)kith_limit(KITH_LIMIT_OCCURRENCES), KITH_ICAL_YEARS);
    g_hash_table_unref(out.moments);
    g_hash_table_unref(out.days);
    return all;
}
