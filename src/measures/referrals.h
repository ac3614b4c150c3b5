/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * referrals.h - who referred whom: each referral once, and the trees they grow into.
 *
 * Facts of one giver about one subject on one day are one referral, however many files tell of it; an undated fact joins
 * the first dated one. A subject hangs under one giver: the first referral that closed, else the first; later ones are
 * second credits and stay out of the trees, as does a referral that would close a circle. A giver whom nobody referred is
 * generation 0, whom they refer is generation 1, and so on.
 */
#ifndef KITH_MEASURES_REFERRALS_H
#define KITH_MEASURES_REFERRALS_H

#include <glib.h>
#include <kith/graph.h>
#include <stdbool.h>

typedef enum kith_referral_place {
    KITH_REFERRAL_FIRST = 0, /**< the subject hangs here */
    KITH_REFERRAL_AGAIN, /**< the subject was referred by somebody else before, or closed with them */
    KITH_REFERRAL_CIRCLE /**< the giver was referred by the subject, over some steps */
} kith_referral_place;

typedef struct kith_referral {
    kith_node giver, receiver, subject; /**< receiver: who got the referral; -1 unknown */
    kith_time when;
    kith_precision precision;
    const char *outcome;  /**< closed, pending, lost, or as written; NULL; borrowed */
    double value;         /**< NaN when none is known */
    const char *currency; /**< borrowed */
    bool closed, thanked;
    int64_t tie, facts; /**< the fact that tells the outcome, and how many tell of the referral */
    kith_referral_place place;
    int64_t generation; /**< 1 …; 0 off the trees */
} kith_referral;

typedef struct kith_referrals {
    const kith_graph *graph;
    GArray *row;     /**< of kith_referral, by day (undated last), giver, subject */
    int64_t *parent; /**< node -> the row it hangs by, -1 for none */
    int64_t oneself, negative, facts; /**< left out: of oneself, amounts below 0; facts read */
} kith_referrals;

/** @return yours; kith_referrals_free(). O(f log f + f * depth of the trees) */
kith_referrals *kith_referrals_new(const kith_graph *graph);
void kith_referrals_free(kith_referrals *referrals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_referrals, kith_referrals_free)

/** How many generations lie above a node: 0 for somebody whom nobody referred. */
int64_t kith_referrals_depth(const kith_referrals *referrals, kith_node node);

/** What one giver is credited with. */
typedef struct kith_credit {
    kith_node giver;
    int64_t given, closed; /**< referrals that hang in the trees; those of them that closed */
    double shared; /**< each outcome split equally over all givers above it; sums to the outcomes */
} kith_credit;

/**
 * One row per giver, by shared credit, then closed, then id. Equal parts are the Shapley value of an outcome that each
 * giver of its chain was needed for. @return of kith_credit; yours, g_array_unref()
 */
GArray *kith_referrals_credits(const kith_referrals *referrals);

/** One tree. */
typedef struct kith_referral_tree {
    kith_node root;
    int64_t people, depth, closed; /**< with the root; generations; outcomes in it */
    double virality;               /**< mean distance of two people in it; NaN for one alone */
} kith_referral_tree;

/**
 * The trees, largest first, then by root. Structural virality is the mean distance of all pairs: Goel, Anderson, Hofman &
 * Watts 2016, doi:10.1287/mnsc.2015.2158. @return of kith_referral_tree; yours, g_array_unref(). O(nodes)
 */
GArray *kith_referrals_trees(const kith_referrals *referrals);

#endif
