/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail_lines.c - the lines of a mailbox, however long, in the memory of one block. */
#include "mail_lines.h"
#include "base/base.h"
#include "base/source.h"
#include <string.h>

#define LONGEST_PIECE ((size_t)1 << 16)
#define ROOM (2 * LONGEST_PIECE)

void
kith_mail_lines_init(kith_mail_lines *lines, kith_source *source)
{
    *lines = (kith_mail_lines){.source = source, .room = kith_source_room(source, ROOM)};
    lines->buffer = g_malloc(lines->room + 1);
}

void
kith_mail_lines_clear(kith_mail_lines *lines)
{
    g_free(lines->buffer);
    *lines = (kith_mail_lines){0};
}

/* Fills the buffer behind what is left in it, which is less than a piece. */
static kith_status
read_more(kith_mail_lines *l, kith_error *err)
{
    size_t got = 0;

    memmove(l->buffer, l->buffer + l->start, l->end - l->start);
    l->end -= l->start;
    l->start = 0;
    TRY(kith_source_read(l->source, l->buffer + l->end, l->room - l->end, &got, err));
    l->end += got;
    l->ended = got == 0;
    return KITH_OK;
}

static void
hand_out(kith_mail_lines *l, size_t length, bool whole, kith_mail_piece *out)
{
    out->text = l->buffer + l->start;
    out->length = length;
    out->starts = !l->inside;
    l->line += out->starts;
    l->inside = !whole;
    l->start = MIN(l->start + length + whole, l->end);
    if (whole && out->length && out->text[out->length - 1] == '\r')
        out->length--;
    /* A piece of a long line keeps the byte behind it: nobody needs its text ended. */
    if (whole)
        out->text[out->length] = '\0';
}

kith_status
kith_mail_lines_next(kith_mail_lines *l, kith_mail_piece *out, kith_error *err)
{
    *out = (kith_mail_piece){0};
    for (;;) {
        size_t left = l->end - l->start;
        char *stop = memchr(l->buffer + l->start, '\n', MIN(left, LONGEST_PIECE));

        if (stop)
            hand_out(l, (size_t)(stop - (l->buffer + l->start)), true, out);
        else if (left >= LONGEST_PIECE)
            hand_out(l, LONGEST_PIECE, false, out);
        else if (l->ended && left)
            hand_out(l, left, true, out);
        if (out->text || l->ended)
            return KITH_OK;
        TRY(read_more(l, err));
    }
}
