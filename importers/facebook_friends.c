/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * facebook-friends - your_friends.json of a Facebook export.
 *
 *     {"friends_v2": [{"name": "Zo\u00c3\u00ab Hartnell", "timestamp": 1400000000}]}
 *
 * Names are all there is. A friends list never repeats a person, so two of one name are two people.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>

static const char *const lists[] = {"friends_v2", "friends"};

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const now[] = {"\"friends_v2\"", "\"name\"", NULL};
    static const char *const before[] = {"\"friends\"", "\"name\"", "\"timestamp\"", NULL};

    (void)name;
    return kith_json_head_has(head, length, '{', now)      ? 97
           : kith_json_head_has(head, length, '{', before) ? 80
                                                           : 0;
}

static kith_status
read_friend(kith_social *s, const kith_json_value *item, kith_error *err)
{
    g_autofree char *name = kith_social_repair(kith_json_get_string(item, "name"));
    kith_mention who;

    kith_social_record(s, item);
    if (!*name) {
        kith_source_hold(s->source, "a friend without a name");
        return KITH_OK;
    }
    who = kith_builder_mention(s->into, KITH_PERSON);
    kith_builder_name(s->into, who, name);
    return kith_social_tie(s, KITH_KNOWS, kith_builder_owner(s->into), who, NULL,
                           kith_social_time(kith_json_get(item, "timestamp")), err);
}

static kith_status
read_facebook_friends(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};

    (void)options;
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "facebook", into, err));
    for (size_t l = 0; l < G_N_ELEMENTS(lists); l++) {
        const kith_json_value *list = kith_json_get(kith_json_root(s.json), lists[l]);

        for (size_t i = 0; i < kith_json_length(list); i++)
            TRY(read_friend(&s, kith_json_item(list, i), err));
    }
    return KITH_OK;
}

const kith_importer kith_importer_facebook_friends = {
    .name = "facebook-friends",
    .summary = "Facebook export: your friends, and since when",
    .extensions = "json",
    .probe = probe,
    .read = read_facebook_friends,
};
