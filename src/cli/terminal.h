/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal.h - what the user sees that is not the answer: errors, warnings, progress. All on
 * standard error. */
#ifndef KITH_CLI_TERMINAL_H
#define KITH_CLI_TERMINAL_H

#include <kith/kith.h>

/* Columns of the terminal that a stream is, 0 when it is none. */
int terminal_width(int descriptor);
/* Whether colour is welcome there: a terminal, NO_COLOR unset, TERM not dumb. */
bool terminal_colour(int descriptor);

/* "kith: file:line:column: message" on standard error; texts are escaped. */
void terminal_error(const kith_error *err);
/* The same form for a warning or a row held back. */
void terminal_warning(const char *source, int64_t line, int64_t column, const char *reason);

/* A bar with time left, on a terminal, once the work has lasted a second. Returns false after
 * Ctrl-C. */
typedef struct progress {
    const char *what;
    double started, shown;
    bool quiet, visible;
} progress;

progress progress_start(const char *what, bool quiet);
bool progress_tick(void *progress, double done);
/* The same for reading a file: bytes and megabytes a second. */
bool progress_bytes(void *progress, int64_t read, int64_t total);
void progress_end(progress *p);

/* Ctrl-C and SIGTERM ask to stop; what has not ended a moment later is ended. Output already renamed stays, temporary
 * files go. */
void terminal_catch_signals(void);

/* What is about to be read, so that running out of memory can say how much is needed. */
void terminal_expect_memory(const char *const *files, int n);

#endif
