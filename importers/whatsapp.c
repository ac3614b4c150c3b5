/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * whatsapp - an exported chat: who is in it, since when, who mentions whom.
 *
 *     04/10/2024, 18:05 - Marta Kowalska: Welcome all
 *     [14/03/24, 08:56:01] Lucas Silva: Stand is up
 *
 * Names are all there is, so people are one within this file only. A group is a topic with members: it
 * is not a clique, and who reads what nobody knows. A chat of two is messages from one to the other.
 * What was said is not kept.
 */
#include "base/base.h"
#include "base/dates.h"
#include "lines.h"
#include "whatsapp_line.h"
#include <kith/importer.h>
#include <string.h>

/* Somebody in the chat, in order of appearance. */
struct member {
    char *name, *since;
    int64_t line, messages;
    bool wrote; /* something that the program did not */
};

struct mentioned {
    guint from, to;
    char *when;
    int64_t line;
};

struct chat {
    kith_source *source;
    kith_builder *into;
    GPtrArray *members;
    GHashTable *places; /* name -> place in members + 1 */
    GArray *mentioned;
    kith_date_order seen;
    kith_day_order order;
    char *title;
    bool titled;  /* the first line is the program's and shows the group as its author */
    guint author; /* who the lines belong to, + 1 */
};

static void
free_member(gpointer data)
{
    struct member *m = data;

    g_free(m->name);
    g_free(m->since);
    g_free(m);
}

static void
clear_mentioned(gpointer data)
{
    g_free(((struct mentioned *)data)->when);
}

static void
chat_init(struct chat *chat, kith_source *source, kith_builder *into)
{
    *chat = (struct chat){.source = source, .into = into};
    chat->members = g_ptr_array_new_with_free_func(free_member);
    chat->places = g_hash_table_new(g_str_hash, g_str_equal);
    chat->mentioned = g_array_new(FALSE, FALSE, sizeof(struct mentioned));
    g_array_set_clear_func(chat->mentioned, clear_mentioned);
}

static void
chat_clear(struct chat *chat)
{
    g_hash_table_unref(chat->places);
    g_ptr_array_unref(chat->members);
    g_array_unref(chat->mentioned);
    g_free(chat->title);
}

/* The place of a name, made on first sight. */
static guint
place_of(struct chat *chat, const char *name, const char *when, int64_t line)
{
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(chat->places, name));
    struct member *m;

    if (place)
        return place - 1;
    m = g_new0(struct member, 1);
    m->name = g_strdup(name);
    m->since = g_strdup(when);
    m->line = line;
    g_ptr_array_add(chat->members, m);
    g_hash_table_insert(chat->places, m->name, GUINT_TO_POINTER(chat->members->len));
    return chat->members->len - 1;
}

static void
take_mentions(struct chat *chat, const char *body, const char *when, int64_t line)
{
    g_auto(GStrv) name = strchr(body, '@') && chat->author ? kith_chat_mentions(body) : NULL;

    for (size_t i = 0; name && name[i]; i++) {
        struct mentioned one = {.from = chat->author - 1, .line = line};

        /* A bare number may be a saved contact's under another name: only known numbers count. */
        if (*name[i] == '+' && !g_hash_table_contains(chat->places, name[i]))
            continue;
        one.to = place_of(chat, name[i], when, line);
        one.when = g_strdup(when);
        g_array_append_val(chat->mentioned, one);
    }
}

static void
take_system_line(struct chat *chat, const kith_chat_line *line, int64_t at)
{
    g_auto(GStrv) name = kith_chat_system_names(line->body);
    const char *open = strstr(line->body, " created group \"");
    const char *close = open ? strrchr(open, '"') : NULL;

    for (size_t i = 0; name[i]; i++)
        place_of(chat, name[i], line->when, at);
    if (close && close > open + 16 && !chat->title)
        chat->title = g_strndup(open + 16, (size_t)(close - open - 16));
    chat->author = 0;
}

