/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ics - the days of an answer as a calendar file (RFC 5545): one all-day entry for each row with a date.
 *
 * A table's first column of dates says when, its columns `summary` and `detail` what; without them all other cells do. The
 * same answer gives the same bytes, and an entry keeps its UID as long as its day and text stay, so importing the file twice
 * changes nothing. Entries ring at nine in the morning and leave the day free.
 */
#include "base/base.h"
#include "reports/words.h"
#include <kith/kith.h>
#include <string.h>

#define FOLD 75 /* octets a line may have */

/* Lines longer than 75 octets go on after a blank, and no character is cut in two. */
static void
put_line(kith_sink *sink, const char *line)
{
    size_t room = FOLD;

    while (strlen(line) > room) {
        const char *cut = line + room;

        while (cut > line && (*cut & 0xc0) == 0x80)
            cut--;
        kith_sink_write(sink, line, (size_t)(cut - line));
        kith_sink_text(sink, "\r\n ");
        line = cut;
        room = FOLD - 1;
    }
    kith_sink_text(sink, line);
    kith_sink_text(sink, "\r\n");
}

/* NAME:text with what RFC 5545 wants escaped; controls become blanks. */
static void
put_text(kith_sink *sink, const char *name, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) line = g_string_new(name);

    g_string_append_c(line, ':');
    for (const char *p = valid; *p; p++) {
        if (*p == '\n')
            g_string_append(line, "\\n");
        else if (strchr("\\;,", *p))
            g_string_append_printf(line, "\\%c", *p);
        else
            g_string_append_c(line, (*p > 0 && *p < ' ') || *p == 0x7f ? ' ' : *p);
    }
    put_line(sink, line->str);
}

/* All cells but the date, in words. */
static char *
all_cells(const kith_table *table, int64_t row, int64_t date)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int64_t i = 0; i < kith_table_columns(table); i++) {
        g_autofree char *word = kith_words_cell(table, row, i, kith_words_decimals(table, i));

        if (i != date && strcmp(word, KITH_WORDS_MISSING) != 0)
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", word);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
cell_or(const kith_table *table, int64_t row, const char *column, char *otherwise)
{
    int64_t i = kith_table_find_column(table, column);
    kith_cell cell;

    if (i < 0 || kith_table_column(table, i)->type != KITH_CELL_TEXT)
        return otherwise;
    g_free(otherwise);
    kith_table_cell(table, row, i, &cell);
    return g_strdup(cell.missing ? "" : cell.text);
}

/* "20241231" */
static void
compact(kith_time when, char out[32])
{
    char day[32];
    size_t used = 0;

    kith_time_text(when, KITH_PRECISION_DAY, day);
    for (const char *p = day; *p; p++)
        if (g_ascii_isdigit(*p))
            out[used++] = *p;
    out[used] = '\0';
}

static void
put_entry(const kith_answer *answer, const kith_table *table, int64_t row, int64_t date,
          kith_sink *sink)
{
    g_autofree char *summary = cell_or(table, row, "summary", all_cells(table, row, date));
    g_autofree char *detail = cell_or(table, row, "detail", g_strdup(""));
    g_autofree char *uid = NULL, *all = NULL;
    char day[32], next[32], stamp[32];
    kith_cell when;

    kith_table_cell(table, row, date, &when);
    if (when.missing)
        return;
    compact(when.integer, day);
    compact(when.integer + KITH_DAY, next);
    compact(kith_answer_as_of(answer), stamp);
    all = g_strconcat(kith_table_name(table), "\n", day, "\n", summary, "\n", detail, NULL);
    uid = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
    uid[32] = '\0';
    kith_sink_printf(sink, "BEGIN:VEVENT\r\nUID:%s@kith\r\nDTSTAMP:%sT000000Z\r\n", uid,
                     *stamp ? stamp : day);
    kith_sink_printf(sink, "DTSTART;VALUE=DATE:%s\r\nDTEND;VALUE=DATE:%s\r\n", day, next);
    put_text(sink, "SUMMARY", summary);
    if (*detail)
        put_text(sink, "DESCRIPTION", detail);
    kith_sink_text(sink, "TRANSP:TRANSPARENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n");
    put_text(sink, "DESCRIPTION", summary);
    kith_sink_text(sink, "TRIGGER:PT9H\r\nEND:VALARM\r\nEND:VEVENT\r\n");
}

static void
put_table(const kith_answer *answer, const kith_table *table, kith_sink *sink)
{
    for (int64_t i = 0; i < kith_table_columns(table); i++) {
        if (kith_table_column(table, i)->type != KITH_CELL_TIME)
            continue;
        for (int64_t row = 0; row < kith_table_rows(table); row++)
            put_entry(answer, table, row, i, sink);
        return;
    }
}

static kith_status
write_calendar(const kith_document *document, kith_sink *sink, kith_error *err)
{
    (void)err;
    kith_sink_text(sink, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    kith_sink_printf(sink, "PRODID:-//kith//kith %s//EN\r\n", kith_version());
    kith_sink_text(sink, "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    for (int64_t i = 0; i < kith_document_answers(document); i++) {
        const kith_answer *answer = kith_document_answer(document, i);

        for (int64_t t = 0; t < kith_answer_tables(answer); t++)
            put_table(answer, kith_answer_table_at(answer, t), sink);
    }
    kith_sink_text(sink, "END:VCALENDAR\r\n");
    return KITH_OK;
}

const kith_report kith_report_ics = {
    .name = "ics",
    .summary = "a calendar: an all-day entry for each row with a date",
    .extension = "ics",
    .write = write_calendar,
};
