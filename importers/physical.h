/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * physical.h - a source line by line, whatever ends its lines (LF, CR LF, CR), one line ahead.
 *
 * A byte order mark and UTF-16 are undone; other bytes are passed on as they are. NUL bytes are left out.
 */
#ifndef KITH_IMPORTERS_PHYSICAL_H
#define KITH_IMPORTERS_PHYSICAL_H

#include "base/decoder.h"

/** One line without its end. */
typedef struct kith_physical_line {
    GString *text;
    int64_t line;
    bool over; /**< longer than allowed; the rest of it is gone */
} kith_physical_line;

/** A reader; kith_physical_init() and kith_physical_clear() it. */
typedef struct kith_physical {
    kith_source *source; /**< borrowed */
    size_t longest;      /**< bytes kept of one line */
    kith_decoder decoder;
    GString *buffer; /**< bytes read, not yet taken from `at` on */
    size_t at;
    int64_t line;  /**< of the line read last */
    bool after_cr; /**< a line feed that comes now belongs to the line before */
    bool told_nul;
    GQueue waiting; /**< lines that were looked at or inserted */
} kith_physical;

kith_status kith_physical_init(kith_physical *lines, kith_source *source, size_t longest,
                               kith_error *err);
void kith_physical_clear(kith_physical *lines);

/** The next line without taking it. @param out borrowed; NULL at the end */
kith_status kith_physical_look(kith_physical *lines, kith_physical_line **out, kith_error *err);
/** Takes the line that was looked at. */
void kith_physical_take(kith_physical *lines);
/** Reads these lines (parted by LF) next, as if they stood at `line`. */
void kith_physical_insert(kith_physical *lines, const char *text, int64_t line);

#endif
