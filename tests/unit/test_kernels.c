/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_kernels.c - every kernel against igraph, on hundreds of random networks: directed or not, weighted or not, in pieces,
 * with loops and repeated ties, from two vertices to more than the 512 lanes of a traversal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/centrality.h"
#include "measures/random.h"
#include "measures/rank.h"
#include "measures/sampled.h"
#include "measures/triangles.h"
#include "model/ig.h"
#include <omp.h>

#define TRIALS 240

/* A network as kith reads it, and the igraph_t of the same ties with loops dropped and repeats added up. */
struct pair {
    kith_graph *graph;
    kith_network *net;
    igraph_t plain;
    igraph_vector_t weight;
};

static void
pair_clear(struct pair *p)
{
    kith_network_free(p->net);
    kith_graph_free(p->graph);
    igraph_destroy(&p->plain);
    igraph_vector_destroy(&p->weight);
}

static void
check(igraph_error_t code)
{
    assert_int_equal(code, IGRAPH_SUCCESS);
}

/* Sizes that stay within one batch of every kernel, that fill several, and shapes from trees to cliques. */
static void
pair_init(struct pair *p, uint64_t trial, bool directed)
{
    kith_random random = kith_random_init(trial, 7);
    int64_t n = trial % 40 == 39 ? 700 : 2 + (int64_t)kith_random_below(&random, 60);
    int64_t m = (int64_t)kith_random_below(&random, (uint64_t)(trial % 3 ? 2 * n : n * n / 4 + 4));
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {.direction =
                                        directed ? KITH_NETWORK_DIRECTED : KITH_NETWORK_UNDIRECTED};
    g_auto(igraph_vector_int_t) edges = {0};
    igraph_attribute_combination_t none;

    m = MIN(m, 3000);
    check(igraph_vector_int_init(&edges, 2 * m));
    check(igraph_vector_init(&p->weight, 0));
    for (int64_t i = 0; i < n; i++) {
        char name[16];

        g_snprintf(name, sizeof name, "%05d", (int)i);
        small_person(b, name);
    }
    for (int64_t i = 0; i < m; i++) {
        char from[16], to[16];
        int64_t u = (int64_t)kith_random_below(&random, (uint64_t)n);
        int64_t v = trial % 5 == 4 ? (u + 1) % n : (int64_t)kith_random_below(&random, (uint64_t)n);

        g_snprintf(from, sizeof from, "%05d", (int)u);
        g_snprintf(to, sizeof to, "%05d", (int)v);
        VECTOR(edges)[2 * i] = u;
        VECTOR(edges)[2 * i + 1] = v;
        small_weighted(b, KITH_TIE, from, to, 1);
    }
    p->graph = small_build(b);
    p->net = small_network(p->graph, &options);
    assert_int_equal(p->net->n, n);
    check(igraph_create(&p->plain, &edges, n, directed));
    check(igraph_attribute_combination_init(&none));
    check(igraph_simplify(&p->plain, true, true, &none));
    igraph_attribute_combination_destroy(&none);
    assert_int_equal(igraph_ecount(&p->plain), p->net->m);
    /* Both lists are sorted by ends, so the same draws weigh the same ties. */
    for (int64_t i = 0; i < p->net->m; i++)
        p->net->weight[i] = 1 + (double)kith_random_below(&random, 5);
    for (int64_t i = 0; i < p->net->m; i++) {
        igraph_integer_t id;

        check(igraph_get_eid(&p->plain, &id, p->net->from[i], p->net->to[i], directed, true));
        while (igraph_vector_size(&p->weight) <= id)
            check(igraph_vector_push_back(&p->weight, 0));
        VECTOR(p->weight)[id] = p->net->weight[i];
    }
}

/* What kith says is undirected, igraph must see so too: the collapse adds up both ways. */
static void
collapse(struct pair *p)
{
    g_autoptr(kith_network) both = kith_network_collapse(p->net);

    igraph_destroy(&p->plain);
    igraph_vector_destroy(&p->weight);
    check(igraph_vector_init(&p->weight, both->m));
    for (int64_t i = 0; i < both->m; i++)
        VECTOR(p->weight)[i] = both->weight[i];
    both->directed = false;
    assert_int_equal(kith_ig_graph(both, &p->plain, NULL), KITH_OK);
}

static void
lengths(const struct pair *p, igraph_vector_t *out)
{
    check(igraph_vector_init_copy(out, &p->weight));
    for (int64_t i = 0; i < igraph_vector_size(out); i++)
        VECTOR(*out)[i] = 1 / VECTOR(*out)[i];
}

