/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text - the tables for people at a terminal, or in a mail.
 *
 * Columns are aligned, numbers flush right. On a terminal that is too narrow heads are stacked, then the widest texts are
 * cut with "…", and a table of many numbers is told in blocks of columns below one another, each with the first column;
 * in a file or pipe nothing is ever cut. Where a terminal has room, a bar beside each row
 * shows the first column of scores, and info a line of blocks, when things happened. Every text is made safe first: a name cannot move the cursor.
 */
#include "base/text.h"
#include "base/base.h"
#include "reports/series.h"
#include "reports/words.h"
#include <kith/kith.h>
#include <string.h>

#define GUTTER 2
#define LEAST_TEXT 8     /* a cut column keeps this many places */
#define MOST_PADDING 100 /* one long text does not push a column off the page */
#define NOTE_WIDTH 80    /* where there is no terminal */
#define LONGEST_BAR 24
#define SHORTEST_BAR 8

struct layout {
    const kith_table *table;
    kith_sink *sink;
    int64_t columns, from, end; /* this block: column 0, and from … end - 1 */
    int *width, *decimals;
    bool heads;     /* may be stacked */
    int terminal;   /* 0: none */
    int bar;        /* places for a bar behind each row, 0: none */
    int64_t scored; /* the column it shows */
    double largest;
};

static bool
flush_right(const struct layout *l, int64_t column)
{
    return kith_words_is_number(kith_table_column(l->table, column)->type);
}

/* A head as one line, or as lines of whole words that are no wider than the column. */
static GStrv
head_lines(const struct layout *l, int64_t column)
{
    g_autofree char *head = kith_words_name(kith_table_column(l->table, column)->name, false);
    g_auto(GStrv) words = g_strsplit(head, " ", -1);
    g_autoptr(GStrvBuilder) lines = g_strv_builder_new();
    g_autoptr(GString) line = g_string_new(words[0]);

    for (char **word = words + 1; words[0] && *word; word++) {
        if (l->heads &&
            kith_text_width(line->str) + 1 + kith_text_width(*word) > l->width[column]) {
            g_strv_builder_add(lines, line->str);
            g_string_assign(line, *word);
        } else {
            g_string_append_printf(line, " %s", *word);
        }
    }
    g_strv_builder_add(lines, line->str);
    return g_strv_builder_end(lines);
}

static int
head_width(const struct layout *l, int64_t column)
{
    g_auto(GStrv) lines = head_lines(l, column);
    int width = 0;

    for (char **line = lines; *line; line++)
        width = MAX(width, kith_text_width(*line));
    return width;
}

/* With `heads` set, a head is no wider than its longest word, if its cells are not. */
static void
measure(struct layout *l)
{
    for (int64_t i = 0; i < l->columns; i++) {
        l->decimals[i] = kith_words_decimals(l->table, i);
        l->width[i] = 0;
        for (int64_t row = 0; row < kith_table_rows(l->table); row++) {
            g_autofree char *text = kith_words_cell(l->table, row, i, l->decimals[i]);

            l->width[i] = MAX(l->width[i], kith_text_width(text));
        }
        l->width[i] = MAX(l->width[i], head_width(l, i));
        if (l->terminal == 0 && !flush_right(l, i))
            l->width[i] = MIN(l->width[i], MOST_PADDING);
    }
}

/* Whether a column is in the block at hand. */
static bool
shown(const struct layout *l, int64_t column)
{
    return column == 0 || (column >= l->from && column < l->end);
}

static int
total_width(const struct layout *l)
{
    int total = -GUTTER;

    for (int64_t i = 0; i < l->columns; i++)
        total += shown(l, i) ? l->width[i] + GUTTER : 0;
    return total;
}

/* Takes places from the widest text columns until the row fits, or they are as narrow as they may
 * be. @return whether it fits */
static bool
shrink(struct layout *l)
{
    int total = total_width(l);

    while (l->terminal > 0 && total > l->terminal) {
        int64_t widest = -1;

        for (int64_t i = 0; i < l->columns; i++)
            if (shown(l, i) && !flush_right(l, i) && l->width[i] > LEAST_TEXT &&
                (widest < 0 || l->width[i] > l->width[widest]))
                widest = i;
        if (widest < 0)
            return false;
        l->width[widest]--;
        total--;
    }
    return true;
}

/* Heads are stacked before texts are cut. */
static bool
fit(struct layout *l)
{
    measure(l);
    if (l->terminal == 0 || total_width(l) <= l->terminal)
        return true;
    l->heads = true;
    measure(l);
    return shrink(l);
}

static void
pad(GString *line, int places)
{
    for (int i = 0; i < places; i++)
        g_string_append_c(line, ' ');
}

