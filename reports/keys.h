/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys.h - everything known of nodes and ties as named, typed attributes; shared by GraphML and
 * GEXF.
 *
 * Nodes have kind, label, name, identifiers, flags, their free attributes and every number an
 * answer of the document gives them ("influencers_score"); ties have kind, dates, amounts, their
 * source and free attributes. Keys that no element has a value for are left out.
 *
 * What is `common` to all nodes or ties may be left out of each by a format that can say it once: only what a reader does
 * well without, should it not look there (the kind, the source, a weight of 1, which is what ties without one have).
 */
#ifndef KITH_REPORTS_KEYS_H
#define KITH_REPORTS_KEYS_H

#include <glib.h>
#include <kith/answer.h>

typedef enum kith_key_type {
    KITH_KEY_TEXT,
    KITH_KEY_BOOLEAN,
    KITH_KEY_LONG,
    KITH_KEY_DOUBLE
} kith_key_type;

/** Where a key's values come from; those of ties follow KITH_TIE_KEYS. */
typedef enum kith_key_source {
    KITH_NODE_KIND,
    KITH_NODE_LABEL,
    KITH_NODE_NAME,
    KITH_NODE_EMAIL,
    KITH_NODE_URL,
    KITH_NODE_PHONE,
    KITH_NODE_FLAGS,
    KITH_NODE_EVENT_TIME,
    KITH_NODE_ATTRIBUTE,
    KITH_NODE_COMPUTED,
    KITH_TIE_KEYS,
    KITH_TIE_KIND = KITH_TIE_KEYS,
    KITH_TIE_LABEL,
    KITH_TIE_WHEN,
    KITH_TIE_UNTIL,
    KITH_TIE_WEIGHT,
    KITH_TIE_AMOUNT,
    KITH_TIE_CURRENCY,
    KITH_TIE_STATUS,
    KITH_TIE_CHANNEL,
    KITH_TIE_DETAIL,
    KITH_TIE_UNDIRECTED,
    KITH_TIE_SOURCE,
    KITH_TIE_LINE,
    KITH_TIE_ATTRIBUTE
} kith_key_source;

typedef struct kith_key {
    kith_key_source source;
    kith_key_type type;
    char *name;              /**< unique among the keys of nodes, or of ties; never "id" */
    char *id;                /**< the same of [A-Za-z0-9_.-] only */
    char *attribute;         /**< the free attribute's key */
    const kith_table *table; /**< COMPUTED: where the values are */
    int64_t column;
    const int64_t *row_of; /**< COMPUTED: by node, -1 for none */
    char *common;          /**< what may be said once, for all have it; NULL: said of each */
} kith_key;

typedef struct kith_keys {
    const kith_graph *graph;
    GPtrArray *nodes, *ties; /**< kith_key, in the order they are to be written */
    GPtrArray *ids;          /**< of nodes, where the graph's are not safe; NULL: they are */
    GPtrArray *rows;         /**< the row_of arrays */
    GHashTable *used;        /**< names and ids given out */
    bool directed;           /**< some tie has a direction: readers want one word for all */
} kith_keys;

/** Finds the keys of a document's graph. @return yours. O(keys * (nodes + ties)) */
kith_keys *kith_keys_new(const kith_document *document);
void kith_keys_free(kith_keys *keys);

/** What a node is called in a file: [A-Za-z0-9_.-], unique. */
static inline const char *
kith_keys_node(const kith_keys *keys, kith_node node)
{
    return keys->ids ? keys->ids->pdata[node] : kith_graph_id(keys->graph, node);
}

/** Appends a node's or tie's value as text (true, 0.25, …). @return false when it has none */
bool kith_key_value(const kith_graph *graph, const kith_key *key, int64_t element, GString *out);

/** The same for a tie that was looked up. */
bool kith_key_tie_value(const kith_graph *graph, const kith_key *key, int64_t i,
                        const kith_tie *tie, GString *out);

/** A number of a tie as text: of a key that is LONG or DOUBLE. @return its length, 0 when it has none */
size_t kith_key_tie_number(const kith_key *key, const kith_tie *tie, char out[32]);

/**
 * Whether two ties of a graph have the same value, as far as that is seen at a glance: most have the kind, the source and
 * the direction of the tie before.
 */
bool kith_key_tie_same(const kith_key *key, const kith_tie *a, const kith_tie *b);

/** A computed value of a node, by its key's name, as text in `scratch`. @return NULL when it has none */
const char *kith_key_computed(const kith_keys *keys, const char *name, int64_t node,
                              GString *scratch);

/** Whether a tie has no direction, by its kind or by its file's word. */
bool kith_keys_undirected(const kith_tie *tie);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_keys, kith_keys_free)

#endif
