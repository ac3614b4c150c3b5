/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_shape.c - shapes in words, and label propagation on groups that cannot be missed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/nets.h"
#include "../support/small.h"
#include "measures/labels.h"
#include "measures/partition.h"
#include "measures/shape.h"

static void
assert_shape(const kith_network *net, const char *expected)
{
    g_autofree uint32_t *group = g_new0(uint32_t, net->n + 1);
    g_autofree const char **words = kith_shape_words(net, group, 1, 1);

    if (expected)
        assert_string_equal(words[0], expected);
    else
        assert_null(words[0]);
}

static void
add_clique(kith_network *net, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        for (uint32_t j = i + 1; j < to; j++)
            net_tie(net, i, j);
}

static void
shapes_have_their_words(void **state)
{
    g_autoptr(kith_network) one = net_new(1, 1, false), pair = net_new(2, 2, false);
    g_autoptr(kith_network) bundle = net_new(5, 20, false), star = net_new(9, 20, false);
    g_autoptr(kith_network) chain = net_new(6, 20, false), tree = net_new(6, 20, false);
    g_autoptr(kith_network) islands = net_new(12, 80, false), ring = net_new(30, 80, false);

    (void)state;
    net_tie(pair, 0, 1);
    add_clique(bundle, 0, 5);
    for (uint32_t i = 1; i < 9; i++)
        net_tie(star, 0, i);
    net_tie(star, 1, 2);
    for (uint32_t i = 1; i < 6; i++) {
        net_tie(chain, i - 1, i);
        net_tie(tree, i / 2, i);
    }
    add_clique(islands, 0, 6);
    add_clique(islands, 6, 12);
    net_tie(islands, 5, 6);
    for (uint32_t i = 0; i < 30; i++)
        net_tie(ring, i, (i + 1) % 30);
    assert_shape(one, NULL);
    assert_shape(pair, "pair");
    assert_shape(bundle, "tight bundle");
    assert_shape(star, "hub with spokes");
    assert_shape(chain, "chain");
    assert_shape(tree, "tree");
    assert_shape(islands, "two islands");
    assert_shape(ring, "loose net");
}

static void
labels_find_cliques_and_repeat_themselves(void **state)
{
    g_autoptr(kith_network) net = net_new(40, 1000, false);
    kith_leiden_plan plan = {.runs = 5, .seed = 3, .threads = 1};
    g_autoptr(kith_grouping) p = NULL;
    g_autoptr(kith_leiden) found = NULL, again = NULL;
    uint32_t planted[40];

    (void)state;
    for (uint32_t c = 0; c < 4; c++) {
        add_clique(net, 10 * c, 10 * c + 10);
        net_tie(net, 10 * c, (10 * c + 11) % 40);
    }
    for (uint32_t v = 0; v < 40; v++)
        planted[v] = v / 10;
    assert_int_equal(kith_grouping_new(net, KITH_GROUP_MODULARITY, 1, false, &p, NULL), KITH_OK);
    assert_int_equal(kith_labels_find(p, &plan, &found, NULL), KITH_OK);
    assert_int_equal(kith_labels_find(p, &plan, &again, NULL), KITH_OK);
    assert_int_equal(found->groups, 4);
    assert_float_equal(kith_partition_nmi(found->group, planted, 40), 1, 1e-12);
    assert_memory_equal(found->group, again->group, 40 * sizeof *planted);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_have_their_words),
        cmocka_unit_test(labels_find_cliques_and_repeat_themselves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
