/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv - the tables as RFC 4180, for spreadsheets and scripts.
 *
 * One table is a plain CSV file. Several follow one another, each after a line "# name" and parted
 * by a blank line; empty ones are left out. Cells are as exact as in JSON; a missing value is an
 * empty cell.
 *
 * A spreadsheet runs a cell that begins like a formula, and names come from strangers: such a text
 * gets a leading apostrophe unless it is just a number.
 */
#include "base/base.h"
#include "base/number.h"
#include <kith/kith.h>
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

static void
append_field(GString *line, const char *text)
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

/* A text of unknown origin. Controls that are no white space could only move somebody's cursor: "?"
 * instead. */
static void
append_text(GString *line, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    g_autofree char *safe = is_dangerous(valid) ? g_strconcat("'", valid, NULL) : g_strdup(valid);

    for (char *p = safe; *p; p++)
        if ((*p > 0 && *p < ' ' && !strchr("\t\r\n", *p)) || *p == 0x7f)
            *p = '?';
    append_field(line, safe);
}

static void
append_cell(GString *line, kith_cell_type type, const kith_cell *cell)
{
    g_autofree char *joined = NULL;
    char text[32];

    if (cell->missing)
        return;
    switch (type) {
    case KITH_CELL_INT:
        g_string_append_printf(line, "%" G_GINT64_FORMAT, cell->integer);
        break;
    case KITH_CELL_REAL:
        g_string_append(line, kith_number_text(cell->real, text));
        break;
    case KITH_CELL_BOOL:
        g_string_append(line, cell->integer ? "true" : "false");
        break;
    case KITH_CELL_TIME:
        g_string_append(line, kith_time_text(cell->integer, cell->precision, text));
        break;
    case KITH_CELL_LIST:
        joined = g_strjoinv(" > ", (char **)cell->list);
        append_text(line, joined);
        break;
    default:
        append_text(line, cell->text);
    }
}

static void
write_table(const kith_table *table, kith_sink *sink)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (int64_t row = -1; row < kith_table_rows(table); row++) {
        g_string_truncate(line, 0);
        for (int64_t i = 0; i < kith_table_columns(table); i++) {
            const kith_column *column = kith_table_column(table, i);
            kith_cell cell;

            if (i > 0)
                g_string_append_c(line, ',');
            kith_table_cell(table, row, i, &cell);
            if (row < 0)
                append_field(line, column->name);
            else
                append_cell(line, column->type, &cell);
        }
        g_string_append(line, "\r\n");
        kith_sink_write(sink, line->str, line->len);
    }
}

/* How many tables with rows there are, and whether the very first table is the only one of them. */
static bool
only_first(const kith_document *document)
{
    int64_t others = 0;

    for (int64_t a = 0; a < kith_document_answers(document); a++) {
        const kith_answer *answer = kith_document_answer(document, a);

        for (int64_t t = a == 0; t < kith_answer_tables(answer); t++)
            others += kith_table_rows(kith_answer_table_at(answer, t)) > 0;
    }
    return others == 0;
}

static void
write_all(const kith_document *document, kith_sink *sink)
{
    bool several = kith_document_answers(document) > 1, any = false;

    for (int64_t a = 0; a < kith_document_answers(document); a++) {
        const kith_answer *answer = kith_document_answer(document, a);

        for (int64_t t = 0; t < kith_answer_tables(answer); t++) {
            const kith_table *table = kith_answer_table_at(answer, t);

            if (kith_table_rows(table) == 0)
                continue;
            kith_sink_printf(sink, "%s# %s%s%s\r\n", any ? "\r\n" : "",
                             several ? kith_answer_question(answer) : "", several ? " " : "",
                             kith_table_name(table));
            write_table(table, sink);
            any = true;
        }
    }
}

static kith_status
write_csv(const kith_document *document, kith_sink *sink, kith_error *err)
{
    const kith_answer *first = kith_document_answer(document, 0);

    (void)err;
    if (!only_first(document))
        write_all(document, sink);
    else if (first && kith_answer_tables(first) > 0)
        write_table(kith_answer_table_at(first, 0), sink);
    return KITH_OK;
}

const kith_report kith_report_csv = {
    .name = "csv",
    .summary = "the tables, for spreadsheets",
    .extension = "csv",
    .write = write_csv,
};
