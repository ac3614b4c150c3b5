/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edges.h - a plain graph that stays columns: from the builder to the frozen graph without becoming rows.
 *
 * The builder keeps the columns of its only source; freezing puts them in order, in place, and the graph shares them. When
 * a second source comes, or somebody needs rows (a book, a decision), they are written out as the facts an importer
 * would have told.
 */
#ifndef KITH_MODEL_EDGES_H
#define KITH_MODEL_EDGES_H

#include "base/edges.h"
#include "model/graph.h"

/** The graph of a builder that holds nothing but columns. @return KITH_ERR_NO_MEMORY */
kith_status kith_edges_freeze(kith_builder *builder, const kith_build_options *options,
                              kith_graph **out, kith_error *err);

/** Puts labels into natural order. @param number receives old node -> new node @return false: no memory */
bool kith_edges_order_labels(kith_edges *edges, uint32_t *number);

/** The id of each node of a graph of columns, made when first asked for. */
const char *kith_edges_id(const kith_graph *graph, kith_node node);
void kith_edges_ids_free(gsize made);

/** The same graph with rows instead of columns, for what copies rows. @return yours */
kith_graph *kith_edges_unfold(const kith_graph *graph);

/** How many pairs of nodes have a tie, or a tie in that direction. O(m) */
int64_t kith_edges_distinct(const kith_edges *edges);

#endif
