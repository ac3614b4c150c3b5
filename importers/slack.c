/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slack - users.json, channels.json (groups, mpims, dms) and the days of a Slack export.
 *
 *     [{"type": "message", "user": "U1", "text": "<@U2> …", "ts": "1710493200.000100", "parent_user_id": "U3"}]
 *
 * A channel is a topic with members. Between people there are answers, mentions and reactions: messages
 * by slack, and which of the three in the detail. Texts are searched for mentions and not kept.
 */
#include "base/base.h"
#include "slack_day.h"
#include <kith/importer.h>
#include <string.h>

enum part { NONE = 0, USERS, CHANNELS, DAY };

static enum part
part_of(const char *head, size_t length)
{
    static const char *const day[] = {"\"ts\"", "\"type\"", NULL};
    static const char *const users[] = {"\"id\"", "\"profile\"", "\"name\"", NULL};
    static const char *const slack[] = {"\"team_id\"", NULL};
    static const char *const channels[] = {"\"id\"", "\"members\"", "\"created\"", NULL};

    if (kith_json_head_has(head, length, '[', day))
        return DAY;
    if (kith_json_head_has(head, length, '[', users) &&
        kith_json_head_has(head, length, '[', slack))
        return USERS;
    return kith_json_head_has(head, length, '[', channels) ? CHANNELS : NONE;
}

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return part_of(head, length) == NONE ? 0 : part_of(head, length) == USERS ? 95 : 90;
}

static bool
is_bot(const kith_json_value *user)
{
    return kith_json_is_true(kith_json_get(user, "is_bot")) ||
           strcmp(kith_json_get_string(user, "id"), "USLACKBOT") == 0;
}

/* Somebody who left is still who they were. */
static kith_status
read_user(kith_social *s, const kith_json_value *user, kith_error *err)
{
    const kith_json_value *profile = kith_json_get(user, "profile");
    const char *id = kith_json_get_string(user, "id");
    const char *name = kith_json_get_string(profile, "real_name");
    kith_mention who;

    (void)err;
    kith_social_record(s, user);
    if (!*id || is_bot(user)) {
        kith_source_hold(s->source, *id ? "a bot" : "a member without an id");
        return KITH_OK;
    }
    if (!*name)
        name = kith_json_get_string(user, "real_name");
    if (!*name)
        name = kith_json_get_string(profile, "display_name");
    who = kith_social_account(s, id, *name ? name : kith_json_get_string(user, "name"));
    kith_builder_identify(s->into, who, KITH_ID_EMAIL, kith_json_get_string(profile, "email"));
    kith_builder_identify(s->into, who, KITH_ID_PHONE, kith_json_get_string(profile, "phone"));
    kith_builder_attribute(s->into, who, "title", kith_json_get_string(profile, "title"));
    return KITH_OK;
}

static kith_status
read_channel(kith_social *s, const kith_json_value *channel, kith_error *err)
{
    const kith_json_value *members = kith_json_get(channel, "members");
    const char *id = kith_json_get_string(channel, "id");
    const char *name = kith_json_get_string(channel, "name");
    kith_mention group;

    kith_social_record(s, channel);
    if (!*id && !*name) {
        kith_source_hold(s->source, "a channel without an id");
        return KITH_OK;
    }
    group = kith_slack_channel(s, *name ? name : id);
    for (size_t i = 0; i < kith_json_length(members); i++) {
        kith_mention who =
            kith_social_account(s, kith_json_string(kith_json_item(members, i)), NULL);

        if (who >= 0)
            kith_builder_flag(s->into, who, KITH_FLAG_STUB);
        TRY(kith_social_tie(s, KITH_MEMBER_OF, who, group, NULL, KITH_TIME_NONE, err));
    }
    return KITH_OK;
}

static kith_status
read_slack(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};
    const kith_json_value *root;
    const char *head;
    size_t length;
    enum part part;

    (void)options;
    TRY(kith_source_head(source, &head, &length, err));
    part = part_of(head, length);
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "slack", into, err));
    root = kith_json_root(s.json);
    if (part == NONE)
        return kith_source_fail(source, err, "expected users, channels or a day of messages");
    if (part == DAY)
        return kith_slack_day(&s, root, err);
    for (size_t i = 0; i < kith_json_length(root); i++)
        TRY((part == USERS ? read_user : read_channel)(&s, kith_json_item(root, i), err));
    return KITH_OK;
}

const kith_importer kith_importer_slack = {
    .name = "slack",
    .summary = "Slack export: members, channels, and who answers, mentions and applauds whom",
    .extensions = "json",
    .named_by = KITH_NAMED_BY_FOLDER,
    .probe = probe,
    .read = read_slack,
};
