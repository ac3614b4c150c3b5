/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gml_dot_tokens.c - the words and marks of GML and DOT. */
#include "gml_dot_tokens.h"
#include <string.h>

static kith_status
unended(kith_scan *scan, const char *what, const char *mark, kith_error *err)
{
    TRY(kith_scan_status(scan, err));
    kith_scan_at_word(scan);
    return kith_source_fail(scan->source, err, "%s without its end (expected %s)", what, mark);
}

static void
skip_to_line_end(kith_scan *scan)
{
    int c;

    while ((c = kith_scan_peek(scan)) >= 0 && c != '\n')
        kith_scan_take(scan);
}

static void
skip_blanks(kith_scan *scan)
{
    int c;

    while ((c = kith_scan_peek(scan)) >= 0 && g_ascii_isspace(c))
        kith_scan_take(scan);
}

/* --- GML ------------------------------------------------------------------------------------ */

static kith_status
read_gml_text(kith_scan *scan, kith_error *err)
{
    int c;

    kith_scan_take(scan);
    while ((c = kith_scan_peek(scan)) != '"') {
        if (c < 0)
            return unended(scan, "a text", "\"", err);
        kith_scan_take(scan);
        TRY(kith_scan_add(scan, c, err));
    }
    kith_scan_take(scan);
    kith_scan_entities(scan->word);
    return KITH_OK;
}

kith_status
kith_gml_token(kith_scan *scan, int *token, kith_error *err)
{
    int c;

    for (skip_blanks(scan); kith_scan_peek(scan) == '#'; skip_blanks(scan))
        skip_to_line_end(scan);
    kith_scan_start_word(scan);
    c = kith_scan_peek(scan);
    *token = c < 0 ? KITH_TOKEN_END : c == '"' ? KITH_TOKEN_TEXT : KITH_TOKEN_WORD;
    if (c < 0)
        return kith_scan_status(scan, err);
    if (c == '"')
        return read_gml_text(scan, err);
    if (c == '[' || c == ']') {
        *token = c;
        kith_scan_take(scan);
        return KITH_OK;
    }
    do {
        kith_scan_take(scan);
        TRY(kith_scan_add(scan, c, err));
        c = kith_scan_peek(scan);
    } while (c >= 0 && !g_ascii_isspace(c) && !strchr("[]\"#", c));
    return KITH_OK;
}

/* --- DOT ------------------------------------------------------------------------------------ */

static kith_status
skip_block_comment(kith_scan *scan, kith_error *err)
{
    int c, last = 0;

    kith_scan_take(scan);
    while ((c = kith_scan_peek(scan)) >= 0) {
        kith_scan_take(scan);
        if (last == '*' && c == '/')
            return KITH_OK;
        last = c;
    }
    return unended(scan, "a comment", "*/", err);
}

/* Blanks and comments. A '/' that starts no comment is left in *slash. */
static kith_status
skip_dot_blanks(kith_scan *scan, bool *slash, kith_error *err)
{
    int c;

    *slash = false;
    for (;;) {
        skip_blanks(scan);
        c = kith_scan_peek(scan);
        if (c == '#') {
            skip_to_line_end(scan);
            continue;
        }
        if (c != '/')
            return KITH_OK;
        kith_scan_start_word(scan);
        kith_scan_take(scan);
        c = kith_scan_peek(scan);
        *slash = c != '/' && c != '*';
        if (*slash)
            return KITH_OK;
        if (c == '/')
            skip_to_line_end(scan);
        else
            TRY(skip_block_comment(scan, err));
    }
}

/* One quoted text; \" is a quote, a backslash before a line end joins the lines, others stay. */
static kith_status
read_dot_text(kith_scan *scan, kith_error *err)
{
    int c;

    kith_scan_take(scan);
    while ((c = kith_scan_peek(scan)) != '"') {
        if (c < 0)
            return unended(scan, "a text", "\"", err);
        kith_scan_take(scan);
        if (c == '\\') {
            int next = kith_scan_peek(scan);

            if (next == '\r') {
                kith_scan_take(scan);
                next = kith_scan_peek(scan);
            }
            if (next == '"' || next == '\n') {
                kith_scan_take(scan);
                if (next == '\n')
                    continue;
                c = next;
            } else if (next == '\\') {
                TRY(kith_scan_add(scan, c, err));
                kith_scan_take(scan);
            }
        }
        TRY(kith_scan_add(scan, c, err));
    }
    kith_scan_take(scan);
    return KITH_OK;
}

