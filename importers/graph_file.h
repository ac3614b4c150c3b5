/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graph_file.h - what all graph files have in common: nodes with ids and labels, ties with weights.
 *
 * A node is its id where ids are words ("P01" in GEXF, DOT and GraphML), and its label where an id
 * is but a place in the file (7, n7): "Ann" in a Pajek file and "Ann" in a GML file are one person.
 * Two nodes of one file that share a label stay two ("Ann", "Ann #7"). What a file says of a node or
 * a tie is gathered first and given to the builder when it is complete.
 */
#ifndef KITH_IMPORTERS_GRAPH_FILE_H
#define KITH_IMPORTERS_GRAPH_FILE_H

#include "base/base.h"
#include <kith/importer.h>

typedef struct kith_graph_file {
    kith_source *source;
    kith_builder *into;
    const kith_import_options *options; /**< never NULL */
    GHashTable *by_id;                  /**< id -> index of the node + 1 */
    GArray *nodes;
    GPtrArray *said;  /**< key, value, key, value … of the node or tie being read */
    bool declares;    /**< the format lists its nodes: ties to others are told */
    bool private_ids; /**< ids are ours: a node is its label */
    bool own_records; /**< the importer counts its records itself; else each tie is one */
    double shares;    /**< the weight said is shared among so many ties; 1 */
    bool weight_seen;
} kith_graph_file;

void kith_graph_file_init(kith_graph_file *file, kith_source *source, const void *options,
                          kith_builder *into);
/** Gives every node its identity, when a graph was read; the next one has ids of its own. */
kith_status kith_graph_file_finish(kith_graph_file *file, kith_error *err);
void kith_graph_file_clear(kith_graph_file *file);

/** Whether ties have no direction, where the file does not say: the user's word, else `usually`. */
bool kith_graph_file_undirected(const kith_graph_file *file, bool usually);

/** The node of a format that knows labels only; a number is not given as a name. */
kith_mention kith_graph_file_label(kith_graph_file *file, kith_node_kind kind, const char *label);

/** The node that a tie calls by this id, made on first sight. */
kith_mention kith_graph_file_refer(kith_graph_file *file, const char *id);
/** The node with this id, made of this kind on first sight. */
kith_mention kith_graph_file_node(kith_graph_file *file, kith_node_kind kind, const char *id);
/** Whether a node with this id was declared or referred to. */
bool kith_graph_file_knows(const kith_graph_file *file, const char *id);
/**
 * Declares a node and gives it what was said of it: "kind" decides its kind, "label" or "name" its
 * label, the rest are attributes. @param label may be NULL  @param out may be NULL
 * @return KITH_ERR_PARSE when it was declared before
 */
kith_status kith_graph_file_declare(kith_graph_file *file, const char *id, const char *label,
                                    kith_mention *out, kith_error *err);
/** Sets the label of a node, the last word counts; for DOT, which declares nothing. */
void kith_graph_file_set_label(kith_graph_file *file, const char *id, const char *label);

/** Notes one thing that the file says of the node or tie being read; texts are copied. */
void kith_graph_file_say(kith_graph_file *file, const char *key, const char *value);
/** What was said for a key, NULL when nothing. */
const char *kith_graph_file_said(const kith_graph_file *file, const char *key);
/** Forgets what was said. */
void kith_graph_file_hush(kith_graph_file *file);
/** Gives a node what was said as attributes, but for these keys ("id label"), and forgets it. */
void kith_graph_file_describe(kith_graph_file *file, kith_mention who, const char *but);

/** Reads a weight: finite and above 0. */
kith_status kith_graph_file_weight(kith_graph_file *file, const char *text, double *out,
                                   kith_error *err);
/** Reads a cell of a matrix, where 0 is no tie. */
kith_status kith_graph_file_cell(kith_graph_file *file, const char *text, double *out,
                                 kith_error *err);

/** Adds a tie (a record) as it is. */
kith_status kith_graph_file_tie(kith_graph_file *file, const kith_fact *fact, kith_error *err);
/** Adds that a person took part in an event. */
kith_status kith_graph_file_attended(kith_graph_file *file, kith_mention person, kith_mention event,
                                     double weight, const char *detail, kith_error *err);
/** Adds a tie with what was said of it: the weight (--weight, "weight", "value"), "kind", the rest
 * as attributes but for these keys. What was said stays, for the next tie of a chain. */
kith_status kith_graph_file_said_tie(kith_graph_file *file, kith_fact *fact, const char *but,
                                     kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_graph_file, kith_graph_file_clear)

#endif
