/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * haul.h - what is still to do, and how much of it one process takes at a time.
 */
#ifndef KITH_BATCH_HAUL_H
#define KITH_BATCH_HAUL_H

#include "batch/segments.h"
#include <kith/batch.h>

/** Seconds: what is estimated at less may share a worker's memory with others. */
#define KITH_HAUL_SMALL 0.02

/**
 * The units of a shard that are not answered yet: the data sets that take longest first, the points of each side by side;
 * shard `i` of `n` has every n-th data set. Counts all units of the shard in `progress`.
 * @param again also those that failed for good  @return int64_t, yours
 */
GArray *kith_haul_pending(const kith_plan *plan, const kith_segments *segments, bool again,
                          int64_t shard, int64_t shards, kith_batch_progress *progress);

/**
 * How many of the units from `next` on make one haul: a data set alone where it is estimated at KITH_HAUL_SMALL or more, or
 * small ones do not share; else about two seconds' worth, and less near the end, so that all slots end together.
 * @param memory set to the estimate of its largest data set
 */
guint kith_haul_length(const kith_plan *plan, const GArray *units, guint next, int64_t slots,
                       bool share, int64_t *memory);
/** How many data sets of the plan are small. */
int64_t kith_haul_small(const kith_plan *plan);

/** The data set of a unit, and what a unit weighs in the progress: its ties. */
int64_t kith_haul_dataset(const kith_plan *plan, int64_t unit);
double kith_haul_weight(const kith_plan *plan, int64_t unit);

#endif