/* igraph's answer in our conventions: what is not defined is 0, or missing for constraint. */
static void
ask_igraph(const struct pair *p, const char *measure, bool weighted, igraph_vector_t *out)
{
    g_auto(igraph_vector_t) length = {0};
    const igraph_vector_t *w = weighted ? &p->weight : NULL, *l = weighted ? &length : NULL;
    igraph_bool_t directed = igraph_is_directed(&p->plain);

    lengths(p, &length);
    check(igraph_vector_init(out, 0));
    if (g_str_equal(measure, "betweenness"))
        check(igraph_betweenness(&p->plain, out, igraph_vss_all(), directed, l));
    else if (g_str_equal(measure, "harmonic"))
        check(igraph_harmonic_centrality(&p->plain, out, igraph_vss_all(), IGRAPH_ALL, l, true));
    else if (g_str_equal(measure, "closeness"))
        check(igraph_closeness(&p->plain, out, NULL, NULL, igraph_vss_all(), IGRAPH_ALL, l, true));
    else if (g_str_equal(measure, "pagerank"))
        check(igraph_pagerank(&p->plain, IGRAPH_PAGERANK_ALGO_PRPACK, out, NULL, igraph_vss_all(),
                              directed, 0.85, w, NULL));
    else if (g_str_equal(measure, "constraint"))
        check(igraph_constraint(&p->plain, out, igraph_vss_all(), w));
    else if (g_str_equal(measure, "clustering"))
        check(igraph_transitivity_local_undirected(&p->plain, out, igraph_vss_all(),
                                                   IGRAPH_TRANSITIVITY_ZERO));
    else {
        g_auto(igraph_vector_int_t) core = {0};

        check(igraph_vector_int_init(&core, 0));
        check(igraph_coreness(&p->plain, &core, IGRAPH_ALL));
        for (int64_t i = 0; i < igraph_vector_int_size(&core); i++)
            check(igraph_vector_push_back(out, (double)VECTOR(core)[i]));
    }
}

static void
compare(const struct pair *p, const char *measure, bool weighted, const char *what, uint64_t trial)
{
    g_auto(igraph_vector_t) expected = {0};
    g_autofree double *found = g_new0(double, p->net->n + 1);
    kith_error err = {0};

    ask_igraph(p, measure, weighted, &expected);
    if (kith_centrality_score(kith_centrality_find(measure), p->net, weighted, NULL, found, &err))
        fail_msg("%s: %s", measure, err.message);
    for (int64_t i = 0; i < p->net->n; i++) {
        double e = VECTOR(expected)[i];

        if (isnan(e))
            e = g_str_equal(measure, "constraint") ? found[i] : 0;
        if (isnan(found[i]) && g_str_equal(measure, "constraint"))
            continue; /* alone: igraph says NaN or 0 */
        if (!(fabs(found[i] - e) <= 1e-9 * fmax(fabs(e), 1e-6)))
            fail_msg("%s%s of %d in %s network %d: %.15g (igraph: %.15g)", measure,
                     weighted ? " weighted" : "", (int)i, what, (int)trial, found[i], e);
    }
}

static void
every_kernel_agrees_with_igraph(void **state)
{
    static const char *const as_is[] = {"betweenness", "pagerank"};
    static const char *const collapsed[] = {"harmonic", "closeness", "core", "constraint",
                                            "clustering"};

    (void)state;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        __attribute__((cleanup(pair_clear))) struct pair p = {0};
        bool directed = trial % 2;
        const char *what = directed ? "directed" : "undirected";
        IG_SCOPE();

        pair_init(&p, trial, directed);
        for (int w = 0; w < 2; w++) {
            for (size_t k = 0; k < G_N_ELEMENTS(as_is); k++)
                compare(&p, as_is[k], w, what, trial);
        }
        collapse(&p);
        for (int w = 0; w < 2; w++)
            for (size_t k = 0; k < G_N_ELEMENTS(collapsed); k++)
                compare(&p, collapsed[k], w && k != 2 && k != 4, what, trial);
    }
}

/* The k best, and who is equal to the k-th, with the same digits as when everybody is scored; nobody else. */
static void
the_best_are_those_of_all(void **state)
{
    const kith_centrality *harmonic = kith_centrality_find("harmonic");

    (void)state;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        __attribute__((cleanup(pair_clear))) struct pair p = {0};
        g_autofree double *all = NULL, *best = NULL;
        g_autofree int64_t *order = NULL;
        int64_t k = 1 + (int64_t)(trial % 7);
        IG_SCOPE();

        pair_init(&p, trial, trial % 2);
        all = g_new0(double, p.net->n + 1);
        best = g_new0(double, p.net->n + 1);
        assert_int_equal(kith_centrality_score(harmonic, p.net, false, NULL, all, NULL), KITH_OK);
        assert_int_equal(kith_centrality_best(harmonic, p.net, k, NULL, best, NULL), KITH_OK);
        order = kith_rank_order(all, p.net->n, false);
        for (int64_t v = 0; v < p.net->n; v++)
            if (k >= p.net->n || all[v] >= all[order[k - 1]])
                assert_true(best[v] == all[v]);
            else
                assert_true(isnan(best[v]));
    }
}

