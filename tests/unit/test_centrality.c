/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_centrality.c - every measure against published values, slow definitions and by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../oracle/centrality.h"
#include "../oracle/classics.h"
#include "../support/share.h"
#include "../support/small.h"
#include "measures/centrality.h"
#include "measures/random.h"
#include "measures/rank.h"
#include <omp.h>

static double *
score_all(const kith_network *net, const char *measure, bool weighted)
{
    const kith_centrality *m = kith_centrality_find(measure);
    double *score = g_new0(double, net->n + 1);
    kith_error err = {0};

    assert_non_null(m);
    if (kith_centrality_score(m, net, weighted, NULL, score, &err) != KITH_OK)
        fail_msg("%s: %s", measure, err.message);
    return score;
}

static void
assert_near(double found, double expected, double tolerance, const char *what, const char *who)
{
    if (isnan(expected) && isnan(found))
        return;
    if (!(fabs(found - expected) <= tolerance * fmax(1, fabs(expected))))
        fail_msg("%s of %s: %.15g (expected %.15g)", what, who, found, expected);
}

static kith_graph *
classic_graph(const classic *c)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    for (int i = 0; i < c->people; i++)
        small_person(b, c->person[i].name);
    for (int i = 0; i < c->ties; i++)
        small_edge(b, c->tie[i].from, c->tie[i].to, 1);
    return small_build(b);
}

static void
the_classics_have_their_published_scores(void **state)
{
    (void)state;
    for (size_t k = 0; k < G_N_ELEMENTS(classics); k++) {
        g_autoptr(kith_graph) g = classic_graph(&classics[k]);
        kith_network_options options = {0};
        g_autoptr(kith_network) net = small_network(g, &options);

        assert_int_equal(net->n, classics[k].people);
        assert_int_equal(net->m, classics[k].ties);
        for (int q = 0; q < 9; q++) {
            g_autofree double *score = score_all(net, classic_measures[q], false);

            for (int i = 0; i < classics[k].people; i++) {
                const classic_person *p = &classics[k].person[i];
                int64_t v = kith_network_vertex(net, small_find(g, p->name));

                assert_near(score[v], p->score[q], 1e-10, classic_measures[q], p->name);
            }
        }
    }
}

static const char *
first_by(const classic *c, const char *measure, int place)
{
    g_autoptr(kith_graph) g = classic_graph(c);
    kith_network_options options = {0};
    g_autoptr(kith_network) net = small_network(g, &options);
    g_autofree double *score = score_all(net, measure, false);
    g_autofree int64_t *order =
        kith_rank_order(score, net->n, kith_centrality_find(measure)->lowest_first);
    const char *label = kith_graph_label(g, net->node[order[place]]);

    for (int i = 0; i < c->people; i++)
        if (g_str_equal(c->person[i].name, label))
            return c->person[i].name;
    return NULL;
}

/* Krackhardt 1990, fig. 1; Padgett & Ansell 1993; Zachary 1977. */
static void
the_classics_have_their_published_leaders(void **state)
{
    const classic *kite = &classics[0], *florentine = &classics[1], *karate = &classics[2];

    (void)state;
    assert_string_equal(first_by(kite, "degree", 0), "Diane");
    assert_string_equal(first_by(kite, "betweenness", 0), "Heather");
    assert_string_equal(first_by(kite, "closeness", 0), "Fernando");
    assert_string_equal(first_by(kite, "closeness", 1), "Garth");
    assert_string_equal(first_by(florentine, "betweenness", 0), "Medici");
    assert_string_equal(first_by(florentine, "betweenness", 1), "Guadagni");
    assert_string_equal(first_by(karate, "degree", 0), "34");
    assert_string_equal(first_by(karate, "betweenness", 0), "1");
    assert_string_equal(first_by(karate, "constraint", 0), "1");
}

/* Davis, Gardner & Gardner 1941, Deep South, fig. 3. */
static const struct {
    const char *woman, *events;
    double degree, betweenness;
} southern_women[] = {
    {"EVELYN", "E1 E2 E3 E4 E5 E6 E8 E9", 17, 1.37662337662},
    {"LAURA", "E1 E2 E3 E5 E6 E7 E8", 15, 0.363636363636},
    {"THERESA", "E2 E3 E4 E5 E6 E7 E8 E9", 17, 1.37662337662},
    {"BRENDA", "E1 E3 E4 E5 E6 E7 E8", 15, 0.363636363636},
    {"CHARLOTTE", "E3 E4 E5 E7", 11, 0},
    {"FRANCES", "E3 E5 E6 E8", 15, 0.363636363636},
    {"ELEANOR", "E5 E6 E7 E8", 15, 0.363636363636},
    {"PEARL", "E6 E8 E9", 16, 0.727272727273},
    {"RUTH", "E5 E7 E8 E9", 17, 1.37662337662},
    {"VERNE", "E7 E8 E9 E12", 17, 1.37662337662},
    {"MYRNA", "E8 E9 E10 E12", 16, 0.727272727273},
    {"KATHERINE", "E8 E9 E10 E12 E13 E14", 16, 0.727272727273},
    {"SYLVIA", "E7 E8 E9 E10 E12 E13 E14", 17, 1.37662337662},
    {"NORA", "E6 E7 E9 E10 E11 E12 E13 E14", 17, 1.37662337662},
    {"HELEN", "E7 E8 E10 E11 E12", 17, 1.37662337662},
    {"DOROTHY", "E8 E9", 16, 0.727272727273},
    {"OLIVIA", "E9 E11", 12, 0},
    {"FLORA", "E9 E11", 12, 0},
};

