/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linkedin-messages - the messages.csv of a LinkedIn archive: who wrote to whom, and when. What was written is not kept.
 *
 *     CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
 *
 * Columns came and went over the years. Recipients are told apart by their links, because names contain commas; before
 * there were links, a name stands for the one sender in the file who has it. An archive is one person's: whoever has a
 * part in every message is the owner. So all messages are read before the first tie is made.
 */
#include "base/base.h"
#include "base/identifier.h"
#include "base/name.h"
#include "people.h"
#include "profile.h"
#include <string.h>

static const kith_profile_column columns[] = {
    {KITH_FIELD_NAME, "from", NULL},
    {KITH_FIELD_URL, "sender profile url", NULL},
    {KITH_FIELD_PERSON, "to", NULL},
    {KITH_FIELD_PERSON_URL, "recipient profile urls|recipient profile url", NULL},
    {KITH_FIELD_DATE, "date", NULL},
    {KITH_FIELD_STATUS, "folder", NULL},
    {KITH_FIELD_DELETED, "is message draft|is conversation draft", NULL},
    {0},
};

static const kith_profile_status folders[] = {
    {"spam|other spam|trash|deleted", NULL, KITH_EFFECT_DROP},
    {0},
};

static const kith_profile linkedin_messages = {
    .signature = "conversation id|from|sender profile url|to|date",
    .columns = columns,
    .statuses = folders,
};

/* A name of more than one person. */
#define SEVERAL GUINT_TO_POINTER(G_MAXUINT)

/* Texts are owned. */
struct person {
    char *url, *name; /* either may be NULL; the link is normalised */
    kith_mention who; /* -1 until a tie needs it */
    int64_t rows;     /* that name this person */
};

struct message {
    guint from;
    char *urls, *names;
    bool taken; /* not held back: it makes ties */
    kith_time when;
    kith_precision precision;
    int64_t line;
};

struct archive {
    kith_reader *r;
    GArray *people, *messages;
    GHashTable *of_key; /* link or name words, owned -> index in people + 1 */
    GHashTable
        *of_name; /* the same for name words of people with a link; SEVERAL when they share it */
};

static bool
fits(const kith_header *header)
{
    return kith_profile_fits(&linkedin_messages, header);
}

static int
probe(const char *head, size_t length, const char *name)
{
    return kith_profile_probe(&linkedin_messages, fits, head, length, name);
}

static void
clear_person(gpointer data)
{
    g_free(((struct person *)data)->url);
    g_free(((struct person *)data)->name);
}

static void
clear_message(gpointer data)
{
    g_free(((struct message *)data)->urls);
    g_free(((struct message *)data)->names);
}

static struct person *
person_at(const struct archive *a, guint i)
{
    return &g_array_index(a->people, struct person, i);
}

/* The person of a key, made on first use. @param key owned by the call */
static guint
person_of(struct archive *a, char *key, const char *url, const char *name)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(a->of_key, key));
    struct person one = {.url = found ? NULL : g_strdup(url), .who = -1};

    if (found) {
        g_free(key);
    } else {
        g_array_append_val(a->people, one);
        found = a->people->len;
        g_hash_table_insert(a->of_key, key, GUINT_TO_POINTER(found));
    }
    if (name && *name && !person_at(a, found - 1)->name)
        person_at(a, found - 1)->name = g_strdup(name);
    return found - 1;
}

static guint
person_of_url(struct archive *a, const char *url, const char *name)
{
    g_autofree char *normal = kith_url_normalise(url);

    return person_of(a, g_strdup(normal ? normal : url), url, name);
}

/* Names that stand for exactly one sender. Called once, when all senders are known. */
static void
index_names(struct archive *a)
{
    for (guint i = 0; i < a->people->len; i++) {
        char *words = kith_name_words(person_at(a, i)->name);

        g_hash_table_insert(a->of_name, words,
                            g_hash_table_contains(a->of_name, words) ? SEVERAL
                                                                     : GUINT_TO_POINTER(i + 1));
    }
}

static guint
person_of_name(struct archive *a, const char *words, const char *name)
{
    gpointer found = g_hash_table_lookup(a->of_name, words);

    return found && found != SEVERAL ? GPOINTER_TO_UINT(found) - 1
                                     : person_of(a, g_strdup_printf("name %s", words), NULL, name);
}

/* Why a row makes no tie, NULL when it does. */
static const char *
objection(const kith_reader *r)
{
    const char *name = kith_reader_text(r, KITH_FIELD_NAME);

    if (kith_reader_ticked(r, KITH_FIELD_DELETED))
        return "the message is a draft";
    if (!*kith_reader_text(r, KITH_FIELD_URL))
        return strcmp(name, "LinkedIn Member") == 0 ? "the sender has left or hides"
                                                    : "the sender has no profile: an advertisement";
    if (!*kith_reader_text(r, KITH_FIELD_PERSON) && !*kith_reader_text(r, KITH_FIELD_PERSON_URL))
        return "the message names no recipient";
    return NULL;
}

/* Names and links of the recipients belong together when there are as many of both. */
static void
name_recipients(struct archive *a, const struct message *m)
{
    g_auto(GStrv) url = g_strsplit(m->urls, ",", -1), name = g_strsplit(m->names, ", ", -1);
    bool paired = g_strv_length(url) == g_strv_length(name);

    for (size_t i = 0; url[i]; i++)
        if (*g_strstrip(url[i]))
            person_of_url(a, url[i], paired ? g_strstrip(name[i]) : NULL);
}

