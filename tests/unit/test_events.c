/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_events.c - new ties by hand, the rewired lists against all that there are, gains and consent at the next event. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/followups.h"
#include "measures/impact.h"

extern const kith_pass kith_pass_events;

static void
fact(kith_builder *b, kith_tie_kind kind, const char *from, kith_mention to, const char *when,
     const char *status)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = kind;
    f.from = small_person(b, from);
    f.to = to;
    f.status = status;
    if (when)
        kith_time_parse(when, &f.when, &f.precision);
    small_fact(b, &f);
}

static void
at(kith_builder *b, const char *who, const char *event, const char *when)
{
    fact(b, KITH_ATTENDED, who, small_node(b, KITH_EVENT, event), when, "attended");
}

static void
with(kith_builder *b, kith_tie_kind kind, const char *a, const char *c, const char *when)
{
    fact(b, kind, a, small_person(b, c), when, NULL);
}

static void
first_ties_are_meetings_or_mail_both_ways(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(GArray) ties = NULL;
    kith_time day;

    (void)state;
    with(b, KITH_MESSAGED, "Ann", "Bo", "2024-01-01");
    with(b, KITH_MESSAGED, "Ann", "Bo", "2024-01-05");
    with(b, KITH_MESSAGED, "Bo", "Ann", "2024-01-03T10:00:00Z");
    with(b, KITH_MESSAGED, "Ann", "Cy", "2024-01-01");
    with(b, KITH_KNOWS, "Bo", "Cy", NULL);
    with(b, KITH_MET, "Bo", "Cy", "2024-02-01");
    g = small_build(b);
    ties = kith_first_ties(g);
    assert_int_equal(ties->len, 2);
    kith_time_from_civil(2024, 1, 3, &day);
    assert_int_equal(g_array_index(ties, kith_first_tie, 0).day, day);
    assert_int_equal(g_array_index(ties, kith_first_tie, 1).day, KITH_TIME_NONE);
}

/* Fair on 1 March: Ann met Bo a week later, Bo met Cy two weeks before, Ann and Cy two months later. */
static kith_builder *
fair(void)
{
    kith_builder *b = kith_builder_new();
    static const char *const people[] = {"Ann", "Bo", "Cy", "Me"};

    kith_builder_flag(b, small_person(b, "Me"), KITH_FLAG_OWNER);
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
        at(b, people[i], "Fair", "2024-03-01");
    at(b, "Dee", "Ball", "2024-03-05");
    at(b, "Ed", "Ball", "2024-03-05");
    with(b, KITH_MET, "Ann", "Bo", "2024-03-08");
    with(b, KITH_MET, "Bo", "Cy", "2024-02-15");
    with(b, KITH_MET, "Ann", "Cy", "2024-05-08");
    with(b, KITH_MESSAGED, "Me", "Ann", "2024-03-04");
    kith_builder_attribute(b, small_person(b, "Ann"), "town", "North");
    kith_builder_attribute(b, small_person(b, "Bo"), "town", "South");
    kith_builder_attribute(b, small_person(b, "Cy"), "town", "South");
    return b;
}

static kith_answer *
ask(const kith_graph *g, const char *const *settings)
{
    kith_answer *a = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_events, g, settings, &a, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return a;
}

static void
new_ties_fall_into_the_days_after(void **state)
{
    g_autoptr(kith_builder) b = fair();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"by", "town", "rewirings", "20", NULL});
    const kith_table *t = kith_answer_find_table(a, "events");
    const kith_table *o = kith_answer_find_table(a, "open");
    const kith_table *f = kith_answer_find_table(a, "followups");

    (void)state;
    assert_int_equal(kith_table_rows(t), 3);
    assert_string_equal(small_text(t, 0, "event"), "Fair");
    assert_int_equal(small_int(t, 0, "people"), 4);
    assert_int_equal(small_int(t, 0, "new_ties"), 1);
    assert_int_equal(small_int(t, 0, "across"), 1);
    assert_int_equal(small_int(t, 0, "before"), 1);
    assert_float_equal(small_real(t, 0, "mixing"), 2.0 / 3, 1e-12);
    assert_int_equal(small_int(t, 2, "new_ties"), 1);
    assert_int_equal(small_row(o, "person", "Ann"), -1);
    assert_int_equal(kith_table_rows(o), 2);
    assert_float_equal(small_real(f, 1, "done"), 1.0 / 3, 1e-12);
    assert_true(small_real(f, 0, "done") == 0);
}

