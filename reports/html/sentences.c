/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentences.c - one sentence each on mixing, attendance, the journey, the scorecard, prospects, allies and permissions. */
#include "reports/html/sentences.h"
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include <string.h>

#define NAMED 3

static const char *
against_chance(const kith_table *t, int64_t row)
{
    double found, low, high;

    if (!kith_phrase_number_at(t, row, "assortativity", &found) ||
        !kith_phrase_number_at(t, row, "chance_lo", &low) ||
        !kith_phrase_number_at(t, row, "chance_hi", &high))
        return NULL;
    return found > high  ? "ties stay among equals more than chance would have it"
           : found < low ? "ties cross over more than chance would have it"
                         : "ties are as chance would have them";
}

/* "By organisation ties cross over more than chance would have it (104 of 130 go outside)." */
bool
kith_html_say_mixing(const kith_answer *answer, GString *out)
{
    const kith_table *t = kith_answer_find_table(answer, "mixing");
    int64_t told = 0;

    for (int64_t row = 0; row < kith_phrase_rows(t) && told < NAMED; row++) {
        const char *how = against_chance(t, row);

        if (!how)
            continue;
        g_string_append(out, told++ ? "; by " : "By ");
        kith_phrase_bold(out, kith_phrase_text_at(t, row, "attribute"));
        g_string_append_printf(out, " %s", how);
    }
    g_string_append_c(out, '.');
    return told > 0;
}

/* "3 groups go to the same events; at the core of the largest are A, B and C." */
bool
kith_html_say_attendance(const kith_answer *answer, GString *out)
{
    const kith_table *people = kith_answer_find_table(answer, "attendance");
    const kith_table *groups = kith_answer_find_table(answer, "groups");
    g_autoptr(GString) names = g_string_new(NULL);
    double group;
    int named = 0;

    if (kith_phrase_rows(groups) == 0)
        return false;
    for (int64_t row = 0; row < kith_phrase_rows(people) && named < NAMED; row++)
        if (g_strcmp0(kith_phrase_text_at(people, row, "place"), "core") == 0 &&
            kith_phrase_number_at(people, row, "group", &group) && (int64_t)group == 1) {
            g_string_append(names, named++ ? ", " : "");
            kith_phrase_bold(names, kith_phrase_text_at(people, row, "person"));
        }
    kith_phrase_count(out, (double)kith_phrase_rows(groups), "group goes", "groups go");
    g_string_append(out, " to the same events more than chance would have it");
    if (named > 0)
        g_string_append_printf(out, "; at the core of the largest: %s", names->str);
    g_string_append_c(out, '.');
    return true;
}

static bool
say_steps(const kith_table *steps, GString *out)
{
    int64_t told = 0;
    double people, took;

    for (int64_t row = 0; row < kith_phrase_rows(steps) && told < NAMED; row++) {
        if (!kith_phrase_number_at(steps, row, "people", &people) ||
            !kith_phrase_number_at(steps, row, "took", &took))
            continue;
        g_string_append(out, told++ ? "; " : "Took the step ");
        kith_html_text(out, kith_phrase_text_at(steps, row, "step"));
        g_string_append(out, ": ");
        kith_phrase_number(out, took);
        g_string_append(out, " of ");
        kith_phrase_number(out, people);
    }
    g_string_append_c(out, '.');
    return told > 0;
}

/* "12 people stay longer than usual where they are, first A, B and C", else which steps were taken. */
bool
kith_html_say_journey(const kith_answer *answer, GString *out)
{
    const kith_table *stalls = kith_answer_find_table(answer, "stalls");

    if (kith_phrase_rows(stalls) == 0)
        return say_steps(kith_answer_find_table(answer, "steps"), out);
    kith_phrase_count(out, (double)kith_phrase_rows(stalls), "person stays", "people stay");
    g_string_append(out, " longer than usual where they are, first ");
    kith_phrase_names(out, stalls, "who", NAMED);
    g_string_append_c(out, '.');
    return true;
}

static bool
is_last_of_measure(const kith_table *t, int64_t row)
{
    return g_strcmp0(kith_phrase_text_at(t, row, "measure"),
                     kith_phrase_text_at(t, row + 1, "measure")) != 0;
}

/* The latest quarter: "people whose permission is recorded and holds: 0 of 76; …" */
bool
kith_html_say_scorecard(const kith_answer *answer, GString *out)
{
    const kith_table *t = kith_answer_find_table(answer, "scorecard");
    int64_t told = 0;
    double count, of;

    for (int64_t row = 0; row < kith_phrase_rows(t) && told < NAMED; row++) {
        if (!is_last_of_measure(t, row) || !kith_phrase_number_at(t, row, "count", &count) ||
            !kith_phrase_number_at(t, row, "of", &of))
            continue;
        if (told++ == 0) {
            g_string_append(out, "In ");
            kith_html_text(out, kith_phrase_text_at(t, row, "quarter"));
        }
        g_string_append(out, told > 1 ? "; " : ", ");
        kith_html_text(out, kith_phrase_text_at(t, row, "about"));
        g_string_append(out, ": ");
        kith_phrase_number(out, count);
        g_string_append(out, " of ");
        kith_phrase_number(out, of);
    }
    g_string_append_c(out, '.');
    return told > 0;
}

/* Names of a table's first rows behind a count of all: "7 people …: A, B and C." */
static bool
say_first_names(const kith_table *t, const char *column, const char *one, const char *many,
                GString *out)
{
    if (kith_phrase_rows(t) == 0 || !kith_phrase_text_at(t, 0, column))
        return false;
    kith_phrase_count(out, (double)kith_phrase_rows(t), one, many);
    g_string_append(out, kith_phrase_rows(t) > NAMED ? ", first " : ": ");
    kith_phrase_names(out, t, column, NAMED);
    g_string_append_c(out, '.');
    return true;
}

bool
kith_html_say_prospects(const kith_answer *answer, GString *out)
{
    return say_first_names(kith_answer_find_table(answer, "prospects"), "person",
                           "person whom your customers know and you do not",
                           "people whom your customers know and you do not", out);
}

bool
kith_html_say_allies(const kith_answer *answer, GString *out)
{
    return say_first_names(kith_answer_find_table(answer, "allies"), "firm",
                           "firm serves whom you serve and sells what you do not",
                           "firms serve whom you serve and sell what you do not", out);
}

/* "12 permissions hold and 3 were withdrawn": one a person, purpose and channel. */
bool
kith_html_say_permissions(const kith_answer *answer, GString *out)
{
    const kith_table *t = kith_answer_find_table(answer, "permissions");
    int64_t granted = 0, withdrawn = 0;

    for (int64_t row = 0; row < kith_phrase_rows(t); row++) {
        const char *status = kith_phrase_text_at(t, row, "status");

        granted += g_strcmp0(status, "granted") == 0;
        withdrawn += g_strcmp0(status, "withdrawn") == 0;
    }
    if (kith_phrase_rows(t) == 0)
        return false;
    kith_phrase_count(out, (double)granted, "permission holds", "permissions hold");
    g_string_append(out, " and ");
    kith_phrase_count(out, (double)withdrawn, "was withdrawn", "were withdrawn");
    g_string_append(out, "; whoever is not listed may not be mailed in bulk.");
    return true;
}