static void
take_message(struct chat *chat, const kith_chat_line *line, int64_t at, bool first)
{
    guint place = place_of(chat, line->author, line->when, at);
    struct member *m = chat->members->pdata[place];

    chat->author = place + 1;
    chat->titled = chat->titled || (first && line->marked);
    m->wrote = m->wrote || !line->marked;
    if (chat->titled && place == 0 && line->marked) {
        g_auto(GStrv) name = kith_chat_system_names(line->body);

        for (size_t i = 0; name[i]; i++)
            place_of(chat, name[i], line->when, at);
        return;
    }
    m->messages++;
    take_mentions(chat, line->body, line->when, at);
}

static kith_status
read_lines(struct chat *chat, kith_error *err)
{
    g_auto(kith_lines) lines = {0};
    g_autofree char *when = g_strdup("");
    bool first = true;
    size_t length;
    char *text;

    kith_lines_init(&lines, chat->source);
    for (;;) {
        g_auto(kith_chat_line) line = {0};

        TRY(kith_lines_next(&lines, &text, &length, err));
        if (!text)
            return KITH_OK;
        if (!kith_chat_line_parse(text, &line)) {
            take_mentions(chat, text, when, lines.line);
            continue;
        }
        g_free(when);
        when = g_strdup(line.when);
        kith_date_order_feed(&chat->seen, when);
        if (line.author)
            take_message(chat, &line, lines.line, first);
        else
            take_system_line(chat, &line, lines.line);
        first = first && !line.author;
    }
}

/* The group under whose name the program writes is nobody; a person it writes under also writes. */
static bool
is_group(const struct chat *chat, guint place)
{
    const struct member *m = chat->members->pdata[place];

    return chat->titled && place == 0 && !m->wrote && chat->members->len > 1;
}

/* "WhatsApp Chat with Gala helpers.txt", "WhatsApp Chat - Gala helpers.zip!_chat.txt" */
static char *
title_from_file(const char *file)
{
    static const char *const fronts[] = {"WhatsApp Chat with ",      "WhatsApp Chat - ",
                                         "WhatsApp-Chat mit ",       "Chat WhatsApp con ",
                                         "Chat de WhatsApp con ",    "Discussion WhatsApp avec ",
                                         "Conversa do WhatsApp com "};
    g_autofree char *outer = g_strndup(file, strcspn(file, "!"));
    g_autofree char *name = g_path_get_basename(outer);
    char *dot = strrchr(name, '.');

    if (dot && dot != name)
        *dot = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(fronts); i++)
        if (g_str_has_prefix(name, fronts[i]))
            return g_strdup(name + strlen(fronts[i]));
    return NULL;
}

static void
find_title(struct chat *chat)
{
    char *from_file = title_from_file(kith_source_name(chat->source));

    if (chat->members->len && is_group(chat, 0)) {
        g_free(chat->title);
        chat->title = g_strdup(((struct member *)chat->members->pdata[0])->name);
    } else if (from_file) {
        g_free(chat->title);
        chat->title = g_steal_pointer(&from_file);
    }
    g_free(from_file);
}

/* "You" is how the program calls the owner of the phone. */
static kith_mention
mention_of(struct chat *chat, guint place)
{
    const struct member *m = chat->members->pdata[place];
    kith_mention who;

    if (strcmp(m->name, "You") == 0)
        return kith_builder_owner(chat->into);
    who = kith_builder_keyed(chat->into, KITH_PERSON, KITH_ID_LOCAL, m->name);
    if (*m->name == '+')
        kith_builder_identify(chat->into, who, KITH_ID_PHONE, m->name);
    return who;
}

static kith_fact
fact_of(struct chat *chat, const char *when)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.channel = "whatsapp";
    kith_date_parse_ordered(when, chat->order, &fact.when, &fact.precision);
    return fact;
}

/* Two people, one of whom the chat is named after: they write to one another. */
static bool
is_between_two(const struct chat *chat)
{
    const struct member *a, *b;

    if (chat->members->len != 2 || is_group(chat, 0))
        return false;
    a = chat->members->pdata[0];
    b = chat->members->pdata[1];
    return chat->title && (strcmp(chat->title, a->name) == 0 || strcmp(chat->title, b->name) == 0);
}

