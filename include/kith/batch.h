/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch.h - many data sets x passes x parameters: planned, run by a pool of processes or a cluster, collected into tables.
 *
 * A batch lives in a folder: plan.json, segments/ with what was answered, logs/ of what died, and the collected tables.
 * Everything but the times is the same bytes for the same manifest, whatever ran it and however often it was interrupted.
 */
#ifndef KITH_BATCH_H
#define KITH_BATCH_H

#include <kith/answer.h>
#include <kith/report.h>

KITH_BEGIN_DECLS

typedef struct kith_batch kith_batch;

/** How far a run is; a unit is one data set at one point of the grid. */
typedef struct kith_batch_progress {
    int64_t units, done, cached, failed,
        running;           /**< done: answered in this run; cached: answered before */
    double work, finished; /**< weights of all units and of those that need no more, in ties */
    double seconds;        /**< since the run began */
    double process; /**< processor seconds that a process costs here; 0: it was not asked for */
    bool shared;    /**< more than is good for small data sets: those share some */
} kith_batch_progress;

/** What a run is to do now: told by whoever watches it. */
typedef enum kith_batch_wish {
    KITH_BATCH_GO_ON = 0,
    KITH_BATCH_DRAIN, /**< start nothing new, finish what runs */
    KITH_BATCH_STOP   /**< end what runs */
} kith_batch_wish;

/** How a batch is run. Start from {0}. */
typedef struct kith_batch_options {
    int64_t slots;         /**< processes at once; 0: as many as cores are allowed */
    int64_t shard, shards; /**< only every shards-th task from shard on; shards 0: all */
    int64_t
        memory; /**< bytes that all processes together may be estimated at; 0: what the machine has */
    bool again;           /**< also what failed for good before */
    int64_t max_failures; /**< stop when more units failed; 0: never */
    kith_batch_wish (*watch)(void *payload,
                             const kith_batch_progress *progress); /**< may be NULL */
    void *payload;
} kith_batch_options;

/**
 * Reads a manifest, finds and hashes its data sets; writes nothing.
 * @param folder where results go; NULL: as the manifest says, else its name with ".batch"
 * @param out    yours; kith_batch_free()
 * @return KITH_ERR_ARGUMENT with line and column for a bad manifest, KITH_ERR_IO for a data set that is not there
 */
KITH_API kith_status kith_batch_plan(const char *manifest, const char *folder, kith_batch **out,
                                     kith_error *err);
/** Opens the folder of a batch that was planned. @return KITH_ERR_IO when there is none */
KITH_API kith_status kith_batch_open(const char *folder, kith_batch **out, kith_error *err);
/** Writes plan.json, so that workers elsewhere can open the batch. */
KITH_API kith_status kith_batch_save(const kith_batch *batch, kith_error *err);
/** Frees the batch; what is in its folder stays. NULL is fine. */
KITH_API void kith_batch_free(kith_batch *batch);

/** The folder of the results; borrowed. */
KITH_API const char *kith_batch_folder(const kith_batch *batch);
/** "local" or "slurm"; borrowed. */
KITH_API const char *kith_batch_engine(const kith_batch *batch);

/** Tables of what a run would do: units, data sets, estimates of memory and time. @param out yours */
KITH_API kith_status kith_batch_describe(const kith_batch *batch, kith_answer **out,
                                         kith_error *err);

/**
 * Runs what is not answered yet.
 * @param progress filled; may be NULL
 * @return KITH_ERR_UNFINISHED when it was asked to stop or too much failed, KITH_ERR_IO when results cannot be written; what
 * is done by then is kept
 */
KITH_API kith_status kith_batch_run(const kith_batch *batch, const kith_batch_options *options,
                                    kith_batch_progress *progress, kith_error *err);

/** Tables of how far it is, read from the segments, and of what failed. @param out yours */
KITH_API kith_status kith_batch_status(const kith_batch *batch, kith_answer **out, kith_error *err);

/**
 * Writes results.csv, .jsonl and .sqlite, top.csv, timing.csv, failures.csv and index.html into the folder.
 * @param out tables of what there is, yours; may be NULL
 */
KITH_API kith_status kith_batch_collect(const kith_batch *batch, kith_answer **out,
                                        kith_error *err);

/** How many shards the batch is best cut into, by its estimated time. */
KITH_API int64_t kith_batch_shards(const kith_batch *batch);

/** One command a shard, for GNU parallel, HTCondor, Snakemake and the like. @param program how kith is called there
 * @param shards how many; 0: as kith_batch_shards() says */
KITH_API void kith_batch_commands(const kith_batch *batch, const char *program, int64_t shards,
                                  kith_sink *sink);

/**
 * The same as a submit description for HTCondor, whose jobs start in the batch's folder: it and its `logs` must be there.
 * @return KITH_ERR_ARGUMENT for a path that cannot be written in one
 */
KITH_API kith_status kith_batch_condor(const kith_batch *batch, const char *program, int64_t shards,
                                       kith_sink *sink, kith_error *err);

/**
 * Hands the batch to Slurm: an array of shards and a collector behind it. Needs sbatch on the PATH.
 * @param program path of kith on the nodes  @param out table of the jobs, yours
 * @return KITH_ERR_IO when sbatch refuses, with its words
 */
KITH_API kith_status kith_batch_submit(const kith_batch *batch, const char *program, bool again,
                                       kith_answer **out, kith_error *err);

KITH_END_DECLS
#endif
