/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task.h - data sets with their points, one after another, each in a process of its own.
 *
 * The process limits itself first; where it has several data sets it lends its memory to a process for each (borrow.h). Of
 * a data set it reads the file and answers point after point, each answer appended to its segment. What it has behind it, and since when it is at the next unit, stands in memory that it shares with
 * whoever watches, who so knows which unit it died of.
 */
#ifndef KITH_BATCH_TASK_H
#define KITH_BATCH_TASK_H

#include "batch/segments.h"
#include <stdatomic.h>
#include <sys/types.h>

/** How far a process is. */
typedef struct kith_task_place {
    _Atomic int64_t behind; /* units that are written */
    _Atomic int64_t failed; /* of them, since the watcher last took this number away */
    _Atomic int64_t since;  /* kith_task_now() when the unit at hand began */
    _Atomic bool drain;     /* set by the watcher: begin no other data set */
    _Atomic pid_t group;    /* of the process that borrows this one's memory; 0: none does */
} kith_task_place;

/** What a process does. */
typedef struct kith_task {
    const kith_plan *plan;
    const int64_t *units; /* those of one data set side by side */
    int64_t n;
    int segment; /* descriptor of its slot's segment */
    kith_task_place *place;
} kith_task;

/** How a process ends that does not die. */
enum {
    KITH_TASK_DONE = 0,
    KITH_TASK_UNWRITABLE = 74, /* results cannot be written */
    KITH_TASK_REST = 75,       /* the rest is for a new process */
    KITH_TASK_STARVED = 76     /* an allocation failed that cannot be handed back */
};

/** Nanoseconds of a clock that all processes of a machine share. */
int64_t kith_task_now(void);

/** Limits of memory and files for this process; so that it dies with its parent. */
void kith_task_limit(const kith_plan *plan, pid_t parent);

/** Does the task; failures that can be told are told in the segment. @return an exit status from above */
int kith_task_run(const kith_task *task);

#endif
