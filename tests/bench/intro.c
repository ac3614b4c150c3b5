/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intro.c - searches for introductions, timed against igraph in one process: bench_intro [EDGE-LIST [IGRAPH-PAIRS]]
 *
 * The edge list is read as an undirected graph; a tie's length is 1 to 16, by a hash of its ends' numbers. Times are CPU
 * seconds after loading, and what both find is compared: the lengths of the tenth routes, and the sum of all distances.
 */
#include "measures/plain.h"
#include "measures/ties.h"

#include <glib.h>
#include <igraph/igraph.h>
#include <kith/kith.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define K 10
#define PROSPECTS 1000
#define ROUNDS 5
#define QUERIES 400

static double
seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double
cpu(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Of n values the one that a share of them does not exceed. */
static double
quantile(double *values, int n, double share)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[(int)fmin(n - 1, ceil(share * n) - 1)];
}

static void
must(kith_status status, const kith_error *err)
{
    if (status == KITH_OK)
        return;
    fprintf(stderr, "bench_intro: %s: %s\n", err->source, err->message);
    exit(kith_status_exit_code(status));
}

static kith_graph *
load(const char *path)
{
    kith_builder *builder = kith_builder_new();
    kith_load_options options = {.import = {.undirected = true}};
    kith_build_options build = {.as_of = KITH_TIME_NONE};
    kith_graph *graph = NULL;
    kith_error err = {0};

    must(kith_load(path, &options, builder, &err), &err);
    must(kith_builder_build(builder, &build, &graph, &err), &err);
    kith_builder_free(builder);
    return graph;
}

/* Both graphs, ours and igraph's, with the same lengths. */
struct pair {
    kith_plain *plain;
    kith_chain_index index;
    igraph_t graph;
    igraph_vector_t length;
};

static void
make(const kith_graph *graph, struct pair *out)
{
    igraph_vector_int_t edges;
    kith_chain_hops hops;
    kith_error err = {0};

    must(kith_plain_new(graph, KITH_PLAIN_NOTHING, NULL, &out->plain, &err), &err);
    igraph_vector_int_init(&edges, 0);
    igraph_vector_init(&out->length, 0);
    for (int64_t v = 0; v < out->plain->nodes; v++)
        for (int64_t i = out->plain->first[v]; i < out->plain->first[v + 1]; i++) {
            int64_t u = out->plain->to[i], low = MIN(u, v), high = MAX(u, v);

            out->plain->value[i] = (double)(1 + (low * 2654435761 + high * 40503) % 16);
            if (v > u)
                continue;
            igraph_vector_int_push_back(&edges, v);
            igraph_vector_int_push_back(&edges, u);
            igraph_vector_push_back(&out->length, out->plain->value[i]);
        }
    out->plain->meaning = KITH_PLAIN_LENGTH;
    hops = kith_plain_hops(out->plain);
    must(kith_chain_index_init(&hops, &out->index, &err), &err);
    igraph_create(&out->graph, &edges, out->plain->nodes, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&edges);
}

/* Other ends on a grid over all nodes. */
static int32_t
other(const struct pair *p, int i, int n)
{
    return (int32_t)(1 + (int64_t)i * (p->plain->nodes - 2) / n);
}

/* The length of the last of the K best routes from node 0, or -1. */
static double
our_last(const struct pair *p, int32_t to)
{
    kith_tree tree = {0};
    kith_route_search *search = NULL;
    kith_routes out = {0};
    kith_error err = {0};
    double last;

    must(kith_tree_grow(&p->index, to, true, NULL, &tree, &err), &err);
    must(kith_route_search_new(&tree, &search, &err), &err);
    must(kith_routes_best(search, 0, K, &out, &err), &err);
    last = out.n ? out.at[out.n - 1].score : -1;
    kith_routes_clear(&out);
    kith_route_search_free(search);
    kith_tree_clear(&tree);
    return last;
}

