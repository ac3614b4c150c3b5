/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * groups.c - the best of several runs of Leiden, by kith or by igraph, from the inside of both.
 *
 *     groups kith|igraph FILE RUNS [GROUPS]
 *
 * FILE is "from to" with ids 0 … n-1; GROUPS "vertex group", the planted ones. Prints "phase task CPU WALL", the best and
 * the mean modularity, and the mutual information with the planted groups. igraph runs two iterations a run, as
 * python-igraph does unless told otherwise.
 */
#include "measures/leiden.h"
#include "measures/partition.h"
#include <igraph/igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct answer {
    uint32_t *group;
    double best, mean;
};

static double
seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int
compare_pairs(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Each pair once, without loops. */
static kith_network *
read_network(const char *path)
{
    FILE *file = fopen(path, "r");
    kith_network *net = g_new0(kith_network, 1);
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    char line[256];
    unsigned a, b;

    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "%u %u", &a, &b) == 2 && a != b) {
            uint64_t pair = (uint64_t)MIN(a, b) << 32 | MAX(a, b);

            g_array_append_val(pairs, pair);
            net->n = MAX(net->n, (int64_t)MAX(a, b) + 1);
        }
    g_array_sort(pairs, compare_pairs);
    net->node = g_new0(kith_node, net->n + 1);
    net->from = g_new(uint32_t, pairs->len + 1);
    net->to = g_new(uint32_t, pairs->len + 1);
    net->weight = g_new(double, pairs->len + 1);
    for (guint i = 0; i < pairs->len; i++) {
        uint64_t pair = g_array_index(pairs, uint64_t, i);

        if (i && pair == g_array_index(pairs, uint64_t, i - 1))
            continue;
        net->from[net->m] = (uint32_t)(pair >> 32);
        net->to[net->m] = (uint32_t)pair;
        net->weight[net->m++] = 1;
    }
    g_array_unref(pairs);
    if (file)
        fclose(file);
    return net;
}

static struct answer
by_kith(const kith_network *net, int runs)
{
    kith_leiden_plan plan = {.runs = runs, .seed = 1, .threads = 1};
    kith_grouping *problem = NULL;
    kith_leiden *found = NULL;
    struct answer a = {0};

    if (kith_grouping_new(net, KITH_GROUP_MODULARITY, 1, false, &problem, NULL) != KITH_OK ||
        kith_leiden_find(problem, &plan, &found, NULL) != KITH_OK)
        exit(1);
    a.group = found->group;
    a.best = found->quality;
    for (int i = 0; i < runs; i++)
        a.mean += found->run_quality[i] / runs;
    return a;
}

static struct answer
by_igraph(const igraph_t *graph, const igraph_vector_t *degree, double m, int runs)
{
    struct answer a = {g_new0(uint32_t, igraph_vcount(graph) + 1), -1, 0};
    igraph_vector_int_t member;

    igraph_vector_int_init(&member, 0);
    for (int i = 0; i < runs; i++) {
        igraph_integer_t groups;
        igraph_real_t quality, modularity;

        igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)i + 1);
        igraph_community_leiden(graph, NULL, degree, 1 / (2 * m), 0.01, 0, 2, &member, &groups,
                                &quality);
        igraph_modularity(graph, &member, NULL, 1, 0, &modularity);
        a.mean += modularity / runs;
        if (modularity <= a.best)
            continue;
        a.best = modularity;
        for (igraph_integer_t v = 0; v < igraph_vcount(graph); v++)
            a.group[v] = (uint32_t)VECTOR(member)[v];
    }
    return a;
}

static void
compare(const char *path, const uint32_t *group, int64_t n)
{
    uint32_t *planted = g_new(uint32_t, n + 1);
    FILE *file = fopen(path, "r");
    unsigned v, c;

    memset(planted, 0xff, (size_t)(n + 1) * sizeof *planted);
    while (file && fscanf(file, "%u %u", &v, &c) == 2)
        planted[v] = c;
    printf("nmi %.4f\n", kith_partition_nmi(group, planted, n));
}

int
main(int n, char **argument)
{
    kith_network *net = n > 3 ? read_network(argument[2]) : NULL;
    int runs = n > 3 ? atoi(argument[3]) : 0;
    igraph_vector_int_t ends;
    igraph_vector_t degree;
    igraph_t graph;
    struct answer found;
    double cpu, wall;

    if (!net || net->m == 0)
        return 2;
    igraph_vector_int_init(&ends, 2 * net->m);
    for (int64_t i = 0; i < net->m; i++) {
        VECTOR(ends)[2 * i] = net->from[i];
        VECTOR(ends)[2 * i + 1] = net->to[i];
    }
    igraph_create(&graph, &ends, net->n, IGRAPH_UNDIRECTED);
    igraph_vector_init(&degree, 0);
    igraph_strength(&graph, &degree, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, NULL);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    wall = seconds(CLOCK_MONOTONIC);
    found = strcmp(argument[1], "kith") == 0 ? by_kith(net, runs)
                                             : by_igraph(&graph, &degree, (double)net->m, runs);
    printf("phase task %.6f %.6f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds(CLOCK_MONOTONIC) - wall);
    printf("modularity %.6f mean %.6f\n", found.best, found.mean);
    if (n > 4)
        compare(argument[4], found.group, net->n);
    return 0;
}
