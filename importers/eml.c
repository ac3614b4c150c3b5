/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * eml - one mail message, as mail programs save it and Maildir folders keep it.
 *
 * Whose mailbox it was is not told: a saved message may be anybody's, and two of them may be two people's.
 */
#include "base/base.h"
#include "mail_lines.h"
#include "mail_ties.h"
#include <kith/importer.h>
#include <string.h>

/* How many of the header lines in these bytes are ones that every message has; -1 when one is no
 * header line. */
static int
usual_fields(const char *head, size_t length, bool *has_sender)
{
    static const char *const usual[] = {
        "From:",         "To:",       "Date:",        "Subject:",
        "Message-ID:",   "Received:", "Return-Path:", "MIME-Version:",
        "Delivered-To:", "Cc:",       "References:",  "In-Reply-To:"};
    const char *end = head + length;
    int found = 0;

    while (head < end && *head != '\n' && *head != '\r') {
        const char *stop = memchr(head, '\n', (size_t)(end - head));
        size_t n = strcspn(head, ": \t\r\n");

        if (*head != ' ' && *head != '\t' && (head + n >= end || head[n] != ':' || n == 0))
            return stop ? -1 : found;
        for (size_t i = 0; i < G_N_ELEMENTS(usual); i++)
            if (g_ascii_strncasecmp(head, usual[i], strlen(usual[i])) == 0) {
                *has_sender = *has_sender || i == 0;
                found++;
            }
        if (!stop)
            break;
        head = stop + 1;
    }
    return found;
}

static int
probe(const char *head, size_t length, const char *name)
{
    bool has_sender = false;
    int found = usual_fields(head, length, &has_sender);

    (void)name;
    return has_sender && found >= 2 ? 92 : 0;
}

static kith_status
read_header(kith_source *source, kith_mail *mail, kith_error *err)
{
    g_auto(kith_mail_lines) lines = {0};
    kith_mail_piece piece;

    kith_mail_lines_init(&lines, source);
    for (;;) {
        TRY(kith_mail_lines_next(&lines, &piece, err));
        if (!piece.text || (piece.starts && piece.length == 0))
            return KITH_OK;
        kith_mail_line(mail, piece.text, piece.length);
    }
}

static kith_status
read_eml(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_mailbox) box = {0};
    g_auto(kith_mail) mail = {0};

    (void)options;
    TRY(read_header(source, &mail, err));
    kith_source_at(source, 1, 1);
    kith_mailbox_init(&box, source, into);
    TRY(kith_mailbox_message(&box, &mail, "", err));
    return kith_mailbox_finish(&box, false, err);
}

const kith_importer kith_importer_eml = {
    .name = "eml",
    .summary = "one mail message: who wrote it, to whom, and when",
    .extensions = "eml",
    .probe = probe,
    .read = read_eml,
};
