/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ties.h - every warm tie of a graph: the facts between each two people, and warmth-1 in both directions.
 *
 * What counts as what, by kind of tie; both ends are people, facts with oneself are left out:
 *     met          M  party from its attribute "party" (2), remote when the channel is video or phone
 *     attended     M  for each two people who were at the same event at the same time: status attended, hosted, spoke or
 *                     none; undated facts take the event's time; events beyond max_party people are left out
 *     messaged     X  as many messages as the weight says
 *     referred     V  6 when closed, converted or won, else 4
 *     introduced   V  4 when made or without a status; every status counts in the introducer's record
 *     recommended, contributed                   V  3, 2
 *     knows, related, invited, endorsed          L  knows: attribute "closeness" 0-1 is what `from` declared
 *     follows      L  when both follow
 *     tie          L  a plain graph file's edge: both ways when undirected, else for `from` only
 * V counts for both sides. Ages are days up to the graph's as-of moment, never below 0; undated facts are 365 days old.
 */
#ifndef KITH_MEASURES_TIES_H
#define KITH_MEASURES_TIES_H

#include "measures/chains.h"
#include "measures/warmth.h"
#include <kith/graph.h>

/** Who is where and how it is weighed. Start from {0}. */
typedef struct kith_warm_options {
    const kith_warmth_constants *constants; /**< NULL: the defaults */
    int64_t max_party;                      /**< events of more people are left out; 0: 500 */
} kith_warm_options;

/** One fact between two people, and what it is worth. */
typedef struct kith_warm_evidence {
    kith_warmth_item item; /**< OUT is from the pair's lower node to its higher one */
    double points;         /**< kith_warmth_points(); each L has its own, a ledger counts one */
    int64_t tie;           /**< of the graph */
    int64_t other;         /**< attended: the other person's tie; else -1 */
} kith_warm_evidence;

/** Two people with any fact between them. */
typedef struct kith_warm_pair {
    int32_t low, high; /**< nodes, low < high */
    int64_t first, n;  /**< rows of kith_warm_network.evidence */
    double low_says,
        high_says; /**< declared closeness, NaN for none; the latest, then the largest, counts */
} kith_warm_pair;

/** All of it. Hops are in CSR form by node of the graph; a pair without warmth is no hop. */
typedef struct kith_warm_network {
    const kith_graph *graph; /**< borrowed */
    kith_warmth_constants constants;
    int64_t nodes, hops, pairs, evidences;
    int64_t *first;       /**< node -> its first hop; nodes + 1 */
    int32_t *to;          /**< by hop, ascending for each node */
    double *p, *w;        /**< by hop: p in (0, 1], W in (0, 1] */
    uint8_t *tier;        /**< by hop: kith_warmth_tier */
    uint8_t *state;       /**< by hop: kith_warmth_state */
    int64_t *pair_of;     /**< by hop */
    kith_warm_pair *pair; /**< sorted by (low, high) */
    kith_warm_evidence
        *evidence; /**< by pair; within: M, X, V, L, each from its smallest points to its largest */
    double *asked, *agreed; /**< by node: introductions it was asked for, and agreed to */
    double *recent;         /**< by node: those asked for within the last rest_days */
    bool *no_intro;         /**< by node: flagged, never on a chain */
    int64_t no_intro_people;
    int64_t large_events; /**< occasions left out for more than max_party people */
    int64_t undated;      /**< undated facts that count as old */
} kith_warm_network;

/**
 * Builds all warm ties.
 * @return KITH_ERR_LIMIT beyond 2^31 - 1 nodes, KITH_ERR_NO_MEMORY
 * O(f log f) in facts and pairs of people at one event.
 */
kith_status kith_warm_network_new(const kith_graph *graph, const kith_warm_options *options,
                                  kith_warm_network **out, kith_error *err);
void kith_warm_network_free(kith_warm_network *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_warm_network, kith_warm_network_free)

/** The hop between two nodes, -1 when there is none. O(log hops of from) */
int64_t kith_warm_hop(const kith_warm_network *network, kith_node from, kith_node to);
/** The pair of two nodes in either order, -1 when there is no fact between them. O(log pairs) */
int64_t kith_warm_pair_of(const kith_warm_network *network, kith_node a, kith_node b);
/** The warmth of one side towards the other, with all its parts; all 0 when there is no fact. */
void kith_warm_between(const kith_warm_network *network, kith_node from, kith_node to,
                       kith_warmth *out);
/**
 * The ledger of one direction: each fact as `from` sees it, M, X (OUT, then IN), V, L. Added up in this order the points of
 * M, V, L and of X OUT and X IN are the m, v, l, out and in of kith_warm_between(), to the bit.
 * @return yours; of kith_warm_evidence, empty when there is no fact; g_array_unref()
 */
GArray *kith_warm_ledger(const kith_warm_network *network, kith_node from, kith_node to);
/** q of an introducer. */
double kith_warm_record(const kith_warm_network *network, kith_node introducer);
/** The hops as chains.h wants them; borrowed. */
kith_chain_hops kith_warm_hops(const kith_warm_network *network);

/**
 * The best facts of one direction in words, with where they stand:
 * "met 12 times, last 2026-05-01 (fair.ics:31); connected on linkedin (Connections.csv:14)".
 * @param most  how many kinds of fact to name, those with the most points first
 * @return yours, g_free(); "" when there is no fact
 */
char *kith_warm_words(const kith_warm_network *network, kith_node from, kith_node to, int most);

#endif