static kith_status
tie_two(struct chat *chat, kith_error *err)
{
    for (guint i = 0; i < 2; i++) {
        const struct member *m = chat->members->pdata[i];
        kith_fact fact = fact_of(chat, m->since);

        if (m->messages == 0)
            continue;
        kith_source_at(chat->source, m->line, 1);
        fact.kind = KITH_MESSAGED;
        fact.from = mention_of(chat, i);
        fact.to = mention_of(chat, 1 - i);
        fact.weight = (double)m->messages;
        TRY(kith_builder_fact(chat->into, &fact, err));
    }
    return KITH_OK;
}

static kith_status
tie_members(struct chat *chat, kith_error *err)
{
    const char *title = chat->title && *chat->title ? chat->title : "WhatsApp chat";
    kith_mention group = kith_builder_keyed(chat->into, KITH_TOPIC, KITH_ID_LOCAL, title);

    if (chat->title)
        kith_builder_name(chat->into, group, title);
    for (guint i = 0; i < chat->members->len; i++) {
        const struct member *m = chat->members->pdata[i];
        kith_fact fact = fact_of(chat, m->since);

        if (is_group(chat, i))
            continue;
        kith_source_at(chat->source, m->line, 1);
        fact.kind = KITH_MEMBER_OF;
        fact.from = mention_of(chat, i);
        fact.to = group;
        fact.weight = (double)MAX(m->messages, 1);
        TRY(kith_builder_fact(chat->into, &fact, err));
    }
    return KITH_OK;
}

static kith_status
tie_mentioned(struct chat *chat, kith_error *err)
{
    for (guint i = 0; i < chat->mentioned->len; i++) {
        const struct mentioned *one = &g_array_index(chat->mentioned, struct mentioned, i);
        kith_fact fact = fact_of(chat, one->when);

        if (one->from == one->to || is_group(chat, one->from) || is_group(chat, one->to))
            continue;
        kith_source_at(chat->source, one->line, 1);
        fact.kind = KITH_MESSAGED;
        fact.detail = "mention";
        fact.from = mention_of(chat, one->from);
        fact.to = mention_of(chat, one->to);
        TRY(kith_builder_fact(chat->into, &fact, err));
    }
    return KITH_OK;
}

static void
settle(struct chat *chat)
{
    bool guessed = false;

    for (guint i = 0; i < chat->members->len; i++) {
        const struct member *m = chat->members->pdata[i];

        for (int64_t n = 0; n < m->messages && !is_group(chat, i); n++)
            kith_source_record(chat->source);
    }
    chat->order = kith_date_order_decide(&chat->seen, &guessed);
    find_title(chat);
    kith_source_at(chat->source, 0, 0);
    if (guessed && chat->seen.numeric)
        kith_source_warn(chat->source, "dates are read as %s: nothing in the chat decides it",
                         kith_day_order_name(chat->order));
}

static kith_status
read_chat(struct chat *chat, kith_error *err)
{
    TRY(read_lines(chat, err));
    if (chat->members->len == 0)
        return KITH_OK;
    settle(chat);
    TRY(is_between_two(chat) ? tie_two(chat, err) : tie_members(chat, err));
    return tie_mentioned(chat, err);
}

static kith_status
read_whatsapp(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    struct chat chat;
    kith_status status;

    (void)options;
    chat_init(&chat, source, into);
    status = read_chat(&chat, err);
    chat_clear(&chat);
    return status;
}

/* The first line with anything on it must be a chat's; a second one makes it certain. */
static int
probe(const char *head, size_t length, const char *name)
{
    g_autofree char *text = g_strndup(head, MIN(length, 8192));
    g_auto(GStrv) line = g_strsplit(text, "\n", 40);
    int found = 0;

    (void)name;
    for (size_t i = 0; line[i]; i++) {
        g_auto(kith_chat_line) parsed = {0};

        if (!*g_strchomp(line[i]))
            continue;
        if (kith_chat_line_parse(line[i], &parsed))
            found++;
        else if (found == 0)
            return 0;
    }
    return found > 1 ? 95 : found ? 85 : 0;
}

const kith_importer kith_importer_whatsapp = {
    .name = "whatsapp",
    .summary = "an exported WhatsApp chat: who is in it, since when, and who mentions whom",
    .extensions = "txt",
    .named_by = KITH_NAMED_BY_OUTER,
    .probe = probe,
    .read = read_whatsapp,
};
