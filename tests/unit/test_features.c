/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_features.c - names for groups: who shares what, how unlikely that is, and in what company. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/features.h"

static void
likes(kith_builder *b, const char *person, const char *topic)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_INTERESTED_IN;
    fact.from = small_person(b, person);
    fact.to = small_node(b, KITH_TOPIC, topic);
    small_fact(b, &fact);
}

/* P(x or more) by its definition. */
static double
slow_tail(int x, int all, int people, int size)
{
    double sum = 0;

    for (int k = x; k <= MIN(all, size); k++)
        if (size - k <= people - all)
            sum += exp(lgamma(all + 1) - lgamma(k + 1) - lgamma(all - k + 1) +
                       lgamma(people - all + 1) - lgamma(size - k + 1) -
                       lgamma(people - all - size + k + 1) - lgamma(people + 1) + lgamma(size + 1) +
                       lgamma(people - size + 1));
    return sum;
}

/* Twelve people in two groups of six; five of the first sail, and one of the second. */
static kith_graph *
sailors(void)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    char name[8];

    for (int i = 0; i < 12; i++) {
        g_snprintf(name, sizeof name, "p%02d", i);
        small_person(b, name);
        if (i < 5 || i == 11)
            likes(b, name, "Sailing");
        likes(b, name, "Weather");
        if (i == 7 || i == 3)
            likes(b, name, "Chess");
    }
    small_attends(b, "p06", "Regatta", "registered");
    small_attends(b, "p07", "Regatta", "registered");
    return small_build(b);
}

static void
a_group_is_named_for_what_it_has_more_of_than_chance(void **state)
{
    g_autoptr(kith_graph) g = sailors();
    kith_network_options options = {0};
    g_autoptr(kith_network) net = small_network(g, &options);
    g_autoptr(kith_features) f = kith_features_new(g, net);
    const uint32_t group[] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    g_autoptr(GArray) all = kith_features_excess(f, group, 12, 2, 1);
    const kith_excess *e = (const kith_excess *)(const void *)all->data;

    (void)state;
    assert_int_equal(f->n, 3); /* a registration is no attendance */
    assert_int_equal(all->len,
                     3); /* sailing once, the weather twice; chess has no two in a group */
    assert_string_equal(f->feature[e[0].feature].what, "Sailing");
    assert_int_equal(e[0].group, 0);
    assert_int_equal(e[0].members, 5);
    assert_int_equal(e[0].all, 6);
    assert_float_equal(e[0].expected, 3, 1e-12);
    assert_float_equal(e[0].p, slow_tail(5, 6, 12, 6), 1e-12);
    assert_float_equal(e[0].adjusted, 3 * slow_tail(5, 6, 12, 6), 1e-12);
    assert_float_equal(e[1].p, 1, 1e-12);
}

static void
people_of_no_group_take_no_part(void **state)
{
    g_autoptr(kith_graph) g = sailors();
    kith_network_options options = {0};
    g_autoptr(kith_network) net = small_network(g, &options);
    g_autoptr(kith_features) f = kith_features_new(g, net);
    uint32_t group[12];
    g_autoptr(GArray) all = NULL;

    (void)state;
    for (int i = 0; i < 12; i++)
        group[i] = i < 6 ? 0 : i < 10 ? 1 : UINT32_MAX;
    all = kith_features_excess(f, group, 12, 2, 1);
    assert_int_equal(g_array_index(all, kith_excess, 0).all, 5);
    assert_float_equal(g_array_index(all, kith_excess, 0).p, slow_tail(5, 5, 10, 6), 1e-12);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_is_named_for_what_it_has_more_of_than_chance),
        cmocka_unit_test(people_of_no_group_take_no_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
