/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plan.h - a manifest with its files found and hashed: data sets x points, and a key for each unit.
 *
 * Unit u is data set u / points, point u % points. Its key is SHA-256 over what decides its result: the bytes of the data
 * set and how they are read (its name only for importers that take facts from it), the pass with its revision and every
 * parameter (of one that names a file, the bytes of that file), the seed, how many rows are kept, igraph's version. It holds
 * no path, no engine and no time, so a plan can move, grow and shrink and what was done stays done.
 */
#ifndef KITH_BATCH_PLAN_H
#define KITH_BATCH_PLAN_H

#include "batch/manifest.h"

#define KITH_KEY_LENGTH 64 /* hex digits */
/** Raised when an importer reads the same bytes as other facts, or another importer recognises them: all is then done again. */
#define KITH_READING_REVISION 4
/** How a kept answer calls the file of its data set: this and the file's hash, which no file can hold. Where the file is, the
 * plan knows when tables are written. */
#define KITH_PLAN_MARK "sha256:"

typedef struct kith_plan_dataset {
    char *id, *path, *sha256;
    char *format, *weight, *map, *me; /* NULL when not given */
    char *reader; /* the importer that knows it; "" for an archive, a book and what nobody knows */
    char *also;   /* hash of the file that is read with it; NULL: none is */
    char *called; /* the end of its path, if that gets into its facts; NULL: it does not */
    char *as_of;  /* as text, NULL: decided by the data */
    bool directed, undirected;
    int64_t bytes, modified, inode; /* when it was hashed */
    int64_t
        first; /* the first data set with the same content and reading: it is the one that is read */
    char **tags; /* one per tag column, "" where it has none */
} kith_plan_dataset;

typedef struct kith_plan_point {
    const kith_pass *pass;
    int64_t replicate; /* from 1 */
    char **values;     /* one per option of the pass, as text */
} kith_plan_point;

/* A file that a parameter names, such as exclude: "@names.txt". */
typedef struct kith_plan_file {
    char *path, *sha256;
} kith_plan_file;

typedef struct kith_plan {
    char *name, *folder;
    int64_t seed, memory, threads, retries, rows;
    int64_t reading; /* KITH_READING_REVISION of the kith that made it */
    double seconds;
    bool csv, jsonl, sqlite;
    char *alone; /* as the manifest says: auto, yes, no */
    char *engine, *partition, *account, *setup;
    double shard_seconds;
    int64_t max_shards, cpus;
    char **tag_names;
    char **given;     /* the parameters the manifest speaks of, in order of appearance */
    GArray *datasets; /* kith_plan_dataset, by id */
    GArray *points;   /* kith_plan_point */
    GArray *files;    /* kith_plan_file, by first appearance */
    struct kith_plan_unit_key *keys; /* by unit */
} kith_plan;

/**
 * Finds and hashes the files of a manifest; those of an earlier plan in the same folder that did not change are not read
 * again. @param folder NULL: as the manifest says @param out yours
 * @return KITH_ERR_IO for a data set that is not there, KITH_ERR_ARGUMENT for two of one id
 */
kith_status kith_plan_make(const kith_manifest *manifest, const char *folder, kith_plan **out,
                           kith_error *err);
/** A plan without data sets and points. @return yours */
kith_plan *kith_plan_new(void);
void kith_plan_free(kith_plan *plan);

/** Writes plan.json into its folder, which is made when it is not there. */
kith_status kith_plan_save(const kith_plan *plan, kith_error *err);
/** Reads a folder's plan.json. @return KITH_ERR_IO when it has none */
kith_status kith_plan_load(const char *folder, kith_plan **out, kith_error *err);

int64_t kith_plan_units(const kith_plan *plan);
const kith_plan_dataset *kith_plan_dataset_at(const kith_plan *plan, int64_t i);
const kith_plan_point *kith_plan_point_at(const kith_plan *plan, int64_t i);

/** The seed of a unit: the first eight bytes of a hash of everything but the program, of which 53 bits are kept. */
int64_t kith_plan_unit_seed(const kith_plan *plan, int64_t unit);
/** The key of a unit; borrowed. */
const char *kith_plan_key(const kith_plan *plan, int64_t unit);
/** Computes seeds and keys, once data sets and points are all there. */
void kith_plan_seal(kith_plan *plan);
/** Sets which data sets are read as an earlier one of the same content. */
void kith_plan_find_firsts(kith_plan *plan);

/** KITH_PLAN_MARK and the hash. @return yours */
char *kith_plan_mark(const kith_plan_dataset *dataset);

/** The hash of a file that a parameter names; borrowed, NULL when the plan does not know it. */
const char *kith_plan_file_hash(const kith_plan *plan, const char *path);

/** Roughly how many ties a file of so many bytes holds, and what memory and time one point over it takes. */
double kith_plan_edges(const kith_plan_dataset *dataset);
int64_t kith_plan_memory(const kith_plan_dataset *dataset);
/** What a shard of processes, as many at once as the manifest's cpus, may take with its supervisor. */
int64_t kith_plan_shard_memory(const kith_plan *plan);
double kith_plan_seconds(const kith_plan *plan, const kith_plan_dataset *dataset);

/** The data sets a manifest's entries name, sorted by id, without hashes; and the names of their tags. */
kith_status kith_plan_find_datasets(const kith_manifest *manifest, GArray *into, char ***tag_names,
                                    kith_error *err);
void kith_plan_dataset_clear(gpointer dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_plan, kith_plan_free)

#endif
