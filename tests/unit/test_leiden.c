/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_leiden.c - groups against every division of small networks, definitions, and published optima. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../oracle/classics.h"
#include "../support/small.h"
#include "measures/consensus.h"
#include "measures/leiden.h"
#include "measures/partition.h"
#include "measures/random.h"

static kith_grouping *
problem(const kith_network *net, kith_group_quality quality, double resolution, bool weighted)
{
    kith_grouping *p = NULL;
    kith_error err = {0};

    if (kith_grouping_new(net, quality, resolution, weighted, &p, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return p;
}

static kith_leiden *
find(const kith_grouping *p, int64_t runs, int64_t threads)
{
    kith_leiden_plan plan = {.runs = runs, .seed = 1, .threads = threads};
    kith_leiden *found = NULL;
    kith_error err = {0};

    if (kith_leiden_find(p, &plan, &found, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return found;
}

/* A network of random ties, each pair or arc with probability p. */
static kith_network *
random_network(kith_random *random, int n, double p, bool directed, bool weighted)
{
    kith_network *net = g_new0(kith_network, 1);

    net->n = n;
    net->directed = directed;
    net->node = g_new0(kith_node, n);
    net->from = g_new0(uint32_t, n * n);
    net->to = g_new0(uint32_t, n * n);
    net->weight = g_new0(double, n *n);
    for (uint32_t i = 0; i < (uint32_t)n; i++)
        for (uint32_t j = directed ? 0 : i + 1; j < (uint32_t)n; j++)
            if (i != j && kith_random_real(random) < p) {
                net->from[net->m] = i;
                net->to[net->m] = j;
                net->weight[net->m++] = weighted ? 0.5 + 3 * kith_random_real(random) : 1;
            }
    return net;
}

/* Quality by its definition, pair by pair: Newman & Girvan 2004, Leicht & Newman 2008, Traag et al. 2011. */
static double
slow_quality(const kith_network *net, const uint32_t *group, kith_group_quality quality,
             double resolution)
{
    g_autofree double *a = g_new0(double, net->n * net->n), *out = g_new0(double, net->n),
                      *in = g_new0(double, net->n);
    double m = 0, sum = 0;

    for (int64_t e = 0; e < net->m; e++) {
        m += net->weight[e];
        a[net->from[e] * net->n + net->to[e]] += net->weight[e];
        out[net->from[e]] += net->weight[e];
        in[net->to[e]] += net->weight[e];
        if (net->directed)
            continue;
        a[net->to[e] * net->n + net->from[e]] += net->weight[e];
        out[net->to[e]] += net->weight[e];
        in[net->from[e]] += net->weight[e];
    }
    if (!net->directed && quality == KITH_GROUP_MODULARITY)
        m *= 2;
    for (int64_t i = 0; i < net->n; i++)
        for (int64_t j = 0; j < net->n; j++)
            if (group[i] == group[j] && quality == KITH_GROUP_MODULARITY)
                sum += a[i * net->n + j] - resolution * out[i] * in[j] / m;
            else if (group[i] == group[j] && i < j)
                sum += a[i * net->n + j] + (net->directed ? a[j * net->n + i] : 0) - resolution;
    return sum / m;
}

static void
quality_is_what_its_definition_says(void **state)
{
    kith_random random = kith_random_init(3, 0);

    (void)state;
    for (int round = 0; round < 200; round++) {
        bool directed = round % 2, cpm = round % 3 == 0;
        g_autoptr(kith_network) net = random_network(&random, 9, 0.4, directed, true);
        kith_group_quality quality = cpm ? KITH_GROUP_CPM : KITH_GROUP_MODULARITY;
        g_autoptr(kith_grouping) p = problem(net, quality, 0.7, true);
        uint32_t group[9];

        for (int v = 0; v < 9; v++)
            group[v] = (uint32_t)kith_random_below(&random, 4);
        if (net->m)
            assert_float_equal(kith_grouping_quality(p, group),
                               slow_quality(net, group, quality, 0.7), 1e-12);
    }
}

static void
coarser_networks_have_the_quality_of_finer_ones(void **state)
{
    kith_random random = kith_random_init(4, 0);

    (void)state;
    for (int round = 0; round < 50; round++) {
        g_autoptr(kith_network) net = random_network(&random, 12, 0.4, round % 2, false);
        g_autoptr(kith_grouping) p = problem(net, KITH_GROUP_MODULARITY, 1, false);
        g_autoptr(kith_grouping) q = NULL;
        uint32_t part[12], group[12], whole[12];

        for (int v = 0; v < 12; v++)
            part[v] = (uint32_t)kith_random_below(&random, 6);
        q = kith_grouping_coarser(p, part, kith_partition_number(part, 12));
        for (int64_t c = 0; c < q->n; c++)
            group[c] = (uint32_t)kith_random_below(&random, (uint64_t)q->n);
        for (int v = 0; v < 12; v++)
            whole[v] = group[part[v]];
        assert_float_equal(kith_grouping_quality(q, group), kith_grouping_quality(p, whole), 1e-6);
    }
}

/* The best of all divisions, each counted once: group[v] is at most one above all before it. */
static double
best_of_all(const kith_grouping *p, uint32_t *group, int64_t v, uint32_t used)
{
    double best = -1;

    if (v == p->n)
        return kith_grouping_quality(p, group);
    for (uint32_t c = 0; c <= used; c++) {
        group[v] = c;
        best = fmax(best, best_of_all(p, group, v + 1, MAX(used, c + 1)));
    }
    return best;
}

static void
small_networks_get_the_best_division_there_is_or_nearly(void **state)
{
    kith_random random = kith_random_init(5, 0);
    int missed = 0;

    (void)state;
    for (int round = 0; round < 60; round++) {
        g_autoptr(kith_network) net =
            random_network(&random, 8, 0.35, round % 3 == 0, round % 2 == 0);
        g_autoptr(kith_grouping) p = problem(
            net, round % 5 ? KITH_GROUP_MODULARITY : KITH_GROUP_CPM, round % 5 ? 1 : 0.4, true);
        g_autoptr(kith_leiden) found = find(p, 20, 1);
        uint32_t group[8];
        double best = best_of_all(p, group, 0, 0);

        assert_true(found->quality <= best + 1e-9);
        assert_true(found->quality >= best - 0.02);
        missed += found->quality < best - 1e-9;
    }
    assert_true(missed <= 1);
}

/* Whether each group hangs together, by growing from its first member. */
static void
assert_connected(const kith_network *net, const uint32_t *group, int64_t groups)
{
    g_autofree uint8_t *reached = g_new0(uint8_t, net->n);
    g_autofree uint8_t *started = g_new0(uint8_t, groups);
    bool grown = true;

    for (int64_t v = 0; v < net->n; v++) {
        reached[v] = !started[group[v]];
        started[group[v]] = 1;
    }
    while (grown) {
        grown = false;
        for (int64_t e = 0; e < net->m; e++) {
            uint32_t a = net->from[e], b = net->to[e];

            if (group[a] == group[b] && reached[a] != reached[b])
                reached[a] = reached[b] = grown = true;
        }
    }
    for (int64_t v = 0; v < net->n; v++)
        assert_true(reached[v]);
}

static void
every_group_hangs_together_and_threads_change_nothing(void **state)
{
    kith_random random = kith_random_init(6, 0);

    (void)state;
    for (int round = 0; round < 12; round++) {
        g_autoptr(kith_network) net =
            random_network(&random, 150, 0.015, round % 2, round % 3 == 0);
        g_autoptr(kith_grouping) p = problem(
            net, round % 4 ? KITH_GROUP_MODULARITY : KITH_GROUP_CPM, round % 4 ? 0.8 : 0.05, true);
        g_autoptr(kith_leiden) one = find(p, 8, 1), four = find(p, 8, 4);

        assert_connected(net, one->group, one->groups);
        assert_memory_equal(one->group, four->group, (size_t)net->n * sizeof *one->group);
        assert_true(one->quality >= one->run_quality[0] - 1e-9);
    }
}

static kith_network *
classic_network(const classic *c)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    kith_network_options options = {0};

    for (int i = 0; i < c->people; i++)
        small_person(b, c->person[i].name);
    for (int i = 0; i < c->ties; i++)
        small_edge(b, c->tie[i].from, c->tie[i].to, 1);
    g = small_build(b);
    return small_network(g, &options);
}

/* Proven optima: igraph_community_optimal_modularity(); the karate club's is also in Brandes et al. 2008. */
static void
the_classics_get_their_published_optima(void **state)
{
    static const double optimum[] = {0.2222222222222222, 0.39875, 0.41978961209730437};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(optimum); i++) {
        g_autoptr(kith_network) net = classic_network(&classics[i]);
        g_autoptr(kith_grouping) p = problem(net, KITH_GROUP_MODULARITY, 1, false);
        g_autoptr(kith_leiden) found = find(p, 20, 1);

        assert_float_equal(found->quality, optimum[i], 1e-12);
    }
}

static void
divisions_are_compared_by_what_they_share(void **state)
{
    const uint32_t a[] = {0, 0, 0, 1, 1, 1}, b[] = {5, 5, 5, 2, 2, 2}, c[] = {0, 0, 1, 1, 2, 2};
    const uint32_t missing[] = {5, UINT32_MAX, 5, 2, 2, UINT32_MAX}, one[] = {0, 0, 0, 0, 0, 0};

    (void)state;
    assert_float_equal(kith_partition_nmi(a, b, 6), 1, 1e-12);
    assert_float_equal(kith_partition_rand(a, b, 6), 1, 1e-12);
    assert_float_equal(kith_partition_nmi(a, missing, 6), 1, 1e-12);
    assert_float_equal(kith_partition_nmi(a, one, 6), 0, 1e-12);
    /* sklearn.metrics: normalized_mutual_info_score, adjusted_rand_score */
    assert_float_equal(kith_partition_nmi(a, c, 6), 0.5158037429793889, 1e-12);
    assert_float_equal(kith_partition_rand(a, c, 6), 0.24242424242424243, 1e-12);
}

static void
consensus_is_the_share_of_company_that_stays(void **state)
{
    const uint32_t group[] = {0, 0, 0, 1}, run[] = {0, 0, 0, 1, 2, 2, 3, 3};
    double score[4];

    (void)state;
    kith_consensus(group, run, 2, 4, score);
    assert_float_equal(score[0], (1 + 0.5) / 2, 1e-12);
    assert_float_equal(score[2], (1 + 0.0) / 2, 1e-12);
    assert_float_equal(score[3], (1 + 0.0) / 2, 1e-12);
}

static void
a_bad_weight_is_an_error(void **state)
{
    kith_random random = kith_random_init(7, 0);
    g_autoptr(kith_network) net = random_network(&random, 5, 0.9, false, true);
    kith_grouping *p = NULL;
    kith_error err = {0};

    (void)state;
    net->weight[1] = -1;
    assert_int_equal(kith_grouping_new(net, KITH_GROUP_MODULARITY, 1, true, &p, &err),
                     KITH_ERR_ARGUMENT);
    assert_null(p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quality_is_what_its_definition_says),
        cmocka_unit_test(coarser_networks_have_the_quality_of_finer_ones),
        cmocka_unit_test(small_networks_get_the_best_division_there_is_or_nearly),
        cmocka_unit_test(every_group_hangs_together_and_threads_change_nothing),
        cmocka_unit_test(the_classics_get_their_published_optima),
        cmocka_unit_test(divisions_are_compared_by_what_they_share),
        cmocka_unit_test(consensus_is_the_share_of_company_that_stays),
        cmocka_unit_test(a_bad_weight_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
