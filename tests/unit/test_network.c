/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_network.c - facts into simple networks: adding up, directions, meeting at events,
 * collapsing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"

static double
weight_between(const kith_graph *g, const kith_network *net, const char *from, const char *to)
{
    int64_t a = kith_network_vertex(net, small_find(g, from));
    int64_t b = kith_network_vertex(net, small_find(g, to));

    for (int64_t i = 0; i < net->m; i++)
        if ((net->from[i] == a && net->to[i] == b) ||
            (!net->directed && net->from[i] == b && net->to[i] == a))
            return net->weight[i];
    return 0;
}

static void
facts_between_the_same_two_add_up(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {0};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;

    (void)state;
    small_weighted(b, KITH_KNOWS, "Bo", "Ann", 1);
    small_weighted(b, KITH_MESSAGED, "Ann", "Bo", 2);
    small_weighted(b, KITH_REFERRED, "Cy", "Bo", 4);
    small_weighted(b, KITH_REFERRED, "Cy", "Cy", 8);
    g = small_build(b);
    net = small_network(g, &options);
    assert_int_equal(net->n, 3);
    assert_int_equal(net->m, 2);
    assert_false(net->directed);
    assert_int_equal(net->repeats, 1);
    assert_int_equal(net->loops, 1);
    assert_true(weight_between(g, net, "Ann", "Bo") == 3);
    assert_true(weight_between(g, net, "Bo", "Cy") == 4);
}

static void
a_network_is_directed_when_every_tie_is(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options all = {0}, some = {.ties = 1u << KITH_REFERRED},
                         forced = {.direction = KITH_NETWORK_DIRECTED};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) mixed = NULL, referrals = NULL, both_ways = NULL;

    (void)state;
    small_tie(b, KITH_REFERRED, "Bo", "Ann");
    small_tie(b, KITH_KNOWS, "Bo", "Cy");
    g = small_build(b);
    mixed = small_network(g, &all);
    referrals = small_network(g, &some);
    both_ways = small_network(g, &forced);
    assert_false(mixed->directed);
    assert_true(referrals->directed);
    assert_int_equal(referrals->m, 1);
    assert_true(both_ways->directed);
    assert_int_equal(both_ways->m, 3);
    assert_true(weight_between(g, both_ways, "Ann", "Bo") == 0);
    assert_true(weight_between(g, both_ways, "Cy", "Bo") == 1);
}

static void
an_event_of_n_gives_each_pair_one_over_n_less_one(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {.together = true}, small = {.together = true, .max_party = 2};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL, fewer = NULL;

    (void)state;
    small_attends(b, "Ann", "fair", "attended");
    small_attends(b, "Ann", "fair", "attended");
    small_attends(b, "Bo", "fair", "spoke");
    small_attends(b, "Cy", "fair", NULL);
    small_attends(b, "Di", "fair", "registered");
    small_attends(b, "Ann", "lunch", "attended");
    small_attends(b, "Bo", "lunch", "hosted");
    g = small_build(b);
    net = small_network(g, &options);
    assert_int_equal(net->m, 3);
    assert_true(weight_between(g, net, "Ann", "Bo") == 1.5);
    assert_true(weight_between(g, net, "Bo", "Cy") == 0.5);
    assert_true(weight_between(g, net, "Ann", "Di") == 0);
    fewer = small_network(g, &small);
    assert_int_equal(fewer->m, 1);
    assert_int_equal(fewer->large_events, 1);
}

static void
dropped_facts_are_left_out(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    uint8_t dropped[] = {0, 1};
    kith_network_options options = {.dropped = dropped};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;

    (void)state;
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    small_tie(b, KITH_KNOWS, "Bo", "Cy");
    g = small_build(b);
    net = small_network(g, &options);
    assert_int_equal(net->n, 3);
    assert_int_equal(net->m, 1);
}

/* The definition: a pair has an edge when there is an arc either way, and its weight is the sum of
 * both. */
static void
a_collapse_adds_both_ways(void **state)
{
    kith_random random = kith_random_init(5, 5);

    (void)state;
    for (int round = 0; round < 100; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        kith_network_options options = {.direction = KITH_NETWORK_DIRECTED};
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_network) net = NULL, collapse = NULL;
        double both[8][8] = {{0}};
        int64_t pairs = 0;

        for (int i = 0; i < 20; i++) {
            char from[2] = {(char)('a' + kith_random_below(&random, 8)), 0};
            char to[2] = {(char)('a' + kith_random_below(&random, 8)), 0};

            small_weighted(b, KITH_TIE, from, to, 1 + (double)kith_random_below(&random, 9));
        }
        g = small_build(b);
        net = small_network(g, &options);
        collapse = kith_network_collapse(net);
        for (int64_t i = 0; i < net->m; i++) {
            both[net->from[i]][net->to[i]] += net->weight[i];
            both[net->to[i]][net->from[i]] += net->weight[i];
        }
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < i; j++)
                pairs += both[i][j] > 0;
        assert_false(collapse->directed);
        assert_int_equal(collapse->n, net->n);
        assert_int_equal(collapse->m, pairs);
        for (int64_t i = 0; i < collapse->m; i++) {
            assert_true(collapse->from[i] < collapse->to[i]);
            assert_true(collapse->weight[i] == both[collapse->from[i]][collapse->to[i]]);
        }
    }
}

static void
ties_are_asked_for_by_name(void **state)
{
    kith_network_options options = {0};
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_network_read_ties(NULL, &options, &err), KITH_OK);
    assert_true(options.ties == 0 && options.together);
    assert_int_equal(kith_network_read_ties(" knows, referred", &options, &err), KITH_OK);
    assert_true(options.ties == (1u << KITH_KNOWS | 1u << KITH_REFERRED) && !options.together);
    assert_int_equal(kith_network_read_ties("attended", &options, &err), KITH_OK);
    assert_true(options.together);
    assert_int_equal(kith_network_read_ties("knows,likes", &options, &err), KITH_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "'likes'"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_between_the_same_two_add_up),
        cmocka_unit_test(a_network_is_directed_when_every_tie_is),
        cmocka_unit_test(an_event_of_n_gives_each_pair_one_over_n_less_one),
        cmocka_unit_test(dropped_facts_are_left_out),
        cmocka_unit_test(a_collapse_adds_both_ways),
        cmocka_unit_test(ties_are_asked_for_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
