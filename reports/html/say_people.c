/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say_people.c - one sentence each on introductions, gatekeepers, relationships, favours and doubles. */
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/html/sentences.h"
#include <string.h>

/* ", the weakest link being the one from A to B" */
static void
put_weakest(GString *out, const kith_table *paths, const kith_cell *people)
{
    double weakest;

    if (!kith_phrase_number_at(paths, 0, "weakest", &weakest) || weakest < 1 ||
        weakest >= people->integer || people->integer < 3)
        return;
    g_string_append(out, "; the weakest link is between ");
    kith_phrase_list(out, people, (int64_t)weakest - 1, (int64_t)weakest + 1);
}

static void
put_no_path(GString *out, const kith_answer *answer)
{
    const char *to = kith_phrase_parameter(answer, "to");

    g_string_append(out, "No chain of introductions ");
    if (to) {
        g_string_append(out, "to ");
        kith_phrase_bold(out, to);
    }
    g_string_append(out, " shows in these files.");
}

bool
kith_html_say_intro(const kith_answer *answer, GString *out)
{
    const kith_table *paths = kith_answer_find_table(answer, "paths");
    kith_cell_type type;
    kith_cell people;
    double score;

    if (paths && kith_table_rows(paths) == 0) {
        put_no_path(out, answer);
        return true;
    }
    if (!kith_phrase_find(paths, 0, "people", &type, &people) || type != KITH_CELL_LIST ||
        people.integer < 2)
        return false;
    if (people.integer == 2) {
        kith_phrase_list(out, &people, 0, 1);
        g_string_append(out, " already knows ");
        kith_phrase_list(out, &people, 1, 2);
    } else {
        g_string_append(out, "The warmest way to ");
        kith_phrase_list(out, &people, people.integer - 1, people.integer);
        g_string_append(out, " is through ");
        kith_phrase_list(out, &people, 1, people.integer - 1);
    }
    g_string_append(out, " (");
    kith_phrase_count(out, (double)people.integer - 1, "step", "steps");
    if (kith_phrase_number_at(paths, 0, "score", &score)) {
        char text[48];

        g_string_append_printf(out, ", score %s",
                               g_ascii_formatd(text, sizeof text, "%.2g", score));
    }
    g_string_append(out, ")");
    put_weakest(out, paths, &people);
    g_string_append_c(out, '.');
    return true;
}

bool
kith_html_say_gatekeepers(const kith_answer *answer, GString *out)
{
    const kith_table *gatekeepers = kith_answer_find_table(answer, "gatekeepers");
    const kith_table *routes = kith_answer_find_table(answer, "routes");

    if (!gatekeepers)
        return false;
    if (kith_phrase_rows(gatekeepers) == 0) {
        g_string_append(out, "Nobody stands in every way in.");
    } else {
        g_string_append(out, "Every way in goes through ");
        kith_phrase_names(out, gatekeepers, "person", NAMED + 2);
        g_string_append_c(out, '.');
    }
    if (kith_phrase_rows(routes) > 0) {
        g_string_append_c(out, ' ');
        kith_phrase_count(out, (double)kith_phrase_rows(routes), "independent route",
                          "independent routes");
        g_string_append_c(out, '.');
    }
    return true;
}

static bool
needs_a_call(const char *state)
{
    return state && (strcmp(state, "cooling") == 0 || strcmp(state, "at risk") == 0 ||
                     strcmp(state, "at_risk") == 0);
}

bool
kith_html_say_keep_in_touch(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "relationships");
    g_autoptr(GString) names = g_string_new(NULL);
    int64_t cooling = 0;

    if (kith_phrase_rows(table) == 0)
        return false;
    for (int64_t row = 0; row < kith_table_rows(table); row++) {
        const char *person = kith_phrase_text_at(table, row, "person");

        if (!person || !needs_a_call(kith_phrase_text_at(table, row, "state")) || ++cooling > NAMED)
            continue;
        g_string_append(names, cooling > 1 ? ", " : "");
        kith_phrase_bold(names, person);
    }
    if (cooling == 0) {
        g_string_append(out, "No relationship is going cold.");
        return true;
    }
    kith_phrase_count(out, (double)cooling, "relationship is", "relationships are");
    g_string_append_printf(out, " going cold: %s%s.", names->str, cooling > NAMED ? " …" : "");
    return true;
}

/* "The balance with 3 of 13 people is against you, most with …" */
bool
kith_html_say_contributions(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "contributions");
    int64_t owed = 0, worst = -1;
    double balance, lowest = 0;

    if (kith_phrase_rows(table) == 0)
        return false;
    for (int64_t row = 0; row < kith_table_rows(table); row++)
        if (kith_phrase_number_at(table, row, "balance", &balance) && balance < 0) {
            owed++;
            if (balance < lowest) {
                lowest = balance;
                worst = row;
            }
        }
    if (worst < 0) {
        g_string_append(out, "No favour of these people waits to be returned.");
        return true;
    }
    kith_phrase_count(out, (double)owed, "person has", "people have");
    g_string_append(out, " given more than came back, most of all ");
    kith_phrase_bold(out, kith_phrase_text_at(table, worst, "person"));
    g_string_append_c(out, '.');
    return true;
}

bool
kith_html_say_duplicates(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "candidates");
    const char *a = kith_phrase_text_at(table, 0, "a"), *b = kith_phrase_text_at(table, 0, "b");

    if (!table)
        return false;
    if (!a || !b) {
        g_string_append(out, "No two records look like one person.");
        return true;
    }
    kith_phrase_count(out, (double)kith_phrase_rows(table), "pair", "pairs");
    g_string_append(out, kith_phrase_rows(table) == 1 ? " may be one and the same: "
                                                      : " may be the same; first ");
    kith_phrase_bold(out, a);
    g_string_append(out, " and ");
    kith_phrase_bold(out, b);
    g_string_append_c(out, '.');
    return true;
}
