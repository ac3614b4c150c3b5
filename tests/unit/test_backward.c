/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_backward.c - what everybody's way to a target costs, against the best chain of each. */
#include "measures/backward.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 9

struct small {
    int n;
    int64_t first[MOST + 1];
    int32_t to[MOST * MOST];
    double p[MOST * MOST];
    bool target[MOST], blocked[MOST];
};

static void
random_small(GRand *random, struct small *s)
{
    double density = g_rand_double(random);
    int64_t m = 0;

    memset(s, 0, sizeof *s);
    s->n = g_rand_int_range(random, 2, MOST + 1);
    for (int v = 0; v < s->n; v++) {
        s->first[v] = m;
        s->target[v] = g_rand_double(random) < 0.2;
        s->blocked[v] = g_rand_double(random) < 0.2;
        for (int w = 0; w < s->n; w++)
            if (v != w && g_rand_double(random) < density) {
                s->to[m] = w;
                s->p[m++] = g_rand_int_range(random, 1, 20) / 20.0;
            }
    }
    s->first[s->n] = m;
}

static void
the_cost_from_everybody_is_that_of_their_best_chain(void **state)
{
    GRand *random = g_rand_new_with_seed(3);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct small s;
        int rounds = g_rand_int_range(random, 1, 5);
        int64_t cost[MOST];
        kith_chain_hops hops;
        g_auto(kith_chain_index) index = {0};

        random_small(random, &s);
        hops = (kith_chain_hops){s.n, s.first, s.to, s.p, NULL};
        assert_int_equal(kith_chain_index_init(&hops, &index, NULL), KITH_OK);
        kith_back_costs(&index, s.target, NULL, s.blocked, rounds, cost);
        for (int v = 0; v < s.n; v++) {
            kith_chain_query query = {v, s.target, s.blocked, 1, rounds, 0, NULL};
            g_auto(kith_chains) best = {0};

            if (s.target[v] || s.blocked[v])
                continue;
            assert_int_equal(kith_chains_best(&index, &query, &best, NULL), KITH_OK);
            assert_int_equal(cost[v], best.n ? best.at[0].cost : INT64_MAX);
        }
    }
    g_rand_free(random);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cost_from_everybody_is_that_of_their_best_chain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
