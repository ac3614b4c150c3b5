/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icalendar - calendars: who was asked to which meeting, and who accepted.
 *
 *     BEGIN:VEVENT
 *     UID:lunch-1@pebble.test
 *     DTSTART:20240214T120000Z
 *     ORGANIZER;CN="D'Souza, Priya":MAILTO:PRIYA@PEBBLE.TEST
 *     ATTENDEE;PARTSTAT=ACCEPTED;CN=Marta Kowalska:mailto:marta@circle.test
 *     END:VEVENT
 *
 * A calendar is read line by line and never held as a tree, so a file that is cut off still gives its finished entries.
 * A calendar shows invitations: "attended" means accepted. Entries without people (holidays, reminders) are held back.
 */
#include "icalendar.h"
#include "base/identifier.h"
#include "base/limits.h"
#include "base/text.h"
#include "icalendar_door.h"
#include <kith/importer.h>
#include <string.h>

KITH_DOOR_TABLE(kith_ical, struct kith_ical_functions, "libical.so.3", KITH_ICAL_FUNCTIONS)

#define DEEPEST 16

/* A component that has begun. */
struct component {
    char name[16];
    int64_t line;
};

typedef struct reading {
    kith_content *content;
    kith_ical_file file;
    struct component open[DEEPEST];
    int depth;
    /* of the calendar being read: */
    guint first; /* its first entry */
    char *method, *zone;
    GHashTable *zones; /* TZID -> zone, NULL for an unknown one that was told */
    /* of the component being read: */
    kith_ical_entry *entry;
    GArray *observances;
    kith_ical_observance observance;
    char *tzid;
    bool told_outside;
    guint rules; /* of all entries so far */
} reading;

