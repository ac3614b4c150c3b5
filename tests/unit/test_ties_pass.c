/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ties_pass.c - every warm tie each way, with the numbers of measures/ties.h and in a stated order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/ties.h"

extern const kith_pass kith_pass_ties;

static kith_status
ask(const kith_graph *g, const char *top, kith_answer **out, kith_error *err)
{
    return small_ask(&kith_pass_ties, g, (const char *const[]){"top", top, NULL}, out, err);
}

static kith_graph *
some_people(void)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    small_tie(b, KITH_REFERRED, "Bo", "Cy");
    small_tie(b, KITH_MET, "Ann", "Cy");
    small_tie(b, KITH_RECOMMENDED, "Di", "Ann");
    small_person(b, "Zed");
    g = small_build(b);
    kith_builder_free(b);
    return g;
}

static void
every_hop_is_listed_with_its_numbers(void **state)
{
    g_autoptr(kith_graph) g = some_people();
    g_autoptr(kith_answer) a = NULL;
    g_autoptr(kith_warm_network) net = NULL;
    kith_error err = {0};
    const kith_table *t;

    (void)state;
    assert_int_equal(ask(g, "100", &a, &err), KITH_OK);
    assert_int_equal(kith_warm_network_new(g, &(kith_warm_options){0}, &net, &err), KITH_OK);
    t = kith_answer_find_table(a, "ties");
    assert_int_equal(kith_table_rows(t), net->hops);
    assert_int_equal(net->hops, 8);
    for (int64_t i = 0; i < kith_table_rows(t); i++) {
        int64_t hop = kith_warm_hop(net, small_int(t, i, "from"), small_int(t, i, "to"));

        assert_true(hop >= 0);
        assert_true(small_real(t, i, "p") == net->p[hop]);
        assert_true(small_real(t, i, "warmth") == net->w[hop]);
        assert_non_null(small_text(t, i, "evidence"));
    }
}

static void
the_warmest_come_first_and_equals_by_who_then_whom(void **state)
{
    g_autoptr(kith_graph) g = some_people();
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};
    const kith_table *t;

    (void)state;
    assert_int_equal(ask(g, "100", &a, &err), KITH_OK);
    t = kith_answer_find_table(a, "ties");
    for (int64_t i = 1; i < kith_table_rows(t); i++) {
        double before = small_real(t, i - 1, "warmth"), warmth = small_real(t, i, "warmth");

        assert_true(before >= warmth);
        if (before == warmth)
            assert_true(small_int(t, i - 1, "from") < small_int(t, i, "from") ||
                        (small_int(t, i - 1, "from") == small_int(t, i, "from") &&
                         small_int(t, i - 1, "to") < small_int(t, i, "to")));
    }
    assert_string_equal(small_text(t, 0, "from"), "Bo");
    assert_string_equal(small_text(t, 0, "to"), "Cy");
}

static void
what_is_left_out_is_said(void **state)
{
    g_autoptr(kith_graph) g = some_people();
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(ask(g, "3", &a, &err), KITH_OK);
    assert_int_equal(kith_table_rows(kith_answer_find_table(a, "ties")), 3);
    assert_true(small_has_note(a, "5 ties of less warmth left out"));
}

static void
without_ties_there_is_no_answer(void **state)
{
    kith_builder *b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    small_person(b, "Ann");
    g = small_build(b);
    assert_int_equal(ask(g, "3", &a, &err), KITH_ERR_NOT_FOUND);
    kith_builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hop_is_listed_with_its_numbers),
        cmocka_unit_test(the_warmest_come_first_and_equals_by_who_then_whom),
        cmocka_unit_test(what_is_left_out_is_said),
        cmocka_unit_test(without_ties_there_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
