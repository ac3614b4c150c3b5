/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h - bytes of unknown origin made into UTF-8, and the forms of a text: match key, name,
 * terminal, file name. */
#ifndef KITH_BASE_TEXT_H
#define KITH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Whether all bytes are strict UTF-8 (NUL is a character here; surrogates and overlong forms are
 * not). O(n). */
bool kith_text_valid(const char *bytes, size_t length);

/** Length of the UTF-8 character at these bytes, 0 when there is none (broken or cut off). */
size_t kith_text_character(const char *bytes, size_t length);

/** Whether more characters beyond ASCII are good UTF-8 than broken: then a few broken bytes do not
 * make it another encoding. */
bool kith_text_mostly_utf8(const char *bytes, size_t length);

/** The largest n <= length that does not cut a UTF-8 character in two. */
size_t kith_text_cut(const char *bytes, size_t length);

/** The code point of a Windows-1252 byte; the five unused ones are C1 controls, as browsers read
 * them. */
uint32_t kith_text_windows_1252(unsigned char byte);

/**
 * Decodes bytes: byte order mark, UTF-16 without one (zero bytes in every second place), strict
 * UTF-8, else Windows-1252.
 * @param encoding_used "UTF-8", "UTF-16LE", "UTF-16BE" or "Windows-1252", static; may be NULL
 * @return yours, NUL-terminated UTF-8 without byte order mark; NULs within are dropped
 */
char *kith_text_to_utf8(const char *bytes, size_t length, const char **encoding_used);

/** The encoding of the first bytes of a text, as kith_text_to_utf8() tells it; unless they are the
   `whole` text, a character cut off at the end is forgiven. @return static */
const char *kith_text_sniff(const char *bytes, size_t length, bool whole);

/**
 * The match key of a text: case, accents, width and spacing taken off ("  Zoë  ŁUKASZ" is "zoe
 * lukasz"). Latin letters without a decomposition are spelled out (ø o, ł l, ß ss, đ d, æ ae, œ oe,
 * þ th, ı i).
 * @return yours; "" for NULL
 */
char *kith_text_fold(const char *text);

/** The text in lower case by Unicode alone: no locale turns I into a dotless one. @return yours; ""
 * for NULL */
char *kith_text_lower(const char *text);

/** A name on one line: NFC, trimmed, white space and line breaks collapsed to one blank. @return
 * yours; "" for NULL */
char *kith_text_clean(const char *text);

/**
 * A text that is safe on a terminal: controls, bidirectional controls and broken bytes shown as
 * \x1b, \u202e, \xff.
 * @return yours; "" for NULL
 */
char *kith_text_display(const char *text);

/** As kith_text_display(), into a buffer; what does not fit is left out, never half a character or
 * escape. @return out */
char *kith_text_display_into(const char *text, char *out, size_t size);

/** Columns a text takes on a terminal: wide characters two, combining ones none. */
int kith_text_width(const char *text);

/** A text as part of a file name or anchor: [a-z0-9-], never empty ("x"). @return yours */
char *kith_text_slug(const char *text);

/** Compares with runs of digits taken as numbers ("P9" before "P10"); a total order, 0 only for
 * equal texts. */
int kith_text_natural_compare(const char *a, const char *b);

#endif
