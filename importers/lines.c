/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.c - cuts a source into lines; the buffer grows only for a line that is longer than a block. */
#include "lines.h"
#include "base/base.h"
#include "base/limits.h"
#include "base/source.h"
#include <string.h>

#define BLOCK ((size_t)1 << 16)

void
kith_lines_init(kith_lines *lines, kith_source *source)
{
    *lines = (kith_lines){.source = source, .block = kith_source_room(source, BLOCK)};
    lines->room = 2 * lines->block;
    lines->buffer = g_malloc(lines->room + 1);
}

void
kith_lines_clear(kith_lines *lines)
{
    g_free(lines->buffer);
    *lines = (kith_lines){0};
}

static kith_status
read_more(kith_lines *l, kith_error *err)
{
    size_t got = 0;

    memmove(l->buffer, l->buffer + l->start, l->end - l->start);
    l->end -= l->start;
    l->start = 0;
    if ((int64_t)l->end > kith_limit(KITH_LIMIT_LINE)) {
        kith_source_at(l->source, l->line + 1, 1);
        return kith_fail_at(err, KITH_ERR_LIMIT, kith_source_name(l->source), l->line + 1, 1,
                            "a line of more than 1 MB");
    }
    if (l->end + l->block > l->room) {
        l->room = l->end + 2 * l->block;
        l->buffer = g_realloc(l->buffer, l->room + 1);
    }
    TRY(kith_source_read(l->source, l->buffer + l->end, l->block, &got, err));
    l->end += got;
    l->ended = got == 0;
    return KITH_OK;
}

kith_status
kith_lines_next(kith_lines *l, char **text, size_t *length, kith_error *err)
{
    size_t searched = 0;
    char *stop;

    *text = NULL;
    while (!(stop = memchr(l->buffer + l->start + searched, '\n', l->end - l->start - searched))) {
        if (l->ended && l->start == l->end)
            return KITH_OK;
        searched = l->end - l->start;
        if (l->ended)
            stop = l->buffer + l->end;
        if (stop)
            break;
        TRY(read_more(l, err));
    }
    *text = l->buffer + l->start;
    *length = (size_t)(stop - *text);
    l->start = MIN((size_t)(stop - l->buffer) + 1, l->end);
    if (*length && (*text)[*length - 1] == '\r')
        --*length;
    (*text)[*length] = '\0';
    l->line++;
    return KITH_OK;
}