static void
tie_numbers(kith_builder *b, int u, int v)
{
    char from[16], to[16];

    g_snprintf(from, sizeof from, "%05d", u);
    g_snprintf(to, sizeof to, "%05d", v);
    small_weighted(b, KITH_TIE, from, to, 1);
}

/*
 * A ring of 31 cliques of 20, whose members promise much and are far from most, and eight hubs of 60 leaves around a
 * middle, who promise less and are nearest to theirs: they are walked from after all 512 of a first round, and one step shows
 * too little of them.
 */
static kith_network *
promising_ring(kith_graph **graph)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    const kith_network_options options = {.direction = KITH_NETWORK_UNDIRECTED};

    for (int c = 0; c < 31; c++) {
        for (int i = 0; i < 20; i++)
            for (int j = i + 1; j < 20; j++)
                tie_numbers(b, 20 * c + i, 20 * c + j);
        tie_numbers(b, 20 * c, 20 * ((c + 1) % 31) + 1);
    }
    for (int hub = 0; hub < 8; hub++) {
        tie_numbers(b, 1000, 2000 + hub);
        for (int leaf = 0; leaf < 60; leaf++)
            tie_numbers(b, 2000 + hub, 3000 + 100 * hub + leaf);
    }
    *graph = small_build(b);
    return small_network(*graph, &options);
}

static void
the_best_are_found_behind_many_who_promise_more(void **state)
{
    g_autoptr(kith_graph) graph = NULL;
    g_autoptr(kith_network) net = promising_ring(&graph);
    const kith_centrality *harmonic = kith_centrality_find("harmonic");
    g_autofree double *all = g_new0(double, net->n + 1), *best = g_new0(double, net->n + 1);
    int found = 0;

    (void)state;
    assert_int_equal(net->n, 1109);
    assert_int_equal(kith_centrality_score(harmonic, net, false, NULL, all, NULL), KITH_OK);
    assert_int_equal(kith_centrality_best(harmonic, net, 9, NULL, best, NULL), KITH_OK);
    for (int64_t v = 0; v < net->n; v++)
        if (!isnan(best[v])) {
            assert_true(best[v] == all[v]);
            found++;
        }
    assert_int_equal(found, 9); /* the middle and the hubs */
}

/* Burt 1992 word for word: each contact counts 1, less what others of one's contacts already reach. */
static double
effective_size(const kith_network *net, double w[64][64], int x)
{
    double size = 0, all = 0;

    for (int y = 0; y < net->n; y++)
        all += w[x][y];
    for (int y = 0; y < net->n; y++) {
        double most = 0, redundant = 0;

        if (w[x][y] <= 0)
            continue;
        for (int z = 0; z < net->n; z++)
            most = fmax(most, w[y][z]);
        for (int z = 0; z < net->n; z++)
            redundant += w[x][z] / all * w[y][z] / most;
        size += 1 - redundant;
    }
    return size;
}

static void
ties_know_what_their_ends_share(void **state)
{
    (void)state;
    for (uint64_t trial = 0; trial < 78; trial++) {
        __attribute__((cleanup(pair_clear))) struct pair p = {0};
        static double w[64][64];
        bool weighted = trial % 2;
        g_autoptr(kith_network) net = NULL;
        g_autoptr(kith_triangles) t = NULL;
        g_autofree double *size = NULL;
        IG_SCOPE();

        if (trial % 40 == 39)
            continue;
        pair_init(&p, trial, false);
        net = kith_network_collapse(p.net);
        memset(w, 0, sizeof w);
        for (int64_t e = 0; e < net->m; e++)
            w[net->from[e]][net->to[e]] = w[net->to[e]][net->from[e]] =
                weighted ? net->weight[e] : 1;
        assert_int_equal(kith_triangles_new(net, weighted, NULL, &t, NULL), KITH_OK);
        size = g_new0(double, net->n + 1);
        kith_triangles_effective_size(t, net, size);
        for (int x = 0; x < net->n; x++)
            assert_true(fabs(size[x] - effective_size(net, w, x)) < 1e-9);
        for (int64_t e = 0; e < net->m; e++) {
            uint32_t common = 0;

            for (int z = 0; z < net->n; z++)
                common += w[net->from[e]][z] > 0 && w[net->to[e]][z] > 0;
            assert_int_equal(t->common[e], common);
        }
    }
}

