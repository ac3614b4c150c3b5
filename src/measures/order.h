/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.h - new numbers for vertices, so that those near one another in the network are near in memory.
 */
#ifndef KITH_MEASURES_ORDER_H
#define KITH_MEASURES_ORDER_H

#include "model/csr.h"

/**
 * The vertices in breadth-first order from the one with most neighbours, part after part: traversals that start from
 * neighbours in this order meet the same vertices at about the same time.
 * @param rows   an undirected network, or both ways of a directed one
 * @param parts  of each place, where its part of the network begins and ends: two arrays n long, or NULL
 * @return place -> vertex, n long; g_free(). O(n + arcs)
 */
uint32_t *kith_order_near(const kith_csr *rows, uint32_t *begins, uint32_t *ends);

/**
 * The rows of the other direction under new numbers: v's row becomes that of its place. For an undirected network that
 * is the same network renumbered; for a directed one, give the rows in to get the rows out.
 * @param order  place -> vertex
 * @param kept   so many first places; arcs with an end beyond them are left out
 * @return KITH_ERR_NO_MEMORY. O(n + arcs); rows come out ascending
 */
kith_status kith_order_turn(const kith_csr *rows, const uint32_t *order, int64_t kept,
                            kith_csr **out, kith_error *err);

/** The size of each vertex's part of an undirected network. @param size  n long, filled. O(n + arcs) */
void kith_order_parts(const kith_csr *rows, double *size);

#endif
