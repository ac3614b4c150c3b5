/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * x-archive - following.js, follower.js and account.js of an X (Twitter) archive.
 *
 *     window.YTD.following.part0 = [ {"following": {"accountId": "9100031676000000052", …}} ]
 *
 * The lists name nobody: an account is its number. The script is data; it is never run.
 */
#include "base/base.h"
#include "social.h"
#include <kith/importer.h>
#include <string.h>

static const char *const parts[] = {"following", "follower", "account"};

/* Which of the parts these bytes are, -1 for another one. */
static int
part_of(const char *head, size_t length)
{
    for (int i = 0; i < 3; i++) {
        g_autofree char *front = g_strdup_printf("window.YTD.%s.part", parts[i]);
        const char *at = g_strstr_len(head, (gssize)MIN(length, 200), front);

        if (at && strspn(head, " \t\r\n\xef\xbb\xbf") == (size_t)(at - head))
            return i;
    }
    return -1;
}

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return part_of(head, length) >= 0 ? 98 : 0;
}

static void
read_owner(kith_social *s, const kith_json_value *account)
{
    g_autofree char *native = NULL;
    const char *handle = kith_json_get_string(account, "username");
    kith_mention owner = kith_builder_owner(s->into);
    char id[32];

    native = g_strdup_printf("x:%s", kith_json_id(kith_json_get(account, "accountId"), id));
    kith_builder_identify(s->into, owner, KITH_ID_NATIVE, native);
    kith_builder_name(s->into, owner, kith_json_get_string(account, "accountDisplayName"));
    kith_builder_identify(s->into, owner, KITH_ID_EMAIL, kith_json_get_string(account, "email"));
    kith_builder_attribute(s->into, owner, "x handle", handle);
}

static kith_status
read_item(kith_social *s, int part, const kith_json_value *item, kith_error *err)
{
    const kith_json_value *account = kith_json_get(item, parts[part]);
    kith_mention owner, other;
    char id[32];
    const char *text = kith_json_id(kith_json_get(account, "accountId"), id);

    kith_social_record(s, item);
    if (!*text) {
        kith_source_hold(s->source, "no accountId");
        return KITH_OK;
    }
    if (part == 2) {
        read_owner(s, account);
        return KITH_OK;
    }
    owner = kith_builder_owner(s->into);
    other = kith_social_account(s, text, NULL);
    kith_builder_flag(s->into, other, KITH_FLAG_STUB);
    return kith_social_tie(s, KITH_FOLLOWS, part == 0 ? owner : other, part == 0 ? other : owner,
                           NULL, KITH_TIME_NONE, err);
}

static kith_status
read_x_archive(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_social) s = {0};
    const kith_json_value *root;
    const char *head;
    size_t length;
    int part;

    (void)options;
    TRY(kith_source_head(source, &head, &length, err));
    part = part_of(head, length);
    if (part < 0)
        return kith_source_fail(source, err, "expected window.YTD.following, follower or account");
    TRY(kith_social_open(&s, source, KITH_JSON_ASSIGNMENT, "x", into, err));
    root = kith_json_root(s.json);
    for (size_t i = 0; i < kith_json_length(root); i++)
        TRY(read_item(&s, part, kith_json_item(root, i), err));
    return KITH_OK;
}

const kith_importer kith_importer_x_archive = {
    .name = "x-archive",
    .summary = "X (Twitter) archive: whom you follow and who follows you",
    .extensions = "js",
    .probe = probe,
    .read = read_x_archive,
};
