/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * manifest.h - what a batch is to do, as its author wrote it: typed and checked, files not yet looked at.
 *
 *     batch: spring-2026
 *     seed: 20261121
 *     limits: {memory: 2 GiB, time: 10 min, threads: 1, retries: 1}
 *     datasets:
 *       - {table: datasets.csv}                 # id,path and any further columns, which are carried to the results
 *       - {glob: "raw/[*].graphml", directed: yes}
 *       - {folder: more}
 *       - {file: karate.csv, id: karate}
 *     grid:
 *       influencers: {by: [pagerank, betweenness], top: 10, replicates: 5}
 *       communities: {}
 *     engine: {name: slurm, partition: short, shard_time: 30 min, max_shards: 500}
 *     output: {rows: all, tables: [csv, jsonl, sqlite]}
 */
#ifndef KITH_BATCH_MANIFEST_H
#define KITH_BATCH_MANIFEST_H

#include "batch/yaml.h"
#include <kith/pass.h>

/* One entry of `datasets`: exactly one of the first four, and how those files are read. Texts are the tree's. */
typedef struct kith_manifest_entry {
    const char *file, *glob, *folder, *table;
    const char *id, *format, *weight, *map, *me;
    kith_time as_of;
    bool directed, undirected;
    int64_t line, column;
} kith_manifest_entry;

/* One option of a pass with the values to try. */
typedef struct kith_manifest_axis {
    const kith_option *option;
    GPtrArray *values; /* const char *, the tree's */
    int64_t line, column;
} kith_manifest_axis;

/* One pass with its axes; every combination is a point. */
typedef struct kith_manifest_grid {
    const kith_pass *pass;
    GArray *axes; /* kith_manifest_axis, in the order of the pass's options */
    int64_t replicates;
} kith_manifest_grid;

typedef struct kith_manifest_limits {
    const char *memory_text, *time_text; /* as written */
    int64_t threads, retries;
    const char
        *alone;     /* auto, yes or no: whether small data sets, too, have a process of their own */
    int64_t memory; /* bytes, 0: none */
    double seconds; /* 0: none */
} kith_manifest_limits;

typedef struct kith_manifest_engine {
    const char *name, *partition, *account, *setup, *shard_time;
    double shard_seconds;
    int64_t max_shards, cpus;
} kith_manifest_engine;

typedef struct kith_manifest_output {
    const char *folder; /* NULL: the manifest's name with ".batch" */
    const char *rows_text;
    int64_t rows; /* of each table kept; 0: all */
    bool csv, jsonl, sqlite;
} kith_manifest_output;

typedef struct kith_manifest {
    kith_yaml *tree;
    char *file, *base; /* base: the folder relative paths start from */
    const char *name;
    int64_t seed;
    kith_manifest_limits limits;
    kith_manifest_engine engine;
    kith_manifest_output output;
    GArray *entries; /* kith_manifest_entry */
    GArray *grids;   /* kith_manifest_grid */
} kith_manifest;

/**
 * Reads and checks a manifest.
 * @param out yours; kith_manifest_free()
 * @return KITH_ERR_ARGUMENT with line and column of what is wrong and what was expected, KITH_ERR_IO
 */
kith_status kith_manifest_load(const char *path, kith_manifest **out, kith_error *err);
/** The same for text that is in memory; `path` is what it is called, and what relative paths start from. */
kith_status kith_manifest_parse(const char *path, const char *text, size_t length,
                                kith_manifest **out, kith_error *err);
void kith_manifest_free(kith_manifest *manifest);

/** "2 GiB", "512 MB", "1000000" (bytes). @return false, output untouched, when it is no size */
bool kith_manifest_size(const char *text, int64_t *bytes);
/** "90", "90 s", "10 min", "2 h". @return false, output untouched, when it is no duration */
bool kith_manifest_duration(const char *text, double *seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_manifest, kith_manifest_free)

#endif
