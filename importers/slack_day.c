/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slack_day.c - one day of one Slack channel: answers, mentions, reactions, and who came and wrote. */
#include "slack_day.h"
#include "base/base.h"
#include <string.h>

kith_mention
kith_slack_channel(kith_social *s, const char *name)
{
    g_autofree char *shown = g_strconcat("#", name, NULL);
    kith_mention group = kith_builder_keyed(s->into, KITH_TOPIC, KITH_ID_LOCAL, shown);

    if (g_hash_table_add(s->named, (gpointer)(uintptr_t)(group + 1)))
        kith_builder_name(s->into, group, shown);
    return group;
}

/* "export.zip!general/2024-03-15.json" is a day of #general; -1 when the file lies in no folder. */
static kith_mention
channel_of_file(kith_social *s)
{
    const char *file = kith_source_name(s->source), *member = strrchr(file, '!');
    g_autofree char *folder = g_path_get_dirname(member ? member + 1 : file);
    g_autofree char *name = g_path_get_basename(folder);

    return strcmp(name, ".") == 0 || strcmp(name, "/") == 0 ? -1 : kith_slack_channel(s, name);
}

/* Why a message is nobody's; NULL when it is somebody's. */
static const char *
nobodys(const kith_json_value *message)
{
    const char *user = kith_json_get_string(message, "user");

    if (strcmp(kith_json_get_string(message, "subtype"), "bot_message") == 0 ||
        *kith_json_get_string(message, "bot_id") || strcmp(user, "USLACKBOT") == 0)
        return "by a bot";
    return *user ? NULL : "a message without an author";
}

static kith_mention
author_of(kith_social *s, const kith_json_value *message)
{
    const kith_json_value *profile = kith_json_get(message, "user_profile");

    return kith_social_account(s, kith_json_get_string(message, "user"),
                               kith_json_get_string(profile, "real_name"));
}

/* "<@U1>" and "<@U1|name>"; each is told once a message. */
static kith_status
tie_mentions(kith_social *s, const char *text, kith_mention from, kith_time when, kith_error *err)
{
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (const char *at = strstr(text, "<@"); at; at = strstr(at + 2, "<@")) {
        size_t n = strspn(at + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        char *id;

        if (n == 0 || (at[2 + n] != '>' && at[2 + n] != '|'))
            continue;
        id = g_strndup(at + 2, n);
        if (strcmp(id, "USLACKBOT") == 0 || g_hash_table_contains(told, id)) {
            g_free(id);
            continue;
        }
        g_hash_table_add(told, id);
        TRY(kith_social_tie(s, KITH_MESSAGED, from, kith_social_account(s, id, NULL), "mention",
                            when, err));
    }
    return KITH_OK;
}

static kith_status
tie_reactions(kith_social *s, const kith_json_value *message, kith_mention author, kith_time when,
              kith_error *err)
{
    const kith_json_value *reactions = kith_json_get(message, "reactions");

    for (size_t i = 0; i < kith_json_length(reactions); i++) {
        const kith_json_value *users = kith_json_get(kith_json_item(reactions, i), "users");

        for (size_t j = 0; j < kith_json_length(users); j++) {
            const char *id = kith_json_string(kith_json_item(users, j));

            TRY(kith_social_tie(s, KITH_MESSAGED, kith_social_account(s, id, NULL), author,
                                "reaction", when, err));
        }
    }
    return KITH_OK;
}

/* Who is answered: Slack says so, or the thread's first message is in the file. */
static kith_mention
parent_of(kith_social *s, const kith_json_value *message, GHashTable *authors)
{
    const char *parent = kith_json_get_string(message, "parent_user_id");
    const char *thread = kith_json_get_string(message, "thread_ts");

    if (*parent)
        return strcmp(parent, "USLACKBOT") == 0 ? -1 : kith_social_account(s, parent, NULL);
    if (!*thread || strcmp(thread, kith_json_get_string(message, "ts")) == 0)
        return -1;
    return (kith_mention)(uintptr_t)g_hash_table_lookup(authors, thread) - 1;
}

static kith_status
read_message(kith_social *s, const kith_json_value *message, kith_mention channel,
             GHashTable *authors, kith_error *err)
{
    const char *subtype = kith_json_get_string(message, "subtype"), *reason = nobodys(message);
    kith_time when = kith_social_time(kith_json_get(message, "ts"));
    kith_mention author;

    kith_social_record(s, message);
    if (reason) {
        kith_source_hold(s->source, "%s", reason);
        return KITH_OK;
    }
    author = author_of(s, message);
    if (!g_str_has_suffix(subtype, "_leave"))
        TRY(kith_social_member(s, author, channel, when, err));
    if (g_str_has_prefix(subtype, "channel_") || g_str_has_prefix(subtype, "group_"))
        return KITH_OK;
    g_hash_table_insert(authors, (gpointer)kith_json_get_string(message, "ts"),
                        (gpointer)(uintptr_t)(author + 1));
    TRY(kith_social_tie(s, KITH_MESSAGED, author, parent_of(s, message, authors), "reply", when,
                        err));
    TRY(tie_mentions(s, kith_json_get_string(message, "text"), author, when, err));
    return tie_reactions(s, message, author, when, err);
}

kith_status
kith_slack_day(kith_social *s, const kith_json_value *messages, kith_error *err)
{
    g_autoptr(GHashTable) authors = g_hash_table_new(g_str_hash, g_str_equal);
    kith_mention channel = channel_of_file(s);

    for (size_t i = 0; i < kith_json_length(messages); i++)
        TRY(read_message(s, kith_json_item(messages, i), channel, authors, err));
    return KITH_OK;
}
