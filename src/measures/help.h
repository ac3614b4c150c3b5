/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help.h - helping customers help their customers, in three steps: is a customer of theirs known, is a need recorded,
 * and did we contribute anything toward it.
 */
#ifndef KITH_MEASURES_HELP_H
#define KITH_MEASURES_HELP_H

#include "measures/needs.h"
#include "measures/sales.h"
#include "measures/ways.h"

typedef struct kith_help {
    kith_node customer;
    int64_t known;           /**< how many customers of theirs are known */
    int64_t needs;           /**< needs recorded of them and of their customers */
    int64_t helped;          /**< contributions of ours to them, their people and their customers */
    kith_time last;          /**< the latest of these */
    int steps;               /**< done, in order: 0 to 3 */
    kith_node needy, helper; /**< the first need that somebody offers to meet; -1 for none */
    const char *word;        /**< that need; borrowed from the needs */
} kith_help;

/**
 * One row for each customer in row 1 of a walk, in its order.
 * Contributions count when they come from the start, its people, or the owner of the files. A match prefers the start's
 * own offers, then the lowest id; nobody is matched with themselves.
 * @return of kith_help; yours, g_array_unref()
 */
GArray *kith_help_list(const kith_depth *depth, const kith_needs *needs, const kith_ways *ways);

#endif