enum { PEOPLE = 4, EVENTS = 3 };

/* Adds up over every table with these row and column sums how many of the ties have both ends at event 0. */
static void
enumerate(unsigned *row, const int *rows, const int *columns, int person, double *tables,
          double *hits)
{
    if (person == PEOPLE) {
        for (int e = 0; e < EVENTS; e++) {
            int n = 0;

            for (int p = 0; p < PEOPLE; p++)
                n += row[p] >> e & 1;
            if (n != columns[e])
                return;
        }
        ++*tables;
        *hits += (row[0] & row[1] & 1) + (row[2] & row[3] & 1);
        return;
    }
    for (row[person] = 0; row[person] < 1u << EVENTS; row[person]++)
        if (__builtin_popcount(row[person]) == rows[person])
            enumerate(row, rows, columns, person + 1, tables, hits);
}

/* The mean over rewirings is the mean over all tables with the same sums. */
static void
rewired_lists_are_uniform(void **state)
{
    static const unsigned real[PEOPLE] = {3, 5, 1, 6};
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    int rows[PEOPLE], columns[EVENTS] = {0};
    unsigned row[PEOPLE];
    double tables = 0, hits = 0;

    (void)state;
    for (int p = 0; p < PEOPLE; p++) {
        rows[p] = __builtin_popcount(real[p]);
        for (int e = 0; e < EVENTS; e++) {
            char who[2] = {(char)('a' + p), 0}, event[2] = {(char)('X' + e), 0};

            columns[e] += real[p] >> e & 1;
            if (real[p] >> e & 1)
                at(b, who, event, e ? "2023-01-01" : "2024-01-01");
        }
    }
    with(b, KITH_MET, "a", "b", "2024-01-05");
    with(b, KITH_MET, "c", "d", "2024-01-06");
    g = small_build(b);
    a = ask(g, (const char *[]){"rewirings", "20000", NULL});
    enumerate(row, rows, columns, 0, &tables, &hits);
    assert_true(tables > 5);
    for (int64_t i = 0; i < 3; i++) {
        const kith_table *t = kith_answer_find_table(a, "events");

        if (g_str_equal(small_text(t, i, "event"), "X"))
            assert_float_equal(small_real(t, i, "expected"), hits / tables, .02);
    }
}

static void
rewiring_keeps_all_sums(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_presence) p = NULL;
    kith_random random = kith_random_init(8, 8);
    g_autofree int64_t *there = NULL;
    int64_t moved = 0;

    (void)state;
    for (int k = 0; k < 200; k++) {
        char who[16], event[16];

        g_snprintf(who, sizeof who, "p%d", (int)kith_random_below(&random, 30));
        g_snprintf(event, sizeof event, "e%d", (int)kith_random_below(&random, 12));
        at(b, who, event, NULL);
    }
    g = small_build(b);
    p = kith_presence_new(g);
    there = g_new0(int64_t, p->occasion->len);
    for (int round = 0; round < 50; round++) {
        g_autofree int32_t *before = g_memdup2(p->at, sizeof *before * (size_t)p->n);

        kith_presence_rewire(p, &random, p->n);
        memset(there, 0, sizeof *there * p->occasion->len);
        for (int64_t i = 0; i < p->n; i++) {
            there[p->at[i]]++;
            moved += p->at[i] != before[i];
            for (int64_t k = p->first[p->owner[i]]; k < i; k++)
                assert_int_not_equal(p->at[k], p->at[i]);
        }
        for (guint o = 0; o < p->occasion->len; o++)
            assert_int_equal(there[o], g_array_index(p->occasion, kith_occasion, o).people);
    }
    assert_true(moved > 1000);
}

