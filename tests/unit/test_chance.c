/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_chance.c - rewiring keeps what it must, and only real groups are more than chance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/nets.h"
#include "../support/small.h"
#include "measures/chance.h"
#include "measures/rewire.h"

static void
assert_same_degrees(const kith_network *a, const kith_network *b)
{
    g_autofree int64_t *out = g_new0(int64_t, a->n), *in = g_new0(int64_t, a->n);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autofree int64_t *key = g_new0(int64_t, a->m);

    for (int64_t i = 0; i < a->m; i++) {
        out[a->from[i]]++;
        (a->directed ? in : out)[a->to[i]]++;
        out[b->from[i]]--;
        (a->directed ? in : out)[b->to[i]]--;
        assert_true(b->from[i] != b->to[i]);
        key[i] = a->directed ? (int64_t)b->from[i] << 32 | b->to[i]
                             : (int64_t)MIN(b->from[i], b->to[i]) << 32 | MAX(b->from[i], b->to[i]);
        assert_true(g_hash_table_add(seen, &key[i]));
    }
    for (int64_t v = 0; v < a->n; v++)
        assert_true(out[v] == 0 && in[v] == 0);
}

static void
rewiring_keeps_degrees_and_makes_no_loop_and_no_repeat(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        g_autoptr(kith_network) net = net_blocks(seed, 40, 4, 0.5, 0.05, seed % 2);
        g_autoptr(kith_network) other = kith_rewire(net, seed, 1);
        int64_t moved = 0;

        assert_same_degrees(net, other);
        for (int64_t i = 0; i < net->m; i++)
            moved += net->to[i] != other->to[i] || net->from[i] != other->from[i];
        assert_true(moved > net->m / 2);
    }
}

static kith_chance
judge(const kith_network *net, int64_t networks, int64_t threads)
{
    kith_leiden_plan search = {.runs = 10, .seed = 1, .threads = 1};
    kith_chance_plan plan = {.resolution = 1, .networks = networks, .seed = 1, .threads = threads};
    g_autoptr(kith_grouping) p = NULL;
    g_autoptr(kith_leiden) found = NULL;
    kith_chance chance;

    assert_int_equal(kith_grouping_new(net, KITH_GROUP_MODULARITY, 1, false, &p, NULL), KITH_OK);
    assert_int_equal(kith_leiden_find(p, &search, &found, NULL), KITH_OK);
    assert_int_equal(kith_chance_of_groups(net, found, &plan, &chance, NULL), KITH_OK);
    return chance;
}

static void
planted_groups_are_clear_and_random_ties_are_not(void **state)
{
    int false_alarms = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        g_autoptr(kith_network) planted = net_blocks(seed, 60, 4, 0.4, 0.03, seed % 2);
        g_autoptr(kith_network) random = net_blocks(seed, 60, 4, 0.12, 0.12, seed % 2);
        kith_chance real = judge(planted, 20, 1), none = judge(random, 20, 1);

        assert_true(kith_chance_is_clear(&real));
        assert_true(real.z > 5);
        false_alarms += kith_chance_is_clear(&none);
    }
    assert_true(false_alarms <= 2); /* z >= 2 comes up once in forty */
}

static void
so_many_runs_are_made_as_are_asked_for(void **state)
{
    g_autoptr(kith_network) net = net_blocks(5, 50, 3, 0.3, 0.05, false);
    kith_leiden_plan search = {.runs = 10, .seed = 1, .threads = 1};
    kith_chance_plan plan = {.resolution = 1, .networks = 6, .seed = 1, .threads = 1};
    g_autoptr(kith_grouping) p = NULL;
    g_autoptr(kith_leiden) found = NULL;

    (void)state;
    assert_int_equal(kith_grouping_new(net, KITH_GROUP_MODULARITY, 1, false, &p, NULL), KITH_OK);
    assert_int_equal(kith_leiden_find(p, &search, &found, NULL), KITH_OK);
    for (int64_t runs = 0; runs <= 20; runs += 4) {
        kith_chance chance;

        plan.runs = runs;
        assert_int_equal(kith_chance_of_groups(net, found, &plan, &chance, NULL), KITH_OK);
        assert_int_equal(chance.runs, runs == 0 ? 10 : MIN(runs, 10));
        assert_true(kith_chance_is_clear(&chance));
    }
}

static void
threads_change_no_bit_of_chance(void **state)
{
    g_autoptr(kith_network) net = net_blocks(5, 50, 3, 0.3, 0.05, false);
    kith_chance one = judge(net, 12, 1), four = judge(net, 12, 4);

    (void)state;
    assert_memory_equal(&one.mean, &four.mean, sizeof one.mean);
    assert_memory_equal(&one.z, &four.z, sizeof one.z);
}

static void
a_network_that_cannot_be_rewired_has_no_clear_groups(void **state)
{
    g_autoptr(kith_network) net = net_blocks(1, 6, 1, 1, 1, false);
    kith_chance chance = judge(net, 20, 1);

    (void)state;
    assert_true(isnan(chance.z));
    assert_false(kith_chance_is_clear(&chance));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rewiring_keeps_degrees_and_makes_no_loop_and_no_repeat),
        cmocka_unit_test(planted_groups_are_clear_and_random_ties_are_not),
        cmocka_unit_test(so_many_runs_are_made_as_are_asked_for),
        cmocka_unit_test(threads_change_no_bit_of_chance),
        cmocka_unit_test(a_network_that_cannot_be_rewired_has_no_clear_groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
