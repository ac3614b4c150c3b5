/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_contributions.c - what counts as a gift or an ask, their order, and who stands first in the list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/favours.h"

extern const kith_pass kith_pass_contributions;

static void
act(kith_builder *b, kith_tie_kind kind, const char *from, const char *to, const char *when,
    const char *status)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = kind;
    fact.from = small_person(b, from);
    fact.to = small_person(b, to);
    fact.status = status;
    if (when)
        kith_time_parse(when, &fact.when, &fact.precision);
    small_fact(b, &fact);
}

static kith_favours
between(const GArray *rows, const kith_graph *g, const char *from, const char *to)
{
    for (guint i = 0; i < rows->len; i++) {
        const kith_favours *f = &g_array_index(rows, kith_favours, i);

        if (f->from == small_find(g, from) && f->to == small_find(g, to))
            return *f;
    }
    fail_msg("no row of %s and %s", from, to);
    return (kith_favours){0};
}

static void
the_order_is_told_by_days_and_never_guessed(void **state)
{
    static const struct {
        const char *gift, *ask;
        kith_favour_order order;
    } cases[] = {
        {"2024-01-01", "2024-01-02", KITH_FAVOUR_GAVE_FIRST},
        {"2024-01-02", "2024-01-01", KITH_FAVOUR_ASKED_FIRST},
        {"2024-01-01T09:00:00Z", "2024-01-01T17:00:00Z", KITH_FAVOUR_UNKNOWN},
        {"2024", "2024-06-01", KITH_FAVOUR_UNKNOWN},
        {"2023", "2024-06-01", KITH_FAVOUR_GAVE_FIRST},
        {"2024-05", "2024-04-01", KITH_FAVOUR_ASKED_FIRST},
        {NULL, "2024-04-01", KITH_FAVOUR_UNKNOWN},
        {"2024-05-01", NULL, KITH_FAVOUR_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(GArray) rows = NULL;

        act(b, KITH_CONTRIBUTED, "Ann", "Bo", cases[i].gift, NULL);
        act(b, KITH_SELLS_TO, "Ann", "Bo", cases[i].ask, NULL);
        g = small_build(b);
        rows = kith_favours_list(g);
        assert_int_equal(between(rows, g, "Ann", "Bo").order, cases[i].order);
        assert_int_equal(between(rows, g, "Bo", "Ann").order, KITH_FAVOUR_NO_ASK);
        assert_int_equal(between(rows, g, "Bo", "Ann").received, 1);
    }
}

static void
each_kind_of_fact_counts_for_its_side(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(GArray) rows = NULL;

    (void)state;
    kith_builder_flag(b, small_person(b, "Me"), KITH_FLAG_OWNER);
    act(b, KITH_INTRODUCED, "Ann", "Zed", "2024-01-05", "asked");
    act(b, KITH_INTRODUCED, "Ann", "Yan", "2024-02-05", "made");
    act(b, KITH_INTRODUCED, "Bo", "Ann", "2024-03-05", "declined");
    kith_builder_fact_attribute(b, "Requester", "Cy");
    small_person(b, "Cy");
    act(b, KITH_REFERRED, "Dee", "Ed", "2024-01-01", NULL);
    act(b, KITH_REFERRED, "Me", "Ed", "2024-01-01", NULL);
    act(b, KITH_CONTRIBUTED, "Flo", "Me", "2024-01-01", "asked");
    g = small_build(b);
    rows = kith_favours_list(g);
    assert_int_equal(between(rows, g, "Me", "Ann").asked, 2);
    assert_int_equal(between(rows, g, "Me", "Ann").received, 1);
    assert_int_equal(between(rows, g, "Cy", "Bo").asked, 1);
    assert_int_equal(between(rows, g, "Cy", "Bo").received, 0);
    assert_int_equal(between(rows, g, "Dee", "Me").given, 1);
    assert_int_equal(between(rows, g, "Me", "Ed").given, 1);
    assert_int_equal(between(rows, g, "Me", "Flo").asked, 1);
}

static void
who_was_asked_before_any_gift_stands_first(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL, none = NULL;
    kith_error err = {0}, other = {0};
    const kith_table *t, *s;

    (void)state;
    act(b, KITH_CONTRIBUTED, "Me", "Gave", "2024-01-01", NULL);
    act(b, KITH_SELLS_TO, "Me", "Gave", "2024-02-01", NULL);
    act(b, KITH_SELLS_TO, "Me", "Early", "2024-02-01", NULL);
    act(b, KITH_CONTRIBUTED, "Owed", "Me", "2024-02-01", NULL);
    g = small_build(b);
    assert_int_equal(
        small_ask(&kith_pass_contributions, g, (const char *[]){"from", "Me", NULL}, &a, &err),
        KITH_OK);
    t = kith_answer_find_table(a, "contributions");
    s = kith_answer_find_table(a, "summary");
    assert_int_equal(kith_table_rows(t), 3);
    assert_string_equal(small_text(t, 0, "person"), "Early");
    assert_string_equal(small_text(t, 1, "person"), "Owed");
    assert_string_equal(small_text(t, 2, "person"), "Gave");
    assert_true(small_real(t, 2, "lead_days") == 31);
    assert_int_equal(small_int(s, 0, "count"), 1);
    assert_int_equal(small_int(s, 0, "of"), 2);
    assert_int_equal(small_ask(&kith_pass_contributions, g, NULL, &none, &other),
                     KITH_ERR_ARGUMENT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_is_told_by_days_and_never_guessed),
        cmocka_unit_test(each_kind_of_fact_counts_for_its_side),
        cmocka_unit_test(who_was_asked_before_any_gift_stands_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
