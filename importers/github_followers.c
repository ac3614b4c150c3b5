/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * github-followers - what GitHub's API answers for /users/X/followers and /users/X/following.
 *
 *     [{"login": "mai", "id": 9990000011, "html_url": "https://github.com/mai", "type": "User"}]
 *
 * Whose list it is and which of the two it is the answer does not say: the owner is whoever imports it,
 * and a file with "following" in its name is whom they follow.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>
#include <string.h>

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const words[] = {"\"login\"", "\"html_url\"", "\"id\"", "\"type\"", NULL};

    (void)name;
    return kith_json_head_has(head, length, '[', words) ? 93 : 0;
}

static kith_status
read_account(kith_social *s, const kith_json_value *item, bool following, kith_error *err)
{
    char text[32];
    const char *id = kith_json_id(kith_json_get(item, "id"), text);
    kith_mention owner, who;

    kith_social_record(s, item);
    if (!*id || strcmp(kith_json_get_string(item, "type"), "Bot") == 0) {
        kith_source_hold(s->source, *id ? "a bot" : "an account without an id");
        return KITH_OK;
    }
    owner = kith_builder_owner(s->into);
    who = kith_social_account(s, id, kith_json_get_string(item, "name"));
    kith_builder_identify(s->into, who, KITH_ID_URL, kith_json_get_string(item, "html_url"));
    kith_builder_attribute(s->into, who, "github handle", kith_json_get_string(item, "login"));
    return kith_social_tie(s, KITH_FOLLOWS, following ? owner : who, following ? who : owner, NULL,
                           KITH_TIME_NONE, err);
}

static kith_status
read_github_followers(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};
    const kith_json_value *root;
    const char *file = kith_source_name(source);
    bool following = kith_social_file_says(file, "following");

    (void)options;
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "github", into, err));
    if (!following && !kith_social_file_says(file, "follower"))
        kith_source_warn(source, "taken for the owner's followers: the file's name says neither "
                                 "followers nor following");
    root = kith_json_root(s.json);
    for (size_t i = 0; i < kith_json_length(root); i++)
        TRY(read_account(&s, kith_json_item(root, i), following, err));
    return KITH_OK;
}

const kith_importer kith_importer_github_followers = {
    .name = "github-followers",
    .summary = "GitHub's answer about followers or following",
    .extensions = "json",
    .named_by = KITH_NAMED_BY_FILE,
    .probe = probe,
    .read = read_github_followers,
};
