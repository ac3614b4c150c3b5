/* SPDX-License-Identifier: GPL-3.0-or-later */
/* profile_ends.c - what a row of an export is tied to: by id, by address, by name, by the file's name. */
#include "base/base.h"
#include "base/identifier.h"
#include "base/name.h"
#include "base/text.h"
#include "people.h"
#include "profile.h"
#include <string.h>

/* "user 9990000001" is 9990000001; 18 characters of Salesforce are 15 and a checksum. */
char *
kith_profile_native(const kith_profile *profile, const char *space, const char *id)
{
    const char *blank = strrchr(id, ' '), *bare = blank ? blank + 1 : id;
    int length = (int)strlen(bare);

    if (profile->short_ids && length == 18)
        length = 15;
    return g_strdup_printf("%s:%.*s", space, length, bare);
}

char *
kith_profile_name_key(const kith_reader *r, const char *name)
{
    g_autofree char *words = kith_name_words(name);
    g_autofree char *firm = kith_org_key(kith_reader_text(r, KITH_FIELD_COMPANY));

    return g_strdup_printf("%s|%s", *words ? words : name, firm);
}

/* A node known by its id alone, until a file says more. */
static kith_mention
stub(kith_reader *r, kith_node_kind kind, const char *space, const char *id)
{
    g_autofree char *native = kith_profile_native(r->profile, space, id);
    int64_t before = kith_builder_mentions(r->into);
    kith_mention who = kith_builder_keyed(r->into, kind, KITH_ID_NATIVE, native);

    if (who == before)
        kith_builder_flag(r->into, who, KITH_FLAG_STUB);
    return who;
}

/* Every id of a cell: "501044;501019". */
static void
add_stubs(kith_reader *r, kith_node_kind kind, const char *space, const char *cell, GArray *out)
{
    g_auto(GStrv) id = g_strsplit_set(cell, ";,", -1);

    for (size_t i = 0; id[i]; i++) {
        kith_mention who;

        if (!*g_strstrip(id[i]))
            continue;
        who = stub(r, kind, space, id[i]);
        g_array_append_val(out, who);
    }
}

static void
add_company(kith_reader *r, GArray *out)
{
    const char *name = kith_reader_text(r, KITH_FIELD_COMPANY);
    const char *id = kith_reader_text(r, KITH_FIELD_COMPANY_ID);
    kith_mention firm;

    if (!*name) {
        add_stubs(r, KITH_ORGANISATION, r->profile->company_space, id, out);
        return;
    }
    firm = kith_builder_organisation(r->into, name);
    /* Several ids beside one name do not say whose they are. */
    if (*id && !strpbrk(id, ";,")) {
        g_autofree char *native = kith_profile_native(r->profile, r->profile->company_space, id);

        kith_builder_identify(r->into, firm, KITH_ID_NATIVE, native);
    }
    g_array_append_val(out, firm);
}

/* Whether the other person of the row is its subject: who buys his own ticket is no second person. */
static bool
is_subject(const kith_reader *r, const char *name, const char *email)
{
    g_autofree char *other = kith_email_normalise(email);
    g_autofree char *own = kith_email_normalise(kith_reader_text(r, KITH_FIELD_EMAIL));
    g_autofree char *shown = kith_profile_name(r);
    g_autofree char *own_words = kith_name_words(shown), *words = kith_name_words(name);

    if (other && own)
        return strcmp(other, own) == 0;
    return *words && strcmp(words, own_words) == 0;
}

static void
add_person(kith_reader *r, GArray *out)
{
    const char *id = kith_reader_text(r, KITH_FIELD_PERSON_ID);
    const char *email = kith_reader_text(r, KITH_FIELD_PERSON_EMAIL);
    const char *url = kith_reader_text(r, KITH_FIELD_PERSON_URL);
    g_autofree char *name = kith_people_shown_name(kith_reader_text(r, KITH_FIELD_PERSON));
    kith_mention who;

    if (*id) {
        add_stubs(r, KITH_PERSON, r->profile->person_space, id, out);
        return;
    }
    if ((!*name && !*email && !*url) || is_subject(r, name, email))
        return;
    who = kith_builder_mention(r->into, KITH_PERSON);
    kith_builder_name(r->into, who, name);
    kith_people_emails(r->into, who, email);
    kith_builder_identify(r->into, who, KITH_ID_URL, url);
    if (!*email && !*url) {
        g_autofree char *key = kith_profile_name_key(r, name);

        kith_builder_identify(r->into, who, KITH_ID_LOCAL, key);
    }
    g_array_append_val(out, who);
}

