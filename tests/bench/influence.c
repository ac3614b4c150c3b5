/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * influence.c - seeds chosen and proven, after loading: influence FILE K EPSILON [MODEL [RUNS]] prints the phases rows, choice,
 * seeds (these two together) and trial, then the proof.
 *
 * FILE is a directed edge list; chances are weighted cascade, everything on one thread. The seeds are tried in RUNS runs
 * all together, 640 unless said.
 */
#include "measures/influence.h"
#include "measures/spread.h"
#include "measures/tellings.h"
#include <kith/kith.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct moment {
    double cpu, wall;
};

static struct moment
now(void)
{
    return (struct moment){seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC)};
}

static void
phase(const char *name, struct moment since)
{
    struct moment at = now();

    printf("phase %s %.6f %.6f\n", name, at.cpu - since.cpu, at.wall - since.wall);
}

static void
must(kith_status status, const kith_error *err)
{
    if (status == KITH_OK)
        return;
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

static kith_graph *
load(const char *path)
{
    kith_load_options options = {.import = {.directed = true}};
    kith_build_options build = {.as_of = KITH_TIME_NONE};
    kith_builder *builder = kith_builder_new();
    kith_graph *graph = NULL;
    kith_error err = {0};

    must(kith_load(path, &options, builder, &err), &err);
    must(kith_builder_build(builder, &build, &graph, &err), &err);
    kith_builder_free(builder);
    return graph;
}

int
main(int n, char **argument)
{
    kith_tellings_options telling = {.probability = "weighted-cascade", .flow = "along"};
    bool threshold = n > 4 && strcmp(argument[4], "lt") == 0;
    kith_work work = {.threads = 1};
    kith_tellings tellings = {0};
    kith_cascade *cascade = NULL;
    kith_influence found = {0};
    kith_spread tried = {0};
    kith_error err = {0};
    kith_graph *graph;
    struct moment start, laid;

    mallopt(M_TRIM_THRESHOLD, 64 << 20); /* as the command does */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    if (n < 4)
        return 2;
    graph = load(argument[1]);
    start = now();
    must(kith_tellings_read(graph, &telling, &tellings, &err), &err);
    must(kith_tellings_cascade(&tellings, threshold ? KITH_CASCADE_LT : KITH_CASCADE_IC, 1,
                               &cascade, &err),
         &err);
    phase("rows", start);
    laid = now();
    kith_influence_plan plan = {.cascade = cascade,
                                .terms = {.n = cascade->n, .budget = atof(argument[2])},
                                .epsilon = atof(argument[3]),
                                .seed = 1,
                                .work = &work};
    must(kith_influence_choose(&plan, &found, &err), &err);
    phase("choice", laid);
    phase("seeds", start);
    kith_spread_plan trial = {.cascade = cascade,
                              .seed_vertex = found.chosen.chosen,
                              .seeds = found.chosen.n,
                              .together = true,
                              .runs = n > 5 ? atoi(argument[5]) : 640,
                              .seed = 1,
                              .work = &work};
    laid = now();
    must(kith_spread_try(&trial, &tried, &err), &err);
    phase("trial", laid);
    printf("seeds %lld sets %lld lower %.1f upper %.1f ratio %.4f spread %.1f\n",
           (long long)found.chosen.n, (long long)found.sets, found.lower, found.upper, found.ratio,
           tried.mean[tried.rows - 1]);
    return 0;
}
