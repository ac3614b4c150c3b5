/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xml_scan.c - one pass, writing NULs behind names and values where quotes and brackets stood. */
#include "base/xml_scan.h"
#include <string.h>

/* What a byte may be: looked up, for a chain of comparisons takes longer than all else about it. */
enum {
    START = 1, /* a name's first */
    NAME = 2,  /* or another one of it; a colon is judged by who asks */
    VALUE = 4, /* stands for itself between quotes */
    TEXT = 8,  /* or between tags */
};

/* A letter, a digit, any other byte that stands for itself, and sixteen of these. */
#define L (START | NAME | M)
#define D (NAME | M)
#define M (VALUE | TEXT)
#define M16 M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M

static const uint8_t kinds[256] = {
    /* 0x00 */ 0,   0,   0,    0,   0,   0,   0,   0,    0, TEXT, 0, 0, 0, 0,     0, 0,
    /* 0x10 */ 0,   0,   0,    0,   0,   0,   0,   0,    0, 0,    0, 0, 0, 0,     0, 0,
    /* !"#$ */ M,   M,   TEXT, M,   M,   M,   0,   TEXT, M, M,    M, M, M, D,     D, M,
    /* 0123 */ D,   D,   D,    D,   D,   D,   D,   D,    D, D,    D, M, 0, M,     M, M,
    /* @ABC */ M,   L,   L,    L,   L,   L,   L,   L,    L, L,    L, L, L, L,     L, L,
    /* PQRS */ L,   L,   L,    L,   L,   L,   L,   L,    L, L,    L, M, M, VALUE, M, L,
    /* `abc */ M,   L,   L,    L,   L,   L,   L,   L,    L, L,    L, L, L, L,     L, L,
    /* pqrs */ L,   L,   L,    L,   L,   L,   L,   L,    L, L,    L, M, M, M,     M, M,
    /* 0x80 */ M16, M16, M16,  M16, M16, M16, M16, M16,
};

static inline bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static inline bool
is(char c, unsigned kind)
{
    return kinds[(uint8_t)c] & kind;
}

/* U+FFFE and U+FFFF are UTF-8 but no characters of XML. */
static bool
is_xml_utf8(const char *bytes, size_t length)
{
    const char *end = bytes + length;

    if (!g_utf8_validate_len(bytes, length, NULL))
        return false;
    for (const char *p = bytes; (p = memchr(p, 0xef, (size_t)(end - p))) != NULL; p++)
        if (p + 2 < end && (uint8_t)p[1] == 0xbf && (uint8_t)p[2] >= 0xbe)
            return false;
    return true;
}

bool
kith_xml_scan_characters(const char *bytes, size_t length)
{
    uint8_t high = 0, control = 0;

#pragma omp simd reduction(| : high, control)
    for (size_t i = 0; i < length; i++) {
        uint8_t c = (uint8_t)bytes[i];

        high |= c;
        control |= (c < ' ') & (c != '\n') & (c != '\t');
    }
    return !control && (!(high & 0x80) || is_xml_utf8(bytes, length));
}

/* "#65;" or "#x41;". @return behind it, NULL when it is no character of XML */
static char *
read_number(char *at, gunichar *out)
{
    unsigned base = at[1] == 'x' ? 16 : 10;
    char *start = at + (base == 16 ? 2 : 1);
    int64_t value = 0;

    for (at = start; *at != ';'; at++) {
        int digit = base == 16 ? g_ascii_xdigit_value(*at) : g_ascii_digit_value(*at);

        if (digit < 0 || at - start > 8)
            return NULL;
        value = value * base + digit;
    }
    if (at == start || value > 0x10ffff || (value >= 0xd800 && value < 0xe000) || value == 0xfffe ||
        value == 0xffff || (value < ' ' && value != '\t' && value != '\n' && value != '\r'))
        return NULL;
    *out = (gunichar)value;
    return at + 1;
}

