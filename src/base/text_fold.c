/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_fold.c - forms of a text that are compared: match key, one-line name, small letters. */
#include "base/base.h"
#include "base/text.h"
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

/* One line that is being written, into memory that is large enough. */
struct line {
    char *start, *end;
    bool pending; /* a blank that is written only before something else, so that ends are trimmed */
};

static struct line
new_line(size_t room)
{
    char *start = g_malloc(room + 1);

    return (struct line){start, start, false};
}

static char *
end_line(struct line *out)
{
    *out->end = '\0';
    return out->start;
}

/* Appends one character, with blanks collapsed. */
static void
put_character(struct line *out, const char *bytes, size_t n)
{
    bool blank = n == 1 ? *bytes == ' ' || (*bytes >= '\t' && *bytes <= '\r')
                        : is_blank(g_utf8_get_char(bytes));

    if (blank) {
        out->pending = out->end > out->start;
        return;
    }
    if (out->pending)
        *out->end++ = ' ';
    out->pending = false;
    memcpy(out->end, bytes, n);
    out->end += n;
}

static size_t
width(const char *character)
{
    return (size_t)(g_utf8_next_char(character) - character);
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
    char *out = g_malloc(strlen(nfkd) + 1), *end = out;

    for (size_t n; *nfkd != '\0'; nfkd += n) {
        n = width(nfkd);
        if (is_decoration(g_utf8_get_char(nfkd)))
            continue;
        memcpy(end, nfkd, n);
        end += n;
    }
    *end = '\0';
    return out;
}

/* The letters of a valid text, apart from what decorates them, in lower case. */
static char *
take_apart(const char *valid)
{
    g_autofree char *apart = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKD),
                    *bare = without_decorations(apart), *lower = g_utf8_casefold(bare, -1),
                    *again = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);

    return without_decorations(again);
}

/* What is spelled out is no longer than what it stands for. */
static char *
spell_out(const char *folded)
{
    struct line out = new_line(strlen(folded));

    for (size_t n; *folded != '\0'; folded += n) {
        const char *letters = spelled_out(g_utf8_get_char(folded));

        n = width(folded);
        if (letters == NULL)
            put_character(&out, folded, n);
        for (; letters != NULL && *letters != '\0'; letters++)
            put_character(&out, letters, 1);
    }
    return end_line(&out);
}

static char *
fold_any(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1), *apart = take_apart(valid),
                    *spelled = spell_out(apart);

    return g_utf8_normalize(spelled, -1, G_NORMALIZE_NFC);
}

/*
 * Letters of Latin, Greek and Cyrillic, punctuation and signs: none joins another, so each is folded by itself, once, and
 * looked up from then on. (Marks, syllables and vowel signs do join others.)
 */
static bool
stands_alone(gunichar c)
{
    return c < 0x300 || (c >= 0x370 && c < 0x483) || (c >= 0x48a && c < 0x530) ||
           (c >= 0x1e00 && c < 0x20d0) || (c >= 0x2100 && c < 0x2150);
}

#define BLOCK 32
#define BLOCKS (0x2160 / BLOCK)

typedef char letters[16]; /* what a character is folded to; the longest is of 12 bytes, U+2057 */

static letters *
fold_block(gunichar first)
{
    letters *block = g_new0(letters, BLOCK);

    for (gunichar i = 0; i < BLOCK; i++) {
        char character[8] = {0};
        g_autofree char *apart = NULL;

        g_unichar_to_utf8(first + i, character);
        apart = take_apart(character);
        g_assert(strlen(apart) < sizeof(letters));
        strcpy(block[i], apart);
    }
    return block;
}

static const char *
folded_character(gunichar c)
{
    static letters *blocks[BLOCKS];
    letters **block = &blocks[c / BLOCK];

    if (g_once_init_enter(block))
        g_once_init_leave(block, fold_block(c - c % BLOCK));
    return (*block)[c % BLOCK];
}

static bool
all_stand_alone(const char *valid)
{
    for (; *valid != '\0'; valid += width(valid))
        if (!stands_alone(g_utf8_get_char(valid)))
            return false;
    return true;
}

static char *
fold_alone(const char *valid)
{
    g_autofree char *apart = g_malloc(sizeof(letters) / 2 * strlen(valid) + 1);
    char *end = apart;

    for (; *valid != '\0'; valid += width(valid)) {
        if ((guchar)*valid < 0x80)
            *end++ = g_ascii_tolower(*valid);
        else
            end = g_stpcpy(end, folded_character(g_utf8_get_char(valid)));
    }
    *end = '\0';
    return spell_out(apart);
}

char *
kith_text_fold(const char *text)
{
    if (text == NULL)
        return g_strdup("");
    if (is_ascii(text))
        return collapse_ascii(text, true);
    return g_utf8_validate(text, -1, NULL) && all_stand_alone(text) ? fold_alone(text)
                                                                    : fold_any(text);
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
    const char *from;
    struct line out;

    if (text == NULL)
        return g_strdup("");
    if (is_ascii(text))
        return collapse_ascii(text, false);
    valid = g_utf8_make_valid(text, -1);
    if (!is_composed(valid))
        composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
    from = composed != NULL ? composed : valid;
    out = new_line(strlen(from));
    for (; *from != '\0'; from += width(from))
        if (g_utf8_get_char(from) != 0xfeff)
            put_character(&out, from, width(from));
    return end_line(&out);
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
