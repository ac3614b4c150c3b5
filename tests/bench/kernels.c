/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernels.c - one kernel on one network, by itself: kernels TASK FILE [directed|undirected]
 *
 * FILE is an edge list "u v" of numbers, or for the task projection "person,event" lines under a header. Prints "phase task
 * CPU WALL" for the kernel with the rows it makes (core: without, for igraph has its index by then), then one figure of the answer, as peer_igraph.c does.
 */
#include "base/base.h"
#include "measures/brandes.h"
#include "measures/centrality.h"
#include "measures/core.h"
#include "measures/layout.h"
#include "measures/order.h"
#include "measures/projection.h"
#include "measures/sampled.h"
#include "measures/triangles.h"
#include <malloc.h>
#include <math.h>
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

static int
compare_edges(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return x[0] != y[0] ? (x[0] < y[0] ? -1 : 1) : x[1] < y[1] ? -1 : x[1] > y[1];
}

static kith_network *
read_edges(const char *path, bool directed)
{
    FILE *file = fopen(path, "r");
    GArray *edges = g_array_new(FALSE, FALSE, 2 * sizeof(uint32_t));
    kith_network *net = g_new0(kith_network, 1);
    unsigned u, v;

    while (file && fscanf(file, "%u %u", &u, &v) == 2) {
        uint32_t edge[2] = {directed ? u : MIN(u, v), directed ? v : MAX(u, v)};

        net->n = MAX(net->n, (int64_t)MAX(u, v) + 1);
        if (u != v)
            g_array_append_vals(edges, edge, 1);
    }
    if (file)
        fclose(file);
    g_array_sort(edges, compare_edges);
    net->directed = directed;
    net->node = g_new0(kith_node, net->n + 1);
    net->from = g_new(uint32_t, edges->len + 1);
    net->to = g_new(uint32_t, edges->len + 1);
    net->weight = g_new(double, edges->len + 1);
    for (guint i = 0; i < edges->len; i++) {
        const uint32_t *e = (const uint32_t *)(const void *)edges->data + 2 * i;

        if (i && e[0] == e[-2] && e[1] == e[-1])
            continue;
        net->from[net->m] = e[0];
        net->to[net->m] = e[1];
        net->weight[net->m++] = 1;
    }
    g_array_unref(edges);
    return net;
}

static uint32_t
number_of(GHashTable *table, const char *name)
{
    gpointer number;

    if (!g_hash_table_lookup_extended(table, name, NULL, &number)) {
        number = GUINT_TO_POINTER(g_hash_table_size(table));
        g_hash_table_insert(table, g_strdup(name), number);
    }
    return GPOINTER_TO_UINT(number);
}

static kith_twomode *
read_attendance(const char *path)
{
    FILE *file = fopen(path, "r");
    GHashTable *people = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *events = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *person = g_array_new(FALSE, FALSE, 4), *event = g_array_new(FALSE, FALSE, 4);
    kith_twomode *t = NULL;
    char who[200], what[200];

    if (!file || fscanf(file, "%*[^\n]\n") < 0)
        return NULL;
    while (fscanf(file, "%199[^,],%199[^\n]\n", who, what) == 2) {
        uint32_t p = number_of(people, who), e = number_of(events, what);

        g_array_append_val(person, p);
        g_array_append_val(event, e);
    }
    fclose(file);
    kith_twomode_new(g_hash_table_size(people), g_hash_table_size(events),
                     (const void *)person->data, (const void *)event->data, person->len, &t, NULL);
    return t;
}

static double
largest(const double *x, int64_t n)
{
    double most = 0;

    for (int64_t i = 0; i < n; i++)
        most = x[i] > most ? x[i] : most; /* also when some are missing */
    return most;
}

/* The two that igraph makes in two calls. */
static kith_status
both(const kith_network *net, double *score, kith_error *err)
{
    g_autoptr(kith_triangles) t = NULL;

    TRY(kith_triangles_new(net, false, NULL, &t, err));
    kith_triangles_clustering(t, net, score);
    kith_triangles_constraint(t, net, false, score);
    return KITH_OK;
}

