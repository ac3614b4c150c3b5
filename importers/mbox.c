/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mbox - a mailbox of many messages: Gmail's takeout, Thunderbird, Apple Mail, list archives.
 *
 *     From 1790…@xxx Mon Mar 04 11:20:34 +0000 2024
 *     Delivered-To: marta@example.org
 *     From: Mai <mai@example.org>
 *     …
 *
 * A message begins at a line "From … Www Mmm dd hh:mm" after an empty line; any other line that says
 * "From " is somebody's prose. Bodies are skipped unread, so a mailbox may be of any size.
 */
#include "base/base.h"
#include "mail_lines.h"
#include "mail_ties.h"
#include <kith/importer.h>
#include <string.h>

#define LONGEST_SEPARATOR 500

static bool
is_one_of(const char *word, const char *words)
{
    const char *found = strlen(word) >= 3 ? strstr(words, word) : NULL;

    return found && (found - words) % 4 == 0 && strlen(word) == 3;
}

/* The date of a line "From somebody Mon Mar  4 11:20:34 2024"; NULL when the line is no separator. */
static char *
separator_date(const char *text, size_t length)
{
    g_autofree char *line = NULL;
    g_auto(GStrv) word = NULL;

    if (length < 20 || length > LONGEST_SEPARATOR || memcmp(text, "From ", 5) != 0)
        return NULL;
    line = g_strndup(text, length);
    g_strdelimit(line, "\t", ' ');
    word = g_strsplit(line, " ", -1);
    for (char **w = word + 1; w[0]; w++) {
        char **rest = w + 1;

        if (!is_one_of(w[0], "Mon Tue Wed Thu Fri Sat Sun"))
            continue;
        while (*rest && !**rest)
            rest++;
        if (*rest && is_one_of(*rest, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"))
            return g_strjoinv(" ", w);
    }
    return NULL;
}

static int
probe(const char *head, size_t length, const char *name)
{
    const char *start = head + (length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
    const char *end = head + length, *stop;
    g_autofree char *date = NULL;

    (void)name;
    while (start < end && (*start == '\n' || *start == '\r'))
        start++;
    stop = memchr(start, '\n', (size_t)(end - start));
    date = stop ? separator_date(start, (size_t)(stop - start)) : NULL;
    return date ? 96 : 0;
}

/* Where the reader is: between messages, in a header, in a body. */
struct reading {
    kith_mailbox *box;
    kith_mail mail;
    char *sent; /* the separator's date */
    int64_t line;
    bool header, blank;
};

static kith_status
end_header(struct reading *r, kith_error *err)
{
    kith_status status = KITH_OK;

    if (r->header) {
        kith_source_at(r->box->source, r->line, 1);
        status = kith_mailbox_message(r->box, &r->mail, r->sent, err);
    }
    kith_mail_clear(&r->mail);
    r->header = false;
    return status;
}

static kith_status
take_piece(struct reading *r, const kith_mail_piece *piece, int64_t line, kith_error *err)
{
    char *date = r->blank && piece->starts ? separator_date(piece->text, piece->length) : NULL;

    if (date) {
        TRY(end_header(r, err));
        g_free(r->sent);
        r->sent = date;
        r->line = line;
        r->header = true;
    } else if (r->header && piece->starts && piece->length == 0) {
        TRY(end_header(r, err));
    } else if (r->header) {
        kith_mail_line(&r->mail, piece->text, piece->length);
    }
    r->blank = !date && piece->starts && piece->length == 0;
    return KITH_OK;
}

static kith_status
read_pieces(struct reading *r, kith_source *source, kith_error *err)
{
    g_auto(kith_mail_lines) lines = {0};
    kith_mail_piece piece;

    kith_mail_lines_init(&lines, source);
    for (;;) {
        TRY(kith_mail_lines_next(&lines, &piece, err));
        if (!piece.text)
            return end_header(r, err);
        TRY(take_piece(r, &piece, lines.line, err));
    }
}

static kith_status
read_mbox(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_mailbox) box = {0};
    struct reading r = {.box = &box, .blank = true};
    kith_status status;

    (void)options;
    kith_mailbox_init(&box, source, into);
    status = read_pieces(&r, source, err);
    kith_mail_clear(&r.mail);
    g_free(r.sent);
    TRY(status);
    return kith_mailbox_finish(&box, true, err);
}

const kith_importer kith_importer_mbox = {
    .name = "mbox",
    .summary = "a mailbox (Gmail takeout, Thunderbird, Apple Mail): who wrote to whom, and when",
    .extensions = "mbox",
    .probe = probe,
    .read = read_mbox,
};
