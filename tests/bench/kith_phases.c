/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kith_phases.c - libkith as a program sees it: kith_phases FILE [directed] prints the phase load, then nodes and ties. */
#include <kith/kith.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double
seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int
main(int n, char **argument)
{
    kith_load_options load = {
        .import = {.directed = n > 2 && strcmp(argument[2], "directed") == 0}};
    kith_build_options build = {.as_of = KITH_TIME_NONE};
    kith_builder *builder = kith_builder_new();
    kith_graph *graph = NULL;
    kith_error err = {0};
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);

    if (n < 2)
        return 2;
    if (kith_load(argument[1], &load, builder, &err) != KITH_OK ||
        kith_builder_build(builder, &build, &graph, &err) != KITH_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("phase load %.6f %.6f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds(CLOCK_MONOTONIC) - wall);
    printf("nodes %lld edges %lld\n", (long long)kith_graph_nodes(graph),
           (long long)kith_graph_ties(graph));
    kith_graph_free(graph);
    kith_builder_free(builder);
    return 0;
}
