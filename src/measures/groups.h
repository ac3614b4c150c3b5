/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * groups.h - the groups that people and firms are in, as far as the files name any.
 *
 * A group is a topic somebody is a member of or interested in, or the value of an attribute called group, sector, industry,
 * segment or category; where asked for, also each community of people that their ties make. A firm is in the groups of its
 * people as well.
 */
#ifndef KITH_MEASURES_GROUPS_H
#define KITH_MEASURES_GROUPS_H

#include <glib.h>
#include <kith/graph.h>
#include <kith/pass.h>
#include <stdbool.h>

typedef struct kith_groups {
    const kith_graph *graph;
    int64_t n;       /**< groups */
    GPtrArray *name; /**< by group, in order; texts borrowed from this */
    int64_t *first;  /**< node -> its first group; nodes + 1 long */
    int64_t *group;  /**< ascending and distinct for each node */
    GStringChunk *words;
} kith_groups;

/** A group found rather than named: by node its number, -1 for none; by number its name. */
typedef struct kith_groups_found {
    int64_t *of, n;  /**< n: how many have anybody */
    GPtrArray *name; /**< of char * */
} kith_groups_found;

void kith_groups_found_clear(kith_groups_found *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_groups_found, kith_groups_found_clear)

/**
 * The communities of people, by the Leiden algorithm on all ties between them and attending together; those of three people
 * and more, each named after the member with most ties: "community 1, around Ann Lee".
 * @return KITH_ERR_CANCELLED
 */
kith_status kith_groups_find(const kith_question *question, kith_groups_found *out,
                             kith_error *err);

/** @return yours; kith_groups_free(). O(n log n) in memberships */
kith_groups *kith_groups_new(const kith_graph *graph);

/** The same with more groups than the files name. @param named whether those that the files name count at all */
kith_groups *kith_groups_new_with(const kith_graph *graph, const kith_groups_found *found,
                                  bool named);
void kith_groups_free(kith_groups *groups);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_groups, kith_groups_free)

#endif
