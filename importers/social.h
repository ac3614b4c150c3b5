/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * social.h - accounts and what they do, for the importers of social exports.
 *
 * Every export is one person's view of handles. An account's own id ("slack:U01ABC", always text) is
 * what makes two mentions one person; names never do.
 */
#ifndef KITH_IMPORTERS_SOCIAL_H
#define KITH_IMPORTERS_SOCIAL_H

#include "base/json.h"
#include <kith/builder.h>

/* A document being read. Start with kith_social_open(). */
typedef struct kith_social {
    kith_source *source;
    kith_builder *into;
    const char *channel; /* "slack"; also the namespace of its ids */
    kith_json_file *json;
    GHashTable *named;   /* mentions whose name was told */
    GHashTable *members; /* mentions whose membership was told */
} kith_social;

kith_status kith_social_open(kith_social *s, kith_source *source, kith_json_form form,
                             const char *channel, kith_builder *into, kith_error *err);
void kith_social_clear(kith_social *s);

/** Counts an item of the document as a record and puts the source on its line. */
void kith_social_record(kith_social *s, const kith_json_value *item);

/** The account with this id, with its name when there is one; -1 when the id is empty. */
kith_mention kith_social_account(kith_social *s, const char *id, const char *name);

/** The account with this profile page. @return -1 when it is no web address */
kith_mention kith_social_page(kith_social *s, const char *url);

/** A tie by the document's channel; loops and missing ends are left out. @param detail may be NULL */
kith_status kith_social_tie(kith_social *s, kith_tie_kind kind, kith_mention from, kith_mention to,
                            const char *detail, kith_time when, kith_error *err);

/** That somebody is in a channel or group, told once a document. */
kith_status kith_social_member(kith_social *s, kith_mention who, kith_mention group, kith_time when,
                               kith_error *err);

/** A moment: seconds or milliseconds since 1970, as number or text, or a date. KITH_TIME_NONE for none. */
kith_time kith_social_time(const kith_json_value *value);

/** Meta writes each byte of UTF-8 as a character of its own ("Zo\u00c3\u00ab"): put right, when every
 * character is such a byte and the bytes are good UTF-8. @return yours */
char *kith_social_repair(const char *text);

/** Whether the file's own name (without folders) has a word in it, whatever the case. */
bool kith_social_file_says(const char *file, const char *word);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_social, kith_social_clear)

#endif