static double
their_last(const struct pair *p, int32_t to)
{
    igraph_vector_int_list_t paths;
    double length = -1;

    igraph_vector_int_list_init(&paths, 0);
    igraph_get_k_shortest_paths(&p->graph, &p->length, NULL, &paths, K, 0, to, IGRAPH_ALL);
    if (igraph_vector_int_list_size(&paths) > 0) {
        const igraph_vector_int_t *last =
            igraph_vector_int_list_get_ptr(&paths, igraph_vector_int_list_size(&paths) - 1);

        length = 0;
        for (igraph_integer_t i = 0; i < igraph_vector_int_size(last); i++)
            length += VECTOR(p->length)[VECTOR(*last)[i]];
    }
    igraph_vector_int_list_destroy(&paths);
    return length;
}

/* @return igraph's seconds a pair */
static double
compare_pairs(const struct pair *p, int pairs)
{
    double ours = 0, theirs = 0, at;

    for (int i = 0; i < pairs; i++) {
        int32_t to = other(p, pairs - i, pairs + 1);
        double a, b;

        at = cpu();
        a = our_last(p, to);
        ours += cpu() - at;
        at = cpu();
        b = their_last(p, to);
        theirs += cpu() - at;
        if (a != b) {
            fprintf(stderr, "bench_intro: to %d: route %d is %g long, igraph's %g\n", to, K, a, b);
            exit(1);
        }
    }
    printf("%d best routes, one pair (mean of %d)|%.4f|%.3f|%.0f\n", K, pairs, ours / pairs,
           theirs / pairs, theirs / ours);
    return theirs / pairs;
}

/* One person and 1000 others: one tree for all of them. */
static void
compare_prospects(const struct pair *p, double their_pair)
{
    kith_tree tree = {0};
    kith_route_search *search = NULL;
    kith_error err = {0};
    double at = cpu(), ours;
    int64_t found = 0;

    must(kith_tree_grow(&p->index, 0, false, NULL, &tree, &err), &err);
    must(kith_route_search_new(&tree, &search, &err), &err);
    for (int i = 0; i < PROSPECTS; i++) {
        kith_routes out = {0};

        must(kith_routes_best(search, other(p, i, PROSPECTS), K, &out, &err), &err);
        found += out.n;
        kith_routes_clear(&out);
    }
    ours = cpu() - at;
    kith_route_search_free(search);
    kith_tree_clear(&tree);
    printf("%d best routes, one to %d (%" G_GINT64_FORMAT " routes)|%.3f|%.0f extrapolated|%.0f\n",
           K, PROSPECTS, found, ours, their_pair * PROSPECTS, their_pair * PROSPECTS / ours);
}

/* The best way from node 0 to everybody, with who is on it. @param sum of all distances */
static double
our_paths(const struct pair *p, double *sum)
{
    kith_tree tree = {0};
    kith_error err = {0};
    double at = cpu();
    int64_t nodes = 0, total = 0;

    must(kith_tree_grow(&p->index, 0, false, NULL, &tree, &err), &err);
    for (int32_t v = 0; v < p->plain->nodes; v++) {
        if (tree.way[v].cost == INT64_MAX)
            continue;
        total += tree.way[v].cost;
        for (int32_t u = v; u >= 0; u = tree.way[u].next)
            nodes++;
    }
    at = cpu() - at;
    *sum = (double)total / p->index.scale + 0 * (double)nodes;
    kith_tree_clear(&tree);
    return at;
}

static double
their_paths(const struct pair *p, double *sum)
{
    igraph_vector_int_t parent, edge;
    double at = cpu(), used;

    igraph_vector_int_init(&parent, 0);
    igraph_vector_int_init(&edge, 0);
    igraph_get_shortest_paths_dijkstra(&p->graph, NULL, NULL, 0, igraph_vss_all(), &p->length,
                                       IGRAPH_ALL, &parent, &edge);
    used = cpu() - at;
    *sum = 0;
    for (igraph_integer_t v = 0; v < igraph_vcount(&p->graph); v++)
        for (igraph_integer_t u = v; VECTOR(edge)[u] >= 0; u = VECTOR(parent)[u])
            *sum += VECTOR(p->length)[VECTOR(edge)[u]];
    igraph_vector_int_destroy(&parent);
    igraph_vector_int_destroy(&edge);
    return used;
}

