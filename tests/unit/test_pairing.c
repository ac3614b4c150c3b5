/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pairing.c - matchings and seatings against all that there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measures/pairing.h"
#include "measures/random.h"
#include <glib.h>

enum { MOST = 10 };

static void
draw(kith_random *random, int32_t *gain, int n, int kinds, int sparse, bool apart)
{
    for (int a = 0; a < n; a++)
        for (int b = 0; b <= a; b++) {
            int32_t w = kith_random_below(random, (uint64_t)sparse)
                            ? 0
                            : (int32_t)kith_random_below(random, (uint64_t)kinds);

            if (apart && kith_random_below(random, 6) == 0)
                w = -20;
            gain[a * n + b] = gain[b * n + a] = a == b ? 0 : w;
        }
}

/* The largest total of disjoint pairs among those not yet used. */
static int64_t
best_pairs(const int32_t *gain, int n, unsigned used)
{
    int a = 0;
    int64_t best;

    while (a < n && used & 1u << a)
        a++;
    if (a == n)
        return 0;
    best = best_pairs(gain, n, used | 1u << a);
    for (int b = a + 1; b < n; b++)
        if (!(used & 1u << b) && gain[a * n + b] > 0) {
            int64_t with = gain[a * n + b] + best_pairs(gain, n, used | 1u << a | 1u << b);

            best = MAX(best, with);
        }
    return best;
}

static void
pairs_are_the_best_there_are(void **state)
{
    kith_random random = kith_random_init(11, 1);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        int n = 1 + (int)kith_random_below(&random, MOST), with[MOST];
        int32_t gain[MOST * MOST];
        int64_t total, sum = 0;

        draw(&random, gain, n, round % 3 ? 30 : 3, 1 + round % 4, false);
        total = kith_pair_people(gain, n, with);
        for (int a = 0; a < n; a++) {
            if (with[a] < 0)
                continue;
            assert_int_equal(with[with[a]], a);
            assert_true(gain[a * n + with[a]] > 0);
            sum += a < with[a] ? gain[a * n + with[a]] : 0;
        }
        assert_int_equal(total, sum);
        assert_int_equal(total, best_pairs(gain, n, 0));
    }
}

/* Weak duality: no matching passes half the sum of everybody's best. */
static void
many_people_are_paired_below_the_bound(void **state)
{
    kith_random random = kith_random_init(12, 1);
    const int n = 151;
    g_autofree int32_t *gain = g_new(int32_t, n * n);
    g_autofree int *with = g_new(int, n), *again = g_new(int, n);
    int64_t total, bound = 0;

    (void)state;
    draw(&random, gain, n, 1000, 3, false);
    total = kith_pair_people(gain, n, with);
    assert_int_equal(total, kith_pair_people(gain, n, again));
    assert_memory_equal(with, again, sizeof *with * (size_t)n);
    for (int a = 0; a < n; a++) {
        int32_t most = 0;

        for (int b = 0; b < n; b++)
            most = MAX(most, gain[a * n + b]);
        bound += most;
    }
    assert_true(total <= bound / 2);
    assert_true(total > bound / 2 * 9 / 10);
}

static int64_t
total_of(const int32_t *gain, int n, const int *table)
{
    int64_t sum = 0;

    for (int a = 0; a < n; a++)
        for (int b = 0; b < a; b++)
            if (table[a] == table[b])
                sum += gain[a * n + b];
    return sum;
}

/* Every way to give each one a table, with the sizes that are asked for. */
static int64_t
best_tables(const int32_t *gain, int n, int tables, int *table, int who)
{
    int64_t best = INT64_MIN;

    if (who == n) {
        for (int t = 0; t < tables; t++) {
            int size = 0;

            for (int a = 0; a < n; a++)
                size += table[a] == t;
            if (size != n / tables && size != n / tables + (n % tables > 0))
                return INT64_MIN;
        }
        return total_of(gain, n, table);
    }
    for (int t = 0; t < tables; t++) {
        int64_t found;

        table[who] = t;
        found = best_tables(gain, n, tables, table, who + 1);
        best = MAX(best, found);
    }
    return best;
}

static void
tables_are_the_best_for_a_few(void **state)
{
    kith_random random = kith_random_init(13, 1);

    (void)state;
    for (int round = 0; round < 60; round++) {
        int n = 3 + (int)kith_random_below(&random, 6), seats = 3 + round % 2, table[MOST];
        int tried[MOST], tables = (n + seats - 1) / seats;
        int32_t gain[MOST * MOST];
        int64_t bound, total;

        draw(&random, gain, n, 20, 2, true);
        total = kith_seat_people(gain, n, seats, table, &bound);
        assert_int_equal(total, total_of(gain, n, table));
        assert_int_equal(total, bound);
        assert_int_equal(total, best_tables(gain, n, tables, tried, 0));
    }
}

static void
tables_for_many_stay_below_their_bound(void **state)
{
    kith_random random = kith_random_init(14, 1);
    const int n = 61;
    g_autofree int32_t *gain = g_new(int32_t, n * n);
    int table[61], size[16] = {0};
    int64_t bound, total;

    (void)state;
    draw(&random, gain, n, 50, 2, true);
    total = kith_seat_people(gain, n, 4, table, &bound);
    assert_int_equal(total, total_of(gain, n, table));
    assert_true(total > 0 && total <= bound);
    for (int a = 0; a < n; a++)
        size[table[a]]++;
    for (int t = 0; t < 16; t++)
        assert_in_range(size[t], 3, 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_the_best_there_are),
        cmocka_unit_test(many_people_are_paired_below_the_bound),
        cmocka_unit_test(tables_are_the_best_for_a_few),
        cmocka_unit_test(tables_for_many_stay_below_their_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
