/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * headline.c - an answer in one sentence of plain words.
 *
 * Known questions have a sentence of their own, made of the fields that the JSON contract names;
 * when a table or field is not there, or the question is a new one, the first row is put into
 * words. Never more than the tables say.
 */
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/html/sentences.h"
#include "reports/words.h"
#include <string.h>

static bool
say_info(const kith_answer *answer, GString *out)
{
    static const char *const kinds[][2] = {{"person", "people"},
                                           {"organisation", "organisations"},
                                           {"event", "events"},
                                           {"topic", "topics"}};
    const kith_table *counts = kith_answer_find_table(answer, "counts");
    double count, ties = 0;

    for (int64_t row = 0; row < kith_phrase_rows(counts); row++) {
        const char *kind = kith_phrase_text_at(counts, row, "kind");

        if (kind && g_str_has_prefix(kind, "tie:") &&
            kith_phrase_number_at(counts, row, "count", &count))
            ties += count;
    }
    g_string_append(out, "In view: ");
    for (int64_t row = 0; row < kith_phrase_rows(counts); row++) {
        const char *kind = kith_phrase_text_at(counts, row, "kind");

        for (size_t i = 0; kind && i < G_N_ELEMENTS(kinds); i++)
            if (strcmp(kind, kinds[i][0]) == 0 &&
                kith_phrase_number_at(counts, row, "count", &count) && count > 0) {
                kith_phrase_count(out, count, kinds[i][0], kinds[i][1]);
                g_string_append(out, ", ");
            }
    }
    kith_phrase_count(out, ties, "tie", "ties");
    g_string_append(out, " among them.");
    return kith_phrase_rows(counts) > 0;
}

static void
put_cell(GString *out, const kith_table *table, int64_t column)
{
    g_autofree char *name = kith_words_name(kith_table_column(table, column)->name, false);
    g_autofree char *text = kith_words_cell(table, 0, column, kith_words_decimals(table, column));

    kith_html_text(out, name);
    g_string_append_c(out, ' ');
    kith_phrase_bold(out, text);
}

/* Any other answer: how many rows its first table with rows has, and the first of them. */
static void
say_first_row(const kith_answer *answer, GString *out)
{
    const kith_table *table = NULL;
    g_autofree char *name = NULL;
    int64_t shown = 0;
    kith_cell cell;

    for (int64_t i = 0; i < kith_answer_tables(answer) && kith_phrase_rows(table) == 0; i++)
        table = kith_answer_table_at(answer, i);
    if (kith_phrase_rows(table) == 0) {
        g_string_append(out, "Nothing found.");
        return;
    }
    name = kith_words_name(kith_table_name(table), true);
    kith_html_text(out, name);
    g_string_append(out, ": ");
    kith_phrase_count(out, (double)kith_phrase_rows(table), "row", "rows");
    for (int64_t i = 0; i < kith_table_columns(table) && shown < NAMED + 1; i++) {
        kith_table_cell(table, 0, i, &cell);
        if (cell.missing || strcmp(kith_table_column(table, i)->name, "rank") == 0)
            continue;
        g_string_append(out, shown++ == 0 ? "; first: " : ", ");
        put_cell(out, table, i);
    }
    g_string_append_c(out, '.');
}

void
kith_html_headline(GString *out, const kith_answer *answer)
{
    static const struct {
        const char *question;
        bool (*say)(const kith_answer *answer, GString *out);
    } known[] = {
        {"info", say_info},
        {"intro", kith_html_say_intro},
        {"influencers", kith_html_say_influencers},
        {"seeds", kith_html_say_seeds},
        {"communities", kith_html_say_communities},
        {"brokers", kith_html_say_brokers},
        {"gatekeepers", kith_html_say_gatekeepers},
        {"layers", kith_html_say_layers},
        {"referrals", kith_html_say_referrals},
        {"events", kith_html_say_events},
        {"contributions", kith_html_say_contributions},
        {"keep-in-touch", kith_html_say_keep_in_touch},
        {"duplicates", kith_html_say_duplicates},
        {"mixing", kith_html_say_mixing},
        {"attendance", kith_html_say_attendance},
        {"journey", kith_html_say_journey},
        {"scorecard", kith_html_say_scorecard},
        {"prospects", kith_html_say_prospects},
        {"allies", kith_html_say_allies},
        {"permissions", kith_html_say_permissions},
    };
    gsize before = out->len;

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i].question, kith_answer_question(answer)) == 0) {
            if (known[i].say(answer, out))
                return;
            g_string_truncate(out, before);
        }
    say_first_row(answer, out);
}
