/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content_text.c - what the value of a content line means: quoted-printable, character sets, escapes, lists. */
#include "base/text.h"
#include "content.h"
#include <string.h>

/* A file must not make iconv load whatever converter it names: these are the sets that phones and Outlook write. */
static const char *const charsets[] = {
    "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-7",   "ISO-8859-9", "ISO-8859-15", "WINDOWS-1250",
    "WINDOWS-1251", "WINDOWS-1253", "WINDOWS-1254", "KOI8-R",     "SHIFT_JIS",   "EUC-JP",
    "GB2312",       "GBK",          "GB18030",      "BIG5",       "EUC-KR",
};

size_t
kith_content_unquote(char *text, size_t length)
{
    size_t kept = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '=' && i + 2 < length && g_ascii_isxdigit(text[i + 1]) &&
            g_ascii_isxdigit(text[i + 2])) {
            int byte = g_ascii_xdigit_value(text[i + 1]) * 16 + g_ascii_xdigit_value(text[i + 2]);

            i += 2;
            if (byte != 0)
                text[kept++] = (char)byte;
        } else {
            text[kept++] = text[i];
        }
    }
    text[kept] = '\0';
    return kept;
}

static char *
from_windows_1252(const char *bytes, size_t length)
{
    GString *out = g_string_sized_new(length + length / 4);

    for (size_t i = 0; i < length; i++)
        if (bytes[i])
            g_string_append_unichar(out, kith_text_windows_1252((unsigned char)bytes[i]));
    return g_string_free(out, FALSE);
}

char *
kith_content_decode(const char *bytes, size_t length, const char *charset)
{
    if (g_ascii_strcasecmp(charset, "ISO-8859-1") == 0 ||
        g_ascii_strcasecmp(charset, "WINDOWS-1252") == 0)
        return from_windows_1252(bytes, length);
    for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++) {
        g_autofree char *made = NULL;

        if (g_ascii_strcasecmp(charset, charsets[i]) != 0)
            continue;
        made = g_convert_with_fallback(bytes, (gssize)length, "UTF-8", charsets[i], "?", NULL, NULL,
                                       NULL);
        /* A converter may write a NUL; a text ends there for all that follow. */
        return made ? kith_text_to_utf8(made, strlen(made), NULL) : NULL;
    }
    return NULL;
}

/* One character behind a backslash, or the backslash itself when it escapes nothing. */
static const char *
take_escaped(const char *at, bool newlines, GString *out)
{
    if (at[1] != '\0' && strchr("\\,;:\"", at[1])) {
        g_string_append_c(out, at[1]);
        return at + 2;
    }
    if (newlines && (at[1] == 'n' || at[1] == 'N')) {
        g_string_append_c(out, '\n');
        return at + 2;
    }
    g_string_append_c(out, '\\');
    return at + 1;
}

char *
kith_content_unescape(const char *value, bool newlines)
{
    GString *out = g_string_sized_new(strlen(value));

    for (const char *at = value; *at;) {
        if (*at == '\\')
            at = take_escaped(at, newlines, out);
        else
            g_string_append_c(out, *at++);
    }
    return g_string_free(out, FALSE);
}

char **
kith_content_split(const char *value, char separator, bool newlines)
{
    GPtrArray *parts = g_ptr_array_new();
    GString *part = g_string_new(NULL);

    for (const char *at = value; *at;) {
        if (*at == '\\') {
            at = take_escaped(at, newlines, part);
        } else if (*at == separator) {
            g_ptr_array_add(parts, g_strdup(part->str));
            g_string_truncate(part, 0);
            at++;
        } else {
            g_string_append_c(part, *at++);
        }
    }
    g_ptr_array_add(parts, g_string_free(part, FALSE));
    g_ptr_array_add(parts, NULL);
    return (char **)g_ptr_array_free(parts, FALSE);
}
