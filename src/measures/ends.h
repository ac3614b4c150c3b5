/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ends.h - where a chain may end: at one person, or at anybody who works at a firm now, weighted by their role. */
#ifndef KITH_MEASURES_ENDS_H
#define KITH_MEASURES_ENDS_H

#include "measures/roles.h"
#include <glib.h>
#include <kith/graph.h>

/** By node. {0} may be cleared. */
typedef struct kith_ends {
    bool *in;
    double *weight;     /**< of the role, in (0, 1]; NULL for a person, who counts fully */
    const char **title; /**< borrowed from the graph; NULL where there is none, or for a person */
    int64_t n, former;  /**< who may be an end; jobs there that ended */
} kith_ends;

/**
 * Of several jobs at one firm the one with the largest weight counts.
 * @param target a person or an organisation. O(nodes + jobs)
 */
void kith_ends_init(const kith_graph *graph, const kith_warmth_constants *constants,
                    kith_node target, kith_ends *out);
void kith_ends_clear(kith_ends *ends);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_ends, kith_ends_clear)

#endif