/* Places that are left over go to a bar, when there are scores and enough of both. */
static void
plan_bar(struct layout *l)
{
    int total = total_width(l) + GUTTER;

    if (l->terminal - total < SHORTEST_BAR || kith_table_rows(l->table) < 2)
        return;
    for (l->scored = 0; l->scored < l->columns && l->largest <= 0; l->scored++)
        l->largest = kith_words_scale(l->table, l->scored);
    l->scored--;
    if (l->largest > 0)
        l->bar = MIN(LONGEST_BAR, l->terminal - total);
}

/* Eighths of a block: a bar is exact to an eighth of a place. */
static void
append_bar(const struct layout *l, GString *line, int64_t row)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    kith_cell cell;
    int steps;

    kith_table_cell(l->table, row, l->scored, &cell);
    if (cell.missing || !(cell.real > 0))
        return;
    steps = MAX(1, (int)(cell.real / l->largest * l->bar * 8 + 0.5));
    for (int i = 0; i < steps / 8; i++)
        g_string_append(line, "█");
    g_string_append(line, eighths[steps % 8]);
}

/* Cuts a text to so many places, the last one an ellipsis. */
static void
cut(char **text, int width)
{
    g_autoptr(GString) out = NULL;
    int used = 0;

    if (kith_text_width(*text) <= width)
        return;
    out = g_string_new(NULL);
    for (const char *p = *text; *p; p = g_utf8_next_char(p)) {
        char one[8] = {0};

        memcpy(one, p, (size_t)(g_utf8_next_char(p) - p));
        used += kith_text_width(one);
        if (used > width - 1)
            break;
        g_string_append(out, one);
    }
    g_string_append(out, "…");
    g_free(*text);
    *text = g_string_free(g_steal_pointer(&out), FALSE);
}

static void
append_cell(const struct layout *l, GString *line, int64_t column, char **text)
{
    int places;

    if (l->terminal > 0)
        cut(text, l->width[column]);
    places = MAX(0, l->width[column] - kith_text_width(*text));
    if (flush_right(l, column))
        pad(line, places);
    g_string_append(line, *text);
    if (column + 1 == l->end && l->bar == 0)
        return;
    pad(line, (flush_right(l, column) ? 0 : places) + GUTTER);
}

static void
end_line(const struct layout *l, GString *line, bool bold)
{
    while (line->len > 0 && line->str[line->len - 1] == ' ')
        g_string_truncate(line, line->len - 1);
    g_string_append(line, bold ? "\x1b[0m\n" : "\n");
    kith_sink_write(l->sink, line->str, line->len);
}

/* Stacked heads stand on their last lines. */
static void
write_heads(const struct layout *l, GString *line)
{
    bool bold = kith_sink_colour(l->sink);
    int most = 1;

    for (int64_t i = 0; i < l->columns; i++) {
        g_auto(GStrv) lines = head_lines(l, i);

        most = shown(l, i) ? MAX(most, (int)g_strv_length(lines)) : most;
    }
    for (int at = 0; at < most; at++) {
        g_string_assign(line, bold ? "\x1b[1m" : "");
        for (int64_t i = 0; i < l->columns; i++) {
            g_auto(GStrv) lines = head_lines(l, i);
            int mine = at - most + (int)g_strv_length(lines);
            g_autofree char *text = g_strdup(mine < 0 ? "" : lines[mine]);

            if (shown(l, i))
                append_cell(l, line, i, &text);
        }
        end_line(l, line, bold);
    }
}

static void
write_row(const struct layout *l, GString *line, int64_t row)
{
    g_string_assign(line, "");
    for (int64_t i = 0; i < l->columns; i++) {
        g_autofree char *text = kith_words_cell(l->table, row, i, l->decimals[i]);

        if (shown(l, i))
            append_cell(l, line, i, &text);
    }
    if (l->bar > 0)
        append_bar(l, line, row);
    end_line(l, line, false);
}

static void
write_block(const struct layout *l, GString *line)
{
    write_heads(l, line);
    for (int64_t row = 0; row < kith_table_rows(l->table); row++)
        write_row(l, line, row);
}

/* As many columns at a time as fit, each time with the first. */
static void
write_blocks(struct layout *l, GString *line)
{
    measure(l);
    if (!flush_right(l, 0))
        l->width[0] = MIN(l->width[0], MAX(LEAST_TEXT, l->terminal / 3));
    for (l->from = 1; l->from < l->columns; l->from = l->end) {
        int total = l->width[0];

        for (l->end = l->from; l->end < l->columns; l->end++) {
            total += GUTTER + l->width[l->end];
            if (total > l->terminal && l->end > l->from)
                break;
        }
        shrink(l);
        if (l->from > 1)
            kith_sink_text(l->sink, "\n");
        write_block(l, line);
    }
}

