/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_brokerage.c - roles, effective sizes and long ties against loops over everybody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/nets.h"
#include "../support/small.h"
#include "measures/brokerage.h"
#include "measures/centrality.h"
#include "measures/holes.h"
#include "measures/sample.h"

#define N 14

struct matrix {
    bool tie[N][N];
};

static struct matrix
matrix_of(const kith_network *net)
{
    struct matrix m = {0};

    for (int64_t i = 0; i < net->m; i++) {
        m.tie[net->from[i]][net->to[i]] = true;
        if (!net->directed)
            m.tie[net->to[i]][net->from[i]] = true;
    }
    return m;
}

static kith_csr *
rows_of(const kith_network *net)
{
    kith_csr *rows = NULL;

    assert_int_equal(kith_csr_new(net, KITH_CSR_OUT, 0, &rows, NULL), KITH_OK);
    return rows;
}

/* Gould & Fernandez 1989, as they wrote it. */
static void
slow_roles(const struct matrix *m, const uint32_t *group, int64_t *count)
{
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++)
            for (int c = 0; c < N; c++) {
                bool known =
                    group[a] != UINT32_MAX && group[b] != UINT32_MAX && group[c] != UINT32_MAX;

                if (a == b || b == c || a == c || !known || !m->tie[a][b] || !m->tie[b][c] ||
                    m->tie[a][c])
                    continue;
                count[b * 5 + 0] += group[a] == group[b] && group[b] == group[c];
                count[b * 5 + 1] += group[a] != group[b] && group[b] == group[c];
                count[b * 5 + 2] += group[a] == group[b] && group[b] != group[c];
                count[b * 5 + 3] += group[a] == group[c] && group[b] != group[c];
                count[b * 5 + 4] +=
                    group[a] != group[b] && group[b] != group[c] && group[a] != group[c];
            }
}

static void
roles_are_those_of_a_loop_over_all_triples(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        g_autoptr(kith_network) net = net_blocks(seed, N, 3, 0.5, 0.25, seed % 2);
        g_autoptr(kith_csr) rows = rows_of(net);
        struct matrix m = matrix_of(net);
        kith_random random = kith_random_init(seed, 9);
        int64_t count[N * 5], slow[N * 5] = {0};
        uint32_t group[N];

        for (int v = 0; v < N; v++) {
            group[v] = (uint32_t)kith_random_below(&random, 4);
            group[v] = group[v] == 3 ? UINT32_MAX : group[v];
        }
        kith_brokerage_count(rows, group, count);
        slow_roles(&m, group, slow);
        assert_memory_equal(count, slow, sizeof count);
    }
}

/* Two groups of two and one on a chain of three: the one alone is as likely to be first, second or last. */
static void
what_to_expect_is_the_mean_over_all_ways_to_deal(void **state)
{
    g_autoptr(kith_network) net = net_new(3, 4, true);
    const uint32_t group[] = {0, 0, 1};
    g_autoptr(kith_csr) rows = NULL;
    kith_brokerage_chance one = {0}, four = {0};
    int64_t count[15];

    (void)state;
    net_tie(net, 0, 1);
    net_tie(net, 1, 2);
    rows = rows_of(net);
    kith_brokerage_count(rows, group, count);
    kith_brokerage_permute(rows, group, count, 3000, 1, 1, &one);
    kith_brokerage_permute(rows, group, count, 3000, 1, 4, &four);
    assert_int_equal(count[5 + KITH_REPRESENTATIVE], 1);
    assert_float_equal(one.mean[5 + KITH_REPRESENTATIVE], 1.0 / 3, 0.03);
    assert_float_equal(one.mean[5 + KITH_GATEKEEPER], 1.0 / 3, 0.03);
    assert_float_equal(one.mean[5 + KITH_CONSULTANT], 1.0 / 3, 0.03);
    assert_float_equal(one.z[5 + KITH_REPRESENTATIVE], sqrt(2), 0.1);
    assert_true(isnan(one.z[5 + KITH_LIAISON]));
    assert_memory_equal(one.mean, four.mean, sizeof count);
    kith_brokerage_chance_clear(&one);
    kith_brokerage_chance_clear(&four);
}

