/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sales.h - who sells to whom, and the rows of customers behind a firm.
 *
 * Facts between the same two add up to one sale. A seller's sales stand side by side, so that a row is walked by reading
 * straight through memory. Row 1 is whom somebody sells to, row 2 whom those sell to unless they are in an earlier row, and
 * so on; the start is in no row and sales to oneself are not followed, so circles end.
 */
#ifndef KITH_MEASURES_SALES_H
#define KITH_MEASURES_SALES_H

#include <glib.h>
#include <kith/error.h>
#include <kith/graph.h>
#include <stdbool.h>

/** All facts between one seller and one customer. */
typedef struct kith_sale {
    uint32_t from, to; /**< in the direction walked */
    uint32_t currency; /**< text number; 0 none */
    bool mixed;        /**< several currencies: no value */
    double value;      /**< NaN when no fact has an amount */
    double part;       /**< of all that `from` sells, by value; NaN when that cannot be told */
} kith_sale;

typedef struct kith_sales {
    const kith_graph *graph; /**< borrowed */
    int64_t n, mixed;        /**< sales; those in several currencies */
    kith_sale *sale;         /**< by (from, to) */
    int64_t *first;          /**< node -> its first sale; nodes + 1 long */
} kith_sales;

/**
 * All sales of a graph, between people and organisations. O(facts of the kind)
 * @param kind      KITH_SELLS_TO, or another kind of tie to be followed alike
 * @param suppliers the other way: from the customer to the seller
 * @return yours; kith_sales_free()
 */
kith_sales *kith_sales_new(const kith_graph *graph, kith_tie_kind kind, bool suppliers);
void kith_sales_free(kith_sales *sales);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_sales, kith_sales_free)

/** How many sales a node makes. */
int64_t kith_sales_of(const kith_sales *sales, kith_node node);

/** A walk over the rows behind one start; may be used for one start after the other. */
typedef struct kith_depth {
    const kith_sales *sales;
    kith_node start;
    int32_t *layer;  /**< by node, 0 for none */
    int64_t *parent; /**< by node in a row: the sale it was reached by */
    GArray *row;     /**< nodes in order of layer */
} kith_depth;

kith_depth *kith_depth_new(const kith_sales *sales);
void kith_depth_free(kith_depth *depth);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_depth, kith_depth_free)

/**
 * Walks `rows` rows behind a start. Of several equally short ways each step back takes the sale of the largest value, a
 * known one before an unknown, then the seller of the lowest id. O(sales of the rows), whatever the size of the graph.
 */
void kith_depth_walk(kith_depth *depth, kith_node start, int64_t rows);

/** Puts the nodes of each row in order. */
void kith_depth_order(kith_depth *depth);

/**
 * By node in a row: the part of the start's sales that goes on to it, parts multiplied along each shortest way and added
 * over the ways; NaN when a value on any of them is missing. @return yours, by place in depth->row
 */
double *kith_depth_parts(const kith_depth *depth);

#endif
