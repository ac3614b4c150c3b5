/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * customers.h - who "we" are and who buys from us.
 *
 * We are the owner of the files, the firm the owner works at, and whoever is flagged as owner or staff. A customer is who
 * carries that flag, buys from us (sells_to), has a deal that was won, is the subject of a referral that closed, has
 * reached a stage named customer, or, for a person, works at a firm that does. Where the files have no owner, every flagged customer and every buyer of anybody is
 * one, and nobody is us.
 */
#ifndef KITH_MEASURES_CUSTOMERS_H
#define KITH_MEASURES_CUSTOMERS_H

#include <glib.h>
#include <kith/graph.h>
#include <stdbool.h>

typedef struct kith_customers {
    const kith_graph *graph; /**< borrowed */
    kith_node me, firm;      /**< -1 for none */
    bool *us;                /**< by node */
    bool *customer;          /**< by node: people and organisations */
    kith_time *since;        /**< by node: the first dated sign of it; KITH_TIME_NONE */
    int64_t people, firms;   /**< how many customers there are of each */
} kith_customers;

/** @param firm works at whose side we are; -1: the owner's one employer @return yours. O(facts) */
kith_customers *kith_customers_new(const kith_graph *graph, kith_node firm);
void kith_customers_free(kith_customers *customers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_customers, kith_customers_free)

/** Whether a word says that a deal was won or a referral closed. @param status may be NULL */
bool kith_is_won(const char *status);

#endif
