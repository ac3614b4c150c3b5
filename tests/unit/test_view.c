/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_view.c - a changed graph is the graph that would have been built. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/books.h"
#include "../support/dump.h"
#include "../support/small.h"
#include "model/view.h"

static void
an_earlier_view_is_a_build_with_that_day(void **state)
{
    (void)state;
    for (guint32 seed = 1; seed <= 5; seed++) {
        g_autoptr(kith_builder) b = builder_of_file(seed, 60);
        kith_build_options late = {.as_of = KITH_TIME_NONE};
        g_autoptr(kith_graph) all = NULL;
        kith_error err = {0};

        kith_time_from_civil(2026, 11, 21, &late.today);
        assert_int_equal(kith_builder_build(b, &late, &all, &err), KITH_OK);
        for (int64_t i = 0; i < kith_graph_ties(all); i += 13) {
            kith_build_options early = {.as_of = kith_graph_fact(all, i).when};
            kith_change change = {.as_of = early.as_of, .without = -1};
            g_autoptr(kith_graph) built = NULL;
            g_autoptr(kith_graph) seen = NULL;
            char *x, *y;

            if (early.as_of == KITH_TIME_NONE || early.as_of > kith_graph_as_of(all))
                continue;
            assert_int_equal(kith_builder_build(b, &early, &built, &err), KITH_OK);
            seen = kith_graph_changed(all, &change);
            x = dump_graph(built);
            y = dump_graph(seen);
            assert_int_equal(kith_graph_ties(built), kith_graph_ties(seen));
            assert_string_equal(x, y);
            free(x);
            free(y);
        }
    }
}

static void
nothing_changed_is_the_same_graph(void **state)
{
    g_autoptr(kith_builder) b = builder_of_file(9, 80);
    g_autoptr(kith_graph) g = small_build(b);
    kith_change change = {.as_of = KITH_TIME_NONE, .without = -1};
    g_autoptr(kith_graph) same = kith_graph_changed(g, &change);
    char *x = dump_graph(g), *y = dump_graph(same);

    (void)state;
    assert_string_equal(x, y);
    free(x);
    free(y);
}

static void
somebody_lost_has_no_ties_and_others_keep_theirs(void **state)
{
    g_autoptr(kith_builder) b = builder_of_file(4, 80);
    g_autoptr(kith_graph) g = small_build(b);

    (void)state;
    for (kith_node who = 0; who < kith_graph_nodes(g); who += 3) {
        kith_change change = {.as_of = KITH_TIME_NONE, .without = who};
        g_autoptr(kith_graph) without = kith_graph_changed(g, &change);
        int64_t kept = 0;

        for (int64_t i = 0; i < kith_graph_ties(g); i++) {
            const kith_fact_tie t = kith_graph_fact(g, i);

            kept += (kith_node)t.from != who && (kith_node)t.to != who;
        }
        assert_int_equal(kith_graph_ties(without), kept);
        for (int64_t i = 0; i < kept; i++) {
            kith_tie t;

            kith_graph_tie(without, i, &t);
            assert_true(t.from != who && t.to != who);
        }
    }
}

/* Added ties take their place among the others, with their attribute; the others keep theirs. */
static void
added_ties_stand_in_order(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_graph) more = NULL;
    kith_fact_tie add[2] = {0};
    kith_change change = {
        .as_of = KITH_TIME_NONE, .without = -1, .more = add, .n_more = 2, .party = 6};
    const char *key, *value;
    int64_t first, n;

    (void)state;
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    small_tie(b, KITH_MET, "Bo", "Cy");
    kith_builder_fact_attribute(b, "place", "pier");
    small_tie(b, KITH_REFERRED, "Ann", "Cy");
    g = small_build(b);
    for (int i = 0; i < 2; i++) {
        add[i].kind = KITH_MET;
        add[i].weight = 1;
        add[i].when = i ? 86400 : KITH_TIME_NONE;
        add[i].from = (uint32_t)small_find(g, i ? "Bo" : "Ann");
        add[i].to = (uint32_t)small_find(g, "Cy");
    }
    more = kith_graph_changed(g, &change);
    assert_int_equal(kith_graph_ties(more), 5);
    kith_graph_tie_range(more, KITH_MET, &first, &n);
    assert_int_equal(first, 1);
    assert_int_equal(n, 3);
    assert_int_equal(kith_graph_fact(more, 1).from, small_find(g, "Ann"));
    assert_true(kith_graph_tie_attribute_at(more, 1, 0, &key, &value));
    assert_string_equal(value, "6");
    assert_true(kith_graph_tie_attribute_at(more, 2, 0, &key, &value));
    assert_string_equal(value, "pier");
    assert_int_equal(kith_graph_fact(more, 3).when, 86400);
    assert_false(kith_graph_tie_attribute_at(more, 4, 0, &key, &value));
}

static void
a_closed_platform_takes_its_ties_and_links_along(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_graph) closed = NULL;
    kith_change change = {.as_of = KITH_TIME_NONE, .without = -1, .platform = "LinkedIn"};
    kith_fact fact = KITH_FACT_INIT;
    kith_identifier_kind kind;
    const char *value;

    (void)state;
    kith_builder_identify(b, small_person(b, "Ann"), KITH_ID_URL,
                          "https://www.linkedin.com/in/ann-x");
    kith_builder_identify(b, small_person(b, "Ann"), KITH_ID_EMAIL, "ann@example.org");
    fact.kind = KITH_KNOWS;
    fact.from = small_person(b, "Ann");
    fact.to = small_person(b, "Bo");
    fact.channel = "linkedin";
    small_fact(b, &fact);
    fact.channel = "addressbook";
    small_fact(b, &fact);
    g = small_build(b);
    closed = kith_graph_changed(g, &change);
    assert_int_equal(kith_graph_ties(closed), 1);
    for (int64_t i = 0;
         kith_graph_identifier_at(closed, small_find(closed, "Ann"), i, &kind, &value); i++)
        assert_int_not_equal(kind, KITH_ID_URL);
    assert_true(kith_url_is_of("linkedin.com/in/ann", "linkedin"));
    assert_true(kith_url_is_of("https://social.mastodon.org/@a", "mastodon"));
    assert_false(kith_url_is_of("example.org/linkedin.com", "linkedin"));
    assert_false(kith_url_is_of("notlinkedin.com/x", "linkedin"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_earlier_view_is_a_build_with_that_day),
        cmocka_unit_test(nothing_changed_is_the_same_graph),
        cmocka_unit_test(somebody_lost_has_no_ties_and_others_keep_theirs),
        cmocka_unit_test(added_ties_stand_in_order),
        cmocka_unit_test(a_closed_platform_takes_its_ties_and_links_along),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