static void
effective_size_is_contacts_less_twice_their_ties_by_contact(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        g_autoptr(kith_network) net = net_blocks(seed, N, 2, 0.6, 0.2, false);
        g_autoptr(kith_csr) rows = rows_of(net);
        struct matrix m = matrix_of(net);
        double score[N];

        kith_effective_size(rows, score);
        for (int v = 0; v < N; v++) {
            int contacts = 0, ties = 0;

            for (int a = 0; a < N; a++)
                for (int b = 0; b < N; b++) {
                    contacts += m.tie[v][a] && a == b;
                    ties += a < b && m.tie[v][a] && m.tie[v][b] && m.tie[a][b];
                }
            if (contacts)
                assert_float_equal(score[v], contacts - 2.0 * ties / contacts, 1e-12);
            else
                assert_true(isnan(score[v]));
        }
    }
}

/* By squaring: who is reached in how many steps when one tie is gone. */
static int
slow_range(struct matrix m, int a, int b)
{
    bool reached[N] = {0};

    m.tie[a][b] = m.tie[b][a] = false;
    reached[a] = true;
    for (int steps = 1; steps < N; steps++) {
        bool next[N];

        memcpy(next, reached, sizeof next);
        for (int v = 0; v < N; v++)
            for (int to = 0; to < N; to++)
                next[to] = next[to] || (reached[v] && m.tie[v][to]);
        memcpy(reached, next, sizeof next);
        if (reached[b])
            return steps;
    }
    return 0;
}

static void
the_range_of_a_tie_is_the_way_round_it(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 30; seed++) {
        g_autoptr(kith_network) net = net_blocks(seed, N, 2, 0.25, 0.08, false);
        g_autoptr(kith_csr) rows = rows_of(net);
        g_autofree int32_t *range = g_new0(int32_t, net->m + 1);
        struct matrix m = matrix_of(net);

        kith_tie_ranges(net, rows, 1e9, range);
        for (int64_t i = 0; i < net->m; i++)
            assert_int_equal(range[i], slow_range(m, (int)net->from[i], (int)net->to[i]));
    }
}

/* Nine in ten estimates lie within three of their standard errors, and small networks are exact. */
static void
sampled_betweenness_is_near_the_exact_one_by_its_own_error(void **state)
{
    const kith_centrality *between = kith_centrality_find("betweenness");

    (void)state;
    for (uint64_t seed = 0; seed < 3; seed++) {
        g_autoptr(kith_network) small = net_blocks(seed, 60, 3, 0.2, 0.03, false);
        g_autoptr(kith_network) large = net_blocks(seed, 700, 7, 0.05, 0.002, false);

        for (int i = 0; i < 2; i++) {
            const kith_network *net = i ? large : small;
            g_autoptr(kith_csr) rows = rows_of(net);
            g_autofree double *score = g_new0(double, net->n), *error = g_new0(double, net->n);
            g_autofree double *exact = g_new0(double, net->n);
            int64_t near = 0;

            assert_int_equal(kith_betweenness_sample(rows, 1, NULL, score, error, NULL), KITH_OK);
            assert_int_equal(kith_centrality_score(between, net, false, NULL, exact, NULL),
                             KITH_OK);
            for (int64_t v = 0; v < net->n; v++)
                near += fabs(score[v] - exact[v]) <= 3 * error[v] + 1e-6;
            assert_true(i ? 10 * near >= 9 * net->n : near == net->n);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_are_those_of_a_loop_over_all_triples),
        cmocka_unit_test(what_to_expect_is_the_mean_over_all_ways_to_deal),
        cmocka_unit_test(effective_size_is_contacts_less_twice_their_ties_by_contact),
        cmocka_unit_test(the_range_of_a_tie_is_the_way_round_it),
        cmocka_unit_test(sampled_betweenness_is_near_the_exact_one_by_its_own_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
