/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail_lines.h - the lines of a mailbox, however long, in the memory of one block.
 *
 * Attachments hold lines of any length and nobody needs them: what goes beyond 64 kB of a line comes as
 * further pieces that do not start a line.
 */
#ifndef KITH_IMPORTERS_MAIL_LINES_H
#define KITH_IMPORTERS_MAIL_LINES_H

#include <glib.h>
#include <kith/error.h>
#include <kith/source.h>

typedef struct kith_mail_lines {
    kith_source *source;
    char *buffer;
    size_t room, start, end;
    bool ended, inside; /* inside: the last piece did not end its line */
    int64_t line;       /* of the piece handed out last, 1-based */
} kith_mail_lines;

/* One line or a piece of a long one; NUL-terminated, without its line end, borrowed until the next. */
typedef struct kith_mail_piece {
    char *text; /* NULL at the end of the source */
    size_t length;
    bool starts; /* a line begins here */
} kith_mail_piece;

void kith_mail_lines_init(kith_mail_lines *lines, kith_source *source);
void kith_mail_lines_clear(kith_mail_lines *lines);
kith_status kith_mail_lines_next(kith_mail_lines *lines, kith_mail_piece *out, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_mail_lines, kith_mail_lines_clear)

#endif
