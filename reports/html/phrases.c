/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phrases.c - what sentences about answers are made of. */
#include "reports/html/phrases.h"
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/words.h"
#include <string.h>

int64_t
kith_phrase_rows(const kith_table *table)
{
    return table ? kith_table_rows(table) : 0;
}

bool
kith_phrase_find(const kith_table *table, int64_t row, const char *name, kith_cell_type *type,
                 kith_cell *cell)
{
    int64_t column = table ? kith_table_find_column(table, name) : -1;

    if (column < 0 || row >= kith_table_rows(table))
        return false;
    kith_table_cell(table, row, column, cell);
    *type = kith_table_column(table, column)->type;
    return !cell->missing;
}

bool
kith_phrase_number_at(const kith_table *table, int64_t row, const char *name, double *out)
{
    kith_cell_type type;
    kith_cell cell;

    if (!kith_phrase_find(table, row, name, &type, &cell) ||
        (type != KITH_CELL_INT && type != KITH_CELL_REAL))
        return false;
    *out = type == KITH_CELL_INT ? (double)cell.integer : cell.real;
    return true;
}

const char *
kith_phrase_text_at(const kith_table *table, int64_t row, const char *name)
{
    kith_cell_type type;
    kith_cell cell;

    if (!kith_phrase_find(table, row, name, &type, &cell) ||
        (type != KITH_CELL_TEXT && type != KITH_CELL_NODE))
        return NULL;
    return cell.text;
}

const char *
kith_phrase_parameter(const kith_answer *answer, const char *wanted)
{
    for (int64_t i = 0; i < kith_answer_parameter_count(answer); i++) {
        kith_option_type type;
        const char *name, *text;

        kith_answer_parameter_at(answer, i, &name, &type, &text);
        if (strcmp(name, wanted) == 0)
            return *text ? text : NULL;
    }
    return NULL;
}

void
kith_phrase_bold(GString *out, const char *text)
{
    g_string_append(out, "<b>");
    kith_html_name(out, text);
    g_string_append(out, "</b>");
}

void
kith_phrase_number(GString *out, double value)
{
    char text[48];

    g_string_append(out, kith_words_number(value, text));
}

void
kith_phrase_count(GString *out, double n, const char *one, const char *many)
{
    kith_phrase_number(out, n);
    g_string_append_printf(out, " %s", n == 1 ? one : many);
}

/* ", " or " and " before the i-th of n things. */
static const char *
joint(int64_t i, int64_t n)
{
    return i == 0 ? "" : i + 1 == n ? " and " : ", ";
}

/* A person may stand in several rows, and is named once. */
void
kith_phrase_names(GString *out, const kith_table *table, const char *column, int64_t most)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (int64_t i = 0; i < kith_phrase_rows(table) && (int64_t)names->len < most; i++) {
        const char *name = kith_phrase_text_at(table, i, column);

        name = name ? name : KITH_WORDS_MISSING;
        if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            g_ptr_array_add(names, (void *)name);
    }
    for (guint i = 0; i < names->len; i++) {
        g_string_append(out, joint(i, names->len));
        kith_phrase_bold(out, g_ptr_array_index(names, i));
    }
}

void
kith_phrase_list(GString *out, const kith_cell *list, int64_t first, int64_t last)
{
    for (int64_t i = first; i < last; i++) {
        g_string_append(out, joint(i - first, last - first));
        kith_phrase_bold(out, list->list[i]);
    }
}
