/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.c - any table as HTML.
 *
 * The first rows are shown, a part of the rest waits folded away, and what is left out is said.
 * Scores get a bar, chains of people are drawn as chips with the weakest link named. A table that
 * is too wide for a phone scrolls in its box there; the page's script makes a stack of cards of it. What
 * cells say of themselves has no quotation marks where it is a word of ours or a number: there are thousands.
 */
#include "base/base.h"
#include "base/number.h"
#include "base/text.h"
#include "reports/html/html.h"
#include "reports/words.h"
#include <math.h>
#include <string.h>

#define FIRST_ROWS 10
#define MOST_ROWS 300
#define PHONE_COLUMNS 40 /* characters that fit on a phone side by side */
#define LONG_TEXT 28     /* a text longer than this is wrapped */
#define SENTENCE 90      /* one longer than this makes a table of prose */
#define BAR_WIDTH 56

struct view {
    GString *out;
    const kith_table *table;
    const char *anchor;
    bool wide;               /* does not fit a phone */
    bool chain;              /* has a column of chains */
    int64_t columns, header; /* header: the column that names the row, -1 for none */
    int64_t weakest; /* the column that says which hop of a chain is the weakest, -1 for none */
    int *decimals;
    bool *lengthy; /* texts that want room */
    bool *empty;   /* columns without a value in any row */
    bool prose;    /* has a column of sentences: rows read better as cards */
    double *bar;   /* the largest value of a column that gets a bar, 0 for the others */
};

static const kith_column *
column_of(const struct view *v, int64_t i)
{
    return kith_table_column(v->table, i);
}

/* The hop that is named within the chain needs no column of its own, nor do places that are drawn, nor what nobody
 * knows. */
static bool
is_hidden(const struct view *v, int64_t i)
{
    const char *name = column_of(v, i)->name;

    return (i == v->weakest && v->chain) || strcmp(name, "x") == 0 || strcmp(name, "y") == 0 ||
           v->empty[i];
}

static bool
is_empty(const kith_table *table, int64_t column)
{
    kith_cell cell = {.missing = true};

    for (int64_t row = 0; cell.missing && row < kith_table_rows(table); row++)
        kith_table_cell(table, row, column, &cell);
    return cell.missing;
}

static void
look(struct view *v)
{
    bool any_bar = false;

    v->header = v->weakest = -1;
    for (int64_t i = 0; i < v->columns; i++) {
        const kith_column *column = column_of(v, i);

        v->decimals[i] = kith_words_decimals(v->table, i);
        v->empty[i] = is_empty(v->table, i);
        v->bar[i] = any_bar ? 0 : kith_words_scale(v->table, i);
        any_bar |= v->bar[i] > 0;
        if (v->header < 0 && !v->empty[i] &&
            (column->type == KITH_CELL_NODE || column->type == KITH_CELL_TEXT ||
             column->type == KITH_CELL_LIST))
            v->header = i;
        v->chain |= column->type == KITH_CELL_LIST;
        if (column->type == KITH_CELL_INT && strcmp(column->name, "weakest") == 0)
            v->weakest = i;
    }
}

/* Finds columns of long texts, and whether all columns are too wide to stand side by side on a
 * phone. */
static void
measure(struct view *v)
{
    int64_t rows = MIN(FIRST_ROWS, kith_table_rows(v->table));
    int total = 0;

    for (int64_t i = 0; i < v->columns; i++) {
        g_autofree char *head = kith_words_name(column_of(v, i)->name, true);
        int width = kith_text_width(head);

        for (int64_t row = 0; row < rows; row++) {
            g_autofree char *text = kith_words_cell(v->table, row, i, v->decimals[i]);

            width = MAX(width, kith_text_width(text));
        }
        v->lengthy[i] = column_of(v, i)->type == KITH_CELL_TEXT && width > LONG_TEXT;
        v->prose |= v->lengthy[i] && width > SENTENCE;
        if (is_hidden(v, i))
            continue;
        total += MIN(width, LONG_TEXT) + 2 + (v->bar[i] > 0 ? 6 : 0);
    }
    v->wide = total > PHONE_COLUMNS;
}

static void
put_chain(const struct view *v, int64_t row, const kith_cell *list)
{
    kith_cell weakest = {.missing = true};

    if (v->weakest >= 0)
        kith_table_cell(v->table, row, v->weakest, &weakest);
    g_string_append(v->out, "<ol class=\"chain\">");
    for (int64_t i = 0; i < list->integer; i++) {
        bool weak = !weakest.missing && i > 0 && weakest.integer == i;

        g_string_append(
            v->out, weak ? "<li class=\"weak\"><em>weakest</em><i aria-hidden=\"true\">→</i><span>"
                         : "<li><span>");
        kith_html_name(v->out, list->list[i]);
        g_string_append(v->out, "</span></li>");
    }
    g_string_append(v->out, "</ol>");
}

