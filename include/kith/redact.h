/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * redact.h - a graph told again with pseudonyms, for those who may see who is tied to whom but not
 * who they are.
 *
 * The graph is told to a new builder, fact by fact, and only what is known to be harmless is told:
 * kinds, ties, dates, weights, amounts, statuses and channels, and attributes that are numbers. Files,
 * lines, details and all other words stay behind. What is redacted are people, and events, whose titles
 * name people; organisations and topics keep their names.
 */
#ifndef KITH_REDACT_H
#define KITH_REDACT_H

#include <kith/graph.h>

KITH_BEGIN_DECLS

/** What makes pseudonyms: the same key gives the same person the same pseudonym, in any graph. */
typedef struct kith_redaction {
    const void *key; /**< secret; at least 16 bytes */
    size_t key_size;
    bool keep_permitted; /**< people who granted any use of their data keep their names */
} kith_redaction;

/**
 * The pseudonym of a node, "Person 7F3KQ2MD": of an HMAC-SHA256 of its first e-mail address, else of
 * its name, by the key. A node that keeps its name has its label.
 * @return yours, free()
 */
KITH_API char *kith_pseudonym(const kith_graph *graph, kith_node node,
                              const kith_redaction *redaction);

/**
 * Tells a graph again with pseudonyms.
 * @param out yours; its nodes are in the order of their new names
 * @return KITH_ERR_ARGUMENT for a key of fewer than 16 bytes
 * O(nodes log nodes + ties log ties)
 */
KITH_API kith_status kith_graph_redact(const kith_graph *graph, const kith_redaction *redaction,
                                       kith_graph **out, kith_error *err);

KITH_END_DECLS
#endif
