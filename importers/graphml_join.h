/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_join.h - what was read of one block of a plain GraphML file, and the columns it goes into. */
#ifndef KITH_IMPORTERS_GRAPHML_JOIN_H
#define KITH_IMPORTERS_GRAPHML_JOIN_H

#include "edge_pieces.h"
#include "graphml_plain.h"

/* More values on one node or edge are not plain. */
#define KITH_GRAPHML_VALUES 64

/* Texts are places in the block; 0 is none, for no text stands at its start. */
typedef struct kith_graphml_node_row {
    uint32_t id, name, label, line, values;
} kith_graphml_node_row;

typedef struct kith_graphml_value_row {
    const kith_graphml_key *key;
    uint32_t text;
} kith_graphml_value_row;

typedef struct kith_graphml_rows {
    kith_piece *ties; /* ends: numbers of nodes, or places of their ids */
    GArray *nodes, *values;
    bool closed; /* the document ends here */
} kith_graphml_rows;

typedef struct kith_graphml_attribute {
    uint32_t node, text; /* a number of `values` */
    const char *key;
} kith_graphml_attribute;

typedef struct kith_graphml_join {
    const kith_graphml_head *head;
    kith_scanner scanner;
    kith_edge_scan scan;
    kith_labels ids; /* unless nodes are numbered */
    kith_labels labels, values;
    GArray *lines; /* node -> its line */
    GArray *attributes;
    GPtrArray *spare; /* rows to be used again; the scanner's lock is theirs */
    bool closed, failed;
} kith_graphml_join;

void kith_graphml_join_init(kith_graphml_join *join, kith_source *source,
                            const kith_graphml_head *head, const kith_import_options *options);
void kith_graphml_join_clear(kith_graphml_join *join);

kith_graphml_rows *kith_graphml_rows_take(kith_graphml_join *join, size_t length, int worker);
void kith_graphml_rows_give(kith_graphml_join *join, kith_graphml_rows *rows);

/**
 * Puts a block's rows behind those of the blocks before. @return false when they are not plain after all: an edge to
 * nowhere, a node twice, two nodes of one label; or when there is no memory (then failed is set)
 */
bool kith_graphml_join_add(kith_graphml_join *join, const char *text, kith_graphml_rows *rows);

/** Hands all to the builder. @return false when there is no whole graph with ties */
bool kith_graphml_join_finish(kith_graphml_join *join, kith_builder *into);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_graphml_join, kith_graphml_join_clear)

#endif
