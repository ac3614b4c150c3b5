/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fault_vfs.h - SQLite's door to the disk, of which the n-th call fails, or at which power fails.
 *
 * Once installed it is the door of every book this program opens. It never syncs: what a sync is worth is what disk.h
 * says of it.
 */
#ifndef KITH_TESTS_FAULT_VFS_H
#define KITH_TESTS_FAULT_VFS_H

#include "support/disk.h"

/** What is done to the file; the bits say which calls count. */
enum {
    FAULT_OPEN = 1,
    FAULT_READ = 2,
    FAULT_WRITE = 4,
    FAULT_SYNC = 8,
    FAULT_TRUNCATE = 16,
    FAULT_DELETE = 32,
    FAULT_SHARED = 64, /**< the log's index in shared memory */
    FAULT_CHANGES = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_DELETE,
    FAULT_ALL = 127
};

struct fault_plan {
    unsigned calls;
    long at;         /**< the call that fails, from 1; 0 for none */
    bool sticky;     /**< and all after it */
    bool full, torn; /**< a failing write says that the disk is full; it writes its first half */
    disk *model;     /**< when not NULL, told of every change until the failing one */
};

void fault_vfs_install(void);
/** Begins to count anew; NULL for no faults. */
void fault_vfs_plan(const struct fault_plan *plan);
/** How many calls were counted since. */
long fault_vfs_seen(void);

#endif