static void
agrees(kith_builder *b, const char *who, const char *status)
{
    fact(b, KITH_CONSENTS, who, small_node(b, KITH_TOPIC, "event matching"), "2024-01-01", status);
}

/* Ann needs what Cy offers; Bo is a friend of Dee and Ed; Flo did not agree, Gus took it back. */
static kith_builder *
supper(void)
{
    static const char *const come[] = {"Ann", "Bo", "Cy", "Dee", "Ed", "Flo", "Gus"};
    kith_builder *b = kith_builder_new();

    for (size_t i = 0; i < G_N_ELEMENTS(come); i++)
        fact(b, KITH_ATTENDED, come[i], small_node(b, KITH_EVENT, "Supper"), NULL, "registered");
    for (size_t i = 0; i < 5; i++)
        agrees(b, come[i], "granted");
    agrees(b, "Gus", "withdrawn");
    fact(b, KITH_ATTENDED, "Hal", small_node(b, KITH_EVENT, "Supper"), NULL, "no-show");
    kith_builder_attribute(b, small_person(b, "Ann"), "needs", "printing");
    kith_builder_attribute(b, small_person(b, "Cy"), "offers", "Printing");
    with(b, KITH_KNOWS, "Bo", "Dee", NULL);
    with(b, KITH_KNOWS, "Bo", "Ed", NULL);
    for (int i = 0; i < 5; i++)
        with(b, KITH_MET, "Bo", "Dee", "2026-11-01");
    with(b, KITH_MET, "Bo", "Ed", "2026-11-02");
    return b;
}

static void
guests_who_agreed_are_paired_for_the_most_gain(void **state)
{
    g_autoptr(kith_builder) b = supper();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"next", "Supper", NULL});
    const kith_table *p = kith_answer_find_table(a, "pairs");
    const kith_table *l = kith_answer_find_table(a, "left");
    int64_t ann = small_row(p, "a", "Ann"), dee = small_row(p, "a", "Dee");

    (void)state;
    assert_int_equal(kith_table_rows(p), 2);
    assert_string_equal(small_text(p, ann, "b"), "Cy");
    assert_string_equal(small_text(p, ann, "why"), "Ann needs printing, which Cy offers");
    assert_int_equal(small_int(p, ann, "gain"), 40);
    assert_string_equal(small_text(p, dee, "b"), "Ed");
    assert_string_equal(small_text(p, dee, "host"), "Bo");
    assert_int_equal(kith_table_rows(l), 3);
    assert_true(small_row(l, "person", "Bo") >= 0);
    assert_string_equal(small_text(l, small_row(l, "person", "Flo"), "why"),
                        "has not agreed to be matched");
    assert_true(small_has_note(a, "not agreed to be matched: 2"));
}

/* Dee and Ed would be a pair; once they were, another is found, until it is long ago. */
static void
who_was_paired_lately_is_not_paired_again(void **state)
{
    static const struct {
        const char *day, *at;
        bool again;
    } told[] = {{"2026-11-01", "Breakfast", false},
                {"2026-11-01", "Supper", true}, /* what is planned here is no repeat */
                {"2026-03-01", "Breakfast", true}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++) {
        g_autoptr(kith_builder) b = supper();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_answer) a = NULL;
        kith_fact f = KITH_FACT_INIT;
        kith_precision precision;
        const kith_table *p;
        int64_t dee;

        f.kind = KITH_INTRODUCED;
        f.from = small_person(b, "Ed");
        f.to = small_person(b, "Dee");
        f.status = "paired";
        f.detail = told[i].at;
        assert_true(kith_time_parse(told[i].day, &f.when, &precision));
        f.precision = KITH_PRECISION_DAY;
        small_fact(b, &f);
        g = small_build(b);
        a = ask(g, (const char *[]){"next", "Supper", NULL});
        p = kith_answer_find_table(a, "pairs");
        dee = small_row(p, "a", "Dee");
        assert_true((dee >= 0 && g_str_equal(small_text(p, dee, "b"), "Ed")) == told[i].again);
        assert_true(small_has_note(a, told[i].again ? "kept apart are 0 who were paired"
                                                    : "kept apart are 1 who were paired"));
    }
}

