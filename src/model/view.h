/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view.h - a graph as it was, or as it would be: earlier, without somebody, without a platform, with ties that are not there.
 *
 * The result is a graph of its own with the same nodes; every measure works on it. A view of an earlier day holds the ties
 * that a build with that as-of day would, so asking it is asking again with --as-of.
 */
#ifndef KITH_MODEL_VIEW_H
#define KITH_MODEL_VIEW_H

#include "model/graph.h"

/** What changes. Start from {.as_of = KITH_TIME_NONE, .without = -1}. */
typedef struct kith_change {
    kith_time as_of;   /**< ties after this day are left out; KITH_TIME_NONE: as the graph */
    kith_node without; /**< whose ties are left out; -1: nobody's */
    const char
        *platform; /**< ties through this channel, and profile links to it, are left out; NULL */
    const kith_fact_tie *more; /**< ties to add, in any order; from, to are nodes */
    int64_t n_more;
    int64_t party; /**< what the attribute "party" of added ties says; 0: none */
} kith_change;

/** The graph with a change. @return yours; kith_graph_free(). O(nodes + ties + n_more log n_more) */
kith_graph *kith_graph_changed(const kith_graph *graph, const kith_change *change);

/** Whether a profile link leads to a platform: linkedin.com/in/ann to "linkedin". */
bool kith_url_is_of(const char *url, const char *platform);

#endif
