/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icalendar_tell.c - entries into facts: which entry is which occurrence of what, and who was there.
 *
 * Entries of one UID are one event. The newest version of its master entry counts; an entry with a RECURRENCE-ID
 * replaces one occurrence, with its own guests.
 */
#include "base/identifier.h"
#include "base/limits.h"
#include "base/name.h"
#include "base/text.h"
#include "icalendar.h"
#include <string.h>

static void
hold(kith_ical_file *file, kith_ical_entry *entry, const char *reason)
{
    if (entry->held)
        return;
    entry->held = true;
    kith_source_at(file->source, entry->line, 1);
    kith_source_hold(file->source, "%s", reason);
}

bool
kith_ical_has_people(const kith_ical_entry *entry)
{
    for (guint i = 0; i < entry->guests->len; i++) {
        const kith_ical_guest *guest = &g_array_index(entry->guests, kith_ical_guest, i);

        if (!guest->thing && !guest->office)
            return true;
    }
    return false;
}

/* Whether an entry is a later word on the same matter than another that stands before it in the file. */
static bool
is_newer(const kith_ical_entry *entry, const kith_ical_entry *than)
{
    if (entry->method_rank != than->method_rank)
        return entry->method_rank > than->method_rank;
    if (entry->sequence != than->sequence)
        return entry->sequence > than->sequence;
    return entry->stamp >= than->stamp;
}

/* Keeps the newer of two versions; the other one is held back. */
static kith_ical_entry *
newer(kith_ical_file *file, kith_ical_entry *a, kith_ical_entry *b)
{
    kith_ical_entry *kept = !a || is_newer(b, a) ? b : a;

    if (a) {
        g_autofree char *reason =
            g_strdup_printf("another version of the event of line %" G_GINT64_FORMAT, kept->line);

        hold(file, kept == a ? b : a, reason);
    }
    return kept;
}

/* Parts a series into its master (NULL when the file has none) and its moved occurrences. */
static kith_ical_entry *
part(kith_ical_file *file, const GPtrArray *series, GPtrArray *overrides)
{
    g_autoptr(GHashTable) at = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    kith_ical_entry *master = NULL;

    for (guint i = 0; i < series->len; i++) {
        kith_ical_entry *entry = g_ptr_array_index(series, i), *other;
        gint64 *key;

        if (entry->held)
            continue;
        if (!entry->is_override) {
            master = newer(file, master, entry);
            continue;
        }
        key = g_new(gint64, 1);
        *key = kith_ical_moment_utc(&entry->replaces);
        other = g_hash_table_lookup(at, key);
        g_hash_table_insert(at, key, newer(file, other, entry));
    }
    for (guint i = 0; i < series->len; i++) {
        kith_ical_entry *entry = g_ptr_array_index(series, i);

        if (entry->is_override && !entry->held)
            g_ptr_array_add(overrides, entry);
    }
    return master;
}

static kith_mention
tell_event(kith_ical_file *file, const kith_ical_entry *entry)
{
    kith_mention event;
    g_autofree char *native = entry->uid ? g_strconcat("ical:", entry->uid, NULL) : NULL;

    kith_source_at(file->source, entry->line, 1);
    event = kith_builder_mention(file->into, KITH_EVENT);
    if (native)
        kith_builder_identify(file->into, event, KITH_ID_NATIVE, native);
    kith_builder_name(file->into, event, entry->summary);
    kith_builder_attribute(file->into, event, "location", entry->location);
    return event;
}

/* An office is an organisation by its shown name, else by its domain; it has a part in the event, but cannot attend. */
static void
tell_office(kith_ical_file *file, const kith_ical_guest *guest, kith_mention event)
{
    const char *domain = strchr(guest->address, '@') + 1;
    const char *name = guest->name ? guest->name : domain;
    kith_mention who = kith_builder_organisation(file->into, name);

    kith_builder_identify(file->into, who, KITH_ID_EMAIL, guest->address);
    kith_builder_identify(file->into, who, KITH_ID_DOMAIN, domain);
    kith_builder_attribute(file->into, event, guest->organiser ? "organiser" : "guest", name);
}

/* "D'Souza, Priya" is turned; anything else is shown as written. */
static void
tell_name(kith_builder *into, kith_mention who, const char *name)
{
    g_autofree char *given = NULL, *family = NULL;

    if (strchr(name, ',')) {
        kith_name_split(name, &given, &family);
        kith_builder_names(into, who, given, family);
    } else {
        kith_builder_name(into, who, name);
    }
}

/* One mention for an address under one name: whether two names behind an address are one person is not decided here. */
static kith_mention
person(kith_ical_file *file, const kith_ical_guest *guest)
{
    g_autofree char *words = kith_name_words(guest->name);
    char *key = g_strconcat(guest->address ? guest->address : guest->written, "\n", words, NULL);
    gpointer found = g_hash_table_lookup(file->people, key);
    kith_mention who;

    if (found) {
        g_free(key);
        return GPOINTER_TO_INT(found) - 1;
    }
    who = kith_builder_mention(file->into, KITH_PERSON);
    if (guest->name)
        tell_name(file->into, who, guest->name);
    if (guest->address)
        kith_builder_identify(file->into, who, KITH_ID_EMAIL, guest->written);
    else if (g_ascii_strncasecmp(guest->written, "tel:", 4) == 0)
        kith_builder_identify(file->into, who, KITH_ID_PHONE, guest->written + 4);
    else
        kith_builder_identify(file->into, who, KITH_ID_LOCAL, key);
    if (guest->address && g_strcmp0(guest->address, file->owner) == 0)
        kith_builder_flag(file->into, who, KITH_FLAG_OWNER);
    g_hash_table_insert(file->people, key, GINT_TO_POINTER((int)who + 1));
    return who;
}

