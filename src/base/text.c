/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c - forms of a text: match key, one-line name, terminal, file name; and the order people
 * expect. */
#include "base/text.h"
#include "base/base.h"
#include <stdio.h>
#include <string.h>

static bool
is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* Marks that only decorate a letter; vowel signs of Indic scripts and kana voicing are part of the
 * spelling. */
static bool
is_decoration(gunichar c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7 && c != 0x5be) ||
           (c >= 0x64b && c <= 0x65f) || c == 0x670 || (c >= 0x1ab0 && c <= 0x1aff) ||
           (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
           (c >= 0xfe20 && c <= 0xfe2f) || g_unichar_type(c) == G_UNICODE_FORMAT;
}

static const char *
spelled_out(gunichar c)
{
    switch (c) {
    case 0xf8:
        return "o";
    case 0x142:
        return "l";
    case 0xdf:
        return "ss";
    case 0x111:
    case 0xf0:
        return "d";
    case 0xe6:
        return "ae";
    case 0x153:
        return "oe";
    case 0xfe:
        return "th";
    case 0x131:
        return "i";
    case 0x127:
        return "h";
    case 0x2018:
    case 0x2019:
    case 0x2bc:
        return "'";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
        return "-";
    default:
        return NULL;
    }
}

static bool
is_blank(gunichar c)
{
    return g_unichar_isspace(c) || c == 0x85 || c == 0x0b;
}

/* Appends with blanks collapsed; a pending blank is written only before something else, so ends are
 * trimmed. */
static void
append_collapsed(GString *out, gunichar c, bool *pending)
{
    if (is_blank(c)) {
        *pending = out->len > 0;
        return;
    }
    if (*pending)
        g_string_append_c(out, ' ');
    *pending = false;
    if (c < 0x80)
        g_string_append_c(out, (char)c);
    else
        g_string_append_unichar(out, c);
}

/* Most cells of most files are plain letters; they need none of Unicode's tables. */
static char *
collapse_ascii(const char *text, bool lower)
{
    char *out = g_malloc(strlen(text) + 1), *end = out;
    bool pending = false;

    for (; *text != '\0'; text++) {
        if (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
            pending = end > out;
            continue;
        }
        if (pending)
            *end++ = ' ';
        pending = false;
        *end++ = lower ? g_ascii_tolower(*text) : *text;
    }
    *end = '\0';
    return out;
}

static char *
without_decorations(const char *nfkd)
{
    GString *out = g_string_sized_new(strlen(nfkd) + 1);

    for (const char *p = nfkd; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (!is_decoration(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static char *
spell_out(const char *folded)
{
    GString *out = g_string_sized_new(strlen(folded) + 1);
    bool pending = false;

    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        const char *letters = spelled_out(c);

        if (letters == NULL)
            append_collapsed(out, c, &pending);
        for (; letters != NULL && *letters != '\0'; letters++)
            append_collapsed(out, (guchar)*letters, &pending);
    }
    return g_string_free(out, FALSE);
}

char *
kith_text_fold(const char *text)
{
    g_autofree char *valid = NULL, *apart = NULL, *bare = NULL, *lower = NULL, *again = NULL,
                    *bare_again = NULL, *spelled = NULL;

    if (text == NULL)
        return g_strdup("");
    if (is_ascii(text))
        return collapse_ascii(text, true);
    valid = g_utf8_make_valid(text, -1);
    apart = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKD);
    bare = without_decorations(apart);
    lower = g_utf8_casefold(bare, -1);
    again = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);
    bare_again = without_decorations(again);
    spelled = spell_out(bare_again);
    return g_utf8_normalize(spelled, -1, G_NORMALIZE_NFC);
}

/* Below U+0300 every character is composed already, and none joins the one before it. */
static bool
is_composed(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if ((guchar)*c >= 0xcc)
            return false;
    return true;
}

char *
kith_text_clean(const char *text)
{
    g_autofree char *valid = NULL, *composed = NULL;
    bool pending = false;
    GString *out;

    if (text == NULL)
        return g_strdup("");
    if (is_ascii(text))
        return collapse_ascii(text, false);
    valid = g_utf8_make_valid(text, -1);
    if (!is_composed(valid))
        composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
    out = g_string_sized_new(strlen(valid) + 1);
    for (const char *p = composed != NULL ? composed : valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c != 0xfeff)
            append_collapsed(out, c, &pending);
    }
    return g_string_free(out, FALSE);
}

char *
kith_text_lower(const char *text)
{
    g_autofree char *valid = NULL;
    GString *out;

    if (text == NULL || is_ascii(text))
        return g_ascii_strdown(text != NULL ? text : "", -1);
    valid = g_utf8_make_valid(text, -1);
    out = g_string_sized_new(strlen(valid) + 1);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p))
        g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}

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
