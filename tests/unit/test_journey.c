/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_journey.c - stays, moves and stalls by hand; changed answers and their clusters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/answers.h"
#include "measures/journey.h"
#include "measures/random.h"

extern const kith_pass kith_pass_journey;

static void
stage(kith_builder *b, const char *who, const char *what, const char *when)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = KITH_STAGE;
    f.from = small_person(b, who);
    f.to = small_node(b, KITH_TOPIC, what);
    if (when)
        kith_time_parse(when, &f.when, &f.precision);
    small_fact(b, &f);
}

/* Six looked and bought after one to six months; Ann has looked for a year, Bo since yesterday; Cy went back. */
static kith_builder *
shop(void)
{
    kith_builder *b = kith_builder_new();

    for (int i = 1; i <= 6; i++) {
        char who[16], when[16];

        g_snprintf(who, sizeof who, "P%d", i);
        g_snprintf(when, sizeof when, "2025-%02d-01", 1 + i);
        stage(b, who, "looking", "2025-01-01");
        stage(b, who, "customer", when);
    }
    stage(b, "Ann", "looking", "2025-11-21");
    stage(b, "Bo", "looking", "2026-11-20");
    stage(b, "P1", "looking", "2026-11-01");
    stage(b, "Cy", "looking", NULL);
    stage(b, "Ann", "looking", "2026-01-21");
    small_tie(b, KITH_KNOWS, "Ann", "P2");
    small_tie(b, KITH_KNOWS, "Ann", "P3");
    small_tie(b, KITH_MET, "Ann", "P3");
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    return b;
}

static kith_answer *
ask(const kith_graph *g)
{
    kith_answer *a = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_journey, g, NULL, &a, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return a;
}

static void
stays_end_with_the_next_stage_whichever_it_is(void **state)
{
    g_autoptr(kith_builder) b = shop();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g);
    const kith_table *s = kith_answer_find_table(a, "stages");
    const kith_table *m = kith_answer_find_table(a, "transitions");

    (void)state;
    assert_string_equal(small_text(s, 0, "stage"), "looking");
    assert_int_equal(small_int(s, 0, "entered"), 10);
    assert_int_equal(small_int(s, 0, "here"), 4);
    assert_string_equal(small_text(s, 0, "next"), "customer");
    assert_int_equal(small_int(s, 1, "here"), 5);
    assert_int_equal(kith_table_rows(m), 2);
    assert_int_equal(small_int(m, 0, "count"), 6);
    assert_true(small_real(m, 0, "share") == 1);
    assert_int_equal(small_int(m, 1, "count"), 1);
    /* Stays of 31, 59, 90, 120, 151 and 181 days. */
    assert_true(small_real(s, 0, "limit_days") == 166);
}

static void
who_stays_longer_than_nine_of_ten_stalls(void **state)
{
    g_autoptr(kith_builder) b = shop();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g);
    const kith_table *t = kith_answer_find_table(a, "stalls");

    (void)state;
    assert_int_equal(kith_table_rows(t), 1);
    assert_string_equal(small_text(t, 0, "who"), "Ann");
    assert_true(small_real(t, 0, "days") == 365);
    assert_string_equal(small_text(t, 0, "helper"), "P3");
    assert_string_equal(small_text(t, 0, "next"), "ask P3 to tell them about customer");
}

static void
answers(kith_builder *b, const char *who, const char *question, const char *when, const char *text)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = KITH_ANSWERED;
    f.from = small_person(b, who);
    f.to = small_node(b, KITH_TOPIC, question);
    f.detail = text;
    kith_time_parse(when, &f.when, &f.precision);
    small_fact(b, &f);
}

static void
answers_are_compared_with_those_before(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    g_autoptr(GArray) list = NULL;
    const kith_table *t, *q;

    (void)state;
    answers(b, "Ann", "when", "2026-01-01", "mornings");
    answers(b, "Ann", "when", "2026-11-11", "evenings");
    answers(b, "Ann", "when", "2025-01-01", "nights");
    answers(b, "Bo", "when", "2026-01-01", "Mornings");
    answers(b, "Bo", "when", "2026-10-01", "mornings ");
    answers(b, "Bo", "delivery", "2026-10-01", "by boat");
    g = small_build(b);
    list = kith_answers_list(g);
    a = ask(g);
    t = kith_answer_find_table(a, "answers");
    q = kith_answer_find_table(a, "questions");
    assert_int_equal(list->len, 3);
    assert_string_equal(small_text(t, 0, "customer"), "Ann");
    assert_string_equal(small_text(t, 0, "before"), "mornings");
    assert_true(small_real(t, 0, "age_days") == 10);
    assert_true(small_has_note(a, "all 2 questions answered by 1 of 2"));
    assert_int_equal(small_int(q, small_row(q, "question", "when"), "changed"), 1);
    assert_int_equal(small_int(q, small_row(q, "question", "delivery"), "twice"), 0);
    assert_int_equal(small_int(q, 2, "answered"), 2);
}

/* The mean over shuffles is that over all choices: pairs of changed people, times ties, over all pairs. */
static void
clusters_are_compared_with_shuffles(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(GArray) list = NULL;
    kith_clustering c;
    kith_error err = {0};

    (void)state;
    for (int i = 0; i < 10; i++) {
        char who[2] = {(char)('a' + i), 0}, next[2] = {(char)('a' + (i + 1) % 10), 0};

        answers(b, who, "how", "2026-01-01", "letter");
        answers(b, who, "how", "2026-02-01", i < 4 ? "mail" : "letter");
        small_tie(b, KITH_KNOWS, who, next);
    }
    g = small_build(b);
    list = kith_answers_list(g);
    assert_int_equal(kith_warm_network_new(g, &(kith_warm_options){0}, &net, &err), KITH_OK);
    c = kith_answers_clustering(list, net, -1, 20000, 1);
    assert_int_equal(c.people, 10);
    assert_int_equal(c.changed, 4);
    assert_int_equal(c.ties, 3);
    assert_float_equal(c.expected, 10.0 * (4 * 3) / (10 * 9), .02);
    /* Four in a row: ten of the 210 choices. */
    assert_float_equal(c.p, 10.0 / 210, .005);
}

static void
nothing_to_tell_is_no_answer(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    g = small_build(b);
    assert_int_equal(small_ask(&kith_pass_journey, g, NULL, &a, &err), KITH_ERR_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_end_with_the_next_stage_whichever_it_is),
        cmocka_unit_test(who_stays_longer_than_nine_of_ten_stalls),
        cmocka_unit_test(answers_are_compared_with_those_before),
        cmocka_unit_test(clusters_are_compared_with_shuffles),
        cmocka_unit_test(nothing_to_tell_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