/* "a" + "b" */
static kith_status
read_dot_texts(kith_scan *scan, kith_error *err)
{
    int64_t line = scan->word_line, column = scan->word_column;
    bool slash;

    for (;;) {
        g_autofree char *so_far = NULL;

        TRY(read_dot_text(scan, err));
        so_far = g_strdup(scan->word->str);
        TRY(skip_dot_blanks(scan, &slash, err));
        g_string_assign(scan->word, so_far);
        if (slash || kith_scan_peek(scan) != '+')
            break;
        kith_scan_take(scan);
        TRY(skip_dot_blanks(scan, &slash, err));
        g_string_assign(scan->word, so_far);
        if (kith_scan_peek(scan) != '"')
            return kith_source_fail(scan->source, err, "'+' without a text (expected \"…\")");
    }
    scan->word_line = line;
    scan->word_column = column;
    kith_scan_at_word(scan);
    if (slash)
        return kith_source_fail(scan->source, err, "'/' after a text (expected a comment)");
    return KITH_OK;
}

/* <…> with the same inside. */
static kith_status
read_html(kith_scan *scan, kith_error *err)
{
    int64_t depth = 1;
    int c;

    kith_scan_take(scan);
    for (;;) {
        c = kith_scan_peek(scan);
        if (c < 0)
            return unended(scan, "an HTML text", ">", err);
        kith_scan_take(scan);
        depth += c == '<' ? 1 : c == '>' ? -1 : 0;
        if (depth == 0)
            return KITH_OK;
        TRY(kith_scan_add(scan, c, err));
    }
}

static bool
is_name(int c)
{
    return c == '_' || c >= 0x80 || (c >= 0 && g_ascii_isalnum(c));
}

/* A number, "--" or "->". */
static kith_status
read_minus(kith_scan *scan, int *token, kith_error *err)
{
    int c;

    kith_scan_take(scan);
    c = kith_scan_peek(scan);
    if (c == '-' || c == '>') {
        kith_scan_take(scan);
        *token = c == '-' ? KITH_TOKEN_LINE : KITH_TOKEN_ARROW;
        return KITH_OK;
    }
    if (c < 0 || (!g_ascii_isdigit(c) && c != '.'))
        return kith_source_fail(scan->source, err, "found '-' (expected --, -> or a number)");
    return kith_scan_add(scan, '-', err);
}

static kith_status
read_dot_word(kith_scan *scan, kith_error *err)
{
    int c = kith_scan_peek(scan);
    bool number = c == '.' || (c >= 0 && g_ascii_isdigit(c)) || scan->word->len > 0;

    while (is_name(c) || (number && c == '.')) {
        kith_scan_take(scan);
        TRY(kith_scan_add(scan, c, err));
        c = kith_scan_peek(scan);
    }
    return KITH_OK;
}

kith_status
kith_dot_token(kith_scan *scan, int *token, kith_error *err)
{
    bool slash;
    int c;

    TRY(skip_dot_blanks(scan, &slash, err));
    if (slash)
        return kith_source_fail(scan->source, err, "found '/' (expected // or /*)");
    kith_scan_start_word(scan);
    c = kith_scan_peek(scan);
    *token = KITH_TOKEN_WORD;
    if (c < 0) {
        *token = KITH_TOKEN_END;
        return kith_scan_status(scan, err);
    }
    if (c == '"') {
        *token = KITH_TOKEN_TEXT;
        return read_dot_texts(scan, err);
    }
    if (c == '<') {
        *token = KITH_TOKEN_HTML;
        return read_html(scan, err);
    }
    if (c == '-')
        TRY(read_minus(scan, token, err));
    else if (!is_name(c) && c != '.') {
        *token = c;
        kith_scan_take(scan);
    }
    return *token == KITH_TOKEN_WORD ? read_dot_word(scan, err) : KITH_OK;
}

const char *
kith_token_text(const kith_scan *scan, int token, char out[80])
{
    if (token == KITH_TOKEN_END)
        return "the end of the file";
    if (token == KITH_TOKEN_LINE || token == KITH_TOKEN_ARROW)
        return token == KITH_TOKEN_LINE ? "'--'" : "'->'";
    if (token < KITH_TOKEN_END) {
        g_snprintf(out, 80, g_ascii_isprint(token) ? "'%c'" : "byte %#x", token);
        return out;
    }
    g_snprintf(out, 80, "'%.*s'", (int)MIN(scan->word->len, 60), scan->word->str);
    return out;
}