/* With Newman's weights a strength is the number of events attended (of at least two people). */
static void
southern_women_meet_at_the_events_of_the_book(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {.together = true};
    g_autofree double *degree = NULL, *strength = NULL, *betweenness = NULL;
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(southern_women); i++) {
        g_auto(GStrv) events = g_strsplit(southern_women[i].events, " ", -1);

        for (int e = 0; events[e]; e++)
            small_attends(b, southern_women[i].woman, events[e], "attended");
    }
    g = small_build(b);
    net = small_network(g, &options);
    assert_int_equal(net->n, 18);
    assert_int_equal(net->m, 139);
    degree = score_all(net, "degree", false);
    strength = score_all(net, "strength", false);
    betweenness = score_all(net, "betweenness", false);
    for (size_t i = 0; i < G_N_ELEMENTS(southern_women); i++) {
        const char *who = southern_women[i].woman;
        g_auto(GStrv) events = g_strsplit(southern_women[i].events, " ", -1);
        int64_t v = kith_network_vertex(net, small_find(g, who));

        assert_near(degree[v], southern_women[i].degree, 0, "degree", who);
        assert_near(strength[v], g_strv_length(events), 1e-10, "strength", who);
        assert_near(betweenness[v], southern_women[i].betweenness, 1e-10, "betweenness", who);
    }
}

/* A random network of n people; density and direction vary, many are disconnected. */
static kith_graph *
random_graph(kith_random *random, bool directed)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    int n = 2 + (int)kith_random_below(random, 11);
    double density = kith_random_real(random) * kith_random_real(random);

    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            char from[8], to[8];

            g_snprintf(from, sizeof from, "p%02d", i);
            g_snprintf(to, sizeof to, "p%02d", j);
            small_person(b, from);
            if (i == j || kith_random_real(random) >= density)
                continue;
            /* Uneven weights, so that no two ways are equally long by chance. */
            if (directed)
                small_weighted(b, KITH_TIE, from, to, 0.5 + kith_random_real(random));
            else
                small_edge(b, from, to, 0.5 + kith_random_real(random));
        }
    return small_build(b);
}

/* The oracle squares matrices of long doubles, which valgrind reckons as doubles. */
static double
tolerance(void)
{
    volatile long double one = 1;

    return one + 0x1p-60L == one ? 1e-7 : 1e-9;
}

static void
compare_with_oracle(const kith_network *net, bool weighted)
{
    static const char *const names[] = {"betweenness", "harmonic",   "closeness", "pagerank",
                                        "katz",        "constraint", "core",      "clustering",
                                        "hub",         "authority"};
    static oracle o, plain;

    oracle_init(&o, net, weighted);
    oracle_init(&plain, net, false);
    for (size_t q = 0; q < G_N_ELEMENTS(names); q++) {
        g_autofree double *score = score_all(net, names[q], weighted);
        double expected[ORACLE_MOST];

        if (q == 0)
            oracle_betweenness(&o, net->directed, expected);
        else if (q == 1)
            oracle_harmonic(&o, expected);
        else if (q == 2)
            oracle_closeness(&o, expected);
        else if (q == 3)
            oracle_pagerank(&o, expected);
        else if (q == 4)
            oracle_katz(&o, expected);
        else if (q == 5)
            oracle_constraint(&o, expected);
        else if (q == 6)
            oracle_core(&plain, expected);
        else if (q == 7)
            oracle_clustering(&plain, expected);
        else if (q == 8)
            oracle_hub(&o, expected);
        else
            oracle_authority(&o, expected);
        for (int64_t i = 0; i < net->n; i++)
            assert_near(score[i], expected[i], tolerance(), names[q], "a vertex");
    }
}

static void
every_measure_agrees_with_its_definition_on_random_networks(void **state)
{
    kith_random random = kith_random_init(20261123, 1);

    (void)state;
    for (int round = 0; round < share_of(400); round++) {
        g_autoptr(kith_graph) g = random_graph(&random, round % 2);
        kith_network_options options = {.direction = round % 2 ? KITH_NETWORK_DIRECTED
                                                               : KITH_NETWORK_UNDIRECTED};
        g_autoptr(kith_network) net = small_network(g, &options);

        compare_with_oracle(net, false);
        compare_with_oracle(net, true);
    }
}

