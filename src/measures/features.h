/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * features.h - what people share: topics, memberships, organisations, events, places; and which of them a group has more
 * of than chance.
 *
 * Of N people K have a feature; a group of n has x of them. How likely are x or more by chance is the hypergeometric
 * upper tail. All tests of an answer are held together by Holm's correction, so that one false name in all of them is
 * as unlikely as the level says. Holm 1979, Scand. J. Statist. 6:65-70.
 */
#ifndef KITH_MEASURES_FEATURES_H
#define KITH_MEASURES_FEATURES_H

#include "model/network.h"

/** One thing that people share. */
typedef struct kith_feature {
    const char *kind, *what; /* "topic", "Sailing"; borrowed from the graph */
    kith_node node;          /* -1 for a place */
    int64_t first, n;        /* rows of kith_features.vertex: who has it, ascending */
} kith_feature;

typedef struct kith_features {
    int64_t n; /* features, by kind, then in node or text order */
    kith_feature *feature;
    uint32_t *vertex;
} kith_features;

/** Everything the vertices of a network share. Events count for those who were there. O(f log f) in facts */
kith_features *kith_features_new(const kith_graph *graph, const kith_network *network);
void kith_features_free(kith_features *features);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_features, kith_features_free)

/** A feature that a group has more of than chance. */
typedef struct kith_excess {
    uint32_t group;
    int64_t feature, members, all; /* who has it in the group; in the network */
    double expected, p, adjusted;
} kith_excess;

/**
 * Features over-represented in groups, at least two members each; by group, then from the least likely on.
 * @param group   by vertex; UINT32_MAX takes no part
 * @param level   the adjusted p a feature must be at or below
 * @return yours, of kith_excess; g_array_unref(). O(rows + groups)
 */
GArray *kith_features_excess(const kith_features *features, const uint32_t *group, int64_t n,
                             int64_t groups, double level);

#endif
