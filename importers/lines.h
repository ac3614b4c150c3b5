/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.h - the lines of a source in blocks of 64 kB, without an allocation a line. */
#ifndef KITH_IMPORTERS_LINES_H
#define KITH_IMPORTERS_LINES_H

#include <glib.h>
#include <kith/error.h>
#include <kith/source.h>

typedef struct kith_lines {
    kith_source *source;
    char *buffer;
    size_t block, room, start, end; /* block: read at once */
    bool ended;
    int64_t line; /* of the line handed out last, 1-based */
} kith_lines;

void kith_lines_init(kith_lines *lines, kith_source *source);
void kith_lines_clear(kith_lines *lines);

/**
 * The next line, NUL-terminated and free to be written to, without its line end.
 * @param text NULL at the end of the source
 * @return KITH_ERR_LIMIT for a line beyond 1 MB
 */
kith_status kith_lines_next(kith_lines *lines, char **text, size_t *length, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_lines, kith_lines_clear)

#endif
