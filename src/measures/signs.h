/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signs.h - the first dated sign that somebody was met, or became a member.
 *
 * Met: in touch with one of us, or at any event. Member: a dated membership, or a stage of that name. That somebody became
 * a customer is told in customers.h.
 */
#ifndef KITH_MEASURES_SIGNS_H
#define KITH_MEASURES_SIGNS_H

#include "measures/customers.h"
#include "measures/journey.h"

typedef struct kith_signs {
    kith_time *met, *member; /**< by node; KITH_TIME_NONE for none */
} kith_signs;

/** O(facts). @return clear it with kith_signs_clear() */
kith_signs kith_signs_of(const kith_graph *graph, const kith_customers *customers,
                         const kith_journey *journey);
void kith_signs_clear(kith_signs *signs);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_signs, kith_signs_clear)

#endif
