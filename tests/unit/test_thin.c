/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_thin.c - a network thinned from its arrays is the one built anew without those facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"
#include "measures/thin.h"

static kith_graph *
random_graph(kith_random *random, bool mixed)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    const char *names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

    for (int i = 0; i < 8; i++)
        small_person(b, names[i]);
    for (int i = 0; i < 40; i++) {
        const char *from = names[kith_random_below(random, 8)];
        const char *to = names[kith_random_below(random, 8)];
        double weight = 0.1 + kith_random_real(random);

        if (mixed && i % 3 == 0)
            small_edge(b, from, to, weight);
        else
            small_weighted(b, i % 2 ? KITH_MESSAGED : KITH_REFERRED, from, to, weight);
    }
    return small_build(b);
}

static void
assert_same(const kith_network *a, const kith_network *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->m, b->m);
    assert_int_equal(a->directed, b->directed);
    assert_memory_equal(a->node, b->node, (size_t)a->n * sizeof *a->node);
    assert_memory_equal(a->from, b->from, (size_t)a->m * sizeof *a->from);
    assert_memory_equal(a->to, b->to, (size_t)a->m * sizeof *a->to);
    assert_memory_equal(a->weight, b->weight, (size_t)a->m * sizeof *a->weight);
}

static void
thinning_is_building_anew_to_the_bit(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        kith_random random = kith_random_init(41, (uint64_t)round);
        g_autoptr(kith_graph) g = random_graph(&random, round % 2);
        kith_network_options picked = {0};
        g_autoptr(kith_network) whole = NULL, thinned = NULL, anew = NULL;
        g_autoptr(kith_thin) thin = NULL;
        g_autofree uint8_t *dropped = g_new0(uint8_t, kith_graph_ties(g) + 1);

        if (round % 4 == 3)
            picked.direction = KITH_NETWORK_DIRECTED;
        if (round % 5 == 4)
            picked.ties = 1u << KITH_MESSAGED | 1u << KITH_TIE;
        assert_int_equal(kith_network_new(g, &picked, &whole, NULL), KITH_OK);
        thin = kith_thin_new(g, &picked, whole);
        assert_non_null(thin);
        for (int64_t i = 0; i < kith_graph_ties(g); i++)
            dropped[i] = kith_random_below(&random, 4) == 0;
        picked.direction = whole->directed ? KITH_NETWORK_DIRECTED : KITH_NETWORK_UNDIRECTED;
        picked.dropped = dropped;
        thinned = kith_thin_network(thin, dropped);
        assert_int_equal(kith_network_new(g, &picked, &anew, NULL), KITH_OK);
        assert_same(thinned, anew);
    }
}

static void
events_do_not_fit(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;
    kith_network_options with = {.together = true}, without = {0};

    (void)state;
    small_attends(b, "a", "party", NULL);
    small_attends(b, "b", "party", NULL);
    g = small_build(b);
    assert_int_equal(kith_network_new(g, &with, &net, NULL), KITH_OK);
    assert_false(kith_thin_fits(g, &with));
    assert_null(kith_thin_new(g, &with, net));
    assert_true(kith_thin_fits(g, &without));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thinning_is_building_anew_to_the_bit),
        cmocka_unit_test(events_do_not_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
