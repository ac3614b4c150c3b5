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
#include <math.h>
#include <string.h>

#define NAMED 3 /* people named in a sentence */

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

static bool
say_intro(const kith_answer *answer, GString *out)
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

static bool
say_influencers(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "influencers");
    const char *by = kith_phrase_parameter(answer, "by");
    double low, high;

    if (kith_phrase_rows(table) == 0)
        return false;
    if (!by || strcmp(by, "degree") == 0 || strcmp(by, "strength") == 0) {
        g_string_append(out, "Most connected: ");
    } else if (strcmp(by, "pagerank") == 0) {
        g_string_append(out, "Most tied to people who are well tied themselves: ");
    } else {
        g_string_append(out, "First by ");
        kith_html_text(out, by);
        g_string_append(out, ": ");
    }
    kith_phrase_names(out, table, "person", NAMED);
    if (kith_phrase_number_at(table, 0, "rank_lo", &low) &&
        kith_phrase_number_at(table, 0, "rank_hi", &high)) {
        g_string_append(out, low == high ? "; the first stays at rank "
                                         : "; the first is between rank ");
        kith_phrase_number(out, low);
        if (low != high) {
            g_string_append(out, " and ");
            kith_phrase_number(out, high);
        }
        g_string_append(out, " when some facts are left out");
    }
    g_string_append_c(out, '.');
    return true;
}

/* ", against 22 with as many people by chance" */
static void
put_baseline(GString *out, const kith_answer *answer, int64_t seeds)
{
    const kith_table *table = kith_answer_find_table(answer, "baselines");

    for (int64_t row = 0; row < kith_phrase_rows(table); row++) {
        const char *name = kith_phrase_text_at(table, row, "name");
        double k, spread;

        if (name && g_str_has_prefix(name, "random") &&
            kith_phrase_number_at(table, row, "k", &k) && (int64_t)k == seeds &&
            kith_phrase_number_at(table, row, "spread", &spread)) {
            g_string_append(out, ", against ");
            kith_phrase_number(out, round(spread));
            g_string_append(out, " from as many people picked by chance");
            return;
        }
    }
}

static bool
say_seeds(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "seeds");
    int64_t n = kith_phrase_rows(table);
    double spread;

    if (n == 0)
        return false;
    g_string_append(out, "Tell ");
    kith_phrase_names(out, table, "person", NAMED + 2);
    if (n > NAMED + 2)
        g_string_append_printf(out, " (and %" G_GINT64_FORMAT " more)", n - NAMED - 2);
    g_string_append(out, " first");
    if (kith_phrase_number_at(table, n - 1, "spread", &spread)) {
        g_string_append(out, ": in the model word then reaches about ");
        kith_phrase_count(out, round(spread), "person", "people");
        put_baseline(out, answer, n);
    }
    g_string_append_c(out, '.');
    return true;
}

/* Whether networks of chance can be divided as well. */
static bool
is_chance(const kith_table *quality)
{
    double z;

    for (int64_t row = 0; row < kith_phrase_rows(quality); row++)
        if (g_strcmp0(kith_phrase_text_at(quality, row, "measure"), "null_z") == 0)
            return kith_phrase_number_at(quality, row, "value", &z) && z < 2;
    return false;
}

static bool
say_communities(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "communities");
    int64_t largest = 0;
    double size, most = -1;

    if (!table)
        return false;
    if (kith_table_rows(table) == 0) {
        g_string_append(out, "No clear groups show in these ties.");
        return true;
    }
    for (int64_t row = 0; row < kith_table_rows(table); row++)
        if (kith_phrase_number_at(table, row, "size", &size) && size > most) {
            most = size;
            largest = row;
        }
    kith_phrase_count(out, (double)kith_table_rows(table), "group", "groups");
    if (is_chance(kith_answer_find_table(answer, "quality")))
        g_string_append(out, ", but no clearer than chance would make them");
    if (most >= 0) {
        const char *label = kith_phrase_text_at(table, largest, "label");

        g_string_append(out, "; the largest");
        if (label) {
            g_string_append(out, ", ");
            kith_phrase_bold(out, label);
            g_string_append_c(out, ',');
        }
        g_string_append(out, " has ");
        kith_phrase_count(out, most, "member", "members");
    }
    g_string_append_c(out, '.');
    return true;
}

