/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icalendar.h - the pieces of the iCalendar importer.
 *
 * icalendar.c frames the file, icalendar_entry.c reads what a VEVENT says, icalendar_zone.c knows time zones, icalendar_recur.c expands
 * rules, icalendar_series.c decides which entry is which occurrence of what, icalendar_tell.c gives all of it to the
 * builder. libical reads single dates and rules; it never sees the file as a whole.
 */
#ifndef KITH_IMPORTERS_ICALENDAR_H
#define KITH_IMPORTERS_ICALENDAR_H

#include "base/base.h"
#include "content.h"
#include <kith/builder.h>
#include <libical/ical.h>

#define KITH_ICAL_YEARS 10 /* that the occurrences of one series may span */

/** A time zone: from the file's VTIMEZONE, or from the system. */
typedef struct kith_ical_zone kith_ical_zone;

/** A date or a wall-clock time, with the zone that the clock hangs in. */
typedef struct kith_ical_moment {
    icaltimetype local; /**< without a libical zone */
    bool utc;
    char *tzid;                 /**< NULL: UTC or floating */
    const kith_ical_zone *zone; /**< resolved; NULL is UTC */
} kith_ical_moment;

/** "20240108", "20240108T093000" or "20240108T093000Z". @return false when the text is no such moment */
bool kith_ical_moment_parse(const char *text, const char *tzid, kith_ical_moment *out);
void kith_ical_moment_clear(void *moment);
/** Seconds UTC; midnight UTC for a date. */
kith_time kith_ical_moment_utc(const kith_ical_moment *moment);
/** The same for another wall-clock time in the moment's zone. */
kith_time kith_ical_local_utc(icaltimetype local, const kith_ical_zone *zone);
/** Seconds from 1970 on that wall clock, as if it showed UTC. */
int64_t kith_ical_clock(icaltimetype local);

/** A STANDARD or DAYLIGHT block of a VTIMEZONE. */
typedef struct kith_ical_observance {
    icaltimetype start;
    int before, after; /**< seconds east of UTC */
    char *rule;        /**< NULL when it happens once */
    GArray *dates;     /**< icaltimetype: further onsets; may be NULL */
} kith_ical_observance;

void kith_ical_observance_clear(void *observance);
/** "+0100", "-043015". @return false when the text is no offset */
bool kith_ical_offset_parse(const char *text, int *seconds);
/** A zone of observances (kith_ical_observance). @return NULL when there is none of use */
kith_ical_zone *kith_ical_zone_new(const GArray *observances);
/** A zone of the system by its IANA name, also behind a prefix ("/mozilla.org/20050126_1/Europe/Berlin"), or by the
 * name that Windows has for it. @return NULL when unknown */
kith_ical_zone *kith_ical_zone_find(const char *tzid);
/** How many transitions the zone holds. */
size_t kith_ical_zone_size(const kith_ical_zone *zone);
void kith_ical_zone_free(kith_ical_zone *zone);

/** How an expansion of a rule ended. */
typedef enum kith_ical_end {
    KITH_ICAL_DONE,
    KITH_ICAL_CAPPED, /**< more occurrences, or rarer ones, than kith reads */
    KITH_ICAL_BAD     /**< no rule, or one that repeats within a minute */
} kith_ical_end;

/** What of a rule is wanted. */
typedef struct kith_ical_window {
    int64_t from, to;       /**< on the wall clock (kith_ical_clock) */
    guint most;             /**< occurrences at most */
    bool endless;           /**< set: the rule has neither COUNT nor UNTIL */
    bool has_until;         /**< set: compare with until, which is */
    kith_ical_moment until; /**< the rule's last moment, its zone left to the caller */
} kith_ical_window;

/** What kind of rule it is: sets endless, has_until and until of the window. */
kith_ical_end kith_ical_rule_kind(const char *rule, kith_ical_window *window);
/**
 * Appends a rule's occurrences (icaltimetype, in order, from `start` on) that lie in the window. UNTIL is not applied to
 * the second: the caller knows zones.
 */
kith_ical_end kith_ical_expand(const char *rule, icaltimetype start, const kith_ical_window *window,
                               GArray *out);

/** One ATTENDEE or ORGANIZER. */
typedef struct kith_ical_guest {
    char *address;      /**< normalised e-mail; NULL when there is none */
    char *written;      /**< as in the file, without "mailto:" */
    char *name;         /**< CN; NULL when there is none */
    const char *status; /**< static: attended, invited, hosted */
    bool organiser;
    bool office; /**< info@ and the like: an organisation */
    bool thing;  /**< a room, a resource, a list: nobody */
} kith_ical_guest;

/** One VEVENT. */
typedef struct kith_ical_entry {
    int64_t line;
    char *uid, *summary, *location;
    const char *channel; /**< static, or NULL */
    bool has_start, is_override, cancelled, held;
    int method_rank; /**< a reply says less than a request */
    int64_t sequence;
    kith_time stamp; /**< DTSTAMP */
    kith_ical_moment start, replaces;
    GArray *skips, *extras; /**< kith_ical_moment: EXDATE, RDATE */
    GPtrArray *rules;       /**< RRULE texts */
    GArray *guests;         /**< kith_ical_guest */
} kith_ical_entry;

kith_ical_entry *kith_ical_entry_new(int64_t line);
void kith_ical_entry_free(void *entry);

/** One occurrence of a series. */
typedef struct kith_ical_occurrence {
    kith_time when;
    bool date;     /**< the whole day */
    int64_t clock; /**< on the wall clock: what a date-only EXDATE is compared with */
} kith_ical_occurrence;

/**
 * The occurrences of a series, in order, without those left out or replaced.
 *
 * An endless rule ends two years after its start or one year after the newest stamp of the file (DTSTAMP, LAST-MODIFIED),
 * whichever is later; of longer series the last KITH_ICAL_YEARS years are read. The clock of this machine has no part
 * in it, so a file gives the same facts on every day.
 * @param overrides entries with a RECURRENCE-ID  @param newest KITH_TIME_NONE when the file has no stamp
 * @return kith_ical_occurrence, yours
 */
GArray *kith_ical_occurrences(kith_source *source, const kith_ical_entry *master,
                              const GPtrArray *overrides, kith_time newest);

/** Everything a file holds. */
typedef struct kith_ical_file {
    kith_source *source;
    kith_builder *into;
    GPtrArray *entries; /**< in the file's order */
    GPtrArray *zones;
    char *owner; /**< normalised address that the calendar is named after; NULL when it is not */
    kith_time newest;
    GHashTable *people; /**< address and name -> mention + 1 */
    int64_t told;       /**< facts */
    size_t onsets;      /**< transitions of all zones */
} kith_ical_file;

/** Reads one property of a VEVENT into its entry; `content` stands on it. */
void kith_ical_entry_take(kith_ical_entry *entry, kith_source *source, kith_content *content,
                          const kith_property *property);
/** The entry is whole: guests listed twice and the organiser who is a guest as well are one. */
void kith_ical_entry_close(kith_ical_entry *entry);

/** Groups entries into series and gives them to the builder. */
kith_status kith_ical_tell(kith_ical_file *file, kith_error *err);
/** Whether an entry names any person. */
bool kith_ical_has_people(const kith_ical_entry *entry);

#endif
