/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_assignment.c - against trying everything. */
#include "measures/assignment.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct best {
    int done;
    int64_t cost;
};

static void
try_all(const kith_offer *o, int n, int jobs, int job, int *load, int cap, struct best now,
        struct best *best)
{
    if (job == jobs) {
        if (now.done > best->done || (now.done == best->done && now.cost < best->cost))
            *best = now;
        return;
    }
    try_all(o, n, jobs, job + 1, load, cap, now, best);
    for (int i = 0; i < n; i++) {
        struct best next = {now.done + 1, now.cost + o[i].cost};

        if (o[i].job != job || (o[i].worker >= 0 && load[o[i].worker] == cap))
            continue;
        if (o[i].worker >= 0)
            load[o[i].worker]++;
        try_all(o, n, jobs, job + 1, load, cap, next, best);
        if (o[i].worker >= 0)
            load[o[i].worker]--;
    }
}

static void
as_many_jobs_as_possible_at_the_least_cost(void **state)
{
    GRand *random = g_rand_new_with_seed(5);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        int jobs = g_rand_int_range(random, 1, 6), workers = g_rand_int_range(random, 1, 4);
        int n = g_rand_int_range(random, 0, 11), cap = g_rand_int_range(random, 1, 3);
        kith_offer offers[12];
        int64_t chosen[6], load[4] = {0};
        int tried[4] = {0};
        struct best best = {-1, 0}, got = {0, 0};

        for (int i = 0; i < n; i++)
            offers[i] =
                (kith_offer){g_rand_int_range(random, 0, jobs),
                             g_rand_int_range(random, -1, workers), g_rand_int_range(random, 0, 9)};
        assert_int_equal(kith_assign(jobs, workers, cap, offers, n, chosen, NULL), KITH_OK);
        for (int j = 0; j < jobs; j++)
            if (chosen[j] >= 0) {
                const kith_offer *o = &offers[chosen[j]];

                assert_int_equal(o->job, j);
                got.done++;
                got.cost += o->cost;
                if (o->worker >= 0)
                    assert_true(++load[o->worker] <= cap);
            }
        try_all(offers, n, jobs, 0, tried, cap, (struct best){0, 0}, &best);
        assert_int_equal(got.done, best.done);
        assert_int_equal(got.cost, best.cost);
    }
    g_rand_free(random);
}

static void
an_offer_out_of_range_is_refused(void **state)
{
    kith_offer offer = {3, 0, 1};
    int64_t chosen[1];

    (void)state;
    assert_int_equal(kith_assign(1, 1, 1, &offer, 1, chosen, NULL), KITH_ERR_ARGUMENT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_jobs_as_possible_at_the_least_cost),
        cmocka_unit_test(an_offer_out_of_range_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