/* A drawing of what the number beside it says, so it is hidden from screen readers. */
static void
put_bar(GString *out, double share)
{
    g_string_append_printf(out,
                           "<svg class=bar aria-hidden=true><rect/><rect width=\"%d\"/></svg> ",
                           (int)lround(CLAMP(share, 0, 1) * BAR_WIDTH));
}

static void
put_real(const struct view *v, int64_t column, double value)
{
    char shown[48], full[32];

    kith_words_real(value, v->decimals[column], shown);
    kith_number_text(value, full);
    if (v->bar[column] > 0)
        put_bar(v->out, value / v->bar[column]);
    if (strcmp(shown, full) == 0)
        g_string_append(v->out, shown);
    else
        g_string_append_printf(v->out, "<data value=%s>%s</data>", full, shown);
}

/* States and tiers are words with a colour, never a colour alone. */
static void
put_text(const struct view *v, int64_t column, const char *text)
{
    static const char *const words[][2] = {
        {"active", "good"},  {"strong", "good"},  {"closed", "good"},   {"granted", "good"},
        {"cooling", "care"}, {"at risk", "care"}, {"pending", "care"},  {"dormant", "mute"},
        {"weak", "mute"},    {"unknown", "mute"}, {"familiar", "mute"},
    };
    const char *name = column_of(v, column)->name;
    bool pill = strcmp(name, "state") == 0 || strcmp(name, "tier") == 0 ||
                strcmp(name, "status") == 0 || strcmp(name, "outcome") == 0;

    for (size_t i = 0; pill && text && i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i][0], text) == 0) {
            g_string_append_printf(v->out, "<span class=\"pill %s\">%s</span>", words[i][1], text);
            return;
        }
    kith_html_name(v->out, text);
}

static void
put_value(const struct view *v, int64_t row, int64_t column)
{
    kith_cell cell;

    kith_table_cell(v->table, row, column, &cell);
    if (cell.missing) {
        g_string_append(v->out, "<i>–</i>");
        return;
    }
    switch (column_of(v, column)->type) {
    case KITH_CELL_INT:
        g_string_append_printf(v->out, "%" G_GINT64_FORMAT, cell.integer);
        break;
    case KITH_CELL_REAL:
        put_real(v, column, cell.real);
        break;
    case KITH_CELL_BOOL:
        g_string_append(v->out, cell.integer ? "yes" : "no");
        break;
    case KITH_CELL_TIME:
        kith_html_date(v->out, cell.integer, cell.precision);
        break;
    case KITH_CELL_LIST:
        put_chain(v, row, &cell);
        break;
    case KITH_CELL_NODE:
        g_string_append_printf(v->out, "<bdi data-node=%" G_GINT64_FORMAT ">", cell.integer);
        kith_html_text(v->out, cell.text);
        g_string_append(v->out, "</bdi>");
        break;
    default:
        put_text(v, column, cell.text);
    }
}

static const char *
cell_class(const struct view *v, int64_t column)
{
    if (kith_words_is_number(column_of(v, column)->type))
        return " class=n";
    return v->lengthy[column] ? " class=\"long\"" : "";
}

/* Whether a unit says more than the column's name does. */
static bool
shows_unit(const kith_column *column)
{
    return column->unit && *column->unit && strcmp(column->unit, "1") != 0 &&
           strcmp(column->unit, "index") != 0 && !strstr(column->name, column->unit);
}

static void
put_row(const struct view *v, int64_t row)
{
    g_string_append(v->out, "<tr>");
    for (int64_t i = 0; i < v->columns; i++) {
        bool header = i == v->header;

        if (is_hidden(v, i))
            continue;
        g_string_append(v->out, header ? "<th scope=row" : "<td");
        g_string_append_printf(v->out, "%s>", cell_class(v, i));
        put_value(v, row, i);
        g_string_append(v->out, header ? "</th>" : "</td>");
    }
    g_string_append(v->out, "</tr>\n");
}

