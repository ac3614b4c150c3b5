/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bluesky - what app.bsky.graph.getFollows and getFollowers answer.
 *
 *     {"subject": {"did": …, "handle": …}, "follows": [{"did": …, "displayName": …}], "cursor": "x"}
 *
 * The answer is public and says whose list it is, so the subject is a person like any other, not "me".
 * A cursor means that there are more pages.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const follows[] = {"\"subject\"", "\"follows\"", "\"did:", NULL};
    static const char *const followers[] = {"\"subject\"", "\"followers\"", "\"did:", NULL};

    (void)name;
    return kith_json_head_has(head, length, '{', follows) ||
                   kith_json_head_has(head, length, '{', followers)
               ? 97
               : 0;
}

static kith_mention
account(kith_social *s, const kith_json_value *item)
{
    const char *handle = kith_json_get_string(item, "handle");
    kith_mention who = kith_social_account(s, kith_json_get_string(item, "did"),
                                           kith_json_get_string(item, "displayName"));

    if (who >= 0 && *handle) {
        g_autofree char *url = g_strconcat("https://bsky.app/profile/", handle, NULL);

        kith_builder_identify(s->into, who, KITH_ID_URL, url);
    }
    return who;
}

static kith_status
read_list(kith_social *s, const char *key, bool following, kith_error *err)
{
    const kith_json_value *root = kith_json_root(s->json), *list = kith_json_get(root, key);
    kith_mention subject = account(s, kith_json_get(root, "subject"));

    for (size_t i = 0; i < kith_json_length(list); i++) {
        const kith_json_value *item = kith_json_item(list, i);
        kith_mention who;

        kith_social_record(s, item);
        who = account(s, item);
        if (who < 0)
            kith_source_hold(s->source, "an account without a did");
        TRY(kith_social_tie(s, KITH_FOLLOWS, following ? subject : who, following ? who : subject,
                            NULL, KITH_TIME_NONE, err));
    }
    return KITH_OK;
}

static kith_status
read_bluesky(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};

    (void)options;
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "bluesky", into, err));
    TRY(read_list(&s, "follows", true, err));
    TRY(read_list(&s, "followers", false, err));
    kith_source_at(source, 0, 0);
    if (*kith_json_get_string(kith_json_root(s.json), "cursor"))
        kith_source_warn(source, "the list may be incomplete: it is one page and there are more");
    return KITH_OK;
}

const kith_importer kith_importer_bluesky = {
    .name = "bluesky",
    .summary = "Bluesky's answer about whom an account follows, or who follows it",
    .extensions = "json",
    .probe = probe,
    .read = read_bluesky,
};
