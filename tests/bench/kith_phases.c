/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kith_phases.c - libkith as a program sees it: kith_phases FILE [directed] [write] prints the phase load, then nodes and
 * ties and the memory before and at most; with "write" also the phase task, which is the graph as GraphML to nowhere.
 */
#include "process.h"
#include <kith/kith.h>
#include <malloc.h>
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

static void
tell(const char *name, double cpu, double wall)
{
    printf("phase %s %.6f %.6f\n", name, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds(CLOCK_MONOTONIC) - wall);
}

static int
write_nowhere(const kith_graph *graph)
{
    kith_document *document = kith_document_new("bench", graph);
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC),
           before = process_written();
    kith_sink *sink = NULL;
    kith_error err = {0};

    if (kith_sink_open("/dev/null", &sink, &err) != KITH_OK ||
        kith_report_find("graphml")->write(document, sink, &err) != KITH_OK ||
        kith_sink_commit(sink, &err) != KITH_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    tell("task", cpu, wall);
    printf("bytes %.0f\n", process_written() - before);
    kith_sink_free(sink);
    kith_document_free(document);
    return 0;
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
    double cpu, wall, before = process_memory();

    if (n < 2)
        return 2;
    mallopt(M_TRIM_THRESHOLD, 64 << 20); /* as the command does, and the peer beside it */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    wall = seconds(CLOCK_MONOTONIC);
    if (kith_load(argument[1], &load, builder, &err) != KITH_OK ||
        kith_builder_build(builder, &build, &graph, &err) != KITH_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    tell("load", cpu, wall);
    printf("nodes %lld edges %lld\n", (long long)kith_graph_nodes(graph),
           (long long)kith_graph_ties(graph));
    if (strcmp(argument[n - 1], "write") == 0 && write_nowhere(graph))
        return 1;
    printf("memory %.2f %.2f\n", before, process_peak());
    kith_graph_free(graph);
    kith_builder_free(builder);
    return 0;
}
