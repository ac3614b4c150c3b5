/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/plain.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/small.h"

/* A directed tie with an attribute. */
static void
tie(kith_builder *b, const char *from, const char *to, double weight, const char *key,
    const char *value)
{
    small_weighted(b, KITH_TIE, from, to, weight);
    if (key)
        kith_builder_fact_attribute(b, key, value);
}

static kith_plain *
plain_of(const kith_graph *g, kith_plain_meaning meaning, const char *column)
{
    kith_plain *p = NULL;
    kith_error err = {0};

    if (kith_plain_new(g, meaning, column, &p, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return p;
}

static double
value(const kith_plain *p, const char *from, const char *to)
{
    int64_t hop = kith_plain_hop(p, small_find(p->graph, from), small_find(p->graph, to));

    return hop < 0 ? -1 : p->value[hop];
}

static void
numbers_become_hops_by_what_they_mean(void **state)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    (void)state;
    tie(b, "a", "b", 4, "p", "0.5");
    tie(b, "b", "c", 0.5, "p", "1");
    g = small_build(b);
    for (int meaning = KITH_PLAIN_NOTHING; meaning <= KITH_PLAIN_LENGTH; meaning++) {
        static const double ab[] = {1, 0.25, 0.5, 4}, bc[] = {1, 2, 1, 0.5};
        g_autoptr(kith_plain) p =
            plain_of(g, meaning, meaning == KITH_PLAIN_PROBABILITY ? "P" : NULL);

        assert_true(value(p, "a", "b") == ab[meaning] && value(p, "b", "c") == bc[meaning]);
        assert_true(value(p, "b", "a") == -1);
        assert_int_equal(p->hops, 2);
        assert_int_equal(p->weighted, 2);
    }
    kith_graph_free(g);
    kith_builder_free(b);
}

static void
the_best_of_several_ties_counts_and_undirected_ones_go_both_ways(void **state)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    (void)state;
    tie(b, "a", "b", 0.5, NULL, NULL);
    tie(b, "a", "b", 0.25, NULL, NULL);
    small_edge(b, "b", "a", 0.75);
    g = small_build(b);
    {
        g_autoptr(kith_plain) chance = plain_of(g, KITH_PLAIN_PROBABILITY, NULL);
        g_autoptr(kith_plain) length = plain_of(g, KITH_PLAIN_LENGTH, NULL);

        assert_true(value(chance, "a", "b") == 0.75 && value(chance, "b", "a") == 0.75);
        assert_true(value(length, "a", "b") == 0.25 && value(length, "b", "a") == 0.75);
        assert_int_equal(chance->repeats, 2);
    }
    kith_graph_free(g);
    kith_builder_free(b);
}

static void
a_number_that_cannot_mean_this_is_refused(void **state)
{
    static const struct {
        kith_plain_meaning meaning;
        const char *column, *text, *message;
    } cases[] = {
        {KITH_PLAIN_PROBABILITY, "x", "1.5",
         "bad probability 1.5 (expected above 0 and at most 1)"},
        {KITH_PLAIN_PROBABILITY, "x", "0", "bad probability 0 (expected above 0 and at most 1)"},
        {KITH_PLAIN_PROBABILITY, "x", "-1", "bad probability -1 (expected above 0 and at most 1)"},
        {KITH_PLAIN_LENGTH, "x", "-2", "bad length -2 (expected 0 or more)"},
        {KITH_PLAIN_LENGTH, "x", "NaN", "x 'NaN' is no number"},
        {KITH_PLAIN_LENGTH, "x", "far", "x 'far' is no number"},
        {KITH_PLAIN_LENGTH, "y", "1",
         "this tie has no 'y' (to name a file's weights, say --weight)"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        kith_builder *b = kith_builder_new();
        kith_graph *g;
        kith_plain *p = NULL;
        kith_error err = {0};

        tie(b, "a", "b", 1, "x", cases[i].text);
        g = small_build(b);
        assert_int_equal(kith_plain_new(g, cases[i].meaning, cases[i].column, &p, &err),
                         KITH_ERR_PARSE);
        assert_string_equal(err.message, cases[i].message);
        kith_graph_free(g);
        kith_builder_free(b);
    }
}

static void
what_knows_more_than_a_graph_file_is_not_plain(void **state)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    (void)state;
    tie(b, "a", "b", 1, NULL, NULL);
    g = small_build(b);
    assert_true(kith_plain_is(g));
    kith_graph_free(g);
    small_tie(b, KITH_KNOWS, "a", "c");
    g = small_build(b);
    assert_false(kith_plain_is(g));
    kith_graph_free(g);
    kith_builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_become_hops_by_what_they_mean),
        cmocka_unit_test(the_best_of_several_ties_counts_and_undirected_ones_go_both_ways),
        cmocka_unit_test(a_number_that_cannot_mean_this_is_refused),
        cmocka_unit_test(what_knows_more_than_a_graph_file_is_not_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