static bool
say_brokers(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "brokers");

    if (kith_phrase_rows(table) == 0)
        return false;
    g_string_append(out, "Connecting people who do not know one another: ");
    kith_phrase_names(out, table, "person", NAMED);
    g_string_append_c(out, '.');
    return true;
}

static bool
say_gatekeepers(const kith_answer *answer, GString *out)
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

/* "42 customers, 118 customers' customers known; for 23 of 42 we know none." */
static bool
say_layers(const kith_answer *answer, GString *out)
{
    static const char *const rows[][2] = {{"customer", "customers"},
                                          {"customer’s customer", "customers’ customers"},
                                          {"in the third row", "in the third row"}};
    const kith_table *coverage = kith_answer_find_table(answer, "coverage");
    double layer, known, with;
    bool any = false;

    for (int64_t row = 0; row < kith_phrase_rows(coverage); row++)
        if (kith_phrase_number_at(coverage, row, "layer", &layer) && layer >= 1 &&
            layer <= (double)G_N_ELEMENTS(rows) &&
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

static bool
say_referrals(const kith_answer *answer, GString *out)
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

/* "12 events; 3 of them were followed by more new ties than expected; 20 follow-ups are open." */
static bool
say_events(const kith_answer *answer, GString *out)
{
    const kith_table *events = kith_answer_find_table(answer, "events");
    const kith_table *open = kith_answer_find_table(answer, "open");
    int64_t better = 0, told = 0, n = kith_phrase_rows(events) - 1; /* the last row is of all */
    double ties, expected;

    if (n <= 0)
        return false;
    for (int64_t row = 0; row < n; row++)
        if (kith_phrase_number_at(events, row, "new_ties", &ties) &&
            kith_phrase_number_at(events, row, "expected", &expected)) {
            told++;
            better += ties > expected;
        }
    kith_phrase_count(out, (double)n, "event", "events");
    if (told > 0) {
        g_string_append(out, "; of the ");
        kith_phrase_number(out, (double)told);
        g_string_append(out, " that can be told ");
        if (better > 0)
            kith_phrase_number(out, (double)better);
        else
            g_string_append(out, "none");
        g_string_append(out, " went with more new ties than expected");
    }
    if (kith_phrase_rows(open) > 0) {
        g_string_append(out, "; ");
        kith_phrase_count(out, (double)kith_phrase_rows(open), "follow-up is open",
                          "follow-ups are open");
        g_string_append(out, ", first with ");
        kith_phrase_names(out, open, "person", NAMED);
    }
    g_string_append_c(out, '.');
    return true;
}

/* "The balance with 3 of 13 people is against you, most with …" */
static bool
say_contributions(const kith_answer *answer, GString *out)
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

static bool
needs_a_call(const char *state)
{
    return state && (strcmp(state, "cooling") == 0 || strcmp(state, "at risk") == 0 ||
                     strcmp(state, "at_risk") == 0);
}

static bool
say_keep_in_touch(const kith_answer *answer, GString *out)
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

static bool
say_duplicates(const kith_answer *answer, GString *out)
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
        {"intro", say_intro},
        {"influencers", say_influencers},
        {"seeds", say_seeds},
        {"communities", say_communities},
        {"brokers", say_brokers},
        {"gatekeepers", say_gatekeepers},
        {"layers", say_layers},
        {"referrals", say_referrals},
        {"events", say_events},
        {"contributions", say_contributions},
        {"keep-in-touch", say_keep_in_touch},
        {"duplicates", say_duplicates},
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
