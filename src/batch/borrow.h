/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * borrow.h - a process that borrows the memory of the one that starts it, which stands still until it ends.
 *
 * It has a number, a process group, limits, signals and an end of its own, as after fork(2); but no page is copied or mapped
 * anew, which where pages are dear is nearly all of what a process costs (here 0.03 to 0.3 ms instead of 4 to 10). What
 * a borrower that died has left of the memory is not to be trusted: the lender ends as well, and in the same way.
 *
 * This is vfork(2) with a stack apart, as posix_spawn(3) does it: one of the two runs at any time, so libraries see one
 * thread. A borrower must have no threads when it ends; the pool of OpenMP is one.
 */
#ifndef KITH_BATCH_BORROW_H
#define KITH_BATCH_BORROW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/** A stack, made once and used by one borrower after the other. `{0}` may be cleared. */
typedef struct kith_borrow {
    void *stack;
    size_t size;
} kith_borrow;

/** @return whether there is memory for a stack */
bool kith_borrow_init(kith_borrow *b);
void kith_borrow_clear(kith_borrow *b);

/**
 * Runs `work(payload)` in a process of its own, in a group of its own that dies with this process.
 * @param group  the borrower's number while it runs, 0 before and after; others may read it
 * @return what `work` returned, 0 to 255. When the borrower died of a signal this process dies of the same and does not
 *         return. -1: no process could be made, and nothing was done.
 */
int kith_borrow_run(const kith_borrow *b, int (*work)(void *), void *payload, _Atomic pid_t *group);

#endif
