/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv_out.c - quotes where RFC 4180 asks for them, and an apostrophe before what a spreadsheet would run. */
#include "base/csv_out.h"
#include "base/number.h"
#include <string.h>

/* White space and marks without width that a spreadsheet may skip before a formula. */
static bool
is_blank(gunichar c)
{
    return g_unichar_isspace(c) || g_unichar_iszerowidth(c) || c == 0xfeff;
}

static bool
begins_formula(gunichar c)
{
    static const gunichar signs[] = {'=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20, 0x2212};

    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (c == signs[i])
            return true;
    return false;
}

static bool
is_dangerous(const char *text)
{
    double number;

    if (*text == '\t' || *text == '\r')
        return true;
    if (kith_number_parse(text, &number))
        return false;
    while (*text && is_blank(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return begins_formula(g_utf8_get_char(text));
}

void
kith_csv_put_field(GString *line, const char *text)
{
    bool quoted = strpbrk(text, ",;\"\r\n\t") || *text == ' ';

    if (quoted)
        g_string_append_c(line, '"');
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, *text);
    }
    if (quoted)
        g_string_append_c(line, '"');
}

/* Controls that are no white space could only move somebody's cursor: "?" instead. */
void
kith_csv_put_text(GString *line, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    g_autofree char *safe = is_dangerous(valid) ? g_strconcat("'", valid, NULL) : g_strdup(valid);

    for (char *p = safe; *p; p++)
        if ((*p > 0 && *p < ' ' && !strchr("\t\r\n", *p)) || *p == 0x7f)
            *p = '?';
    kith_csv_put_field(line, safe);
}
