/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crew.h - a supervised crew of processes: one data set each, so many at once as there are slots and memory.
 *
 * Each process leads a group of its own. One that dies, or takes too long over a point, costs that point; another one is
 * started for the rest of its data set. The supervisor reads no data and starts no threads, so forking it is safe and cheap.
 */
#ifndef KITH_BATCH_CREW_H
#define KITH_BATCH_CREW_H

#include "batch/task.h"
#include <kith/batch.h>

/** The units of one data set that are still to be answered. */
typedef struct kith_crew_task {
    int64_t dataset;
    GArray *units; /* int64_t */
} kith_crew_task;

/** The tasks of a shard, those that take longest first; shard `i` of `n` has every n-th. @return kith_crew_task, yours */
GArray *kith_crew_tasks(const kith_plan *plan, const kith_segments *segments, bool again,
                        int64_t shard, int64_t shards, kith_batch_progress *progress);

/**
 * Runs them all.
 * @return KITH_ERR_UNFINISHED when it was asked to stop, KITH_ERR_IO when results cannot be written; what was done is kept
 */
kith_status kith_crew_run(const kith_plan *plan, GArray *tasks, const kith_batch_options *options,
                          kith_batch_progress *progress, kith_error *err);

#endif
