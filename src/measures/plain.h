/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plain.h - the ties of a plain graph file as hops, by what its numbers mean.
 *
 *     nothing       every tie is 1 long                              score: the sum, the number of hops
 *     weight        how strong a tie is: it is 1/weight long         score: the sum, the smallest first
 *     probability   the chance that a tie carries, in (0, 1]         score: the product, the largest first
 *     length        how long a tie is, 0 or more                     score: the sum, the smallest first
 *
 * Of several ties between the same two the best counts. A tie without a direction is a hop either way.
 */
#ifndef KITH_MEASURES_PLAIN_H
#define KITH_MEASURES_PLAIN_H

#include "measures/routes.h"
#include <kith/answer.h>

typedef enum kith_plain_meaning {
    KITH_PLAIN_NOTHING = 0,
    KITH_PLAIN_WEIGHT,
    KITH_PLAIN_PROBABILITY,
    KITH_PLAIN_LENGTH
} kith_plain_meaning;

/** Hops in CSR form by node of the graph. */
typedef struct kith_plain {
    const kith_graph *graph; /**< borrowed */
    kith_plain_meaning meaning;
    int64_t nodes, hops;
    int64_t *first;
    int32_t *to;
    double *value;             /**< by hop: its p or its length */
    int64_t *tie;              /**< by hop: the tie of the graph it is */
    int64_t repeats, weighted; /**< ties beside a better one; ties whose number is not 1 */
} kith_plain;

/** Whether all that the graph knows between people is ties of plain graph files. O(kinds) */
bool kith_plain_is(const kith_graph *graph);

/**
 * Builds the hops.
 * @param column  a tie's attribute that holds the number; NULL or "weight": its weight
 * @return KITH_ERR_PARSE with file and line: a tie without that number, or with one that cannot mean this;
 *         KITH_ERR_LIMIT beyond 2^31 - 1 nodes, KITH_ERR_NO_MEMORY. O(ties log ties)
 */
kith_status kith_plain_new(const kith_graph *graph, kith_plain_meaning meaning, const char *column,
                           kith_plain **out, kith_error *err);
void kith_plain_free(kith_plain *plain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_plain, kith_plain_free)

/** As chains.h wants them; borrowed. */
kith_chain_hops kith_plain_hops(const kith_plain *plain);
/** The hop between two nodes, -1 when there is none. */
int64_t kith_plain_hop(const kith_plain *plain, kith_node from, kith_node to);
/** Adds chains over these hops to an answer: the tables `paths` and `hops_detail`, and what a score means. */
void kith_plain_tell(const kith_plain *plain, const kith_chains *chains, kith_answer *out);
/** The same of routes of any length. */
void kith_plain_tell_routes(const kith_plain *plain, const kith_routes *routes, kith_answer *out);

#endif
