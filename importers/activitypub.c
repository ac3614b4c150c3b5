/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * activitypub - a collection of followers or following, as servers of the fediverse answer it.
 *
 *     {"id": "https://x.org/users/ann/following", "type": "OrderedCollection", "orderedItems": ["https://x.org/users/bo"]}
 *
 * An actor is its address. The collection's id says whose it is and which of the two; links to further
 * pages are never followed.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>
#include <string.h>

/* The first text of a key in these bytes, whether it is about followers or following. An outbox is a
 * collection too, and speaks of followers on every line. */
static bool
key_says_follow(const char *head, size_t length, const char *key)
{
    const char *at = g_strstr_len(head, (gssize)length, key), *end = head + length, *stop;

    if (!at)
        return false;
    for (at += strlen(key); at < end && (g_ascii_isspace(*at) || *at == ':');)
        at++;
    if (at == end || *at != '"')
        return false;
    stop = memchr(at + 1, '"', (size_t)(end - at - 1));
    return stop && g_strstr_len(at, stop - at, "/follow");
}

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const words[] = {"\"orderedItems\"", "\"OrderedCollection", NULL};

    (void)name;
    return kith_json_head_has(head, length, '{', words) &&
                   (key_says_follow(head, length, "\"id\"") ||
                    key_says_follow(head, length, "\"partOf\""))
               ? 96
               : 0;
}

/* Whose collection it is: what stands before "/following" or "/followers". NULL when it is neither. */
static char *
actor_of(const kith_json_value *root, bool *following)
{
    const char *part = kith_json_get_string(root, "partOf");
    const char *id = *part ? part : kith_json_get_string(root, "id"), *at;

    at = g_strrstr(id, "/follow");
    *following = at && g_str_has_prefix(at, "/following");
    return at && (*following || g_str_has_prefix(at, "/followers")) ? g_strndup(id, at - id) : NULL;
}

static const char *
address_of(const kith_json_value *item)
{
    return kith_json_is_object(item) ? kith_json_get_string(item, "id") : kith_json_string(item);
}

static kith_status
read_items(kith_social *s, const char *actor, bool following, kith_error *err)
{
    const kith_json_value *items = kith_json_get(kith_json_root(s->json), "orderedItems");
    kith_mention subject = kith_social_page(s, actor);

    for (size_t i = 0; i < kith_json_length(items); i++) {
        const kith_json_value *item = kith_json_item(items, i);
        kith_mention who;

        kith_social_record(s, item);
        who = kith_social_page(s, address_of(item));
        if (who < 0)
            kith_source_hold(s->source, "an actor without an address");
        else
            kith_builder_name(s->into, who, kith_json_get_string(item, "name"));
        TRY(kith_social_tie(s, KITH_FOLLOWS, following ? subject : who, following ? who : subject,
                            NULL, KITH_TIME_NONE, err));
    }
    return KITH_OK;
}

static kith_status
read_activitypub(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};
    g_autofree char *actor = NULL;
    const kith_json_value *root;
    double total = 0;
    bool following;

    (void)options;
    TRY(kith_social_open(&s, source, KITH_JSON_PLAIN, "fediverse", into, err));
    root = kith_json_root(s.json);
    actor = actor_of(root, &following);
    if (!actor)
        return kith_source_fail(source, err,
                                "the collection's id says neither followers nor following");
    TRY(read_items(&s, actor, following, err));
    kith_json_number(kith_json_get(root, "totalItems"), &total);
    kith_source_at(source, 0, 0);
    if (*kith_json_get_string(root, "next") ||
        total > (double)kith_json_length(kith_json_get(root, "orderedItems")))
        kith_source_warn(source, "the list may be incomplete: it is one page and there are more");
    return KITH_OK;
}

const kith_importer kith_importer_activitypub = {
    .name = "activitypub",
    .summary = "fediverse collection: whom an account follows, or who follows it",
    .extensions = "json",
    .probe = probe,
    .read = read_activitypub,
};