/* A x = l x with x > 0 on a connected part has one solution (Perron), so checking the equation is
 * enough. */
static void
the_eigenvector_is_one_of_the_largest_part(void **state)
{
    kith_random random = kith_random_init(7, 2);

    (void)state;
    for (int round = 0; round < share_of(300); round++) {
        g_autoptr(kith_graph) g = random_graph(&random, false);
        kith_network_options options = {0};
        g_autoptr(kith_network) net = small_network(g, &options);
        g_autofree double *x = score_all(net, "eigenvector", round % 2);
        static oracle o;
        double largest = 0, eigenvalue = 0;
        int positive = 0, top = 0;

        oracle_init(&o, net, round % 2);
        for (int i = 0; i < o.n; i++) {
            positive += x[i] > 0;
            top = x[i] > x[top] ? i : top;
        }
        assert_near(x[top], 1, 0, "the largest", "a vertex");
        for (int j = 0; j < o.n; j++)
            eigenvalue += o.both[top][j] * x[j];
        for (int i = 0; i < o.n; i++) {
            double sum = 0;

            for (int j = 0; j < o.n; j++) {
                sum += o.both[i][j] * x[j];
                assert_false(o.both[i][j] > 0 && (x[i] > 0) != (x[j] > 0));
            }
            largest = fmax(largest, fabs(sum - eigenvalue * x[i]));
        }
        assert_true(largest < 1e-9 * fmax(1, eigenvalue));
        assert_true(positive >= 1);
    }
}

/* Two parts: the larger has the vector although the smaller has the larger eigenvalue. */
static void
the_eigenvector_belongs_to_the_part_with_most_people(void **state)
{
    static const char *const path[] = {"a", "b", "c", "d", "e", "f"};
    static const char *const clique[] = {"v", "w", "x", "y", "z"};
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {0};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;
    g_autofree double *x = NULL;

    (void)state;
    for (int i = 0; i < 5; i++)
        small_edge(b, path[i], path[i + 1], 1);
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < i; j++)
            small_edge(b, clique[i], clique[j], 1);
    g = small_build(b);
    net = small_network(g, &options);
    x = score_all(net, "eigenvector", false);
    for (int i = 0; i < 6; i++) /* of a path of n: sin(pi k / (n + 1)) */
        assert_near(x[i], sin(G_PI * (i + 1) / 7) / sin(G_PI * 3 / 7), 1e-11, "x", path[i]);
    for (int i = 6; i < 11; i++)
        assert_true(x[i] == 0);
}

static void
katz_exists_where_nothing_comes_back(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {0};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;
    g_autofree double *x = NULL;
    double a = 0.85 / sqrt(2), most = 1 + a + a * a;

    (void)state;
    small_tie(b, KITH_REFERRED, "a", "b");
    small_tie(b, KITH_REFERRED, "b", "c");
    g = small_build(b);
    net = small_network(g, &options);
    assert_true(net->directed);
    x = score_all(net, "katz", false);
    assert_near(x[0], 1 / most, 1e-11, "katz", "a");
    assert_near(x[1], (1 + a) / most, 1e-11, "katz", "b");
    assert_near(x[2], 1, 0, "katz", "c");
}

static void
nobody_and_nothing_are_no_trouble(void **state)
{
    g_autoptr(kith_builder) empty = kith_builder_new(), lonely = kith_builder_new();
    kith_network_options options = {0};
    g_autoptr(kith_graph) none = small_build(empty);
    g_autoptr(kith_network) nobody = small_network(none, &options);
    g_autoptr(kith_graph) few = NULL;
    g_autoptr(kith_network) net = NULL;

    (void)state;
    small_person(lonely, "a");
    small_person(lonely, "b");
    few = small_build(lonely);
    net = small_network(few, &options);
    for (int64_t i = 0; kith_centrality_at(i); i++) {
        const char *name = kith_centrality_at(i)->name;
        g_autofree double *nothing = score_all(nobody, name, true);
        g_autofree double *score = score_all(net, name, false);

        assert_non_null(nothing);
        if (g_str_equal(name, "constraint"))
            assert_true(isnan(score[0]) && isnan(score[1]));
        else if (g_str_equal(name, "pagerank"))
            assert_near(score[0], 0.5, 1e-12, name, "a");
        else if (g_str_equal(name, "katz") || g_str_equal(name, "eigenvector"))
            assert_near(score[0], 1, 0, name, "a");
        else if (g_str_equal(name, "spread")) /* each tells themselves; sampled */
            assert_near(score[0], 1, 0.03, name, "a");
        else
            assert_true(score[0] == 0 && score[1] == 0);
    }
}

