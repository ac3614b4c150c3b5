/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv - the tables as RFC 4180, for spreadsheets and scripts.
 *
 * One table is a plain CSV file. Several follow one another, each after a line "# name" and parted
 * by a blank line; empty ones are left out. Cells are as exact as in JSON; a missing value is an
 * empty cell.
 */
#include "base/base.h"
#include "base/csv_out.h"
#include "base/number.h"
#include <kith/kith.h>
#include <string.h>

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
        kith_csv_put_text(line, joined);
        break;
    default:
        kith_csv_put_text(line, cell->text);
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
                kith_csv_put_field(line, column->name);
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
