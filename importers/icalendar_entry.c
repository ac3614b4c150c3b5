/* SPDX-License-Identifier: GPL-3.0-or-later */
/* icalendar_entry.c - what one VEVENT says: when, how often, where, and who was asked. */
#include "base/identifier.h"
#include "base/text.h"
#include "icalendar.h"
#include <string.h>

static void
guest_clear(void *data)
{
    kith_ical_guest *guest = data;

    g_free(guest->address);
    g_free(guest->written);
    g_free(guest->name);
}

kith_ical_entry *
kith_ical_entry_new(int64_t line)
{
    kith_ical_entry *entry = g_new0(kith_ical_entry, 1);

    entry->line = line;
    entry->stamp = KITH_TIME_NONE;
    entry->skips = g_array_new(FALSE, FALSE, sizeof(kith_ical_moment));
    entry->extras = g_array_new(FALSE, FALSE, sizeof(kith_ical_moment));
    entry->guests = g_array_new(FALSE, FALSE, sizeof(kith_ical_guest));
    entry->rules = g_ptr_array_new_with_free_func(g_free);
    g_array_set_clear_func(entry->skips, kith_ical_moment_clear);
    g_array_set_clear_func(entry->extras, kith_ical_moment_clear);
    g_array_set_clear_func(entry->guests, guest_clear);
    return entry;
}

void
kith_ical_entry_free(void *data)
{
    kith_ical_entry *entry = data;

    if (!entry)
        return;
    g_free(entry->uid);
    g_free(entry->summary);
    g_free(entry->location);
    kith_ical_moment_clear(&entry->start);
    kith_ical_moment_clear(&entry->replaces);
    g_array_unref(entry->skips);
    g_array_unref(entry->extras);
    g_array_unref(entry->guests);
    g_ptr_array_unref(entry->rules);
    g_free(entry);
}

/* Reads a moment of the entry itself. Without it there is no telling which occurrence this is. */
static bool
take_moment(kith_ical_entry *entry, kith_source *source, kith_content *content,
            const kith_property *p, kith_ical_moment *out)
{
    kith_ical_moment made;
    char shown[64];

    if (kith_ical_moment_parse(p->value, kith_content_parameter(content, "TZID"), &made)) {
        kith_ical_moment_clear(out);
        *out = made;
        return true;
    }
    kith_content_at(content, 0);
    if (!entry->held)
        kith_source_hold(source, "bad %s '%s' (expected 20240131 or 20240131T093000Z)", p->name,
                         kith_text_display_into(p->value, shown, sizeof shown));
    entry->held = true;
    return false;
}

/* EXDATE and RDATE: a list of moments, or of periods of which the start counts. */
static void
take_moments(GArray *out, kith_source *source, kith_content *content, const kith_property *p)
{
    const char *tzid = kith_content_parameter(content, "TZID");
    g_auto(GStrv) each = g_strsplit(p->value, ",", -1);
    size_t offset = 0;

    for (guint i = 0; each[i]; i++) {
        size_t length = strlen(each[i]);
        kith_ical_moment one;

        each[i][strcspn(each[i], "/")] = '\0';
        if (kith_ical_moment_parse(each[i], tzid, &one)) {
            g_array_append_val(out, one);
        } else {
            char shown[64];

            kith_content_at(content, offset);
            kith_source_warn(source, "bad %s '%s' (expected 20240131 or 20240131T093000Z)", p->name,
                             kith_text_display_into(each[i], shown, sizeof shown));
        }
        offset += length + 1;
    }
}

static void
take_text(char **out, kith_content *content)
{
    g_autofree char *text = kith_content_text(content);
    g_autofree char *plain = kith_content_unescape(text, true);
    g_autofree char *clean = kith_text_clean(plain);

    if (*clean && !*out)
        *out = g_steal_pointer(&clean);
}

/* How the guests met, as far as a place or link tells. A video link wins over a room, a room over nothing. */
static void
take_place(kith_ical_entry *entry, const kith_property *p)
{
    static const char *const video[] = {"zoom.us", "meet.google", "teams.microsoft", "teams.live",
                                        "webex"};
    static const char *const rooms[] = {"zoom", "teams", "google meet"};
    bool place = strcmp(p->name, "LOCATION") == 0;
    g_autofree char *lower = g_ascii_strdown(p->value, (gssize)p->length);
    bool seen = *lower && g_str_has_prefix(p->name, "X-GOOGLE-CONFERENCE");

    for (size_t i = 0; i < G_N_ELEMENTS(video); i++)
        seen = seen || strstr(lower, video[i]);
    for (size_t i = 0; place && i < G_N_ELEMENTS(rooms); i++)
        seen = seen || strstr(lower, rooms[i]);
    if (seen)
        entry->channel = "video";
    else if (strstr(lower, "tel:") && g_strcmp0(entry->channel, "video") != 0)
        entry->channel = "phone";
    else if (place && *lower && !entry->channel)
        entry->channel = "in-person";
}

/* The address behind an ATTENDEE: its URI, or Apple's EMAIL parameter where the URI is none. */
static void
take_address(kith_ical_guest *guest, kith_content *content, const kith_property *p)
{
    const char *email = kith_content_parameter(content, "EMAIL");
    g_autofree char *text = kith_content_text(content);
    const char *from = g_strstrip(text);

    guest->address = kith_email_normalise(from);
    if (!guest->address && email && (guest->address = kith_email_normalise(email)) != NULL)
        from = email;
    if (g_ascii_strncasecmp(from, "mailto:", 7) == 0)
        from += 7;
    guest->written = kith_text_to_utf8(from, strlen(from), NULL);
    (void)p;
}

