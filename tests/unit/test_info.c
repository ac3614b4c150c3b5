/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_info.c - counts are what was told, and what cannot be seen is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"

extern const kith_pass kith_pass_info;

static kith_answer *
ask(const kith_graph *g)
{
    kith_answer *answer = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_info, g, NULL, &answer, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return answer;
}

static void
dated(kith_builder *b, kith_tie_kind kind, const char *from, const char *to, int year)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = kind;
    fact.from = small_person(b, from);
    fact.to = small_person(b, to);
    kith_time_from_civil(year, 3, 1, &fact.when);
    fact.precision = KITH_PRECISION_DAY;
    small_fact(b, &fact);
}

static bool
is_seen(const kith_answer *a, const char *what)
{
    const kith_table *t = kith_answer_find_table(a, "observable");
    int64_t row = small_row(t, "what", what);

    assert_true(row >= 0);
    assert_non_null(small_text(t, row, "why"));
    return small_int(t, row, "seen") == 1;
}

static void
counts_are_distinct_pairs_with_their_facts_and_dates(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    const kith_table *t;
    int64_t row;
    kith_time first;

    (void)state;
    dated(b, KITH_MESSAGED, "Ann", "Bo", 2020);
    dated(b, KITH_MESSAGED, "Ann", "Bo", 2024);
    dated(b, KITH_MESSAGED, "Bo", "Ann", 2022);
    dated(b, KITH_MESSAGED, "Bo", "Ann", 2031);
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    small_tie(b, KITH_KNOWS, "Bo", "Ann");
    g = small_build(b);
    a = ask(g);
    t = kith_answer_table_at(a, 0);
    assert_string_equal(kith_table_name(t), "counts");
    assert_string_equal(small_text(t, 0, "kind"), "person");
    assert_int_equal(small_int(t, 0, "count"), 2);
    assert_string_equal(small_text(t, 1, "kind"), "organisation");
    assert_int_equal(small_int(t, 1, "count"), 0);
    row = small_row(t, "kind", "tie:messaged");
    assert_int_equal(small_int(t, row, "count"), 2);
    assert_int_equal(small_int(t, row, "facts"), 3);
    kith_time_from_civil(2020, 3, 1, &first);
    assert_true(small_int(t, row, "first") == first);
    row = small_row(t, "kind", "tie:knows");
    assert_int_equal(small_int(t, row, "count"), 1);
    assert_int_equal(small_row(t, "kind", "tie:met"), -1);
    assert_true(small_has_note(a, "span 2020-03-01 to 2024-03-01"));
    assert_true(small_has_note(a, "after 2026-11-21, the as-of day, are left out: 1"));
    assert_true(is_seen(a, "both sides of messages"));
    assert_true(is_seen(a, "dates"));
    assert_false(is_seen(a, "consent"));
}

static void
a_star_is_called_a_star(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL, more = NULL;
    g_autoptr(kith_answer) star = NULL, a = NULL;

    (void)state;
    kith_builder_flag(b, small_person(b, "Pat"), KITH_FLAG_OWNER);
    small_tie(b, KITH_KNOWS, "Pat", "Ann");
    small_tie(b, KITH_KNOWS, "Bo", "Pat");
    g = small_build(b);
    star = ask(g);
    assert_false(is_seen(star, "ties among contacts"));
    assert_true(small_has_note(star, "owner: Pat"));
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    more = small_build(b);
    a = ask(more);
    assert_true(is_seen(a, "ties among contacts"));
}

static void
a_registration_is_no_attendance(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) before = NULL, after = NULL;
    g_autoptr(kith_answer) a = NULL, c = NULL;

    (void)state;
    small_attends(b, "Ann", "fair", "registered");
    before = small_build(b);
    a = ask(before);
    assert_false(is_seen(a, "who attended"));
    small_attends(b, "Bo", "fair", "attended");
    after = small_build(b);
    c = ask(after);
    assert_true(is_seen(c, "who attended"));
    assert_int_equal(small_int(kith_answer_table_at(c, 0), 2, "count"), 1);
}

static void
nothing_is_said_to_be_nothing(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(small_ask(&kith_pass_info, g, NULL, &a, &err), KITH_ERR_NOT_FOUND);
    assert_string_equal(err.message, "these files hold nobody and nothing");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_distinct_pairs_with_their_facts_and_dates),
        cmocka_unit_test(a_star_is_called_a_star),
        cmocka_unit_test(a_registration_is_no_attendance),
        cmocka_unit_test(nothing_is_said_to_be_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
