/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scorecard.h - shares that say how a business comes by its customers and keeps them, each with what it is a share of.
 *
 * Nothing is graded: a share is counted from facts, or missing when there is nothing to count. People are those who are not
 * us; a period is what lies between two days.
 */
#ifndef KITH_MEASURES_SCORECARD_H
#define KITH_MEASURES_SCORECARD_H

#include "measures/customers.h"
#include <glib.h>

typedef enum kith_score_measure {
    KITH_SCORE_REFERRED =
        0, /**< of the period's new customers: referred, or in the community, before */
    KITH_SCORE_PERMISSION, /**< of all people: a recorded permission that holds */
    KITH_SCORE_SECOND_ROW, /**< of our customers: at least one customer of theirs is known */
    KITH_SCORE_FACE,       /**< of customers: met in person in the last 365 days */
    KITH_SCORE_FRESH,  /**< of customers: one of the five questions answered in the last 365 days */
    KITH_SCORE_GIVE,   /**< of pairs with us where the order is known: gave before asking */
    KITH_SCORE_RENTED, /**< of people within our reach: only through a platform that is not ours */
    KITH_SCORE_TALK,   /**< of conversations: neither side is us */
    KITH_SCORE_ELEPHANT, /**< of paying customers: so few bring half of what is sold */
    KITH_SCORE_HHI,      /**< sum of squared shares of sales: 1 is one customer alone */
    KITH_SCORES
} kith_score_measure;

typedef struct kith_score {
    int64_t count, of; /**< of 0: nothing to count */
    double value;      /**< NaN when there is nothing to count */
    GArray *
        open; /**< of kith_node: who is missing from the count, ascending; NULL where that is nobody */
} kith_score;

typedef struct kith_scorecard {
    kith_score score[KITH_SCORES];
} kith_scorecard;

/**
 * All measures of a graph.
 * @param firm  at whose side we are; -1: the owner's one employer
 * @param from, to  the period of new customers: after `from`'s day, up to `to`'s
 * @return yours; kith_scorecard_free(). O(facts log facts)
 */
kith_scorecard *kith_scorecard_new(const kith_graph *graph, kith_node firm, kith_time from,
                                   kith_time to);
void kith_scorecard_free(kith_scorecard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_scorecard, kith_scorecard_free)

/** "new_referred", …; a sentence about it; whether a larger share is the better. */
const char *kith_score_name(kith_score_measure measure);
const char *kith_score_about(kith_score_measure measure);

/** A platform that somebody else owns, and whom we would lose with it. */
typedef struct kith_platform {
    const char *name; /**< borrowed from the graph */
    int64_t people, lost;
} kith_platform;

/** By people lost, then reached, then name. @return of kith_platform; yours, g_array_unref() */
GArray *kith_platforms(const kith_graph *graph, const kith_customers *customers);

/** The sum of squares of shares, and the fewest that bring half. Values <= 0 and NaN do not count. */
double kith_concentration(const double *value, int64_t n, int64_t *elephants);

#endif