static void
reading_clear(reading *r)
{
    kith_content_free(r->content);
    g_free(r->method);
    g_free(r->zone);
    g_free(r->tzid);
    g_free(r->file.owner);
    kith_ical_observance_clear(&r->observance);
    kith_ical_entry_free(r->entry);
    g_clear_pointer(&r->zones, g_hash_table_unref);
    g_clear_pointer(&r->observances, g_array_unref);
    g_clear_pointer(&r->file.entries, g_ptr_array_unref);
    g_clear_pointer(&r->file.zones, g_ptr_array_unref);
    g_clear_pointer(&r->file.people, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(reading, reading_clear)

static void
reading_init(reading *r, kith_source *source, kith_builder *into)
{
    r->file.source = source;
    r->file.into = into;
    r->file.newest = KITH_TIME_NONE;
    r->file.entries = g_ptr_array_new_with_free_func(kith_ical_entry_free);
    r->file.zones = g_ptr_array_new_with_free_func((GDestroyNotify)kith_ical_zone_free);
    r->file.people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->observances = g_array_new(FALSE, FALSE, sizeof(kith_ical_observance));
    g_array_set_clear_func(r->observances, kith_ical_observance_clear);
}

static int
probe(const char *head, size_t length, const char *name)
{
    static const char begin[] = "BEGIN:VCALENDAR";
    g_autofree char *text = kith_text_to_utf8(head, MIN(length, 4096), NULL);
    const char *at = text;

    (void)name;
    while (g_ascii_isspace(*at))
        at++;
    return g_ascii_strncasecmp(at, begin, strlen(begin)) == 0 ? 100 : 0;
}

/* ---- zones ---- */

static void
keep_zone(reading *r, const char *tzid, kith_ical_zone *zone)
{
    if (zone) {
        g_ptr_array_add(r->file.zones, zone);
        r->file.onsets += kith_ical_zone_size(zone);
    }
    g_hash_table_insert(r->zones, g_strdup(tzid), zone);
}

static const kith_ical_zone *
find_zone(reading *r, const char *tzid, int64_t line)
{
    kith_ical_zone *zone;
    gpointer found;
    char shown[64];

    if (g_hash_table_lookup_extended(r->zones, tzid, NULL, &found))
        return found;
    zone = kith_ical_zone_find(tzid);
    keep_zone(r, tzid, zone);
    if (!zone) {
        kith_source_at(r->file.source, line, 1);
        kith_source_warn(r->file.source, "unknown time zone '%s' read as UTC",
                         kith_text_display_into(tzid, shown, sizeof shown));
    }
    return zone;
}

/* A time without a zone is on the wall clock of the calendar's owner. */
static void
resolve(reading *r, kith_ical_moment *moment, int64_t line)
{
    const char *tzid = moment->tzid ? moment->tzid : r->zone;

    if (tzid && !moment->utc && !moment->local.is_date)
        moment->zone = find_zone(r, tzid, line);
}

static void
resolve_entry(reading *r, kith_ical_entry *entry)
{
    resolve(r, &entry->start, entry->line);
    resolve(r, &entry->replaces, entry->line);
    for (guint i = 0; i < entry->skips->len; i++)
        resolve(r, &g_array_index(entry->skips, kith_ical_moment, i), entry->line);
    for (guint i = 0; i < entry->extras->len; i++)
        resolve(r, &g_array_index(entry->extras, kith_ical_moment, i), entry->line);
}

static void
close_zone(reading *r)
{
    if (r->tzid && (int64_t)r->file.onsets < kith_limit(KITH_LIMIT_ONSETS) &&
        !g_hash_table_contains(r->zones, r->tzid)) {
        kith_ical_zone *zone = kith_ical_zone_new(r->observances);

        if (zone)
            keep_zone(r, r->tzid, zone);
    }
    g_array_set_size(r->observances, 0);
    g_clear_pointer(&r->tzid, g_free);
}

static void
close_observance(reading *r)
{
    if (r->observance.start.year > 0 && r->observances->len < kith_limit(KITH_LIMIT_OBSERVANCES)) {
        g_array_append_val(r->observances, r->observance);
        r->observance = (kith_ical_observance){0};
    }
    kith_ical_observance_clear(&r->observance);
}

static void
take_observance(reading *r, const kith_property *p)
{
    kith_ical_observance *o = &r->observance;
    kith_ical_moment moment;

    if (strcmp(p->name, "TZOFFSETFROM") == 0) {
        kith_ical_offset_parse(p->value, &o->before);
    } else if (strcmp(p->name, "TZOFFSETTO") == 0) {
        kith_ical_offset_parse(p->value, &o->after);
    } else if (strcmp(p->name, "RRULE") == 0) {
        g_free(o->rule);
        o->rule = g_ascii_strup(p->value, -1);
    } else if (strcmp(p->name, "DTSTART") == 0) {
        if (kith_ical_moment_parse(p->value, NULL, &moment))
            o->start = moment.local;
    } else if (strcmp(p->name, "RDATE") == 0) {
        if (!o->dates)
            o->dates = g_array_new(FALSE, FALSE, sizeof(icaltimetype));
        if (o->dates->len < 1000 && kith_ical_moment_parse(p->value, NULL, &moment))
            g_array_append_val(o->dates, moment.local);
    }
}

/* ---- components ---- */

static const char *
innermost(const reading *r)
{
    return r->depth ? r->open[r->depth - 1].name : "";
}

/* A calendar's own words for how much an entry means: a reply knows one guest, a cancellation ends it all. */
static void
close_calendar(reading *r)
{
    bool cancel = r->method && g_ascii_strcasecmp(r->method, "CANCEL") == 0;
    bool whole = !r->method || cancel || g_ascii_strcasecmp(r->method, "REQUEST") == 0 ||
                 g_ascii_strcasecmp(r->method, "PUBLISH") == 0 ||
                 g_ascii_strcasecmp(r->method, "ADD") == 0;

    for (; r->first < r->file.entries->len; r->first++) {
        kith_ical_entry *entry = g_ptr_array_index(r->file.entries, r->first);

        entry->cancelled = entry->cancelled || cancel;
        entry->method_rank = whole;
        resolve_entry(r, entry);
    }
    g_hash_table_remove_all(r->zones);
    g_clear_pointer(&r->method, g_free);
    g_clear_pointer(&r->zone, g_free);
}

/* Beyond a number that no calendar has, rules are told and not expanded. */
static void
count_rules(reading *r, kith_ical_entry *entry)
{
    bool told = r->rules > kith_limit(KITH_LIMIT_RULES);

    r->rules += entry->rules->len;
    if (r->rules <= kith_limit(KITH_LIMIT_RULES))
        return;
    g_ptr_array_set_size(entry->rules, 0);
    kith_source_at(r->file.source, entry->line, 1);
    if (!told)
        kith_source_warn(r->file.source,
                         "more than %d rules: from here on only first occurrences are read",
                         (int)kith_limit(KITH_LIMIT_RULES));
}

static void
close_entry(reading *r)
{
    kith_ical_entry *entry = g_steal_pointer(&r->entry);

    kith_ical_entry_close(entry);
    count_rules(r, entry);
    r->file.newest = MAX(r->file.newest, entry->stamp);
    if (!entry->has_start && !entry->held && !entry->is_override) {
        kith_source_at(r->file.source, entry->line, 1);
        kith_source_warn(r->file.source, "an event without DTSTART: its date is unknown");
    }
    g_ptr_array_add(r->file.entries, entry);
}

/* An entry that its END:VEVENT never closed may lack its people: it is held back. */
static void
drop_entry(reading *r, const char *found)
{
    if (!r->entry->held) {
        kith_source_at(r->file.source, r->entry->line, 1);
        kith_source_hold(r->file.source, "%s within this event (expected END:VEVENT)", found);
    }
    g_clear_pointer(&r->entry, kith_ical_entry_free);
}

static kith_status
begin_component(reading *r, const kith_property *p, kith_error *err)
{
    struct component *c;
    char shown[32];

    if (r->depth == DEEPEST)
        return kith_fail_at(err, KITH_ERR_LIMIT, kith_source_name(r->file.source), p->line, 1,
                            "components nested more than %d deep", DEEPEST);
    c = &r->open[r->depth++];
    g_strlcpy(c->name, p->value, sizeof c->name);
    c->line = p->line;
    for (char *at = g_strchomp(c->name); *at; at++)
        *at = g_ascii_toupper(*at);
    if (strcmp(c->name, "VEVENT") == 0) {
        if (r->entry)
            drop_entry(r, "another event begins");
        kith_source_at(r->file.source, p->line, 1);
        kith_source_record(r->file.source);
        r->entry = kith_ical_entry_new(p->line);
    } else if (strcmp(c->name, "VTODO") == 0 || strcmp(c->name, "VJOURNAL") == 0 ||
               strcmp(c->name, "VFREEBUSY") == 0) {
        kith_source_record(r->file.source);
        kith_source_hold(r->file.source, "a %s is no meeting",
                         kith_text_display_into(c->name, shown, sizeof shown));
    }
    return KITH_OK;
}

static void
close_component(reading *r, const char *name, bool proper)
{
    if (strcmp(name, "VEVENT") == 0 && r->entry && proper)
        close_entry(r);
    else if (strcmp(name, "VEVENT") == 0 && r->entry)
        drop_entry(r, "its calendar ends");
    else if (strcmp(name, "STANDARD") == 0 || strcmp(name, "DAYLIGHT") == 0)
        close_observance(r);
    else if (strcmp(name, "VTIMEZONE") == 0)
        close_zone(r);
    else if (strcmp(name, "VCALENDAR") == 0)
        close_calendar(r);
}

static void
end_component(reading *r, const kith_property *p)
{
    g_autofree char *name = g_ascii_strup(p->value, -1);
    int at = r->depth - 1;
    char shown[64];

    g_strchomp(name);
    if (strlen(name) >= sizeof r->open[0].name)
        name[sizeof r->open[0].name - 1] = '\0';
    while (at >= 0 && strcmp(r->open[at].name, name) != 0)
        at--;
    if (at != r->depth - 1 || at < 0)
        kith_source_warn(r->file.source, "found END:%s (expected %s%s)",
                         kith_text_display_into(name, shown, sizeof shown),
                         r->depth ? "END:" : "BEGIN:VCALENDAR", innermost(r));
    while (at >= 0 && r->depth > at) {
        r->depth--;
        close_component(r, r->open[r->depth].name, r->depth == at);
    }
}

/* A calendar named after an address is that mailbox's own: Google calls the main one so. */
static void
take_calendar(reading *r, const kith_property *p)
{
    g_autofree char *text = NULL;

    if (strcmp(p->name, "METHOD") == 0 && !r->method) {
        r->method = g_strstrip(g_strdup(p->value));
    } else if (strcmp(p->name, "X-WR-TIMEZONE") == 0 && !r->zone) {
        r->zone = g_strstrip(g_strdup(p->value));
        if (!*r->zone)
            g_clear_pointer(&r->zone, g_free);
    } else if (strcmp(p->name, "X-WR-CALNAME") == 0 && !r->file.owner) {
        text = kith_content_text(r->content);
        r->file.owner = kith_email_normalise(text);
    }
}

static kith_status
take_line(reading *r, const kith_property *p, kith_error *err)
{
    const char *in = innermost(r);

    if (strcmp(p->name, "BEGIN") == 0)
        return begin_component(r, p, err);
    if (strcmp(p->name, "END") == 0) {
        end_component(r, p);
    } else if (strcmp(in, "VEVENT") == 0 && r->entry) {
        kith_ical_entry_take(r->entry, r->file.source, r->content, p);
    } else if (strcmp(in, "VCALENDAR") == 0) {
        take_calendar(r, p);
    } else if (strcmp(in, "STANDARD") == 0 || strcmp(in, "DAYLIGHT") == 0) {
        take_observance(r, p);
    } else if (strcmp(in, "VTIMEZONE") == 0 && strcmp(p->name, "TZID") == 0 && !r->tzid) {
        r->tzid = g_strdup(p->value);
    } else if (!*in && !r->told_outside) {
        kith_source_warn(r->file.source, "found %s outside a calendar (expected BEGIN:VCALENDAR)",
                         p->name);
        r->told_outside = true;
    }
    return KITH_OK;
}

/* The file is over; what is still open was cut off. */
static void
finish(reading *r)
{
    int64_t last = kith_content_line(r->content);

    if (r->entry)
        drop_entry(r, "the file ends");
    if (r->depth) {
        kith_source_at(r->file.source, last, 1);
        kith_source_warn(r->file.source, "the file ends here (expected END:%s)", innermost(r));
    }
    close_calendar(r);
}

static kith_status
read_icalendar(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    const kith_content_dialect dialect = {.longest = (size_t)kith_limit(KITH_LIMIT_CALENDAR_LINE),
                                          .skip_long = true};
    g_auto(reading) r = {0};
    const kith_property *p;

    (void)options;
    kith_ical()->icalerror_set_errors_are_fatal(false);
    reading_init(&r, source, into);
    TRY(kith_content_new(source, &dialect, &r.content, err));
    for (;;) {
        TRY(kith_content_next(r.content, &p, err));
        if (!p)
            break;
        TRY(take_line(&r, p, err));
    }
    finish(&r);
    return kith_ical_tell(&r.file, err);
}

const kith_importer kith_importer_icalendar = {
    .name = "icalendar",
    .summary = "calendars: who was asked to which meeting, and who accepted",
    .extensions = "ics",
    .probe = probe,
    .read = read_icalendar,
};
