/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say_community.c - one sentence each on influencers, seeds, groups, connectors, events, mixing and attendance. */
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/html/sentences.h"
#include <math.h>
#include <string.h>

bool
kith_html_say_influencers(const kith_answer *answer, GString *out)
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

bool
kith_html_say_seeds(const kith_answer *answer, GString *out)
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

bool
kith_html_say_communities(const kith_answer *answer, GString *out)
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

bool
kith_html_say_brokers(const kith_answer *answer, GString *out)
{
    const kith_table *table = kith_answer_find_table(answer, "brokers");

    if (kith_phrase_rows(table) == 0)
        return false;
    g_string_append(out, "Connecting people who do not know one another: ");
    kith_phrase_names(out, table, "person", NAMED);
    g_string_append_c(out, '.');
    return true;
}

/* "9 pairs for Charity Gala, first A with B." */
static bool
say_pairs(const char *next, const kith_table *pairs, GString *out)
{
    const char *a = kith_phrase_text_at(pairs, 0, "a"), *b = kith_phrase_text_at(pairs, 0, "b");

    if (!a || !b) {
        g_string_append(out, "Nobody is paired for ");
        kith_phrase_bold(out, next);
        g_string_append_c(out, '.');
        return true;
    }
    kith_phrase_count(out, (double)kith_phrase_rows(pairs), "pair for ", "pairs for ");
    kith_phrase_bold(out, next);
    g_string_append(out, ", first ");
    kith_phrase_bold(out, a);
    g_string_append(out, " with ");
    kith_phrase_bold(out, b);
    g_string_append_c(out, '.');
    return true;
}

/* "12 events; 3 of them were followed by more new ties than expected; 20 follow-ups are open." */
bool
kith_html_say_events(const kith_answer *answer, GString *out)
{
    const kith_table *events = kith_answer_find_table(answer, "events");
    const kith_table *open = kith_answer_find_table(answer, "open");
    const char *next = kith_phrase_parameter(answer, "next");
    int64_t better = 0, told = 0, n = kith_phrase_rows(events) - 1; /* the last row is of all */
    double ties, expected;

    if (next)
        return say_pairs(next, kith_answer_find_table(answer, "pairs"), out);
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
