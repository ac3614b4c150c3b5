/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reachable.h - through what each person can be reached: something of one's own, or a platform that somebody else owns.
 *
 * Our own are an e-mail address, a telephone number, a meeting, and ties through channels such as email, phone or an address
 * book; a platform is any other channel of a tie, and the site of a profile link.
 */
#ifndef KITH_MEASURES_REACHABLE_H
#define KITH_MEASURES_REACHABLE_H

#include "measures/customers.h"
#include <glib.h>

typedef struct kith_reachable {
    GPtrArray *platform; /**< names in order, at most 63; borrowed from `words` */
    uint64_t *way;       /**< by node: bit 0 our own, bit 1 + i platform i */
    GStringChunk *words;
} kith_reachable;

/** @return yours; kith_reachable_free(). O(facts) */
kith_reachable *kith_reachable_new(const kith_graph *graph, const kith_customers *customers);
void kith_reachable_free(kith_reachable *reachable);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_reachable, kith_reachable_free)

#endif
