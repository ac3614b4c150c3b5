/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say_customers.c - one sentence each on layers, referrals, the journey, the scorecard, prospects, allies and permissions. */
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/html/sentences.h"
#include <string.h>

/* "42 customers, 118 customers' customers known; for 23 of 42 we know none." */
bool
kith_html_say_layers(const kith_answer *answer, GString *out)
{
    static const char *const rows[][2] = {{"customer", "customers"},
                                          {"customer’s customer", "customers’ customers"},
                                          {"in the third row", "in the third row"}};
    const kith_table *coverage = kith_answer_find_table(answer, "coverage");
    double layer, known, with;
    bool any = false;

    for (int64_t row = 0; row < kith_phrase_rows(coverage); row++)
        if (kith_phrase_number_at(coverage, row, "layer", &layer) && layer >= 1 &&
            (size_t)layer <= G_N_ELEMENTS(rows) &&
            kith_phrase_number_at(coverage, row, "known", &known)) {
            g_string_append(out, any ? ", " : "");
            kith_phrase_count(out, known, rows[(int)layer - 1][0], rows[(int)layer - 1][1]);
            any = true;
        }
    if (!any)
        return false;
    g_string_append(out, " known");
    for (int64_t row = 0; row < kith_phrase_rows(coverage); row++)
        if (kith_phrase_number_at(coverage, row, "layer", &layer) && layer == 1 &&
            kith_phrase_number_at(coverage, row, "known", &known) &&
            kith_phrase_number_at(coverage, row, "with_customers", &with) && with < known) {
            g_string_append(out, "; for <b>");
            kith_phrase_number(out, known - with);
            g_string_append(out, "</b> of ");
            kith_phrase_number(out, known);
            g_string_append(out, " we know no customers of theirs");
        }
    g_string_append_c(out, '.');
    return true;
}

bool
kith_html_say_referrals(const kith_answer *answer, GString *out)
{
    const kith_table *referrals = kith_answer_find_table(answer, "referrals");
    const kith_table *thanks = kith_answer_find_table(answer, "thanks");

    if (!referrals)
        return false;
    kith_phrase_count(out, (double)kith_phrase_rows(referrals), "referral", "referrals");
    if (kith_phrase_rows(thanks) > 0) {
        g_string_append(out, "; a thank-you is due to ");
        kith_phrase_names(out, thanks, "person", NAMED);
        if (kith_phrase_rows(thanks) > NAMED)
            g_string_append_printf(out, " (and %" G_GINT64_FORMAT " more)",
                                   kith_phrase_rows(thanks) - NAMED);
    }
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
