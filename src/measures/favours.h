/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * favours.h - what people and firms gave one another, what they asked for, and which came first.
 *
 * A gift is a contribution, a recommendation, an endorsement, a referral (to its receiver, else to its subject) and an
 * introduction made (to who asked for it). An ask is a request for an introduction or a contribution, and a contract: a
 * sale asks the customer, a deal the one it is with. Whoever asked for an introduction is named by an attribute requester,
 * else it is the owner of the files. Days decide the order; on one day it is unknown, as it is where only a year or a
 * month is known and the two may overlap.
 */
#ifndef KITH_MEASURES_FAVOURS_H
#define KITH_MEASURES_FAVOURS_H

#include <glib.h>
#include <kith/graph.h>

typedef enum kith_favour_order {
    KITH_FAVOUR_NO_ASK = 0, /**< nothing was asked, so nothing came too early */
    KITH_FAVOUR_GAVE_FIRST,
    KITH_FAVOUR_ASKED_FIRST,
    KITH_FAVOUR_UNKNOWN /**< the same day, a date too vague, or none */
} kith_favour_order;

/** All that `from` did toward `to`. */
typedef struct kith_favours {
    kith_node from, to;
    int64_t given, asked; /**< how often */
    int64_t received;     /**< what came the other way */
    kith_time first_gift,
        first_ask;             /**< the earliest they may have been; KITH_TIME_NONE: none dated */
    kith_time gift_by, ask_by; /**< the day by which the first was surely made */
    int64_t undated_gifts, undated_asks;
    kith_favour_order order;
    double lead_days; /**< from the first gift to the first ask, negative when it came after; NaN */
} kith_favours;

/** One row for each two with anything either way, twice, by (from, to). @return yours; g_array_unref(). O(f log f) */
GArray *kith_favours_list(const kith_graph *graph);

/** "gave first", "asked first", "unknown", "nothing asked". */
const char *kith_favour_order_name(kith_favour_order order);

/** How much of all giving is returned: sum of min(w_ij, w_ji) over sum of w. Squartini et al. 2013, doi:10.1038/srep02729 */
double kith_favours_reciprocity(const GArray *favours);

#endif
