/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot_sets.h - the nodes of a DOT statement or subgraph, each once, in order. */
#ifndef KITH_IMPORTERS_DOT_SETS_H
#define KITH_IMPORTERS_DOT_SETS_H

#include <glib.h>
#include <kith/builder.h>

typedef struct kith_dot_set {
    int references;
    GArray *nodes;    /**< of kith_mention */
    GHashTable *seen; /**< NULL while there is one node or none */
} kith_dot_set;

/** An empty set with one reference. */
kith_dot_set *kith_dot_set_new(void);
kith_dot_set *kith_dot_set_ref(kith_dot_set *set);
void kith_dot_set_unref(kith_dot_set *set);

/** Adds a node unless it is there. */
void kith_dot_set_add(kith_dot_set *set, kith_mention who);

/** Whether this is the first tie between two nodes; notes it. Keys of `ties` are gint64, owned. */
bool kith_dot_first_tie(GHashTable *ties, kith_mention from, kith_mention to, bool directed);

static inline kith_mention
kith_dot_set_at(const kith_dot_set *set, guint i)
{
    return g_array_index(set->nodes, kith_mention, i);
}

#endif