static void
compare_paths(const struct pair *p)
{
    double ours[ROUNDS], theirs[ROUNDS], a, b;

    for (int i = 0; i < ROUNDS; i++) {
        ours[i] = our_paths(p, &a);
        theirs[i] = their_paths(p, &b);
        if (fabs(a - b) > 1e-6 * a) {
            fprintf(stderr, "bench_intro: all distances sum to %.6f, igraph's to %.6f\n", a, b);
            exit(1);
        }
    }
    a = quantile(ours, ROUNDS, 0.5);
    b = quantile(theirs, ROUNDS, 0.5);
    printf("best way to everybody (median of %d)|%.4f|%.4f|%.1f\n", ROUNDS, a, b, b / a);
}

/* Ends by preferential attachment: some people know thousands. */
static void
grow_people(kith_chain_hops *hops, int64_t people, int64_t ties)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(165);
    int32_t *end = g_new(int32_t, 2 * ties), *to = g_new(int32_t, 2 * ties);
    int64_t *first = g_new0(int64_t, people + 2), *fill;
    double *p = g_new(double, 2 * ties);

    for (int64_t i = 0; i < ties; i++) {
        end[2 * i] = (int32_t)(i % people);
        end[2 * i + 1] = i == 0 || g_rand_int_range(dice, 0, 10) == 0
                             ? g_rand_int_range(dice, 0, (gint32)people)
                             : end[g_rand_int_range(dice, 0, (gint32)(2 * i))];
        first[end[2 * i] + 1]++;
        first[end[2 * i + 1] + 1]++;
    }
    for (int64_t v = 0; v < people; v++)
        first[v + 1] += first[v];
    fill = g_memdup2(first, sizeof *fill * (gsize)(people + 1));
    for (int64_t i = 0; i < ties; i++) {
        int64_t a = fill[end[2 * i]]++, b = fill[end[2 * i + 1]]++;

        to[a] = end[2 * i + 1];
        to[b] = end[2 * i];
        p[a] = p[b] = g_rand_double_range(dice, 0.05, 0.9);
    }
    *hops = (kith_chain_hops){.nodes = people, .first = first, .to = to, .p = p};
    g_free(end);
    g_free(fill);
}

/* Somebody within three hops, so that every query has an answer. @param from who asks */
static int32_t
walk(const kith_chain_hops *hops, GRand *dice, int32_t *from)
{
    int32_t to;

    do {
        to = *from = g_rand_int_range(dice, 0, (gint32)hops->nodes);
        for (int i = 0; i < 3; i++) {
            int64_t n = hops->first[to + 1] - hops->first[to];

            to = hops->to[hops->first[to] + g_rand_int_range(dice, 0, (gint32)n)];
        }
    } while (to == *from);
    return to;
}

/* The 5 best chains of at most 3 hops among 165 000 people with a million ties. */
static void
time_queries(void)
{
    const int64_t people = 165000, ties = 1000000;
    g_autoptr(GRand) dice = g_rand_new_with_seed(3);
    g_autofree bool *target = g_new0(bool, people + 1);
    double wall[QUERIES], used[QUERIES];
    kith_chain_hops hops;
    kith_chain_index index;
    kith_error err = {0};
    int answered = 0;

    grow_people(&hops, people, ties);
    must(kith_chain_index_init(&hops, &index, &err), &err);
    for (int i = 0; i < QUERIES; i++) {
        kith_chain_query query = {.target = target, .k = 5, .max_hops = 3};
        kith_chains out = {0};
        int32_t to = walk(&hops, dice, &query.from);

        target[to] = true;
        used[i] = cpu();
        wall[i] = seconds(CLOCK_MONOTONIC);
        must(kith_chains_best(&index, &query, &out, &err), &err);
        wall[i] = seconds(CLOCK_MONOTONIC) - wall[i];
        used[i] = cpu() - used[i];
        target[to] = false;
        answered += out.n > 0;
        kith_chains_clear(&out);
    }
    printf("5 best chains of 3 hops, 165k people, 1M ties: p95 of %d queries (%d with an answer)|"
           "%.4f|wall %.4f|\n",
           QUERIES, answered, quantile(used, QUERIES, 0.95), quantile(wall, QUERIES, 0.95));
    kith_chain_index_clear(&index);
    g_free((gpointer)hops.first);
    g_free((gpointer)hops.to);
    g_free((gpointer)hops.p);
}

