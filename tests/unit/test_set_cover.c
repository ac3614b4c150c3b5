/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_set_cover.c - greedy covers against the best one, and the bound beyond. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures/random.h"
#include "measures/set_cover.h"

enum { SETS = 8, ELEMENTS = 10 };

static void
make(kith_random *random, GArray **set, int n, int elements, uint64_t in)
{
    for (int s = 0; s < n; s++) {
        set[s] = g_array_new(FALSE, FALSE, sizeof(int64_t));
        for (int64_t e = 0; e < elements; e++)
            if (kith_random_below(random, in) == 0)
                g_array_append_val(set[s], e);
    }
}

/* The fewest of the sets that hold all: every choice is looked at. */
static int
fewest(GArray **set)
{
    unsigned bits[SETS] = {0}, all = 0;
    int best = SETS + 1;

    for (int s = 0; s < SETS; s++) {
        for (guint i = 0; i < set[s]->len; i++)
            bits[s] |= 1u << g_array_index(set[s], int64_t, i);
        all |= bits[s];
    }
    for (unsigned choice = 0; choice < 1u << SETS; choice++) {
        unsigned held = 0;
        int n = 0;

        for (int s = 0; s < SETS; s++)
            if (choice & 1u << s) {
                held |= bits[s];
                n++;
            }
        if (held == all && n < best)
            best = n;
    }
    return best;
}

static void
greedy_covers_everything_and_the_fewest_is_exact(void **state)
{
    kith_random random = kith_random_init(3, 3);

    (void)state;
    for (int round = 0; round < 300; round++) {
        GArray *set[SETS];
        g_autoptr(kith_set_cover) c = NULL;
        int64_t sum = 0;

        make(&random, set, SETS, ELEMENTS, 3);
        c = kith_set_cover_new(set, SETS, ELEMENTS);
        for (guint i = 0; i < c->added->len; i++)
            sum += g_array_index(c->added, int64_t, i);
        assert_int_equal(sum, c->elements);
        assert_true(c->exact);
        assert_int_equal(c->at_least, fewest(set));
        assert_true(c->chosen->len >= c->at_least);
        for (guint i = 1; i < c->added->len; i++)
            assert_true(g_array_index(c->added, int64_t, i) <=
                        g_array_index(c->added, int64_t, i - 1));
        for (int s = 0; s < SETS; s++)
            g_array_unref(set[s]);
    }
}

static void
many_sets_get_a_bound(void **state)
{
    kith_random random = kith_random_init(4, 4);
    GArray *set[40];
    g_autoptr(kith_set_cover) c = NULL;

    (void)state;
    make(&random, set, 40, 60, 5);
    c = kith_set_cover_new(set, 40, 60);
    assert_false(c->exact);
    assert_in_range(c->at_least, 1, c->chosen->len);
    for (int s = 0; s < 40; s++)
        g_array_unref(set[s]);
}

static void
nothing_to_cover_needs_nothing(void **state)
{
    GArray *empty = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(kith_set_cover) c = kith_set_cover_new(&empty, 1, 5);

    (void)state;
    assert_int_equal(c->chosen->len, 0);
    assert_int_equal(c->at_least, 0);
    g_array_unref(empty);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(greedy_covers_everything_and_the_fewest_is_exact),
        cmocka_unit_test(many_sets_get_a_bound),
        cmocka_unit_test(nothing_to_cover_needs_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