/* The bound holds with 95 %, and is wide: on 60 networks it is never broken. */
static void
samples_are_within_their_error(void **state)
{
    (void)state;
    for (uint64_t trial = 0; trial < 60; trial++) {
        __attribute__((cleanup(pair_clear))) struct pair p = {0};
        kith_sampled_plan plan = {
            .seed = (int64_t)trial, .steps = 200000, .error = 0.02, .risk = 0.05};
        kith_sampled one = {0}, two = {0};
        kith_question question = {.threads = 1};
        kith_work work = kith_work_of(&question);
        g_autofree double *exact = NULL, *alone = NULL, *together = NULL;
        IG_SCOPE();

        pair_init(&p, trial, trial % 2);
        exact = g_new0(double, p.net->n + 1);
        alone = g_new0(double, p.net->n + 1);
        together = g_new0(double, p.net->n + 1);
        assert_int_equal(kith_centrality_score(kith_centrality_find("betweenness"), p.net, false,
                                               NULL, exact, NULL),
                         KITH_OK);
        assert_int_equal(kith_betweenness_sampled(p.net, &plan, &work, alone, &one, NULL), KITH_OK);
        assert_int_equal(kith_betweenness_sampled(p.net, &plan, NULL, together, &two, NULL),
                         KITH_OK);
        assert_int_equal(one.samples, two.samples);
        assert_memory_equal(alone, together, (size_t)p.net->n * sizeof *alone);
        for (int64_t v = 0; v < p.net->n; v++)
            assert_true(fabs(alone[v] - exact[v]) <= one.error * one.pairs + 1e-9);
        assert_true(p.net->n < 3 || (one.samples >= KITH_SAMPLED_LEAST && one.error < 0.2));
    }
}

/* A path drawn is each of the shortest with the same chance: in a ladder of diamonds the middles are all alike. */
static void
every_shortest_path_is_as_likely(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {.direction = KITH_NETWORK_UNDIRECTED};
    kith_sampled_plan plan = {.seed = 1, .steps = 4e6, .error = 0.001, .risk = 0.05};
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_network) net = NULL;
    double score[11], exact[11];
    kith_sampled s;

    (void)state;
    for (int i = 0; i < 3; i++)
        for (int side = 1; side < 3; side++) {
            char from[8], middle[8], to[8];

            g_snprintf(from, sizeof from, "%02d", 3 * i);
            g_snprintf(middle, sizeof middle, "%02d", 3 * i + side);
            g_snprintf(to, sizeof to, "%02d", 3 * i + 3);
            small_tie(b, KITH_TIE, from, middle);
            small_tie(b, KITH_TIE, middle, to);
        }
    g = small_build(b);
    net = small_network(g, &options);
    assert_int_equal(net->n, 10);
    assert_int_equal(kith_betweenness_sampled(net, &plan, NULL, score, &s, NULL), KITH_OK);
    assert_int_equal(
        kith_centrality_score(kith_centrality_find("betweenness"), net, false, NULL, exact, NULL),
        KITH_OK);
    assert_true(s.samples > 100000);
    for (int v = 0; v < 10; v++)
        assert_true(fabs(score[v] - exact[v]) < 0.004 * s.pairs);
}

static bool
stop_later(void *payload, double done)
{
    int *calls = payload;

    (void)done;
    return ++*calls < 3;
}

static void
every_kernel_stops_when_asked(void **state)
{
    __attribute__((cleanup(pair_clear))) struct pair p = {0};
    IG_SCOPE();

    (void)state;
    pair_init(&p, 39, true);
    for (int64_t i = 0; kith_centrality_at(i); i++) {
        g_autofree double *score = g_new0(double, p.net->n + 1);
        int calls = 2;
        kith_question question = {.progress = stop_later, .payload = &calls};
        kith_work work = kith_work_of(&question);
        kith_error err = {0};

        assert_int_equal(
            kith_centrality_score(kith_centrality_at(i), p.net, true, &work, score, &err),
            KITH_ERR_CANCELLED);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_agrees_with_igraph),
        cmocka_unit_test(the_best_are_those_of_all),
        cmocka_unit_test(the_best_are_found_behind_many_who_promise_more),
        cmocka_unit_test(ties_know_what_their_ends_share),
        cmocka_unit_test(samples_are_within_their_error),
        cmocka_unit_test(every_shortest_path_is_as_likely),
        cmocka_unit_test(every_kernel_stops_when_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
