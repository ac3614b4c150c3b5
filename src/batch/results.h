/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.h - what a batch found, as files: answers, times, failures, and a page that counts them. */
#ifndef KITH_BATCH_RESULTS_H
#define KITH_BATCH_RESULTS_H

#include "batch/segments.h"

/** results.csv, results.jsonl, results.sqlite as the plan asks, and top.csv: no time and no machine in them. */
kith_status kith_results_write(const kith_plan *plan, const kith_segments *segments,
                               kith_error *err);

/** What became of the units. */
typedef struct kith_tally {
    int64_t units, answered, empty, failed, open; /**< empty: answered that there is no answer */
    int64_t by_class[KITH_FAILURES];
} kith_tally;

kith_tally kith_results_tally(const kith_plan *plan, const kith_segments *segments);

/** timing.csv (never the same twice), failures.csv and index.html. */
kith_status kith_results_account(const kith_plan *plan, const kith_segments *segments,
                                 kith_error *err);

/** Calls `take` for each unit that failed, in order. @param told its message; log may be "" */
typedef void (*kith_results_take)(void *payload, int64_t unit, kith_failure failure,
                                  const char *message, const char *log);
kith_status kith_results_failures(const kith_plan *plan, const kith_segments *segments,
                                  kith_results_take take, void *payload, kith_error *err);

/** A text of an answer with the path of the unit's data set where its mark stands for it. @return yours */
char *kith_results_named(const kith_plan *plan, int64_t unit, const char *text);

/** "influencers by=pagerank top=10 replicate=2". @return yours */
char *kith_results_point_text(const kith_plan *plan, const kith_plan_point *point);
/** The command that does a unit again, alone. @return yours */
char *kith_results_command(const kith_plan *plan, int64_t unit);

#endif
