/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/order.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct pair {
    uint32_t from, to, place;
};

static int
compare(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* With places and without, against the C library's sort. */
static void
compare_with_slow(uint32_t n, int64_t m, uint32_t *from, uint32_t *to, int threads)
{
    g_autofree struct pair *slow = g_new(struct pair, m + 1);
    g_autofree uint32_t *place = g_new(uint32_t, m + 1),
                        *from_alone = g_memdup2(from, (gsize)m * sizeof *from),
                        *to_alone = g_memdup2(to, (gsize)m * sizeof *to);

    for (int64_t i = 0; i < m; i++)
        slow[i] = (struct pair){from[i], to[i], (uint32_t)i};
    qsort(slow, (size_t)m, sizeof *slow, compare);
    assert_true(kith_order_pairs(n, m, from, to, place, threads));
    assert_true(kith_order_pairs(n, m, from_alone, to_alone, NULL, threads));
    assert_true(kith_order_is(m, from, to));
    for (int64_t i = 0; i < m; i++) {
        assert_int_equal(from[i], slow[i].from);
        assert_int_equal(to[i], slow[i].to);
        assert_int_equal(place[i], slow[i].place);
        assert_int_equal(from_alone[i], from[i]);
        assert_int_equal(to_alone[i], to[i]);
    }
}

/* @param hub one pair in so many starts at node 0: a bucket of its own size */
static void
check(uint32_t n, int64_t m, int threads, int hub, GRand *random)
{
    g_autofree uint32_t *from = g_new(uint32_t, m + 1), *to = g_new(uint32_t, m + 1);

    for (int64_t i = 0; i < m; i++) {
        from[i] = g_rand_int_range(random, 0, hub) ? g_rand_int(random) % n : 0;
        to[i] = g_rand_int(random) % n;
    }
    compare_with_slow(n, m, from, to, threads);
}

/* @param longest of a run of one `from`; every third run is in order */
static void
check_runs(uint32_t n, int64_t m, int longest, GRand *random)
{
    g_autofree uint32_t *from = g_new(uint32_t, m + 1), *to = g_new(uint32_t, m + 1);

    for (int64_t i = 0, j; i < m; i = j) {
        uint32_t node = g_rand_int(random) % n, first = g_rand_int(random) % n;
        bool ordered = g_rand_int_range(random, 0, 3) == 0;

        j = i + g_rand_int_range(random, 1, longest + 1);
        j = MIN(m, j);
        for (int64_t k = i; k < j; k++) {
            from[k] = node;
            to[k] = ordered ? MIN(n - 1, first + (uint32_t)(k - i) / 2) : g_rand_int(random) % n;
        }
    }
    compare_with_slow(n, m, from, to, 1);
}

static void
pairs_come_out_as_a_stable_sort_would_leave_them(void **state)
{
    GRand *random = g_rand_new_with_seed(1);

    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        check(1, 5, threads, 2, random);
        check(2, 0, threads, 2, random);
        check(3, 200, threads, 2, random);
        check(5000, 40000, threads, 2, random);
        check(70000, 40000, threads, 100, random);
        check(2000000000, 3000, threads, 100, random); /* too wide for one word */
    }
    g_rand_free(random);
}

static void
runs_of_one_node_come_out_as_a_stable_sort_would_leave_them(void **state)
{
    GRand *random = g_rand_new_with_seed(2);

    (void)state;
    for (int i = 0; i < 20; i++) {
        check_runs(1, 50, 8, random);
        check_runs(40, 30000, 60, random);   /* several runs of a node: rows far longer than them */
        check_runs(5000, 30000, 20, random); /* most rows are one run */
        check_runs(300, 5000, 3000, random); /* few rows, long ones */
        check_runs(30000, 4000, 10, random); /* most nodes have none */
    }
    g_rand_free(random);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_come_out_as_a_stable_sort_would_leave_them),
        cmocka_unit_test(runs_of_one_node_come_out_as_a_stable_sort_would_leave_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
