/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * instagram - followers_1.json and following.json of an Instagram export.
 *
 *     [{"title": "", "string_list_data": [{"href": "https://www.instagram.com/mai", "value": "mai", "timestamp": 1}]}]
 *     {"relationships_following": [ … ]}
 *
 * Since 2025 the handle may stand in "title" and the link be "/_u/mai". Blocked, restricted and asked
 * people stand in files of the same shape, which are not read.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>
#include <string.h>

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const following[] = {"\"relationships_following\"", NULL};
    static const char *const followers[] = {"\"relationships_followers\"", NULL};
    static const char *const bare[] = {"\"string_list_data\"", "\"media_list_data\"", NULL};

    (void)name;
    if (kith_json_head_has(head, length, '{', following) ||
        kith_json_head_has(head, length, '{', followers))
        return 97;
    return kith_json_head_has(head, length, '[', bare) ? 95 : 0;
}

/* The last part of the link, which is the handle. */
static char *
handle_of(const kith_json_value *item, const kith_json_value *entry)
{
    const char *value = kith_json_get_string(entry, "value");
    const char *title = kith_json_get_string(item, "title");
    const char *href = kith_json_get_string(entry, "href"), *last;
    g_autofree char *written = NULL;

    if (*value || *title)
        written = kith_social_repair(*value ? value : title);
    else
        written = g_strndup(href, strcspn(href, "?#"));
    while (*written && written[strlen(written) - 1] == '/')
        written[strlen(written) - 1] = '\0';
    last = strrchr(written, '/');
    return g_ascii_strdown(g_strstrip((char *)(last ? last + 1 : written)), -1);
}

static kith_status
read_item(kith_social *s, const kith_json_value *item, bool following, kith_error *err)
{
    const kith_json_value *entry = kith_json_item(kith_json_get(item, "string_list_data"), 0);
    g_autofree char *handle = handle_of(item, entry), *url = NULL;
    kith_mention owner, who;

    kith_social_record(s, item);
    url = g_strconcat("https://www.instagram.com/", handle, NULL);
    who = *handle && !strchr(handle, ' ') ? kith_social_page(s, url) : -1;
    if (who < 0) {
        kith_source_hold(s->source, "an account without a handle");
        return KITH_OK;
    }
    owner = kith_builder_owner(s->into);
    return kith_social_tie(s, KITH_FOLLOWS, following ? owner : who, following ? who : owner, NULL,
                           kith_social_time(kith_json_get(entry, "timestamp")), err);
}

static kith_status
read_list(kith_social *s, const kith_json_value *list, bool following, kith_error *err)
{
    for (size_t i = 0; i < kith_json_length(list); i++)
        TRY(read_item(s, kith_json_item(list, i), following, err));
    return KITH_OK;
}

static kith_status
read_instagram(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};
    const kith_json_value *root;

    (void)options;
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "instagram", into, err));
    root = kith_json_root(s.json);
    TRY(read_list(&s, root, kith_social_file_says(kith_source_name(source), "following"), err));
    TRY(read_list(&s, kith_json_get(root, "relationships_following"), true, err));
    return read_list(&s, kith_json_get(root, "relationships_followers"), false, err);
}

const kith_importer kith_importer_instagram = {
    .name = "instagram",
    .summary = "Instagram export: whom you follow and who follows you",
    .extensions = "json",
    .named_by = KITH_NAMED_BY_FILE,
    .probe = probe,
    .read = read_instagram,
};