static void
a_weight_that_is_no_weight_is_refused(void **state)
{
    static const double bad[] = {NAN, INFINITY, -1, 0, 1e-310};
    kith_node node[] = {0, 1};
    uint32_t from[] = {0}, to[] = {1};
    double weight[] = {1}, score[2];
    kith_network net = {.n = 2, .m = 1, .node = node, .from = from, .to = to, .weight = weight};

    (void)state;
    for (size_t k = 0; k < G_N_ELEMENTS(bad); k++)
        for (int64_t i = 0; kith_centrality_at(i); i++) {
            kith_error err = {0};

            weight[0] = bad[k];
            assert_int_equal(
                kith_centrality_score(kith_centrality_at(i), &net, true, NULL, score, &err),
                KITH_ERR_ARGUMENT);
            assert_non_null(strstr(err.message, "bad weight"));
        }
}

static void
threads_do_not_change_a_digit(void **state)
{
    kith_random random = kith_random_init(3, 3);
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {.direction = KITH_NETWORK_DIRECTED};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;
    int before = omp_get_max_threads();

    (void)state;
    for (int i = 0; i < 8000; i++) {
        char from[8], to[8];

        g_snprintf(from, sizeof from, "%d", (int)kith_random_below(&random, 2000));
        g_snprintf(to, sizeof to, "%d", (int)kith_random_below(&random, 2000));
        if (!g_str_equal(from, to))
            small_tie(b, KITH_TIE, from, to);
    }
    g = small_build(b);
    net = small_network(g, &options);
    for (int64_t i = 0; kith_centrality_at(i); i++) {
        g_autofree double *one = NULL, *four = NULL;

        omp_set_num_threads(1);
        one = score_all(net, kith_centrality_at(i)->name, true);
        omp_set_num_threads(4);
        four = score_all(net, kith_centrality_at(i)->name, true);
        assert_memory_equal(one, four, (size_t)net->n * sizeof *one);
        assert_int_equal(omp_get_max_threads(), 4);
    }
    omp_set_num_threads(before);
}

static void
the_choices_name_every_measure(void **state)
{
    g_auto(GStrv) names = g_strsplit(KITH_CENTRALITY_CHOICES, "|", -1);
    int i = 0;

    (void)state;
    for (; names[i]; i++)
        assert_string_equal(kith_centrality_at(i)->name, names[i]);
    assert_null(kith_centrality_at(i));
    assert_null(kith_centrality_find("fame"));
}

static void
ranks_put_the_missing_last_and_equals_in_node_order(void **state)
{
    double score[] = {2, NAN, 5, 2, 0.1 + 0.2, 0.3};
    g_autofree int64_t *order = NULL, *low = NULL;

    (void)state;
    kith_rank_tidy(score, 6);
    assert_true(score[4] == score[5]);
    order = kith_rank_order(score, 6, false);
    assert_memory_equal(order, ((int64_t[]){2, 0, 3, 4, 5, 1}), 6 * sizeof *order);
    low = kith_rank_order(score, 6, true);
    assert_int_equal(low[0], 4);
    assert_int_equal(low[5], 1);
}

static void
tidied_scores_keep_twelve_digits(void **state)
{
    double score[] = {1.0 / 3, 231.0714285714286, 0, -2.5, 1e-300, 123456789012345.0, 1e300, 14};

    (void)state;
    kith_rank_tidy(score, 8);
    assert_true(score[0] == 0.333333333333);
    assert_true(score[1] == 231.071428571);
    assert_true(score[2] == 0 && score[3] == -2.5 && score[4] == 1e-300);
    assert_true(score[5] == 123456789012000.0);
    assert_true(fabs(score[6] / 1e300 - 1) < 1e-15);
    assert_true(score[7] == 14);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_classics_have_their_published_scores),
        cmocka_unit_test(the_classics_have_their_published_leaders),
        cmocka_unit_test(southern_women_meet_at_the_events_of_the_book),
        cmocka_unit_test(every_measure_agrees_with_its_definition_on_random_networks),
        cmocka_unit_test(the_eigenvector_is_one_of_the_largest_part),
        cmocka_unit_test(the_eigenvector_belongs_to_the_part_with_most_people),
        cmocka_unit_test(katz_exists_where_nothing_comes_back),
        cmocka_unit_test(nobody_and_nothing_are_no_trouble),
        cmocka_unit_test(a_weight_that_is_no_weight_is_refused),
        cmocka_unit_test(threads_do_not_change_a_digit),
        cmocka_unit_test(the_choices_name_every_measure),
        cmocka_unit_test(ranks_put_the_missing_last_and_equals_in_node_order),
        cmocka_unit_test(tidied_scores_keep_twelve_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