/* Everybody was at the Fair of twelve; Ann and Cy are told so, gain ten points less, and only where nobody was paired there. */
static void
a_large_event_makes_nobody_a_new_face(void **state)
{
    (void)state;
    for (int recorded = 0; recorded < 2; recorded++) {
        g_autoptr(kith_builder) b = supper();
        kith_mention there = small_node(b, KITH_EVENT, "Fair");
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_answer) a = NULL;
        kith_fact f = KITH_FACT_INIT;
        const kith_table *p;
        int64_t ann;

        fact(b, KITH_ATTENDED, "Ann", there, "2026-11-01", "attended");
        fact(b, KITH_ATTENDED, "Cy", there, "2026-11-01", "attended");
        for (int i = 0; i < 10; i++) {
            g_autofree char *name = g_strdup_printf("Guest %d", i);

            fact(b, KITH_ATTENDED, name, there, "2026-11-01", "attended");
        }
        f.kind = KITH_INTRODUCED;
        f.from = small_person(b, "Ann");
        f.to = small_person(b, "Guest 1");
        f.status = "paired";
        f.detail = "Fair";
        kith_time_from_civil(2026, 11, 1, &f.when);
        f.precision = KITH_PRECISION_DAY;
        if (recorded)
            small_fact(b, &f);
        g = small_build(b);
        a = ask(g, (const char *[]){"next", "Supper", NULL});
        p = kith_answer_find_table(a, "pairs");
        ann = small_row(p, "a", "Ann");
        assert_string_equal(small_text(p, ann, "b"), "Cy");
        assert_int_equal(small_int(p, ann, "gain"), recorded ? 40 : 30);
        assert_int_equal(strstr(small_text(p, ann, "why"), "were both there 20 days ago at Fair") !=
                             NULL,
                         !recorded);
    }
}

static void
assumed_agreement_never_overrules_a_refusal(void **state)
{
    g_autoptr(kith_builder) b = supper();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a =
        ask(g, (const char *[]){"next", "Supper", "assume_opt_in", "yes", "seats", "3", NULL});
    const kith_table *p = kith_answer_find_table(a, "pairs");

    (void)state;
    assert_int_equal(kith_table_rows(p), 6);
    assert_int_equal(small_row(p, "a", "Gus"), -1);
    assert_int_equal(small_row(p, "b", "Gus"), -1);
    assert_true(small_row(p, "b", "Flo") >= 0 || small_row(p, "a", "Flo") >= 0);
    assert_true(small_has_note(a, "nobody was asked"));
    assert_true(small_has_note(a, "the most there are"));
}

static void
nobody_who_agreed_is_no_answer(void **state)
{
    g_autoptr(kith_builder) b = fair();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(
        small_ask(&kith_pass_events, g, (const char *[]){"next", "Fair", NULL}, &a, &err),
        KITH_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "--assume-opt-in"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_ties_are_meetings_or_mail_both_ways),
        cmocka_unit_test(new_ties_fall_into_the_days_after),
        cmocka_unit_test(rewired_lists_are_uniform),
        cmocka_unit_test(rewiring_keeps_all_sums),
        cmocka_unit_test(guests_who_agreed_are_paired_for_the_most_gain),
        cmocka_unit_test(who_was_paired_lately_is_not_paired_again),
        cmocka_unit_test(a_large_event_makes_nobody_a_new_face),
        cmocka_unit_test(assumed_agreement_never_overrules_a_refusal),
        cmocka_unit_test(nobody_who_agreed_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
