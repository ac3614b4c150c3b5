/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mastodon-following - following_accounts.csv of a Mastodon export.
 *
 *     Account address,Show boosts,Notify on new posts,Languages
 *     prakash@tidewell.test,true,false,
 *
 * The addresses look like e-mail and are not: they are matched with nothing but each other.
 */
#include "base/base.h"
#include "rows.h"
#include <kith/builder.h>
#include <kith/importer.h>
#include <string.h>

static bool
is_following_header(const kith_header *header)
{
    return kith_header_find(header, "account address") >= 0 &&
           kith_header_find(header, "show boosts") >= 0;
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_following_header);

    (void)name;
    return header ? 98 : 0;
}

static kith_status
read_row(kith_source *source, const char *address, kith_builder *into, kith_error *err)
{
    g_autofree char *small = g_utf8_strdown(address, -1), *native = NULL;
    kith_fact fact = KITH_FACT_INIT;

    if (*small == '@')
        memmove(small, small + 1, strlen(small));
    if (!strchr(small, '@')) {
        kith_source_hold(source, "'%s' is no account address", small);
        return KITH_OK;
    }
    native = g_strconcat("mastodon:", small, NULL);
    fact.kind = KITH_FOLLOWS;
    fact.channel = "mastodon";
    fact.from = kith_builder_owner(into);
    fact.to = kith_builder_keyed(into, KITH_PERSON, KITH_ID_NATIVE, native);
    return kith_builder_fact(into, &fact, err);
}

static kith_status
read_mastodon_following(kith_source *source, const void *options, kith_builder *into,
                        kith_error *err)
{
    g_autoptr(kith_rows) rows = NULL;
    const kith_row *row;
    int column;

    (void)options;
    TRY(kith_rows_open(source, is_following_header, &rows, err));
    column = kith_header_find(kith_rows_header(rows), "account address");
    for (;;) {
        TRY(kith_rows_next(rows, &row, err));
        if (!row)
            return KITH_OK;
        TRY(read_row(source, kith_row_text(row, column), into, err));
    }
}

const kith_importer kith_importer_mastodon_following = {
    .name = "mastodon-following",
    .summary = "Mastodon export: the accounts you follow",
    .extensions = "csv",
    .probe = probe,
    .read = read_mastodon_following,
};