/* Rooms, projectors and lists are invited like people; Google's are told by their domain. */
static bool
is_thing(const kith_ical_guest *guest, const char *type)
{
    return (type &&
            (g_ascii_strcasecmp(type, "RESOURCE") == 0 || g_ascii_strcasecmp(type, "ROOM") == 0 ||
             g_ascii_strcasecmp(type, "GROUP") == 0)) ||
           (guest->address && g_str_has_suffix(guest->address, "calendar.google.com"));
}

static const char *
status_of(const kith_content *content, bool organiser)
{
    const char *answer = kith_content_parameter(content, "PARTSTAT"),
               *role = kith_content_parameter(content, "ROLE");

    if (organiser)
        return "hosted";
    if (role && g_ascii_strcasecmp(role, "NON-PARTICIPANT") == 0)
        return "invited";
    return answer && g_ascii_strcasecmp(answer, "ACCEPTED") == 0 ? "attended" : "invited";
}

static void
take_guest(kith_ical_entry *entry, kith_source *source, kith_content *content,
           const kith_property *p)
{
    kith_ical_guest guest = {.organiser = strcmp(p->name, "ORGANIZER") == 0};
    const char *name = kith_content_parameter(content, "CN");
    g_autofree char *utf8 = name ? kith_text_to_utf8(name, strlen(name), NULL) : NULL;
    g_autofree char *clean = utf8 ? kith_text_clean(utf8) : NULL;

    take_address(&guest, content, p);
    /* Calendars put the address where they know no name. */
    if (clean && *clean && !strchr(clean, '@'))
        guest.name = g_steal_pointer(&clean);
    guest.status = status_of(content, guest.organiser);
    guest.thing = is_thing(&guest, kith_content_parameter(content, "CUTYPE"));
    guest.office = !guest.thing && guest.address && kith_email_is_role(guest.address);
    if (!guest.address && !guest.name && g_ascii_strncasecmp(guest.written, "tel:", 4) != 0) {
        kith_content_at(content, 0);
        kith_source_warn(source, "an %s without an address or name", p->name);
        guest_clear(&guest);
        return;
    }
    g_array_append_val(entry->guests, guest);
}

static void
take_stamp(kith_ical_entry *entry, const kith_property *p)
{
    kith_ical_moment stamp;

    /* A stamp in the far future is a broken clock. */
    if (kith_ical_moment_parse(p->value, NULL, &stamp) && stamp.local.year < 2100)
        entry->stamp = MAX(entry->stamp, kith_ical_moment_utc(&stamp));
}

static bool
take_time(kith_ical_entry *entry, kith_source *source, kith_content *content,
          const kith_property *p)
{
    if (strcmp(p->name, "DTSTART") == 0)
        entry->has_start = take_moment(entry, source, content, p, &entry->start);
    else if (strcmp(p->name, "RECURRENCE-ID") == 0)
        entry->is_override = take_moment(entry, source, content, p, &entry->replaces);
    else if (strcmp(p->name, "EXDATE") == 0)
        take_moments(entry->skips, source, content, p);
    else if (strcmp(p->name, "RDATE") == 0)
        take_moments(entry->extras, source, content, p);
    else if (strcmp(p->name, "RRULE") == 0 && entry->rules->len < 4)
        g_ptr_array_add(entry->rules, kith_text_to_utf8(p->value, p->length, NULL));
    else if (strcmp(p->name, "DTSTAMP") == 0 || strcmp(p->name, "LAST-MODIFIED") == 0 ||
             strcmp(p->name, "CREATED") == 0)
        take_stamp(entry, p);
    else
        return false;
    return true;
}

void
kith_ical_entry_take(kith_ical_entry *entry, kith_source *source, kith_content *content,
                     const kith_property *p)
{
    if (take_time(entry, source, content, p))
        return;
    if (strcmp(p->name, "UID") == 0)
        take_text(&entry->uid, content);
    else if (strcmp(p->name, "SUMMARY") == 0)
        take_text(&entry->summary, content);
    else if (strcmp(p->name, "STATUS") == 0)
        entry->cancelled = g_ascii_strcasecmp(p->value, "CANCELLED") == 0;
    else if (strcmp(p->name, "SEQUENCE") == 0)
        entry->sequence = g_ascii_strtoll(p->value, NULL, 10);
    else if (strcmp(p->name, "ATTENDEE") == 0 || strcmp(p->name, "ORGANIZER") == 0)
        take_guest(entry, source, content, p);
    else if (strcmp(p->name, "LOCATION") == 0)
        take_text(&entry->location, content);
    if (strcmp(p->name, "LOCATION") == 0 || strcmp(p->name, "URL") == 0 ||
        strcmp(p->name, "DESCRIPTION") == 0 || strcmp(p->name, "CONFERENCE") == 0 ||
        g_str_has_prefix(p->name, "X-GOOGLE-CONFERENCE") ||
        strcmp(p->name, "X-MICROSOFT-SKYPETEAMSMEETINGURL") == 0)
        take_place(entry, p);
}

void
kith_ical_entry_close(kith_ical_entry *entry)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) kept = g_steal_pointer(&entry->guests);

    entry->guests = g_array_new(FALSE, FALSE, sizeof(kith_ical_guest));
    g_array_set_clear_func(entry->guests, guest_clear);
    /* Guests before organisers: an organiser who is a guest as well has answered as one. */
    for (int organiser = 0; organiser < 2; organiser++) {
        for (guint i = 0; i < kept->len; i++) {
            kith_ical_guest *guest = &g_array_index(kept, kith_ical_guest, i);

            if (guest->organiser == (organiser == 1) &&
                g_hash_table_add(seen,
                                 g_strdup(guest->address ? guest->address : guest->written))) {
                g_array_append_val(entry->guests, *guest);
                *guest = (kith_ical_guest){0};
            }
        }
    }
}