static void
put_head(const struct view *v)
{
    g_string_append(v->out, "<thead><tr>");
    for (int64_t i = 0; i < v->columns; i++) {
        const kith_column *column = column_of(v, i);
        g_autofree char *name = kith_words_name(column->name, true);

        if (is_hidden(v, i))
            continue;
        g_string_append_printf(v->out, "<th scope=\"col\"%s>", cell_class(v, i));
        kith_html_text(v->out, name);
        if (shows_unit(column)) {
            g_string_append(v->out, " <small>");
            kith_html_text(v->out, column->unit);
            g_string_append(v->out, "</small>");
        }
        g_string_append(v->out, "</th>");
    }
    g_string_append(v->out, "</tr></thead>\n");
}

/* Rows first … last - 1 as one table, captioned with the table's name or with which rows they are.
 */
static void
put_rows(const struct view *v, int64_t first, int64_t last)
{
    g_autofree char *name = kith_words_name(kith_table_name(v->table), true);

    g_string_append_printf(v->out,
                           "<div class=\"box\" role=\"group\" tabindex=\"0\" "
                           "aria-labelledby=\"%s-%" G_GINT64_FORMAT "\">"
                           "<table%s><caption id=\"%s-%" G_GINT64_FORMAT "\">",
                           v->anchor, first + 1,
                           v->prose  ? " class=\"wide prose\""
                           : v->wide ? " class=\"wide\""
                                     : "",
                           v->anchor, first + 1);
    kith_html_text(v->out, name);
    if (kith_table_rows(v->table) > FIRST_ROWS)
        g_string_append_printf(v->out,
                               " <small>rows %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                               " of %" G_GINT64_FORMAT "</small>",
                               first + 1, last, kith_table_rows(v->table));
    g_string_append(v->out, "</caption>\n");
    put_head(v);
    g_string_append(v->out, "<tbody>\n");
    for (int64_t row = first; row < last; row++)
        put_row(v, row);
    g_string_append(v->out, "</tbody></table></div>\n");
}

static void
put_gloss(const struct view *v)
{
    g_string_append(v->out,
                    "<details class=\"gloss\"><summary>What the columns mean</summary><dl>\n");
    for (int64_t i = 0; i < v->columns; i++) {
        const kith_column *column = column_of(v, i);
        g_autofree char *name = kith_words_name(column->name, true);

        if (is_hidden(v, i))
            continue;
        g_string_append(v->out, "<div><dt>");
        kith_html_text(v->out, name);
        g_string_append(v->out, "</dt><dd>");
        kith_html_text(v->out, column->about && *column->about ? column->about : "as named");
        if (shows_unit(column)) {
            g_string_append(v->out, " (in ");
            kith_html_text(v->out, column->unit);
            g_string_append_c(v->out, ')');
        }
        g_string_append(v->out, "</dd></div>\n");
    }
    g_string_append(v->out, "</dl></details>\n");
}

static void
put_rest(const struct view *v)
{
    int64_t rows = kith_table_rows(v->table), last = MIN(rows, MOST_ROWS);

    if (rows <= FIRST_ROWS)
        return;
    g_string_append_printf(
        v->out, "<details class=\"rest\"><summary>Rows %d to %" G_GINT64_FORMAT "</summary>\n",
        FIRST_ROWS + 1, last);
    put_rows(v, FIRST_ROWS, last);
    g_string_append(v->out, "</details>\n");
    if (rows > last)
        g_string_append_printf(
            v->out,
            "<p class=\"aside\">%" G_GINT64_FORMAT
            " more rows are left out of this page; CSV and JSON hold all of them.</p>\n",
            rows - last);
}

static void
put_nothing(GString *out, const kith_table *table)
{
    g_autofree char *name = kith_words_name(kith_table_name(table), true);

    g_string_append(out, "<p class=\"nothing\"><strong>");
    kith_html_text(out, name);
    g_string_append(out, ":</strong> nothing found</p>\n");
}

void
kith_html_table(GString *out, const kith_table *table, const char *anchor)
{
    struct view v = {
        .out = out, .table = table, .anchor = anchor, .columns = kith_table_columns(table)};
    g_autofree int *decimals = g_new0(int, v.columns + 1);
    g_autofree double *bar = g_new0(double, v.columns + 1);
    g_autofree bool *lengthy = g_new0(bool, v.columns + 1);
    g_autofree bool *empty = g_new0(bool, v.columns + 1);

    if (kith_table_rows(table) == 0) {
        put_nothing(out, table);
        return;
    }
    v.decimals = decimals;
    v.bar = bar;
    v.lengthy = lengthy;
    v.empty = empty;
    look(&v);
    measure(&v);
    put_rows(&v, 0, MIN(FIRST_ROWS, kith_table_rows(table)));
    put_rest(&v);
    put_gloss(&v);
}
