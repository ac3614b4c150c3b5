/* SPDX-License-Identifier: GPL-3.0-or-later */
/* turnout.h - who was at which event when, one occasion after another. */
#ifndef KITH_MEASURES_TURNOUT_H
#define KITH_MEASURES_TURNOUT_H

#include <glib.h>
#include <kith/graph.h>
#include <stdbool.h>

/** One person at one event; without a time of its own at that of the event. */
typedef struct kith_turnout {
    kith_node event, person;
    kith_time when; /* KITH_TIME_NONE: unknown */
    int64_t tie;
    bool remote; /* by video or telephone */
} kith_turnout;

/** Whether a status says that somebody was there; without one they were. */
bool kith_was_there(const char *status);

/** Whether a channel is video or telephone. */
bool kith_is_remote(const char *channel);

/** Everybody who was anywhere, by event, time, person and tie: of kith_turnout, yours. O(n log n) */
GArray *kith_turnouts(const kith_graph *graph);

/** Where the occasion that begins at `i` ends: the same event at the same time. */
guint kith_turnout_end(const GArray *turnouts, guint i);

#endif
