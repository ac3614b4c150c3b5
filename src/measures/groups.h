/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * groups.h - the groups that people and firms are in, as far as the files name any.
 *
 * A group is a topic somebody is a member of or interested in, or the value of an attribute called group, sector, industry,
 * segment or category. A firm is in the groups of its people as well.
 */
#ifndef KITH_MEASURES_GROUPS_H
#define KITH_MEASURES_GROUPS_H

#include <glib.h>
#include <kith/graph.h>

typedef struct kith_groups {
    const kith_graph *graph;
    int64_t n;       /**< groups */
    GPtrArray *name; /**< by group, in order; texts borrowed from this */
    int64_t *first;  /**< node -> its first group; nodes + 1 long */
    int64_t *group;  /**< ascending and distinct for each node */
    GStringChunk *words;
} kith_groups;

/** @return yours; kith_groups_free(). O(n log n) in memberships */
kith_groups *kith_groups_new(const kith_graph *graph);
void kith_groups_free(kith_groups *groups);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_groups, kith_groups_free)

#endif