static kith_mention
named_event(kith_reader *r)
{
    g_autofree char *title = g_strdup(kith_reader_text(r, KITH_FIELD_EVENT));
    int64_t before = kith_builder_mentions(r->into);
    kith_precision precision = KITH_PRECISION_NONE;
    kith_time when = KITH_TIME_NONE;
    kith_mention event;

    if (!*title) {
        g_free(title);
        title = kith_profile_title(kith_source_name(r->source), &when, &precision);
    }
    event = kith_builder_keyed(r->into, KITH_EVENT, KITH_ID_LOCAL, title);
    if (event == before) {
        kith_builder_name(r->into, event, title);
        kith_builder_event_time(r->into, event, when, precision);
    }
    return event;
}

static void
add_event(kith_reader *r, GArray *out)
{
    const char *id = kith_reader_text(r, KITH_FIELD_EVENT_ID);
    kith_mention event = *id && r->profile->event_space
                             ? stub(r, KITH_EVENT, r->profile->event_space, id)
                             : named_event(r);

    g_array_append_val(out, event);
}

static void
add_topic(kith_reader *r, GArray *out)
{
    int64_t before = kith_builder_mentions(r->into);
    kith_mention topic = kith_builder_keyed(r->into, KITH_TOPIC, KITH_ID_LOCAL, r->profile->topic);

    if (topic == before)
        kith_builder_name(r->into, topic, r->profile->topic);
    g_array_append_val(out, topic);
}

void
kith_profile_end(kith_reader *r, kith_end end, GArray *out)
{
    kith_mention owner;

    switch (end) {
    case KITH_END_NONE:
        break;
    case KITH_END_SUBJECT:
        g_array_append_val(out, r->subject);
        break;
    case KITH_END_OWNER:
        owner = kith_builder_owner(r->into);
        g_array_append_val(out, owner);
        break;
    case KITH_END_COMPANY:
        add_company(r, out);
        break;
    case KITH_END_PARENT:
        add_stubs(r, KITH_ORGANISATION, r->profile->company_space,
                  kith_reader_text(r, KITH_FIELD_PARENT_ID), out);
        break;
    case KITH_END_MANAGER:
        add_stubs(r, KITH_PERSON, r->profile->person_space,
                  kith_reader_text(r, KITH_FIELD_MANAGER_ID), out);
        break;
    case KITH_END_PERSON:
        add_person(r, out);
        break;
    case KITH_END_EVENT:
        add_event(r, out);
        break;
    case KITH_END_TOPIC:
        add_topic(r, out);
        break;
    }
}

/* The last ISO date in a text, -1 when there is none. */
static int
find_date(const char *text)
{
    for (int i = (int)strlen(text) - 10; i >= 0; i--) {
        bool date = true;

        for (int k = 0; date && k < 10; k++)
            date = k == 4 || k == 7 ? strchr("-_.", text[i + k]) != NULL
                                    : g_ascii_isdigit(text[i + k]);
        if (date)
            return i;
    }
    return -1;
}

static void
trim_dashes(char *title)
{
    size_t n = strlen(g_strstrip(title));

    while (n && strchr(" -_", title[n - 1]))
        title[--n] = '\0';
}

/* Without what exporters put behind the title. */
static void
trim_title(char *title)
{
    static const char *const tails[] = {"guests", "guest list", "attendees", "attendee list"};

    trim_dashes(title);
    for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
        size_t n = strlen(title), tail = strlen(tails[i]);

        if (n > tail && strchr(" -", title[n - tail - 1]) &&
            g_ascii_strcasecmp(title + n - tail, tails[i]) == 0)
            title[n - tail] = '\0';
    }
    trim_dashes(title);
}

char *
kith_profile_title(const char *file, kith_time *when, kith_precision *precision)
{
    const char *member = strrchr(file, '!');
    char *title = g_path_get_basename(member ? member + 1 : file), *mark = strrchr(title, '.');
    int date;

    if (mark && mark != title)
        *mark = '\0';
    mark = strrchr(title, '(');
    if (mark && mark != title && mark[1 + strspn(mark + 1, "0123456789")] == ')')
        *mark = '\0';
    date = find_date(title);
    if (date >= 0) {
        g_autofree char *day = g_strndup(title + date, 10);

        kith_time_parse(g_strdelimit(day, "_.", '-'), when, precision);
        memset(title + date, ' ', 10);
    }
    g_strdelimit(title, "_", ' ');
    trim_title(title);
    if (*title)
        return title;
    g_free(title);
    return g_strdup("event");
}
