/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worth.h - what was sold to each customer, in the unit that most amounts have. */
#ifndef KITH_MEASURES_WORTH_H
#define KITH_MEASURES_WORTH_H

#include "measures/customers.h"

typedef struct kith_worth {
    double *sold;     /**< by node: sums of amounts above 0 */
    const char *unit; /**< NULL: amounts without one; borrowed from the graph */
    int64_t others;   /**< amounts in other units: left out */
} kith_worth;

/** Sales and deals with customers; of units equally common the one met first. O(facts). @return kith_worth_clear() it */
kith_worth kith_worth_of(const kith_graph *graph, const kith_customers *customers);
void kith_worth_clear(kith_worth *worth);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_worth, kith_worth_clear)

#endif
