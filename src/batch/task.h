/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task.h - one data set with its points, in a process of its own.
 *
 * The process limits itself first, then reads the data set and answers point after point, each answer appended to its
 * segment. Over a pipe it announces each point before it begins, so that whoever watches knows which one it died of.
 */
#ifndef KITH_BATCH_TASK_H
#define KITH_BATCH_TASK_H

#include "batch/segments.h"

/** What a task does; units are of one data set (or of others with the same content). */
typedef struct kith_task {
    const kith_plan *plan;
    const int64_t *units;
    int64_t n;
    int segment; /* descriptor of its slot's segment */
    int pipe; /* "s UNIT\n" before a point; behind it "d UNIT\n" when it was answered, "f UNIT\n" when not */
} kith_task;

/** Limits of memory, files and processor time for this process; so that it dies with its parent. */
void kith_task_limit(const kith_plan *plan, pid_t parent);

/** Does the task; failures that can be told are told in the segment. @return KITH_ERR_IO when nothing can be written */
kith_status kith_task_run(const kith_task *task, kith_error *err);

#endif
