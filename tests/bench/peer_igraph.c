/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_igraph.c - igraph's C library as the bench's peer: peer_igraph TASK FILE [undirected]
 *
 * Prints "phase load CPU WALL" for reading the file, "phase task CPU WALL" for the task, and one figure of the answer;
 * the memory before loading and at most, and for "write" how many bytes were written.
 * Files: .graphml, .ncol, else igraph's own edge lists (numbers from 0, no comments).
 */
#include "process.h"
#include <igraph/igraph.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct moment {
    double cpu, wall;
};

static double
seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct moment
now(void)
{
    return (struct moment){seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC)};
}

static void
tell(const char *name, struct moment since)
{
    struct moment t = now();

    printf("phase %s %.6f %.6f\n", name, t.cpu - since.cpu, t.wall - since.wall);
}

static void
read_file(const char *path, igraph_bool_t directed, igraph_t *graph)
{
    FILE *file = fopen(path, "r");

    if (strstr(path, ".graphml"))
        igraph_read_graph_graphml(graph, file, 0);
    else if (strstr(path, ".ncol"))
        igraph_read_graph_ncol(graph, file, NULL, 1, IGRAPH_ADD_WEIGHTS_YES, directed);
    else
        igraph_read_graph_edgelist(graph, file, 0, directed);
    fclose(file);
}

static double
largest(const igraph_vector_t *v)
{
    return igraph_vector_size(v) ? igraph_vector_max(v) : 0;
}

static void
write_nowhere(const igraph_t *g)
{
    FILE *out = fopen("/dev/null", "w");
    double before = process_written();

    igraph_write_graph_graphml(g, out, 1);
    fclose(out);
    printf("bytes %.0f\n", process_written() - before);
}

/* Paths from the first 512 vertices only, for graphs where all would take an hour. */
static void
betweenness_512(const igraph_t *g, igraph_vector_t *v)
{
    igraph_vs_t sources;

    igraph_vs_range(&sources, 0, igraph_vcount(g) < 512 ? igraph_vcount(g) : 512);
    igraph_betweenness_subset(g, v, igraph_vss_all(), igraph_is_directed(g), sources,
                              igraph_vss_all(), NULL);
    igraph_vs_destroy(&sources);
}

static bool
score(const char *task, const igraph_t *g, igraph_vector_t *v)
{
    bool both = strcmp(task, "constraint+clustering") == 0;

    if (strcmp(task, "pagerank") == 0)
        igraph_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, v, NULL, igraph_vss_all(),
                        igraph_is_directed(g), .85, NULL, NULL);
    else if (strcmp(task, "betweenness") == 0)
        igraph_betweenness(g, v, igraph_vss_all(), igraph_is_directed(g), NULL);
    else if (strcmp(task, "betweenness-512") == 0)
        betweenness_512(g, v);
    else if (strcmp(task, "harmonic") == 0)
        igraph_harmonic_centrality(g, v, igraph_vss_all(), IGRAPH_ALL, NULL, 1);
    else if (strcmp(task, "clustering") == 0 || both)
        igraph_transitivity_local_undirected(g, v, igraph_vss_all(), IGRAPH_TRANSITIVITY_ZERO);
    else if (strcmp(task, "constraint") != 0)
        return false;
    if (strcmp(task, "constraint") == 0 || both)
        igraph_constraint(g, v, igraph_vss_all(), NULL);
    return true;
}

static double
run(const char *task, const igraph_t *g)
{
    igraph_vector_t v;
    igraph_vector_int_t k;

    igraph_vector_init(&v, 0);
    igraph_vector_int_init(&k, 0);
    if (strcmp(task, "load") == 0)
        return (double)igraph_ecount(g);
    if (strcmp(task, "core") == 0) {
        igraph_coreness(g, &k, IGRAPH_ALL);
        return (double)igraph_vector_int_max(&k);
    }
    if (strcmp(task, "write") == 0)
        write_nowhere(g);
    else if (!score(task, g, &v))
        return -1;
    return largest(&v);
}

int
main(int n, char **argument)
{
    igraph_t graph;
    struct moment start;
    double answer, before = process_memory();

    if (n < 3)
        return 2;
    mallopt(M_TRIM_THRESHOLD,
            64 << 20); /* as kith does: pages given back and taken again are dear */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    igraph_set_attribute_table(&igraph_cattribute_table);
    igraph_rng_seed(igraph_rng_default(), 1);
    start = now();
    read_file(argument[2], n < 4 || strcmp(argument[3], "undirected") != 0, &graph);
    tell("load", start);
    start = now();
    answer = run(argument[1], &graph);
    tell("task", start);
    printf("memory %.2f %.2f\n", before, process_peak());
    printf("nodes %ld edges %ld answer %.9g\n", (long)igraph_vcount(&graph),
           (long)igraph_ecount(&graph), answer);
    return answer < 0;
}