/* What "&…;" stands for. @param at at the "&". @return behind the ";", NULL: an entity that XML does not define */
static char *
read_reference(char *at, char **out)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}};
    gunichar c;

    at++;
    if (*at == '#') {
        at = read_number(at, &c);
        if (at)
            *out += g_unichar_to_utf8(c, *out);
        return at;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
        if (g_str_has_prefix(at, entities[i].name)) {
            *(*out)++ = entities[i].c;
            return at + strlen(entities[i].name);
        }
    return NULL;
}

/* A value between quotes; blanks become spaces. @return behind the closing quote */
static char *
read_value(char *at, char **value, uint32_t *lines)
{
    char quote = *at++, *out;

    if (quote != '"' && quote != '\'')
        return NULL;
    *value = at;
    while (is(*at, VALUE))
        at++;
    for (out = at; *at != quote;) {
        if (*at == '\0' || *at == '<')
            return NULL;
        if (*at == '&') {
            if (!(at = read_reference(at, &out)))
                return NULL;
            continue;
        }
        *lines += *at == '\n';
        *out++ = is_blank(*at) ? ' ' : *at;
        at++;
    }
    *out = '\0';
    return at + 1;
}

static bool
is_repeated(const kith_xml_tag *tag)
{
    for (int i = 0; i + 1 < tag->n; i++)
        if (kith_xml_scan_same(tag->attribute[i].name, tag->attribute[tag->n - 1].name))
            return true;
    return false;
}

char *
kith_xml_scan_attributes(char *at, kith_xml_tag *out)
{
    for (;;) {
        char *start = at, *name;

        at = kith_xml_scan_blanks(at, &out->lines);
        if (*at == '>' || *at == '/' || *at == '?')
            return at;
        if (at == start || !is(*at, START) || out->n == KITH_XML_SCAN_ATTRIBUTES)
            return NULL;
        for (name = at; is(*at, NAME); at++)
            out->prefixed |= *at == ':';
        if (*at != '=')
            return NULL;
        *at++ = '\0';
        out->attribute[out->n].name = name;
        out->prefixed |= kith_xml_scan_same(name, "xmlns");
        if (!(at = read_value(at, &out->attribute[out->n].value, &out->lines)))
            return NULL;
        out->n++;
        if (is_repeated(out))
            return NULL;
    }
}

char *
kith_xml_scan_tag(char *at, kith_xml_tag *out)
{
    char *end;

    out->name = at;
    out->n = 0;
    out->lines = 0;
    out->prefixed = false;
    if (!is(*at, START))
        return NULL;
    while (is(*at, NAME))
        at++;
    end = at;
    if (!(at = kith_xml_scan_attributes(at, out)))
        return NULL;
    out->empty = *at == '/';
    at += out->empty;
    if (*at != '>')
        return NULL;
    *end = '\0';
    return at + 1;
}

char *
kith_xml_scan_text(char *at, char **text, uint32_t *lines)
{
    char *start = at, *out;

    while (is(*at, TEXT))
        at++;
    for (out = at; *at != '<';) {
        if (*at == '\0' || (*at == ']' && at[1] == ']' && at[2] == '>'))
            return NULL;
        if (*at == '&') {
            if (!(at = read_reference(at, &out)))
                return NULL;
            continue;
        }
        *lines += *at == '\n';
        *out++ = *at++;
    }
    while (out > start && g_ascii_isspace(out[-1]))
        out--;
    *out = '\0';
    while (g_ascii_isspace(*start))
        start++;
    *text = start;
    return at + 1;
}

char *
kith_xml_scan_comment(char *at, uint32_t *lines)
{
    char *stop;

    if (!g_str_has_prefix(at, "!--"))
        return NULL;
    stop = strstr(at + 3, "--");
    if (!stop || stop[2] != '>')
        return NULL;
    for (; at < stop; at++)
        *lines += *at == '\n';
    return stop + 3;
}
