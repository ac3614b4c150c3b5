/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graphml_graph.h - the graph of a GraphML file on its way into the builder.
 *
 * The reader hands over whole nodes and edges with their values by key; what a value means (a name, a weight, a date) is
 * decided here, once per key.
 */
#ifndef KITH_IMPORTERS_GRAPHML_GRAPH_H
#define KITH_IMPORTERS_GRAPHML_GRAPH_H

#include <glib.h>
#include <kith/builder.h>
#include <kith/importer.h>

/* What a key is about. */
typedef enum kith_graphml_domain {
    KITH_GRAPHML_NODE = 1,
    KITH_GRAPHML_EDGE = 2,
    KITH_GRAPHML_GRAPH = 4,
    KITH_GRAPHML_ALL = 7
} kith_graphml_domain;

/* What a value means. */
typedef enum kith_graphml_role {
    KITH_GRAPHML_ATTRIBUTE = 0,
    KITH_GRAPHML_IGNORED,
    KITH_GRAPHML_NAME,
    KITH_GRAPHML_LABEL,
    KITH_GRAPHML_KIND,
    KITH_GRAPHML_EMAIL,
    KITH_GRAPHML_URL,
    KITH_GRAPHML_PHONE,
    KITH_GRAPHML_FLAGS,
    KITH_GRAPHML_EVENT_TIME,
    KITH_GRAPHML_WEIGHT,
    KITH_GRAPHML_WHEN,
    KITH_GRAPHML_UNTIL,
    KITH_GRAPHML_AMOUNT,
    KITH_GRAPHML_CURRENCY,
    KITH_GRAPHML_STATUS,
    KITH_GRAPHML_CHANNEL,
    KITH_GRAPHML_DETAIL,
    KITH_GRAPHML_UNDIRECTED
} kith_graphml_role;

typedef struct kith_graphml_key {
    char *id, *name, *type, *fallback; /* fallback: its default, NULL without one */
    kith_graphml_domain domain;
    kith_graphml_role node_role, edge_role;
} kith_graphml_key;

/** @param about what the file says it is for: "node", "edge", "all" or NULL, anything else: the graph  @return yours */
kith_graphml_key *kith_graphml_key_new(const char *id, const char *name, const char *type,
                                       const char *about);
void kith_graphml_key_free(kith_graphml_key *key);

/** Tells by its name what a key means. @param weight the name of the weight, NULL: "weight" */
void kith_graphml_key_understand(kith_graphml_key *key, const char *weight);

/** Whether a text is what the key's type says. */
bool kith_graphml_key_takes(const kith_graphml_key *key, const char *text);

typedef struct kith_graphml kith_graphml;

/** @return yours; kith_graphml_free() */
kith_graphml *kith_graphml_new(kith_source *source, const kith_import_options *options,
                               kith_builder *into);
void kith_graphml_free(kith_graphml *graph);

/** Takes over a key. All keys come before the first node. */
void kith_graphml_add_key(kith_graphml *graph, kith_graphml_key *key);
const kith_graphml_key *kith_graphml_find_key(const kith_graphml *graph, const char *id);

/** Keeps a value of the node or edge that is being read; the first for a key counts. */
void kith_graphml_value(kith_graphml *graph, const kith_graphml_key *key, const char *text);

/** A whole node, which ends here with the values kept. */
kith_status kith_graphml_node(kith_graphml *graph, const char *id, int64_t line, kith_error *err);

/** A whole edge. Ends that were not declared yet are waited for. */
kith_status kith_graphml_edge(kith_graphml *graph, const char *from, const char *to, bool directed,
                              int64_t line, kith_error *err);

/**
 * The end of the file: edges that waited are made.
 * @return KITH_ERR_PARSE with the line of an edge whose end is no node
 */
kith_status kith_graphml_finish(kith_graphml *graph, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_graphml, kith_graphml_free)

#endif
