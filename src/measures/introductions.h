/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * introductions.h - requests for introductions, put together from the facts that tell of them.
 *
 * A fact `introduced` (introducer -> whom to meet) says one thing about one request: that it was asked, agreed to, made or
 * declined, or what came of it. What is said of the same introducer, person and asker in a row is one request; a new one
 * begins when somebody asks, or is answered, after an answer. A fact without a status says that it was made.
 */
#ifndef KITH_MEASURES_INTRODUCTIONS_H
#define KITH_MEASURES_INTRODUCTIONS_H

#include <glib.h>
#include <kith/graph.h>

typedef enum kith_introduction_state {
    KITH_INTRODUCTION_ASKED = 0,
    KITH_INTRODUCTION_AGREED,
    KITH_INTRODUCTION_MADE,
    KITH_INTRODUCTION_DECLINED
} kith_introduction_state;

typedef struct kith_introduction {
    kith_node by, to;
    const char *
        asker; /**< who asked, as told (attribute `for`); NULL: the owner; borrowed from the graph */
    kith_introduction_state state;
    kith_time begun;     /**< of the first fact; KITH_TIME_NONE without a date */
    kith_time answered;  /**< when it was agreed to, made or declined last; KITH_TIME_NONE */
    const char *outcome; /**< what came of it, or NULL; borrowed */
} kith_introduction;

/** All of them, by introducer, person, asker and time. O(f log f). @return yours, g_array_unref() */
GArray *kith_introductions(const kith_graph *graph);

/** What a fact's status says; `outcome` and words unknown say nothing. @return false then */
bool kith_introduction_says(const char *status, kith_introduction_state *out);

#endif