#define WARM_PEOPLE 165000
#define WARM_FACTS 1000000

/* A million dated facts between people of whom few are in most of them, half of them messages. */
static kith_graph *
make_book(void)
{
    static const kith_tie_kind kinds[] = {KITH_MESSAGED, KITH_MESSAGED, KITH_MESSAGED, KITH_MET,
                                          KITH_MET,      KITH_KNOWS,    KITH_REFERRED};
    g_autoptr(GRand) dice = g_rand_new_with_seed(4);
    g_autofree kith_mention *who = g_new(kith_mention, WARM_PEOPLE);
    kith_builder *builder = kith_builder_new();
    kith_build_options build = {.as_of = 20000 * KITH_DAY, .today = 20000 * KITH_DAY};
    kith_graph *graph = NULL;
    kith_error err = {0};

    for (int i = 0; i < WARM_PEOPLE; i++) {
        g_autofree char *label = g_strdup_printf("p%d", i);

        who[i] = kith_builder_keyed(builder, KITH_PERSON, KITH_ID_LABEL, label);
    }
    for (int i = 0; i < WARM_FACTS; i++) {
        kith_fact f = KITH_FACT_INIT;
        double at = g_rand_double(dice);
        int from = (int)(at * at * WARM_PEOPLE), step = g_rand_int_range(dice, 1, 12);

        f.kind = kinds[g_rand_int_range(dice, 0, G_N_ELEMENTS(kinds))];
        f.from = who[from];
        f.to = who[(from + step * step) % WARM_PEOPLE];
        f.when = (20000 - g_rand_int_range(dice, 0, 2000)) * KITH_DAY;
        f.precision = KITH_PRECISION_DAY;
        must(kith_builder_fact(builder, &f, &err), &err);
    }
    must(kith_builder_build(builder, &build, &graph, &err), &err);
    kith_builder_free(builder);
    return graph;
}

static void
time_warm_ties(void)
{
    kith_graph *graph = make_book();
    double best = INFINITY, best_wall = INFINITY;
    int64_t hops = 0;

    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(kith_warm_network) net = NULL;
        kith_error err = {0};
        double at = cpu(), wall = seconds(CLOCK_MONOTONIC);

        must(kith_warm_network_new(graph, NULL, &net, &err), &err);
        best = fmin(best, cpu() - at);
        best_wall = fmin(best_wall, seconds(CLOCK_MONOTONIC) - wall);
        hops = net->hops;
    }
    printf("warm ties of %d facts between %d people (%" G_GINT64_FORMAT
           " ways), wall %.2f s|%.2f||\n",
           WARM_FACTS, WARM_PEOPLE, hops, best_wall, best);
    kith_graph_free(graph);
}

int
main(int argc, char **argv)
{
    struct pair p = {0};
    double their_pair;
    kith_graph *graph;

    if (argc < 2) {
        time_warm_ties();
        return 0;
    }
    graph = load(argv[1]);
    make(graph, &p);
    printf("# %s: %" G_GINT64_FORMAT " people, %" G_GINT64_FORMAT " ties\n", argv[1],
           p.plain->nodes, p.plain->hops / 2);
    printf("what|kith CPU s|igraph CPU s|ratio\n");
    their_pair = compare_pairs(&p, argc > 2 ? MAX(1, atoi(argv[2])) : 3);
    compare_prospects(&p, their_pair);
    compare_paths(&p);
    time_queries();
    time_warm_ties();
    igraph_destroy(&p.graph);
    igraph_vector_destroy(&p.length);
    kith_chain_index_clear(&p.index);
    kith_plain_free(p.plain);
    kith_graph_free(graph);
    return 0;
}
