/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discord - a channel as DiscordChatExporter writes it.
 *
 *     {"guild": {…}, "channel": {…}, "messages": [{"id": "2", "type": "Reply", "author": {…},
 *       "mentions": [{…}], "reference": {"messageId": "1"}, "reactions": [{"users": [{…}]}]}]}
 *
 * The channel is a topic, its members are who wrote in it. Answers, mentions and reactions are messages
 * by discord, and which of the three in the detail. What was said is not kept.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>
#include <string.h>

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const words[] = {"\"guild\"", "\"channel\"", "\"messages\"", "\"author\"",
                                        NULL};
    static const char *const start[] = {"\"guild\"", "\"channel\"", "\"exportedAt\"", NULL};

    (void)name;
    return kith_json_head_has(head, length, '{', words)   ? 96
           : kith_json_head_has(head, length, '{', start) ? 80
                                                          : 0;
}

/* -1 for a bot or nobody. */
static kith_mention
account(kith_social *s, const kith_json_value *user)
{
    const char *nickname = kith_json_get_string(user, "nickname");
    char id[32];

    if (kith_json_is_true(kith_json_get(user, "isBot")))
        return -1;
    return kith_social_account(s, kith_json_id(kith_json_get(user, "id"), id),
                               *nickname ? nickname : kith_json_get_string(user, "name"));
}

static kith_mention
channel_of(kith_social *s, const kith_json_value *root)
{
    const kith_json_value *channel = kith_json_get(root, "channel");
    const char *guild = kith_json_get_string(kith_json_get(root, "guild"), "name");
    const char *name = kith_json_get_string(channel, "name");
    g_autofree char *shown = g_strdup_printf("%s%s#%s", guild, *guild ? " " : "", name);
    g_autofree char *native = NULL;
    kith_mention group;
    char id[32];

    native = g_strdup_printf("discord:%s", kith_json_id(kith_json_get(channel, "id"), id));
    group = kith_builder_keyed(s->into, KITH_TOPIC, KITH_ID_NATIVE, native);
    kith_builder_name(s->into, group, shown);
    return group;
}

static kith_status
tie_users(kith_social *s, const kith_json_value *users, kith_mention author, bool reaction,
          kith_time when, kith_error *err)
{
    for (size_t i = 0; i < kith_json_length(users); i++) {
        kith_mention user = account(s, kith_json_item(users, i));

        TRY(kith_social_tie(s, KITH_MESSAGED, reaction ? user : author, reaction ? author : user,
                            reaction ? "reaction" : "mention", when, err));
    }
    return KITH_OK;
}

static kith_status
tie_message(kith_social *s, const kith_json_value *message, kith_mention author,
            GHashTable *authors, kith_error *err)
{
    const kith_json_value *reference = kith_json_get(message, "reference");
    const kith_json_value *reactions = kith_json_get(message, "reactions");
    kith_time when = kith_social_time(kith_json_get(message, "timestamp"));
    uintptr_t answered =
        (uintptr_t)g_hash_table_lookup(authors, kith_json_get_string(reference, "messageId"));

    if (answered && strcmp(kith_json_get_string(message, "type"), "Reply") == 0)
        TRY(kith_social_tie(s, KITH_MESSAGED, author, (kith_mention)answered - 1, "reply", when,
                            err));
    TRY(tie_users(s, kith_json_get(message, "mentions"), author, false, when, err));
    for (size_t i = 0; i < kith_json_length(reactions); i++)
        TRY(tie_users(s, kith_json_get(kith_json_item(reactions, i), "users"), author, true, when,
                      err));
    return KITH_OK;
}

static kith_status
read_message(kith_social *s, const kith_json_value *message, kith_mention channel,
             GHashTable *authors, kith_error *err)
{
    kith_mention author;

    kith_social_record(s, message);
    author = account(s, kith_json_get(message, "author"));
    if (author < 0) {
        kith_source_hold(s->source, "by a bot or by nobody");
        return KITH_OK;
    }
    if (*kith_json_get_string(message, "id"))
        g_hash_table_insert(authors, (gpointer)kith_json_get_string(message, "id"),
                            (gpointer)(uintptr_t)(author + 1));
    TRY(kith_social_member(s, author, channel,
                           kith_social_time(kith_json_get(message, "timestamp")), err));
    return tie_message(s, message, author, authors, err);
}

static kith_status
read_discord(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};
    g_autoptr(GHashTable) authors = g_hash_table_new(g_str_hash, g_str_equal);
    const kith_json_value *root, *messages;
    kith_mention channel;

    (void)options;
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "discord", into, err));
    root = kith_json_root(s.json);
    messages = kith_json_get(root, "messages");
    if (kith_json_length(messages) == 0)
        return KITH_OK;
    channel = channel_of(&s, root);
    for (size_t i = 0; i < kith_json_length(messages); i++)
        TRY(read_message(&s, kith_json_item(messages, i), channel, authors, err));
    return KITH_OK;
}

const kith_importer kith_importer_discord = {
    .name = "discord",
    .summary = "DiscordChatExporter's JSON: who answers, mentions and applauds whom in a channel",
    .extensions = "json",
    .probe = probe,
    .read = read_discord,
};
