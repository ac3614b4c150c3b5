/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c - forms of a text: terminal, file name; and the order people expect. */
#include "base/text.h"
#include "base/base.h"
#include <stdio.h>
#include <string.h>

static bool
is_unsafe(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c ||
           c == 0x2028 || c == 0x2029;
}

/* The next piece to show: a character as it is, or its escape. @return bytes of text it stands for
 */
static size_t
display_piece(const char *text, size_t left, char piece[8], size_t *piece_length)
{
    size_t n = kith_text_character(text, left);
    gunichar c = n > 0 ? g_utf8_get_char(text) : (guchar)*text;

    if (n > 0 && !is_unsafe(c)) {
        memcpy(piece, text, n);
        *piece_length = n;
        return n;
    }
    *piece_length = (size_t)g_snprintf(piece, 8, c < 0x100 ? "\\x%02x" : "\\u%04x", (guint)c);
    return MAX(n, 1);
}

char *
kith_text_display_into(const char *text, char *out, size_t size)
{
    size_t used = 0, length = strlen(text);

    for (size_t at = 0; at < length;) {
        char piece[8];
        size_t n;

        at += display_piece(text + at, length - at, piece, &n);
        if (used + n >= size)
            break;
        memcpy(out + used, piece, n);
        used += n;
    }
    out[used] = '\0';
    return out;
}

char *
kith_text_display(const char *text)
{
    size_t size;

    if (text == NULL)
        return g_strdup("");
    size = 6 * strlen(text) + 1;
    if (size > 1 << 16) { /* long texts: measure first, most need no escape at all */
        size = 1;
        for (size_t at = 0, length = strlen(text), n; at < length; size += n) {
            char piece[8];
            at += display_piece(text + at, length - at, piece, &n);
        }
    }
    return kith_text_display_into(text, g_malloc(size), size);
}

int
kith_text_width(const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    int width = 0;

    for (size_t at = 0; at < length;) {
        size_t n = kith_text_character(text + at, length - at);
        gunichar c = n > 0 ? g_utf8_get_char(text + at) : '?';

        at += MAX(n, 1);
        if (g_unichar_iscntrl(c) || g_unichar_iszerowidth(c))
            continue;
        width += g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}

/* Shorter than what it is made of, so made in its place. */
char *
kith_text_slug(const char *text)
{
    char *slug = kith_text_fold(text), *end = slug;

    for (const char *p = slug; *p != '\0'; p++) {
        if (g_ascii_isalnum(*p))
            *end++ = *p;
        else if (*p != '\'' && end > slug && end[-1] != '-')
            *end++ = '-';
    }
    if (end > slug && end[-1] == '-')
        end--;
    *end = '\0';
    if (end > slug)
        return slug;
    g_free(slug);
    return g_strdup("x");
}

/* Compares two runs of digits as numbers and steps over them. */
static int
compare_numbers(const char **a, const char **b)
{
    size_t na, nb;
    int order;

    while (**a == '0')
        (*a)++;
    while (**b == '0')
        (*b)++;
    for (na = 0; g_ascii_isdigit((*a)[na]); na++)
        continue;
    for (nb = 0; g_ascii_isdigit((*b)[nb]); nb++)
        continue;
    order = na != nb ? (na < nb ? -1 : 1) : memcmp(*a, *b, na);
    *a += na;
    *b += nb;
    return order;
}

int
kith_text_natural_compare(const char *a, const char *b)
{
    const char *p = a, *q = b;

    while (*p != '\0' && *q != '\0') {
        if (g_ascii_isdigit(*p) && g_ascii_isdigit(*q)) {
            int order = compare_numbers(&p, &q);

            if (order != 0)
                return order < 0 ? -1 : 1;
        } else if (*p != *q) {
            return (unsigned char)*p < (unsigned char)*q ? -1 : 1;
        } else {
            p++;
            q++;
        }
    }
    if (*p != *q)
        return *p == '\0' ? -1 : 1;
    return strcmp(a, b) < 0 ? -1 : strcmp(a, b) > 0; /* "a01" and "a1" are not the same text */
}
