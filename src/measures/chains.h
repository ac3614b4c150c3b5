/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chains.h - the exact k best chains of introductions from one node to any of several targets.
 *
 * A chain is a simple directed path whose only target is its last node. Its score is the product of its hops' p. Chains
 * are ordered by score, then fewer hops, then node ids from the first on. Scores are compared as sums of
 * llround(-log(p) * 1e12), integers, so that equal scores are equal whatever the order of the factors.
 *
 * How: h[r][v] = the smallest (cost, hops) of a walk from v to a target in at most r hops. It never exceeds what a simple
 * chain needs, so a best-first search over partial chains, keyed by (cost + h, hops + h, ids), meets complete chains exactly
 * in order. h is found backwards from the targets for all but the last two hops, which are looked at forwards from who asks:
 * a search touches the neighbourhoods of both ends and nothing else. O(s log s) for s partial chains looked at.
 */
#ifndef KITH_MEASURES_CHAINS_H
#define KITH_MEASURES_CHAINS_H

#include <glib.h>
#include <kith/error.h>
#include <stdbool.h>
#include <stdint.h>

#define KITH_CHAIN_HOPS 8 /* at most so many hops in a chain */
#define KITH_CHAIN_STATES INT64_C(5000000)

/** Directed hops in CSR form, borrowed: from v to to[first[v]] ... to[first[v + 1] - 1], ascending and distinct. */
typedef struct kith_chain_hops {
    int64_t nodes;        /**< < 2^31 */
    const int64_t *first; /**< nodes + 1 */
    const int32_t *to;
    const double *p;      /**< in (0, 1]; a chain's score is their product, the largest first */
    const double *length; /**< instead of p, >= 0: the score is their sum, the smallest first */
} kith_chain_hops;

/** Hops made ready for any number of searches. {0} may be cleared. */
typedef struct kith_chain_index {
    kith_chain_hops hops;
    double scale;        /**< of costs: 1e12, or less where long chains would not fit 64 bits */
    int64_t *cost;       /**< by hop: llround(-log(p) * scale) or llround(length * scale) */
    int64_t *back_first; /**< the same hops by the node they lead to */
    int32_t *back_from;
    int64_t *back_cost;
} kith_chain_index;

/**
 * Makes hops ready. @param hops its arrays are borrowed and must outlive the index
 * @return KITH_ERR_ARGUMENT a p outside (0, 1], a length below 0 or not finite; KITH_ERR_NO_MEMORY. O(nodes + hops)
 */
kith_status kith_chain_index_init(const kith_chain_hops *hops, kith_chain_index *out,
                                  kith_error *err);
void kith_chain_index_clear(kith_chain_index *index);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_chain_index, kith_chain_index_clear)

/** What a factor of p costs at an index's scale. */
int64_t kith_chain_cost(const kith_chain_index *index, double p);

/** What is asked. Arrays are indexed by node and borrowed. */
typedef struct kith_chain_query {
    int32_t from;
    const bool *target;
    const bool
        *blocked;       /**< never on a chain, as a link or a target; `from` may be. NULL: nobody */
    int64_t k;          /**< >= 1 */
    int max_hops;       /**< 1 ... KITH_CHAIN_HOPS */
    int64_t max_states; /**< partial chains to keep at most; 0: KITH_CHAIN_STATES */
    const double *end;  /**< by target, in (0, 1]: one more factor of the score; NULL: 1 */
} kith_chain_query;

typedef struct kith_chain {
    int hops;
    int weakest;  /**< 1-based hop that costs most, the first of equals */
    int64_t cost; /**< the sum of its hops', and of its end's */
    double score; /**< product of p from the first hop on, times the end's; or sum of lengths */
    bool fresh;   /**< the best chain that begins with node[1] */
    int32_t node[KITH_CHAIN_HOPS + 1];
    double p[KITH_CHAIN_HOPS]; /**< or lengths */
} kith_chain;

/** Chains in order; {0} is none. */
typedef struct kith_chains {
    kith_chain *at;
    int64_t n;
} kith_chains;

void kith_chains_clear(kith_chains *chains);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_chains, kith_chains_clear)

/** The order of chains: < 0 when a is better. */
int kith_chain_compare(const kith_chain *a, const kith_chain *b);

/**
 * The k best chains, fewer when there are no more, none when `from` is itself a target.
 * @param out  empty; yours, kith_chains_clear()
 * @return KITH_ERR_ARGUMENT a value is out of range; KITH_ERR_LIMIT more partial chains than max_states
 */
kith_status kith_chains_best(const kith_chain_index *index, const kith_chain_query *query,
                             kith_chains *out, kith_error *err);

/**
 * k chains with as many different first introducers as there are: the best chain of each of the best k introducers, filled
 * up with the best of the others; in the order of chains, the former marked fresh. Arguments and errors as above.
 */
kith_status kith_chains_diverse(const kith_chain_index *index, const kith_chain_query *query,
                                kith_chains *out, kith_error *err);

#endif
