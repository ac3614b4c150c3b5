/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch_progress.h - what a user sees of a running batch, and how Ctrl-C asks it to end. */
#ifndef KITH_CLI_BATCH_PROGRESS_H
#define KITH_CLI_BATCH_PROGRESS_H

#include <kith/kith.h>

typedef enum batch_progress_form {
    BATCH_PROGRESS_BAR = 0, /* on a terminal; elsewhere a line every half minute */
    BATCH_PROGRESS_JSON,    /* a line of JSON every second */
    BATCH_PROGRESS_NONE
} batch_progress_form;

typedef struct batch_progress {
    batch_progress_form form;
    double shown; /* seconds into the run */
    double began; /* work that was done before it; -1: not known yet */
    bool visible;
} batch_progress;

/* Ctrl-C once drains, twice stops; TERM drains. */
void batch_progress_catch_signals(void);

/* A kith_batch_options.watch. */
kith_batch_wish batch_progress_watch(void *batch_progress, const kith_batch_progress *now);
void batch_progress_end(batch_progress *p, const kith_batch_progress *now);

#endif
