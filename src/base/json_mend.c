/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_mend.c - one pass over JSON text before jansson sees it.
 *
 * jansson recurses, refuses whole documents over one half surrogate or one number of 20 digits, and
 * does not say where a value stood. So depth is checked here, what it would refuse is rewritten on
 * the spot (\ud83d alone becomes \ufffd, 99999999999999999999 becomes "99999999999999999999") and
 * the line of each '{' is noted. Grammar is left to jansson.
 */
#include "base/json_mend.h"
#include "base/limits.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

struct mending {
    kith_source *source;
    const char *at, *end, *line_start;
    int64_t line;
    int depth;
    kith_json_mended *out;
};

static void
note(struct mending *m, int64_t *what)
{
    ++*what;
    if (m->out->first_line == 0)
        m->out->first_line = m->line;
}

static kith_status
open_bracket(struct mending *m, kith_error *err)
{
    uint32_t line = (uint32_t)MIN(m->line, UINT32_MAX);

    if (++m->depth > kith_limit(KITH_LIMIT_JSON_DEPTH)) {
        kith_source_at(m->source, m->line, m->at - m->line_start + 1);
        return kith_source_fail_as(m->source, KITH_ERR_LIMIT, err,
                                   "values nested more than %d deep (the limit 'json-depth', "
                                   "see 'kith limits')",
                                   (int)kith_limit(KITH_LIMIT_JSON_DEPTH));
    }
    if (*m->at == '{')
        g_array_append_val(m->out->lines, line);
    g_string_append_c(m->out->text, *m->at++);
    return KITH_OK;
}

/* The four digits behind \u, -1 when there are not four. */
static int
code_unit(const char *at, const char *end)
{
    int value = 0;

    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = g_ascii_xdigit_value(at[i]);

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static void
take_escape(struct mending *m)
{
    int unit = code_unit(m->at, m->end);
    size_t n = unit >= 0 ? 6 : MIN(2, (size_t)(m->end - m->at));

    if (unit >= 0xd800 && unit < 0xdc00) {
        int low = code_unit(m->at + 6, m->end);

        if (low >= 0xdc00 && low < 0xe000) {
            g_string_append_len(m->out->text, m->at, 12);
            m->at += 12;
            return;
        }
    }
    if (unit == 0 || (unit >= 0xd800 && unit < 0xe000)) {
        g_string_append(m->out->text, "\\ufffd");
        note(m, &m->out->characters);
    } else {
        g_string_append_len(m->out->text, m->at, (gssize)n);
    }
    m->at += n;
}

/* A raw control character is no JSON, but a chat export full of them is still a chat export. */
static void
take_control(struct mending *m)
{
    if (*m->at == '\n' || *m->at == '\t')
        g_string_append(m->out->text, *m->at == '\n' ? "\\n" : "\\t");
    else
        g_string_append(m->out->text, "\\ufffd");
    note(m, &m->out->characters);
    if (*m->at++ == '\n') {
        m->line++;
        m->line_start = m->at;
    }
}

static void
take_string(struct mending *m)
{
    g_string_append_c(m->out->text, *m->at++);
    while (m->at < m->end && *m->at != '"') {
        const char *plain = m->at;

        while (m->at < m->end && (guchar)*m->at >= ' ' && (guchar)*m->at < 0x80 && *m->at != '"' &&
               *m->at != '\\')
            m->at++;
        g_string_append_len(m->out->text, plain, m->at - plain);
        if (m->at == m->end || *m->at == '"')
            break;
        if (*m->at == '\\') {
            take_escape(m);
        } else if ((guchar)*m->at < ' ') {
            take_control(m);
        } else {
            size_t n = kith_text_character(m->at, (size_t)(m->end - m->at));

            if (n == 0)
                note(m, &m->out->characters);
            g_string_append_len(m->out->text, n ? m->at : "\xef\xbf\xbd", n ? (gssize)n : 3);
            m->at += MAX(n, 1);
        }
    }
    if (m->at < m->end)
        g_string_append_c(m->out->text, *m->at++);
}

/* Whether jansson would refuse the number: an integer beyond 64 bits, a real beyond a double. */
static bool
is_too_large(const char *number, size_t n)
{
    g_autofree char *text = g_strndup(number, MIN(n, 400));
    size_t digits = strspn(text + (*text == '-'), "0123456789") + (*text == '-');

    if (n >= 400)
        return true;
    if (text[digits] == '\0')
        return digits > 18;
    return strcspn(text, "eE") < n && !isfinite(g_ascii_strtod(text, NULL));
}

static void
take_number(struct mending *m)
{
    const char *start = m->at;
    size_t n = 0;

    while (start + n < m->end && strchr("+-.0123456789eE", start[n] ? start[n] : 'x'))
        n++;
    m->at += n;
    if (!is_too_large(start, n)) {
        g_string_append_len(m->out->text, start, (gssize)n);
        return;
    }
    note(m, &m->out->numbers);
    g_string_append_c(m->out->text, '"');
    g_string_append_len(m->out->text, start, (gssize)n);
    g_string_append_c(m->out->text, '"');
}

static kith_status
take_one(struct mending *m, kith_error *err)
{
    char c = *m->at;

    if (c == '{' || c == '[')
        return open_bracket(m, err);
    if (c == '"') {
        take_string(m);
    } else if (c == '-' || g_ascii_isdigit(c)) {
        take_number(m);
    } else {
        m->depth -= (c == '}' || c == ']') && m->depth > 0;
        m->line += c == '\n';
        /* A stray byte is an error of grammar; as '?' it is one that jansson can place. */
        g_string_append_c(m->out->text, (guchar)c < 0x80 && c != '\0' ? c : '?');
        m->at++;
        if (c == '\n')
            m->line_start = m->at;
    }
    return KITH_OK;
}

kith_status
kith_json_mend(kith_source *source, const char *text, size_t length, kith_json_mended *out,
               kith_error *err)
{
    struct mending m = {.source = source,
                        .at = text,
                        .end = text + length,
                        .line_start = text,
                        .line = 1,
                        .out = out};
    kith_status status = KITH_OK;

    *out = (kith_json_mended){.text = g_string_sized_new(length + 16),
                              .lines = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    while (m.at < m.end && status == KITH_OK)
        status = take_one(&m, err);
    if (status == KITH_OK)
        return KITH_OK;
    g_string_free(out->text, TRUE);
    g_array_unref(out->lines);
    *out = (kith_json_mended){0};
    return status;
}