/* Paths from the first 512 vertices only, nothing folded: what one vertex costs on graphs where all would take an hour. */
static kith_status
betweenness_512(const kith_network *net, double *score, kith_error *err)
{
    g_autoptr(kith_csr) rows = NULL, near = NULL;
    g_autofree uint32_t *order = NULL;
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autofree double *sums = g_new0(double, net->n + 1);
    kith_brandes brandes = {0};

    TRY(kith_csr_new(net, KITH_CSR_BOTH, 0, &rows, err));
    order = kith_order_near(rows, NULL, NULL);
    TRY(kith_order_turn(rows, order, net->n, &near, err));
    for (uint32_t i = 0; i < net->n; i++)
        if (order[i] < 512)
            g_array_append_val(sources, i);
    brandes.out = brandes.in = near;
    brandes.source = (const void *)sources->data;
    brandes.sources = sources->len;
    TRY(kith_brandes_run(&brandes, NULL, sums, err));
    for (int64_t i = 0; i < net->n; i++)
        score[order[i]] = sums[i] / 2;
    return KITH_OK;
}

static kith_status
lay_out(const kith_network *net, double *score, kith_error *err)
{
    g_autoptr(kith_csr) rows = NULL;
    g_autofree float *xy = g_new(float, 2 * net->n + 2);

    TRY(kith_csr_new(net, KITH_CSR_BOTH, 0, &rows, err));
    TRY(kith_layout(rows, &(kith_layout_options){.threads = 2}, xy, err));
    for (int64_t v = 0; v < net->n; v++)
        score[v] = (double)xy[2 * v];
    return KITH_OK;
}

static kith_status
run(const char *task, const kith_network *net, double *score, kith_error *err)
{
    kith_sampled_plan plan = {.seed = 1, .steps = 1e9, .error = 0.002, .risk = 0.05};
    kith_sampled sampled;

    if (strcmp(task, "constraint+clustering") == 0)
        return both(net, score, err);
    if (strcmp(task, "betweenness-512") == 0)
        return betweenness_512(net, score, err);
    if (strcmp(task, "layout") == 0)
        return lay_out(net, score, err);
    if (strcmp(task, "harmonic-100") == 0)
        return kith_centrality_best(kith_centrality_find("harmonic"), net, 100, NULL, score, err);
    if (strcmp(task, "sampled") == 0)
        return kith_betweenness_sampled(net, &plan, NULL, score, &sampled, err);
    if (!kith_centrality_find(task))
        return kith_fail(err, KITH_ERR_ARGUMENT, "no task is called %s", task);
    return kith_centrality_score(kith_centrality_find(task), net, false, NULL, score, err);
}

static kith_status
project(const char *path, double *answer, kith_error *err)
{
    g_autoptr(kith_twomode) t = read_attendance(path);
    kith_projection_options options = {.filter = KITH_PROJECTION_ALL};
    kith_projection_totals totals = {0};
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);

    TRY(kith_projection_run(t, &options, NULL, NULL, NULL, &totals, err));
    printf("phase task %.6f %.6f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds(CLOCK_MONOTONIC) - wall);
    *answer = (double)totals.pairs;
    return KITH_OK;
}

static kith_status
measure(const char *task, const char *path, bool directed, double *answer, kith_error *err)
{
    g_autoptr(kith_network) net = read_edges(path, directed);
    g_autofree double *score = g_new0(double, net->n + 1);
    g_autoptr(kith_csr) rows = NULL;
    g_autofree uint32_t *core = g_new0(uint32_t, net->n + 1);
    double cpu, wall;

    TRY(kith_csr_new(net, KITH_CSR_BOTH, 0, &rows,
                     err)); /* igraph makes its index while it reads */
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    wall = seconds(CLOCK_MONOTONIC);
    TRY(strcmp(task, "core") == 0 ? kith_core(rows, NULL, core, err) : run(task, net, score, err));
    printf("phase task %.6f %.6f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds(CLOCK_MONOTONIC) - wall);
    for (int64_t v = 0; strcmp(task, "core") == 0 && v < net->n; v++)
        score[v] = core[v];
    *answer = largest(score, net->n);
    return KITH_OK;
}

int
main(int n, char **argument)
{
    kith_error err = {0};
    double answer = 0;
    kith_status status;

    mallopt(M_TRIM_THRESHOLD, 64 << 20); /* as the command does, and the peer beside it */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    if (n < 3)
        return 2;
    status = strcmp(argument[1], "projection") == 0
                 ? project(argument[2], &answer, &err)
                 : measure(argument[1], argument[2], n > 3 && strcmp(argument[3], "directed") == 0,
                           &answer, &err);
    if (status != KITH_OK)
        fprintf(stderr, "%s\n", err.message);
    printf("answer %.9g\n", answer);
    return status != KITH_OK;
}
