/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail_headers.h - the header of a mail message: who, to whom, when, and nothing else.
 *
 * A reader of our own, because it has to survive any mailbox: no recursion, 64 kB of header, 2,000
 * addresses. Subjects and bodies are neither kept nor decoded.
 */
#ifndef KITH_IMPORTERS_MAIL_HEADERS_H
#define KITH_IMPORTERS_MAIL_HEADERS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define KITH_MAIL_HEADER_BYTES 65536
#define KITH_MAIL_ADDRESSES 2000

typedef enum kith_mail_field {
    KITH_MAIL_FROM = 0,
    KITH_MAIL_SENDER,
    KITH_MAIL_TO,
    KITH_MAIL_CC,
    KITH_MAIL_BCC,
    KITH_MAIL_DATE,
    KITH_MAIL_ID,
    KITH_MAIL_IN_REPLY_TO,
    KITH_MAIL_REFERENCES,
    KITH_MAIL_DELIVERED_TO,
    KITH_MAIL_LIST_ID,
    KITH_MAIL_LIST_POST,
    KITH_MAIL_MAILING_LIST,
    KITH_MAIL_PRECEDENCE,
    KITH_MAIL_AUTO_SUBMITTED,
    KITH_MAIL_LABELS,
    KITH_MAIL_MOZILLA_STATUS,
    KITH_MAIL_FIELDS
} kith_mail_field;

/* The fields of one message as written, unfolded. Start from {0}; kith_mail_clear() makes it {0}. */
typedef struct kith_mail {
    GString *field[KITH_MAIL_FIELDS]; /* NULL: not there */
    GString *open;                    /* what a folded line goes on with, borrowed */
    size_t bytes;
    bool too_long; /* beyond KITH_MAIL_HEADER_BYTES: what came later was not kept */
} kith_mail;

void kith_mail_clear(kith_mail *mail);

/** Takes one line of the header, folded or not, without its line end. */
void kith_mail_line(kith_mail *mail, const char *text, size_t length);

/** A field's text; "" when the message has none. */
const char *kith_mail_text(const kith_mail *mail, kith_mail_field field);

typedef struct kith_mail_address {
    char *name;    /* decoded, "" for none */
    char *address; /* as written */
} kith_mail_address;

/**
 * Appends the addresses of a list ("Circle: Ann Lee <ann@x.org>, bo@x.org (Bo);") to an array made by
 * kith_mail_addresses_new(). Groups, at any depth, are their members.
 * @return false when there are more than KITH_MAIL_ADDRESSES
 */
bool kith_mail_addresses(const char *text, GArray *into);
GArray *kith_mail_addresses_new(void);

/** A text with its encoded words ("=?ISO-8859-1?Q?Zo=EB?=") decoded; what is in no known encoding is
 * taken for UTF-8 or Windows-1252. @return yours, UTF-8 */
char *kith_mail_decode(const char *text);

/** The length of the encoded word at this place, 0 when there is none. */
size_t kith_mail_encoded_word(const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_mail, kith_mail_clear)

#endif
