/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_map_pass.c - where everybody is drawn: in the box, in groups, the same every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"

extern const kith_pass kith_pass_map;

static kith_answer *
ask(const kith_graph *g, const char *nodes)
{
    const char *const settings[] = {nodes ? "nodes" : NULL, nodes, NULL};
    kith_answer *answer = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_map, g, settings, &answer, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return answer;
}

/* Two circles of four, all tied to all, and one tie between them. */
static kith_graph *
two_circles(void)
{
    static const char *const names[] = {"Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"};
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    for (int i = 0; i < 8; i++)
        for (int j = i + 1; j < 8; j++)
            if (i / 4 == j / 4)
                small_edge(b, names[i], names[j], 1);
    small_edge(b, "Ann", "Ed", 1);
    g = small_build(b);
    kith_builder_free(b);
    return g;
}

static double
distance(const kith_table *t, const char *a, const char *b)
{
    int64_t i = small_row(t, "node", a), j = small_row(t, "node", b);

    return hypot(small_real(t, i, "x") - small_real(t, j, "x"),
                 small_real(t, i, "y") - small_real(t, j, "y"));
}

static void
those_who_are_tied_stand_near(void **state)
{
    g_autoptr(kith_graph) g = two_circles();
    g_autoptr(kith_answer) a = ask(g, NULL);
    const kith_table *t = kith_answer_find_table(a, "places");

    (void)state;
    assert_int_equal(kith_table_rows(t), 8);
    assert_true(distance(t, "Bo", "Cy") < distance(t, "Bo", "Flo"));
    assert_true(distance(t, "Flo", "Gus") < distance(t, "Bo", "Gus"));
    for (int64_t i = 0; i < 8; i++) {
        assert_true(small_real(t, i, "x") >= 0 && small_real(t, i, "x") <= 1.5);
        assert_true(small_real(t, i, "y") >= 0 && small_real(t, i, "y") <= 1);
    }
}

static void
groups_are_named_after_their_best_connected(void **state)
{
    g_autoptr(kith_graph) g = two_circles();
    g_autoptr(kith_answer) a = ask(g, NULL);
    const kith_table *places = kith_answer_find_table(a, "places");
    const kith_table *groups = kith_answer_find_table(a, "groups");

    (void)state;
    assert_int_equal(kith_table_rows(groups), 2);
    assert_string_equal(small_text(groups, 0, "label"), "Ann, Bo");
    assert_string_equal(small_text(groups, 1, "label"), "Ed, Flo");
    assert_int_equal(small_int(groups, 0, "size"), 4);
    assert_int_equal(small_int(places, small_row(places, "node", "Di"), "group"), 1);
    assert_int_equal(small_int(places, small_row(places, "node", "Hal"), "group"), 2);
    assert_int_equal(small_int(places, small_row(places, "node", "Ann"), "degree"), 4);
    assert_true(small_real(places, small_row(places, "node", "Ann"), "size") == 4);
    assert_true(fabs(small_real(places, small_row(places, "node", "Bo"), "size") -
                     (1 + 3 * sqrt(3.0 / 4))) < 1e-6);
}

static void
the_middle_of_a_group_is_the_mean_of_its_members(void **state)
{
    g_autoptr(kith_graph) g = two_circles();
    g_autoptr(kith_answer) a = ask(g, NULL);
    const kith_table *places = kith_answer_find_table(a, "places");
    const kith_table *groups = kith_answer_find_table(a, "groups");
    double x = 0;

    (void)state;
    for (int64_t i = 0; i < 8; i++)
        if (small_int(places, i, "group") == 1)
            x += small_real(places, i, "x") / 4;
    assert_true(fabs(small_real(groups, 0, "x") - x) < 1e-5);
}

static void
who_has_no_tie_has_a_place_and_no_group(void **state)
{
    kith_builder *b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    const kith_table *t;

    (void)state;
    small_edge(b, "Ann", "Bo", 1);
    small_person(b, "Zed");
    g = small_build(b);
    a = ask(g, NULL);
    t = kith_answer_find_table(a, "places");
    assert_int_equal(kith_table_rows(t), 3);
    assert_int_equal(small_int(t, small_row(t, "node", "Zed"), "group"), -1);
    assert_int_equal(small_int(t, small_row(t, "node", "Zed"), "degree"), 0);
    kith_builder_free(b);
}

static void
only_the_kinds_asked_for_are_drawn(void **state)
{
    kith_builder *b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) all = NULL, people = NULL, none = NULL;
    kith_error err = {0};

    (void)state;
    small_attends(b, "Ann", "Fair", "attended");
    small_attends(b, "Bo", "Fair", "attended");
    g = small_build(b);
    all = ask(g, NULL);
    people = ask(g, "person");
    assert_int_equal(kith_table_rows(kith_answer_find_table(all, "places")), 3);
    assert_int_equal(kith_table_rows(kith_answer_find_table(people, "places")), 2);
    assert_int_equal(small_ask(&kith_pass_map, g,
                               (const char *const[]){"nodes", "organisation", NULL}, &none, &err),
                     KITH_ERR_NOT_FOUND);
    err = (kith_error){0};
    kith_answer_free(none);
    none = NULL;
    assert_int_equal(small_ask(&kith_pass_map, g,
                               (const char *const[]){"nodes", "person,ghost", NULL}, &none, &err),
                     KITH_ERR_ARGUMENT);
    assert_string_equal(err.message,
                        "unknown kind 'ghost' (expected person, organisation, event or topic)");
    kith_builder_free(b);
}

static void
the_order_of_facts_moves_nobody(void **state)
{
    kith_builder *one = kith_builder_new(), *two = kith_builder_new();
    g_autoptr(kith_graph) g = NULL, h = NULL;
    g_autoptr(kith_answer) a = NULL, b = NULL;
    const kith_table *s, *t;

    (void)state;
    for (int i = 0; i < 40; i++) {
        char from[8], to[8], last[8], before[8];

        g_snprintf(from, sizeof from, "n%d", i % 20);
        g_snprintf(to, sizeof to, "n%d", (i * 7 + 3) % 20);
        g_snprintf(last, sizeof last, "n%d", (39 - i) % 20);
        g_snprintf(before, sizeof before, "n%d", ((39 - i) * 7 + 3) % 20);
        small_edge(one, from, to, 1);
        small_edge(two, last, before, 1);
    }
    g = small_build(one);
    h = small_build(two);
    a = ask(g, NULL);
    b = ask(h, NULL);
    s = kith_answer_find_table(a, "places");
    t = kith_answer_find_table(b, "places");
    for (int64_t i = 0; i < kith_table_rows(s); i++) {
        assert_string_equal(small_text(s, i, "node"), small_text(t, i, "node"));
        assert_true(small_real(s, i, "x") == small_real(t, i, "x"));
        assert_true(small_real(s, i, "y") == small_real(t, i, "y"));
        assert_int_equal(small_int(s, i, "group"), small_int(t, i, "group"));
    }
    kith_builder_free(one);
    kith_builder_free(two);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_who_are_tied_stand_near),
        cmocka_unit_test(groups_are_named_after_their_best_connected),
        cmocka_unit_test(the_middle_of_a_group_is_the_mean_of_its_members),
        cmocka_unit_test(who_has_no_tie_has_a_place_and_no_group),
        cmocka_unit_test(only_the_kinds_asked_for_are_drawn),
        cmocka_unit_test(the_order_of_facts_moves_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
