/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edges.h - a whole plain graph as columns: 32-bit ends, weights, times and lines, labels one behind another.
 *
 * What a fast importer hands to the builder in one piece. A fact of its own takes ninety bytes, a row of these twelve.
 */
#ifndef KITH_BASE_EDGES_H
#define KITH_BASE_EDGES_H

#include "base/big.h"
#include <kith/builder.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct kith_edges {
    int references;
    int64_t nodes, ties;
    char *text;    /* labels, each ending with a NUL: valid UTF-8, no two alike */
    size_t *label; /* node -> its label in text */
    bool
        ordered; /* labels are in natural order, ties by (from, to, when, weight, place in the file) */
    bool numbered; /* labels are in natural order already, having been numbers */
    bool undirected;
    int threads;
    uint32_t *from, *to;
    double *weight;  /* each finite and above 0; NULL: all are 1 */
    kith_time *when; /* KITH_TIME_NONE where there is none; NULL: nowhere */
    uint32_t *line;  /* NULL: tie i stands on line first_line + i, in file order */
    int64_t first_line;
    uint32_t *node_line; /* where a node stands; NULL: where its label stands first in a tie */
} kith_edges;

/* All arrays are kith_big_new()'s. */
kith_edges *kith_edges_new(void);
kith_edges *kith_edges_ref(kith_edges *edges);
void kith_edges_unref(kith_edges *edges);

static inline const char *
kith_edges_label(const kith_edges *edges, int64_t node)
{
    return edges->text + edges->label[node];
}

/** The line of the file that a tie stands on. */
static inline uint32_t
kith_edges_line(const kith_edges *edges, int64_t i)
{
    return edges->line ? edges->line[i] : (uint32_t)MIN(edges->first_line + i, UINT32_MAX);
}

/** Whether the builder would take them: nothing has been told to it yet but the source that is open. */
bool kith_builder_takes_edges(const kith_builder *builder);
/** Gives the builder all of a source at once; it keeps a reference. */
void kith_builder_edges(kith_builder *builder, kith_edges *edges);
/** What else the source says about a node of the edges just given. */
void kith_builder_edges_attribute(kith_builder *builder, int64_t node, const char *key,
                                  const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_edges, kith_edges_unref)

#endif
