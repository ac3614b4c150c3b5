/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail_words.c - encoded words (RFC 2047): "=?charset?B|Q?text?=".
 *
 * Programs cut a long name into several words, some of them in the middle of a character. Bytes of
 * neighbours in one charset are therefore put together before they are converted.
 */
#include "base/base.h"
#include "base/text.h"
#include "mail_headers.h"
#include <string.h>

/* Longer than the 75 bytes of the standard: some programs never fold. */
#define LONGEST_WORD 2000

/* The parts of "=?charset*language?encoding?text?=". */
struct word {
    const char *charset, *text;
    size_t charset_length, text_length, length;
    char encoding; /* 'b' or 'q' */
};

static bool
find_word(const char *p, struct word *out)
{
    const char *start = p, *question, *end;

    if (p[0] != '=' || p[1] != '?')
        return false;
    out->charset = p + 2;
    out->charset_length =
        strspn(out->charset, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789-_.:");
    question = out->charset + strcspn(out->charset, "? \t\"");
    if (out->charset_length == 0 || out->charset_length > 40 || *question != '?')
        return false;
    out->encoding = g_ascii_tolower(question[1]);
    if ((out->encoding != 'b' && out->encoding != 'q') || question[2] != '?')
        return false;
    out->text = question + 3;
    /* A blank within a Q word is illegal and common; a line never is within one. */
    end = memmem(out->text, strnlen(out->text, LONGEST_WORD), "?=", 2);
    if (!end)
        return false;
    out->text_length = (size_t)(end - out->text);
    out->length = (size_t)(end + 2 - start);
    return true;
}

size_t
kith_mail_encoded_word(const char *text)
{
    struct word word;

    return find_word(text, &word) ? word.length : 0;
}

static void
append_quoted(GString *bytes, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '=' && i + 2 < length && g_ascii_isxdigit(text[i + 1]) &&
            g_ascii_isxdigit(text[i + 2])) {
            g_string_append_c(bytes, (char)(g_ascii_xdigit_value(text[i + 1]) * 16 +
                                            g_ascii_xdigit_value(text[i + 2])));
            i += 2;
        } else {
            g_string_append_c(bytes, text[i] == '_' ? ' ' : text[i]);
        }
    }
}

static void
append_base64(GString *bytes, const char *text, size_t length)
{
    g_autofree guchar *out = g_malloc(length + 4);
    gint state = 0;
    guint save = 0;

    g_string_append_len(bytes, (char *)out,
                        (gssize)g_base64_decode_step(text, length, out, &state, &save));
}

/* Bytes in a named charset as UTF-8; unknown charsets and wrong ones fall back on the bytes. */
static void
append_converted(GString *out, const GString *bytes, const char *charset)
{
    g_autofree char *converted = NULL, *plain = NULL;
    gsize n = 0;

    if (bytes->len == 0)
        return;
    if (charset && g_ascii_strcasecmp(charset, "utf-8") != 0 &&
        g_ascii_strcasecmp(charset, "utf8") != 0) {
        /* What calls itself Latin-1 is Windows-1252, as everywhere. */
        if (g_ascii_strcasecmp(charset, "iso-8859-1") == 0)
            charset = "WINDOWS-1252";
        converted = g_convert(bytes->str, (gssize)bytes->len, "UTF-8", charset, NULL, &n, NULL);
    }
    if (converted) {
        plain = g_utf8_make_valid(converted, (gssize)n);
    } else {
        plain = kith_text_to_utf8(bytes->str, bytes->len, NULL);
    }
    g_string_append(out, plain);
}

/* Decodes a run of neighbouring words of one charset. @return where the run ends */
static const char *
take_words(const char *p, GString *out)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    g_autofree char *charset = NULL;
    struct word word;

    while (find_word(p, &word)) {
        if (!charset)
            charset = g_strndup(word.charset, word.charset_length);
        else if (strlen(charset) != word.charset_length ||
                 g_ascii_strncasecmp(charset, word.charset, word.charset_length) != 0)
            break;
        if (word.encoding == 'q')
            append_quoted(bytes, word.text, word.text_length);
        else
            append_base64(bytes, word.text, word.text_length);
        p += word.length;
        if (!kith_mail_encoded_word(p + strspn(p, " \t")))
            break;
        p += strspn(p, " \t"); /* blanks between encoded words are not meant */
    }
    append_converted(out, bytes, charset);
    return p;
}

char *
kith_mail_decode(const char *text)
{
    GString *out = g_string_new(NULL);

    while (*text) {
        const char *start = text;
        g_autoptr(GString) plain = NULL;

        while (*text && !kith_mail_encoded_word(text))
            text++;
        plain = g_string_new_len(start, text - start);
        append_converted(out, plain, NULL);
        if (*text)
            text = take_words(text, out);
    }
    return g_string_free(out, FALSE);
}
