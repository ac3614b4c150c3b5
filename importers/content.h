/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * content.h - content lines, the shape that vCard and iCalendar share: "group.NAME;PARAMETER=value:value".
 *
 *     item1.EMAIL;type=INTERNET:mai@kelpco.test
 *     ATTENDEE;CN="D'Souza, Priya";PARTSTAT=ACCEPTED:MAILTO:PRIYA@PEBBLE.TEST
 *
 * Lines are unfolded byte by byte, since a fold may cut a UTF-8 character in two; what a value means is decoded only
 * afterwards. Every byte of a value still knows the line and column that it came from.
 */
#ifndef KITH_IMPORTERS_CONTENT_H
#define KITH_IMPORTERS_CONTENT_H

#include "base/base.h"
#include <stdbool.h>

typedef struct kith_content kith_content;

/** How one format writes its lines. */
typedef struct kith_content_dialect {
    size_t longest; /**< bytes of one unfolded line */
    bool skip_long; /**< a longer line is left out with a warning, else it is KITH_ERR_LIMIT */
    bool
        soft_breaks; /**< vCard 2.1: quoted-printable soft breaks, base64 blocks without indentation */
} kith_content_dialect;

/** One line taken apart; all texts are borrowed until the next line. */
typedef struct kith_property {
    const char *group, *name; /**< group "" when there is none; name in upper case */
    const char *value;        /**< raw bytes, unfolded, NUL-terminated, without NULs within */
    size_t length;
    int64_t line; /**< where it starts */
} kith_property;

/** A reader over a source (borrowed). @return yours */
kith_status kith_content_new(kith_source *source, const kith_content_dialect *dialect,
                             kith_content **out, kith_error *err);
void kith_content_free(kith_content *content);

/**
 * The next line, and tells the source where it starts. Lines without a colon are warned of and left out, binary values
 * (photos, keys) are left out.
 * @param property NULL at the end
 * @return KITH_ERR_LIMIT for a line that is too long
 */
kith_status kith_content_next(kith_content *content, const kith_property **property,
                              kith_error *err);

/** Reads these lines next, as if they stood where the current one does. */
void kith_content_insert(kith_content *content, const char *lines);

/** Tells the source that the talk is about the byte at `offset` of the current value. */
void kith_content_at(kith_content *content, size_t offset);

/** The line read last, 0 before the first one. */
int64_t kith_content_line(const kith_content *content);

/** The first value of a parameter of the current line, without quotes; NULL when there is none. */
const char *kith_content_parameter(const kith_content *content, const char *name);

/** Whether a list parameter ("TYPE=HOME,FAX", or TYPE more than once) holds this word in any case. */
bool kith_content_parameter_has(const kith_content *content, const char *name, const char *word);

/**
 * The current value as UTF-8: quoted-printable and CHARSET undone; escapes are still there.
 * Bytes that are no UTF-8 are read as Windows-1252, which is told once.
 * @return yours
 */
char *kith_content_text(kith_content *content);

/** Undoes \n \, \; \: \\ ; `newlines` false leaves "\n" alone (vCard 2.1 has no such escape). @return yours */
char *kith_content_unescape(const char *value, bool newlines);

/** Splits at separators that are not escaped, and unescapes the parts. @return yours, NULL-terminated, never empty */
char **kith_content_split(const char *value, char separator, bool newlines);

/** Undoes quoted-printable in place; soft breaks are gone already. @return the new length */
size_t kith_content_unquote(char *text, size_t length);

/** Bytes in a named character set as UTF-8; NULL when the set is none that kith knows. @return yours */
char *kith_content_decode(const char *bytes, size_t length, const char *charset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_content, kith_content_free)

#endif
