/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * autopsy.h - what a process died of.
 */
#ifndef KITH_BATCH_AUTOPSY_H
#define KITH_BATCH_AUTOPSY_H

#include "batch/segments.h"
#include <sys/resource.h>

/** How a process ended, and at which unit. */
typedef struct kith_end {
    int64_t unit;
    int status; /* as wait4() gives it */
    struct rusage used;
    bool late, stopped; /* why it was asked to end, if it was */
    const char *log_path;
} kith_end;

/** Classes an end, and keeps the process's last words in logs/. @param message, log yours */
void kith_autopsy(const kith_plan *plan, const kith_end *end, kith_failure *failure, char **message,
                  char **log);

/** What is told of memory that ran out, whatever the allocation that found it so. @return yours */
char *kith_autopsy_starved(const kith_plan *plan);

#endif
