/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.h - the frozen graph: nodes and ties with their evidence. It never changes once built. */
#ifndef KITH_GRAPH_H
#define KITH_GRAPH_H

#include <kith/builder.h>
#include <kith/error.h>
#include <kith/kinds.h>
#include <kith/time.h>

KITH_BEGIN_DECLS

/** One node, 0 … kith_graph_nodes() - 1. */
typedef int64_t kith_node;

/** A tie as the graph holds it; texts are borrowed from the graph ("" never occurs, NULL is none).
 */
typedef struct kith_tie {
    kith_tie_kind kind;
    kith_node from, to;
    kith_time when, until;
    kith_precision precision;
    double weight, amount;
    const char *currency, *status, *channel, *detail;
    bool undirected;
    const char *source; /**< file name */
    int64_t line;       /**< 1-based, 0 when unknown */
} kith_tie;

/** What a tie says besides who and whom; a bit each. */
typedef enum kith_tie_same {
    KITH_SAME_KIND = 1 << 0,
    KITH_SAME_WHEN = 1 << 1, /**< and how precisely */
    KITH_SAME_UNTIL = 1 << 2,
    KITH_SAME_WEIGHT = 1 << 3,
    KITH_SAME_AMOUNT = 1 << 4,
    KITH_SAME_CURRENCY = 1 << 5,
    KITH_SAME_STATUS = 1 << 6,
    KITH_SAME_CHANNEL = 1 << 7,
    KITH_SAME_DETAIL = 1 << 8,
    KITH_SAME_UNDIRECTED = 1 << 9,
    KITH_SAME_SOURCE = 1 << 10,
    KITH_SAME_LINE = 1 << 11,
    KITH_SAME_ATTRIBUTES = 1 << 12
} kith_tie_same;

/** One source that went into the graph; texts borrowed. */
typedef struct kith_source_info {
    const char *file, *sha256, *importer;
    int64_t records, held, warnings;
} kith_source_info;

/** Frees the graph; NULL is fine. */
KITH_API void kith_graph_free(kith_graph *graph);

/** How many nodes; how many of one kind. */
KITH_API int64_t kith_graph_nodes(const kith_graph *graph);
/** How many nodes of one kind. */
KITH_API int64_t kith_graph_count(const kith_graph *graph, kith_node_kind kind);
/** How many ties (facts); how many distinct (from, to) of one kind; for KITH_TIE (from, to, detail). */
KITH_API int64_t kith_graph_ties(const kith_graph *graph);
KITH_API int64_t kith_graph_distinct(const kith_graph *graph, kith_tie_kind kind);

/** The kind of a node; KITH_NODE_KINDS when there is no such node. */
KITH_API kith_node_kind kith_graph_kind(const kith_graph *graph, kith_node node);
/** The shown name: first full name, else e-mail, else any identifier. Borrowed, valid UTF-8, never
 * NULL. */
KITH_API const char *kith_graph_label(const kith_graph *graph, kith_node node);
/** A readable id, unique and the same on every run: the label's slug, with a number where several
 * share it. Borrowed. */
KITH_API const char *kith_graph_id(const kith_graph *graph, kith_node node);
/** The flags of a node, a bit set of kith_node_flag. */
KITH_API unsigned kith_graph_flags(const kith_graph *graph, kith_node node);
/** An attribute's first value; NULL when the node has none. */
KITH_API const char *kith_graph_attribute(const kith_graph *graph, kith_node node, const char *key);
/** The i-th attribute of a node in key order; false past the end. */
KITH_API bool kith_graph_attribute_at(const kith_graph *graph, kith_node node, int64_t i,
                                      const char **key, const char **value);
/** The i-th identifier of a node; false past the end. */
KITH_API bool kith_graph_identifier_at(const kith_graph *graph, kith_node node, int64_t i,
                                       kith_identifier_kind *kind, const char **value);
/** The i-th name of a node, the shown one first; NULL past the end. */
KITH_API const char *kith_graph_name_at(const kith_graph *graph, kith_node node, int64_t i);
/** When an event took place; KITH_TIME_NONE when unknown. */
KITH_API kith_time kith_graph_event_time(const kith_graph *graph, kith_node node);

/**
 * The mentions of the builder that became this node, in rising order.
 * @param builder the one the graph was built from
 * @param out     yours (free()); NULL when there are none
 * @return how many; 0 when the node or the builder is not the graph's
 */
KITH_API int64_t kith_builder_mentions_of(const kith_builder *builder, const kith_graph *graph,
                                          kith_node node, kith_mention **out);

/** Copies tie i into *out. */
KITH_API void kith_graph_tie(const kith_graph *graph, int64_t i, kith_tie *out);
/**
 * In which fields no two ties differ: what can be said once for all of them.
 * O(ties) at most; a plain graph file's ties are alike in most fields by what they are.
 * @param out receives the first tie, which has the common values
 * @return bit set of kith_tie_same, with KITH_SAME_ATTRIBUTES when no tie has any; 0 when there are no ties
 */
KITH_API unsigned kith_graph_ties_alike(const kith_graph *graph, kith_tie *out);
/** Ties are sorted by kind: those of one kind are first … first + n - 1. */
KITH_API void kith_graph_tie_range(const kith_graph *graph, kith_tie_kind kind, int64_t *first,
                                   int64_t *n);
/** The i-th attribute of a tie in key order; false past the end. */
KITH_API bool kith_graph_tie_attribute_at(const kith_graph *graph, int64_t tie, int64_t i,
                                          const char **key, const char **value);

/** The person whose files these are, or -1. */
KITH_API kith_node kith_graph_owner(const kith_graph *graph);
/** The as-of moment: as asked; else today for contact files, the last dated fact for plain graph
 * files. */
KITH_API kith_time kith_graph_as_of(const kith_graph *graph);
/** Facts left out because they come after the as-of moment. */
KITH_API int64_t kith_graph_hidden(const kith_graph *graph);

/** How many sources went into the graph. */
KITH_API int64_t kith_graph_sources(const kith_graph *graph);
/** The i-th source; texts borrowed. */
KITH_API void kith_graph_source(const kith_graph *graph, int64_t i, kith_source_info *out);

/**
 * Finds the one node a user means: an id, an identifier (e-mail, URL, phone) or a name, without
 * regard to case and accents; "me" is the owner. A full match wins over part of a name.
 * @param kinds bit set of 1 << kith_node_kind; 0 for any
 * @return KITH_ERR_ARGUMENT when nobody or several match (the candidates are listed)
 */
KITH_API kith_status kith_graph_find(const kith_graph *graph, const char *who, unsigned kinds,
                                     kith_node *out, kith_error *err);

KITH_END_DECLS
#endif