static void
write_table(const kith_table *table, kith_sink *sink)
{
    struct layout l = {.table = table, .sink = sink, .columns = kith_table_columns(table)};
    g_autofree int *width = g_new0(int, l.columns + 1), *decimals = g_new0(int, l.columns + 1);
    g_autoptr(GString) line = g_string_new(NULL);

    if (kith_table_rows(table) == 0) {
        kith_sink_text(sink, "nothing found\n");
        return;
    }
    l.end = l.columns;
    l.width = width;
    l.decimals = decimals;
    l.terminal = kith_sink_terminal_width(sink);
    if (!fit(&l) && l.columns > 1) {
        write_blocks(&l, line);
        return;
    }
    plan_bar(&l);
    write_block(&l, line);
}

/* One paragraph, broken between words, further lines indented below the first word after the
 * prefix. */
static void
write_wrapped(kith_sink *sink, const char *prefix, const char *text)
{
    g_autofree char *safe = kith_text_display(text);
    g_auto(GStrv) words = g_strsplit(safe, " ", -1);
    bool dim = kith_sink_colour(sink);
    int width = kith_sink_terminal_width(sink), indent = kith_text_width(prefix), used = indent;

    width = width > 0 ? MAX(width, indent + 20) : NOTE_WIDTH;
    kith_sink_printf(sink, "%s%s", dim ? "\x1b[2m" : "", prefix);
    for (char **word = words; *word; word++) {
        int places = kith_text_width(*word);

        if (word != words && used + 1 + places > width) {
            kith_sink_printf(sink, "\n%*s", indent, "");
            used = indent;
        } else if (word != words) {
            kith_sink_text(sink, " ");
            used++;
        }
        kith_sink_text(sink, *word);
        used += places;
    }
    kith_sink_text(sink, dim ? "\x1b[0m\n" : "\n");
}

static void
write_heading(kith_sink *sink, const char *name)
{
    g_autofree char *words = kith_words_name(name, false);
    bool colour = kith_sink_colour(sink);

    kith_sink_printf(sink, "%s%s:%s\n", colour ? "\x1b[1m" : "", words, colour ? "\x1b[0m" : "");
}

/* On a terminal with room for it: when the dated facts of these files happened, a block a period. */
static void
write_spark(const kith_document *document, const kith_answer *answer, kith_sink *sink)
{
    static const char *const eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const kith_graph *graph = kith_document_graph(document);
    char first[32], last[32];
    kith_series s;
    int64_t most;

    if (!graph || strcmp(kith_answer_question(answer), "info") != 0 ||
        kith_sink_terminal_width(sink) < KITH_SERIES_MOST)
        return;
    kith_series_read(&s, graph);
    if (s.n < 2)
        return;
    most = s.all[kith_series_peak(s.all, s.n)];
    kith_sink_printf(sink, "dated facts by %s, %s to %s, at most %" G_GINT64_FORMAT ":\n",
                     kith_series_unit(&s), kith_series_label(&s, 0, first),
                     kith_series_label(&s, s.n - 1, last), most);
    for (int i = 0; i < s.n; i++)
        kith_sink_text(sink, eighths[(8 * s.all[i] + most - 1) / most]);
    kith_sink_text(sink, "\n\n");
}

static void
write_answer(const kith_document *document, const kith_answer *answer, kith_sink *sink)
{
    g_autofree char *about = kith_words_about(answer);

    for (int64_t i = 0; i < kith_answer_tables(answer); i++) {
        const kith_table *table = kith_answer_table_at(answer, i);

        if (i > 0)
            kith_sink_text(sink, "\n");
        if (kith_answer_tables(answer) > 1)
            write_heading(sink, kith_table_name(table));
        write_table(table, sink);
    }
    if (kith_answer_tables(answer) > 0 && (kith_answer_notes(answer) > 0 || *about))
        kith_sink_text(sink, "\n");
    write_spark(document, answer, sink);
    for (int64_t i = 0; i < kith_answer_notes(answer); i++)
        write_wrapped(sink, "note: ", kith_answer_note_at(answer, i));
    if (*about)
        write_wrapped(sink, "", about);
}

static void
write_title(kith_sink *sink, const char *question)
{
    g_autofree char *bar = g_strnfill(strlen(question), '=');
    bool colour = kith_sink_colour(sink);

    kith_sink_printf(sink, "%s%s%s\n%s\n", colour ? "\x1b[1m" : "", question,
                     colour ? "\x1b[0m" : "", bar);
}

static kith_status
write_text(const kith_document *document, kith_sink *sink, kith_error *err)
{
    (void)err;
    for (int64_t i = 0; i < kith_document_answers(document); i++) {
        const kith_answer *answer = kith_document_answer(document, i);

        if (i > 0)
            kith_sink_text(sink, "\n\n");
        if (kith_document_answers(document) > 1)
            write_title(sink, kith_answer_question(answer));
        write_answer(document, answer, sink);
    }
    return KITH_OK;
}

const kith_report kith_report_text = {
    .name = "text",
    .summary = "the tables, for people",
    .extension = "txt",
    .write = write_text,
};
