/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * decide.h - who is the same and who is not, as a user decides it.
 *
 * The rules of builder.h join only what is safe. The rest is for a person to say, and what was said is kept as an
 * append-only log beside the records: a graph is the records, the rules and this log, so nothing is ever lost by a merge
 * and every decision can be taken back. Decisions speak of mentions, since nodes and their ids change with every import.
 * The last word on two mentions counts.
 */
#ifndef KITH_DECIDE_H
#define KITH_DECIDE_H

#include <kith/graph.h>

KITH_BEGIN_DECLS

typedef enum kith_decision_kind {
    KITH_DECIDED_MERGE = 0, /**< the two are one */
    KITH_DECIDED_DIFFERENT, /**< they are not, whatever a later import brings */
    KITH_DECIDED_SPLIT,     /**< they were one, and are not */
    KITH_DECISION_KINDS
} kith_decision_kind;

/** One entry of the log. */
typedef struct kith_decision {
    kith_decision_kind kind;
    kith_mention a, b;
    const char *rule;   /**< what proposed it, NULL for the user's own word; borrowed */
    const char *reason; /**< in words, or NULL; borrowed */
    double score;       /**< of the proposal, NaN for the user's own word */
    bool undone;        /**< taken back since */
} kith_decision;

/** "merge", "different", "split"; NULL when out of range. */
KITH_API const char *kith_decision_kind_name(kith_decision_kind kind);

/**
 * Adds one entry to the builder's log. A merge without a score joins whatever speaks against it; one with a score joins
 * after the safe rules, unless a veto forbids it.
 * @return KITH_ERR_ARGUMENT when an end is no mention, both are the same one, or they are of different kinds of node
 */
KITH_API kith_status kith_builder_decide(kith_builder *builder, const kith_decision *decision,
                                         kith_error *err);
KITH_API int64_t kith_builder_decisions(const kith_builder *builder);
/** The i-th entry, oldest first; false past the end. */
KITH_API bool kith_builder_decision_at(const kith_builder *builder, int64_t i, kith_decision *out);

/**
 * Writes down that two nodes are one. @param graph built from this builder
 * @param rule, reason, score as in kith_decision
 * @return KITH_ERR_ARGUMENT when they are the same node, or not both people, both organisations …
 */
KITH_API kith_status kith_decide_merge(kith_builder *builder, const kith_graph *graph, kith_node a,
                                       kith_node b, const char *rule, const char *reason,
                                       double score, kith_error *err);

/** Writes down that two nodes are not one. @return as kith_decide_merge() */
KITH_API kith_status kith_decide_different(kith_builder *builder, const kith_graph *graph,
                                           kith_node a, kith_node b, kith_error *err);

/**
 * Writes down that a node's records are not one: the latest merge by hand or by score that made it is taken apart again;
 * where there is none, the records with different name words are, and where all have the same, those of different files.
 * @return KITH_ERR_ARGUMENT when the node has nothing to take apart, or more than 32 such groups
 */
KITH_API kith_status kith_decide_split(kith_builder *builder, const kith_graph *graph,
                                       kith_node node, kith_error *err);

KITH_END_DECLS
#endif