static void
read_message(struct archive *a)
{
    kith_reader *r = a->r;
    const char *url = kith_reader_text(r, KITH_FIELD_URL), *reason = objection(r), *status;
    struct message m = {.from = G_MAXUINT,
                        .urls = g_strdup(kith_reader_text(r, KITH_FIELD_PERSON_URL)),
                        .names = g_strdup(kith_reader_text(r, KITH_FIELD_PERSON)),
                        .when = KITH_TIME_NONE,
                        .line = r->row->line};

    if (reason)
        kith_source_hold(r->source, "%s", reason);
    else
        m.taken = kith_reader_status(r, &status) == KITH_EFFECT_TIE;
    if (*url)
        m.from = person_of_url(a, url, kith_reader_text(r, KITH_FIELD_NAME));
    name_recipients(a, &m);
    kith_reader_date(r, KITH_FIELD_DATE, &m.when, &m.precision);
    g_array_append_val(a->messages, m);
}

/* Names without links. "Jane Smith, PhD" is one: what is no name belongs to the name before. */
static void
add_named(struct archive *a, const char *names, GArray *out)
{
    g_auto(GStrv) name = g_strsplit(names, ", ", -1);

    for (size_t i = 0; name[i]; i++) {
        g_autofree char *words = kith_name_words(name[i]);
        guint person;

        if (!*words || kith_people_is_credential(name[i]) ||
            strcmp(name[i], "LinkedIn Member") == 0)
            continue;
        person = person_of_name(a, words, name[i]);
        g_array_append_val(out, person);
    }
}

/* Who got a message, as indices into people. @return yours */
static GArray *
recipients(struct archive *a, const struct message *m)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(guint));
    g_auto(GStrv) url = g_strsplit(m->urls, ",", -1);

    for (size_t i = 0; url[i]; i++)
        if (*g_strstrip(url[i])) {
            guint person = person_of_url(a, url[i], NULL);

            g_array_append_val(out, person);
        }
    if (out->len == 0)
        add_named(a, m->names, out);
    return out;
}

static kith_mention
mention(struct archive *a, guint i)
{
    struct person *p = person_at(a, i);

    if (p->who >= 0)
        return p->who;
    p->who = kith_builder_mention(a->r->into, KITH_PERSON);
    kith_builder_name(a->r->into, p->who, p->name);
    if (p->url)
        kith_builder_identify(a->r->into, p->who, KITH_ID_URL, p->url);
    else
        kith_builder_identify(a->r->into, p->who, KITH_ID_LOCAL, p->name);
    return p->who;
}

static kith_status
tie_message(struct archive *a, const struct message *m, const GArray *to, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    kith_source_at(a->r->source, m->line, 0);
    fact.kind = KITH_MESSAGED;
    fact.channel = "linkedin";
    fact.when = m->when;
    fact.precision = m->precision;
    fact.from = mention(a, m->from);
    for (guint i = 0; i < to->len; i++) {
        fact.to = mention(a, g_array_index(to, guint, i));
        if (fact.to != fact.from)
            TRY(kith_builder_fact(a->r->into, &fact, err));
    }
    return KITH_OK;
}

/* A person is counted once a message, on whichever side. */
static void
count_people(struct archive *a, const struct message *m, const GArray *to)
{
    if (m->from != G_MAXUINT)
        person_at(a, m->from)->rows++;
    for (guint i = 0; i < to->len; i++)
        if (g_array_index(to, guint, i) != m->from)
            person_at(a, g_array_index(to, guint, i))->rows++;
}

/* Whoever has a part in all messages; when two have, there is nothing to tell them apart by. */
static void
flag_owner(struct archive *a, int64_t rows)
{
    guint found = G_MAXUINT;

    for (guint i = 0; i < a->people->len; i++) {
        if (person_at(a, i)->rows != rows || person_at(a, i)->who < 0)
            continue;
        if (found != G_MAXUINT)
            return;
        found = i;
    }
    if (found != G_MAXUINT)
        kith_builder_flag(a->r->into, person_at(a, found)->who, KITH_FLAG_OWNER);
}

static kith_status
tie_all(struct archive *a, kith_error *err)
{
    int64_t rows = 0;

    index_names(a);
    for (guint i = 0; i < a->messages->len; i++) {
        const struct message *m = &g_array_index(a->messages, struct message, i);
        g_autoptr(GArray) to = recipients(a, m);

        if (to->len == 0)
            continue;
        rows++;
        count_people(a, m, to);
        if (m->taken)
            TRY(tie_message(a, m, to, err));
    }
    flag_owner(a, rows);
    return KITH_OK;
}

static kith_status
read_all(struct archive *a, kith_error *err)
{
    for (;;) {
        TRY(kith_reader_next(a->r, err));
        if (!a->r->row)
            return tie_all(a, err);
        read_message(a);
    }
}

static kith_status
read_messages(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_reader) r = {0};
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(struct person));
    g_autoptr(GArray) messages = g_array_new(FALSE, FALSE, sizeof(struct message));
    g_autoptr(GHashTable) of_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) of_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct archive a = {&r, people, messages, of_key, of_name};

    (void)options;
    g_array_set_clear_func(people, clear_person);
    g_array_set_clear_func(messages, clear_message);
    TRY(kith_reader_open(&linkedin_messages, fits, source, into, &r, err));
    return read_all(&a, err);
}

const kith_importer kith_importer_linkedin_messages = {
    .name = "linkedin-messages",
    .summary = "LinkedIn messages.csv: who wrote to whom and when, without what was written",
    .extensions = "csv",
    .probe = probe,
    .read = read_messages,
};
