/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evidence.c - what a number is made of, folded away behind it.
 *
 * A table whose first column is named after another's ("path" beside "paths") holds the rows behind its
 * rows: the hops of each chain. They are put where the chains are, one fold a chain, instead of in a
 * table of their own.
 */
#include "base/base.h"
#include "base/number.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/words.h"
#include <string.h>

/* Whether rows of `parts` say which row of `whole` they belong to. */
static bool
belongs(const kith_table *parts, const kith_table *whole)
{
    const char *name = kith_table_name(whole), *first = kith_table_column(parts, 0)->name;

    return parts != whole && kith_table_find_column(whole, "rank") >= 0 &&
           kith_table_column(parts, 0)->type == KITH_CELL_INT && g_str_has_prefix(name, first) &&
           strlen(name) == strlen(first) + 1 && kith_table_find_column(parts, "evidence") >= 0;
}

bool
kith_html_is_evidence(const kith_answer *answer, const kith_table *parts)
{
    for (int64_t i = 0; i < kith_answer_tables(answer); i++)
        if (belongs(parts, kith_answer_table_at(answer, i)))
            return true;
    return false;
}

static void
put_person(GString *out, const kith_table *parts, int64_t row, const char *column)
{
    kith_cell_type type;
    kith_cell cell;

    if (!kith_phrase_find(parts, row, column, &type, &cell))
        return;
    g_string_append_printf(out, "<bdi data-node=%" G_GINT64_FORMAT ">", cell.integer);
    kith_html_text(out, cell.text);
    g_string_append(out, "</bdi>");
}

static void
put_number(GString *out, const kith_table *parts, int64_t row, const char *column)
{
    char shown[48], full[32];
    double value;

    if (!kith_phrase_number_at(parts, row, column, &value))
        return;
    kith_words_real(value, 3, shown);
    kith_number_text(value, full);
    g_string_append_printf(out, " <data value=%s>%s</data>", full, shown);
}

static void
put_part(GString *out, const kith_table *parts, int64_t row)
{
    static const char *const words[] = {"tier", "state", "evidence"};
    const char *before = ": ";

    g_string_append(out, "<li>");
    put_person(out, parts, row, "from");
    g_string_append(out, " → ");
    put_person(out, parts, row, "to");
    put_number(out, parts, row, "p");
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const char *text = kith_phrase_text_at(parts, row, words[i]);

        if (!text || !*text)
            continue;
        g_string_append(out, before);
        kith_html_text(out, text);
        before = i == 1 ? "; " : ", ";
    }
    g_string_append(out, "</li>\n");
}

/* "0.35 × 0.16 = 0.057" */
static void
put_product(GString *out, const kith_table *whole, const kith_table *parts, int64_t number,
            int64_t row)
{
    const char *sign = "";
    double p, score, role;

    if (!kith_phrase_number_at(whole, row, "score", &score))
        return;
    g_string_append(out, "<p class=\"aside\">");
    for (int64_t i = 0; i < kith_table_rows(parts); i++) {
        char text[48];
        double of;

        if (!kith_phrase_number_at(parts, i, kith_table_column(parts, 0)->name, &of) ||
            (int64_t)of != number || !kith_phrase_number_at(parts, i, "p", &p))
            continue;
        g_string_append_printf(out, "%s%s", sign, g_ascii_formatd(text, sizeof text, "%.3f", p));
        sign = " × ";
    }
    if (kith_phrase_number_at(whole, row, "role", &role)) {
        char text[48];

        g_string_append_printf(out, "%s%s for the role", sign,
                               g_ascii_formatd(text, sizeof text, "%.2f", role));
    }
    if (*sign) {
        char text[48];

        g_string_append_printf(out, " = %s", g_ascii_formatd(text, sizeof text, "%.4f", score));
    }
    g_string_append(out, "</p>\n");
}

static void
put_fold(GString *out, const kith_table *whole, const kith_table *parts, int64_t row)
{
    double rank, of;

    if (!kith_phrase_number_at(whole, row, "rank", &rank))
        return;
    g_string_append_printf(out,
                           "<details class=\"why\"><summary>What chain %d rests on</summary><ul "
                           "class=\"steps\">\n",
                           (int)rank);
    for (int64_t i = 0; i < kith_table_rows(parts); i++)
        if (kith_phrase_number_at(parts, i, kith_table_column(parts, 0)->name, &of) && of == rank)
            put_part(out, parts, i);
    g_string_append(out, "</ul>\n");
    put_product(out, whole, parts, (int64_t)rank, row);
    g_string_append(out, "</details>\n");
}

void
kith_html_evidence(GString *out, const kith_answer *answer, const kith_table *whole)
{
    for (int64_t i = 0; i < kith_answer_tables(answer); i++) {
        const kith_table *parts = kith_answer_table_at(answer, i);

        if (!belongs(parts, whole))
            continue;
        for (int64_t row = 0; row < kith_table_rows(whole); row++)
            put_fold(out, whole, parts, row);
    }
}