static kith_status
tell_guest(kith_ical_file *file, const kith_ical_entry *entry, const kith_ical_guest *guest,
           kith_mention event, const GArray *occurrences, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_ATTENDED;
    fact.from = person(file, guest);
    fact.to = event;
    fact.status = guest->status;
    fact.channel = entry->channel;
    for (guint i = 0; i < occurrences->len; i++) {
        const kith_ical_occurrence *one = &g_array_index(occurrences, kith_ical_occurrence, i);

        fact.when = one->when;
        fact.precision = one->when == KITH_TIME_NONE ? KITH_PRECISION_NONE
                         : one->date                 ? KITH_PRECISION_DAY
                                                     : KITH_PRECISION_SECOND;
        TRY(kith_builder_fact(file->into, &fact, err));
    }
    file->told += occurrences->len;
    if (file->told > kith_limit(KITH_LIMIT_ATTENDANCES))
        return kith_fail_at(err, KITH_ERR_LIMIT, kith_source_name(file->source), entry->line, 1,
                            "more than %d attendances in one file",
                            (int)kith_limit(KITH_LIMIT_ATTENDANCES));
    return KITH_OK;
}

/* A rule of thousands of occurrences with thousands of guests is a mistake or an attack. */
static void
limit(kith_ical_file *file, const kith_ical_entry *entry, GArray *occurrences)
{
    guint most =
        (guint)MIN(MAX(kith_limit(KITH_LIMIT_SERIES) / MAX(entry->guests->len, 1), 1), G_MAXINT);

    if (occurrences->len <= most)
        return;
    kith_source_warn(file->source,
                     "only %u of %u occurrences of this event with %u guests are read", most,
                     occurrences->len, entry->guests->len);
    g_array_set_size(occurrences, most);
}

static kith_status
tell_guests(kith_ical_file *file, const kith_ical_entry *entry, kith_mention event,
            GArray *occurrences, kith_error *err)
{
    const kith_ical_occurrence *first = &g_array_index(occurrences, kith_ical_occurrence, 0);

    kith_source_at(file->source, entry->line, 1);
    limit(file, entry, occurrences);
    kith_builder_event_time(file->into, event, first->when,
                            first->date ? KITH_PRECISION_DAY : KITH_PRECISION_SECOND);
    for (guint i = 0; i < entry->guests->len; i++) {
        const kith_ical_guest *guest = &g_array_index(entry->guests, kith_ical_guest, i);

        if (guest->office)
            tell_office(file, guest, event);
        else if (!guest->thing)
            TRY(tell_guest(file, entry, guest, event, occurrences, err));
        else if (guest->organiser)
            kith_builder_attribute(file->into, event, "organiser", guest->name);
    }
    return KITH_OK;
}

static kith_status
tell_master(kith_ical_file *file, kith_ical_entry *master, const GPtrArray *overrides,
            kith_mention *event, kith_error *err)
{
    g_autoptr(GArray) occurrences = NULL;

    if (!kith_ical_has_people(master)) {
        hold(file, master, "no people");
        return KITH_OK;
    }
    kith_source_at(file->source, master->line, 1);
    occurrences = kith_ical_occurrences(file->source, master, overrides, file->newest);
    if (occurrences->len == 0) {
        if (overrides->len == 0)
            hold(file, master, "every occurrence is left out");
        return KITH_OK;
    }
    *event = tell_event(file, master);
    return tell_guests(file, master, *event, occurrences, err);
}

static kith_status
tell_override(kith_ical_file *file, kith_ical_entry *entry, const kith_ical_entry *master,
              kith_mention *event, kith_error *err)
{
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(kith_ical_occurrence));
    const kith_ical_moment *when = entry->has_start ? &entry->start : &entry->replaces;
    kith_ical_occurrence moved = {.when = kith_ical_moment_utc(when), .date = when->local.is_date};

    if (entry->cancelled || (master && master->cancelled))
        hold(file, entry,
             entry->cancelled ? "a cancelled occurrence" : "cancelled with its series");
    else if (!kith_ical_has_people(entry))
        hold(file, entry, "no people");
    if (entry->held)
        return KITH_OK;
    if (*event < 0)
        *event = tell_event(file, master && master->summary ? master : entry);
    g_array_append_val(one, moved);
    return tell_guests(file, entry, *event, one, err);
}

static kith_status
tell_series(kith_ical_file *file, const GPtrArray *series, kith_error *err)
{
    g_autoptr(GPtrArray) overrides = g_ptr_array_new();
    kith_ical_entry *master = part(file, series, overrides);
    kith_mention event = -1;

    if (master && master->cancelled)
        hold(file, master, "cancelled");
    else if (master)
        TRY(tell_master(file, master, overrides, &event, err));
    for (guint i = 0; i < overrides->len; i++)
        TRY(tell_override(file, g_ptr_array_index(overrides, i), master, &event, err));
    return KITH_OK;
}

kith_status
kith_ical_tell(kith_ical_file *file, kith_error *err)
{
    g_autoptr(GHashTable) by_uid = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < file->entries->len; i++) {
        kith_ical_entry *entry = g_ptr_array_index(file->entries, i);
        GPtrArray *series = entry->uid ? g_hash_table_lookup(by_uid, entry->uid) : NULL;

        if (!series) {
            series = g_ptr_array_new();
            g_ptr_array_add(all, series);
            if (entry->uid)
                g_hash_table_insert(by_uid, entry->uid, series);
        }
        g_ptr_array_add(series, entry);
    }
    for (guint i = 0; i < all->len; i++)
        TRY(tell_series(file, g_ptr_array_index(all, i), err));
    return KITH_OK;
}
