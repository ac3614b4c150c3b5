/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prospects.h - people whom customers know and we do not, and how many of somebody's contacts buy already.
 */
#ifndef KITH_MEASURES_PROSPECTS_H
#define KITH_MEASURES_PROSPECTS_H

#include "measures/customers.h"
#include "measures/ties.h"
#include <glib.h>

typedef struct kith_prospect {
    kith_node person;
    double score;            /**< sum of the warmth of the customers who know them */
    int64_t customers, well; /**< customers who know them; familiar or strong */
    int64_t contacts;        /**< everybody they know at least so warmly, us not counted */
    int64_t events, topics;  /**< theirs at which, or in which, customers or we were as well */
    kith_node warmest;       /**< the customer who knows them best, -1 for none */
    bool known;              /**< one of us knows them */
} kith_prospect;

/**
 * Everybody who is no customer and none of us, and either known to a customer or with an event or topic in common with one,
 * by score, then events and topics, then id. Ties below `at_least` do not count as knowing.
 * @return of kith_prospect; yours, g_array_unref(). O(hops + facts)
 */
GArray *kith_prospects_list(const kith_warm_network *net, const kith_customers *customers,
                            double at_least);

#endif
