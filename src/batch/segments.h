/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * segments.h - results as append-only files, one a worker, without locks: what is in them is done.
 *
 * A line is one unit: {"key":"…","state":"ok","done":[{times},{answer}],"end":true}. It is written at once, and one that was cut off lacks its end
 * and counts for nothing. The same key may stand in several files; any line that answers wins over any that tells of a
 * failure, and of several answers, which are equal but for the time they took, the first file's is used.
 */
#ifndef KITH_BATCH_SEGMENTS_H
#define KITH_BATCH_SEGMENTS_H

#include "batch/plan.h"

typedef enum kith_failure {
    KITH_FAILED_NOT = 0,
    KITH_FAILED_INPUT,    /* "bad-input" */
    KITH_FAILED_MEMORY,   /* "out-of-memory" */
    KITH_FAILED_TIME,     /* "time-limit" */
    KITH_FAILED_CRASH,    /* "crash" */
    KITH_FAILED_LOST,     /* "engine-lost" */
    KITH_FAILED_INTERNAL, /* "internal" */
    KITH_FAILURES
} kith_failure;

/** "bad-input" …; "" for none. */
const char *kith_failure_name(kith_failure failure);

/** What the segments know of a key. */
typedef struct kith_outcome {
    const char *line; /* borrowed from the segments */
    size_t length;
    kith_failure failure; /* KITH_FAILED_NOT: answered */
    int64_t tries;        /* how many lines tell of a crash or a loss */
    int64_t memory;       /* under which limits it failed */
    double seconds;
} kith_outcome;

typedef struct kith_segments kith_segments;

/** Reads all segments of a folder. O(bytes) @param out yours; kith_segments_free() */
kith_status kith_segments_read(const char *folder, kith_segments **out, kith_error *err);
void kith_segments_free(kith_segments *segments);

/** What is known of a key; NULL when nothing is. */
const kith_outcome *kith_segments_find(const kith_segments *segments, const char *key);

/** Whether a unit needs no more work: it was answered, or failed for good under the plan's limits. */
bool kith_segments_done(const kith_segments *segments, const kith_plan *plan, const char *key);

/** Opens a new segment of this process for appending. @param path set to its name, yours; may be NULL
 * @return a file descriptor, -1 with an error */
int kith_segment_open(const char *folder, int64_t slot, char **path, kith_error *err);

/** Appends whole lines at once. @return KITH_ERR_IO */
kith_status kith_segment_write(int descriptor, const char *text, size_t length, kith_error *err);

/** Appends a line that tells of a failure. */
kith_status kith_segment_fail(int descriptor, const kith_plan *plan, const char *key,
                              kith_failure failure, const char *message, const char *log,
                              kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_segments, kith_segments_free)

#endif
