/* SPDX-License-Identifier: GPL-3.0-or-later */
/* org.c - the key of a company's name, and HTML entities, which company names are full of. */
#include "base/base.h"
#include "base/name.h"
#include "base/text.h"
#include <string.h>

static const struct {
    const char *name;
    gunichar c;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xa0},    {"agrave", 0xe0},  {"aacute", 0xe1},  {"acirc", 0xe2},    {"atilde", 0xe3},
    {"auml", 0xe4},    {"aring", 0xe5},   {"aelig", 0xe6},   {"ccedil", 0xe7},   {"egrave", 0xe8},
    {"eacute", 0xe9},  {"ecirc", 0xea},   {"euml", 0xeb},    {"iacute", 0xed},   {"icirc", 0xee},
    {"iuml", 0xef},    {"ntilde", 0xf1},  {"oacute", 0xf3},  {"ocirc", 0xf4},    {"ouml", 0xf6},
    {"oslash", 0xf8},  {"uacute", 0xfa},  {"ucirc", 0xfb},   {"uuml", 0xfc},     {"szlig", 0xdf},
    {"Auml", 0xc4},    {"Aring", 0xc5},   {"AElig", 0xc6},   {"Eacute", 0xc9},   {"Ouml", 0xd6},
    {"Oslash", 0xd8},  {"Uuml", 0xdc},    {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"hellip", 0x2026}, {"euro", 0x20ac},
    {"pound", 0xa3},   {"copy", 0xa9},    {"reg", 0xae},     {"trade", 0x2122},
};

/* The character an entity stands for, 0 when it is none; `text` is behind its '&'. */
static gunichar
entity_at(const char *text, size_t length)
{
    if (length > 1 && text[0] == '#') {
        bool hex = (text[1] | 0x20) == 'x';
        char *end;
        guint64 c = g_ascii_strtoull(text + (hex ? 2 : 1), &end, hex ? 16 : 10);

        return end == text + length && g_ascii_isxdigit(text[hex ? 2 : 1]) && c > 0 &&
                       c < 0x110000 && g_unichar_validate((gunichar)c)
                   ? (gunichar)c
                   : 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
        if (strlen(entities[i].name) == length && memcmp(entities[i].name, text, length) == 0)
            return entities[i].c;
    return 0;
}

static char *
unescape_once(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 1);

    while (*text != '\0') {
        size_t length = *text == '&' ? strcspn(text + 1, ";& ") : 0;
        gunichar c = 0;

        if (length > 0 && length < 12 && text[1 + length] == ';')
            c = entity_at(text + 1, length);
        if (c != 0) {
            g_string_append_unichar(out, c);
            text += length + 2;
        } else {
            g_string_append_c(out, *text++);
        }
    }
    return g_string_free(out, FALSE);
}

char *
kith_text_unescape(const char *text)
{
    g_autofree char *once = unescape_once(text != NULL ? text : "");

    return unescape_once(once);
}

/* Folded, with & spelled out, dots and apostrophes gone and other marks made blank. */
static char *
plain_words(const char *name)
{
    g_autofree char *decoded = kith_text_unescape(name), *folded = kith_text_fold(decoded);
    GString *out = g_string_new(NULL);

    for (const char *p = folded; *p != '\0'; p++) {
        if (*p == '&' || *p == '+')
            g_string_append(out, " and ");
        else if (strchr(",;\"()/", *p) != NULL)
            g_string_append_c(out, ' ');
        else if (*p != '.' && *p != '\'')
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

static bool
is_legal_form(const char *word)
{
    static const char *const forms[] = {
        "ltd",  "limited", "llp",     "lp",   "inc",         "incorporated", "llc", "plc",
        "gmbh", "co",      "company", "corp", "corporation", "ag",           "kg",  "ohg",
        "ug",   "sa",      "sas",     "sarl", "srl",         "spa",          "bv",  "nv",
        "ab",   "as",      "oy",      "aps",  "pty",         "cic",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (strcmp(word, forms[i]) == 0)
            return true;
    return false;
}

char *
kith_org_key(const char *name)
{
    g_autofree char *plain = plain_words(name);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_auto(GStrv) parts = g_strsplit(plain, " ", -1);
    GString *out = g_string_new(NULL);
    guint first, end;

    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(words, *part);
    end = words->len;
    first = end > 1 && strcmp(g_ptr_array_index(words, 0), "the") == 0;
    while (end > first + 1 && (is_legal_form(g_ptr_array_index(words, end - 1)) ||
                               strcmp(g_ptr_array_index(words, end - 1), "and") == 0))
        end--;
    for (guint i = first; i < end; i++)
        g_string_append_printf(out, "%s%s", i > first ? " " : "",
                               (const char *)g_ptr_array_index(words, i));
    return g_string_free(out, FALSE);
}
