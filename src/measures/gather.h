/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gather.h - the first half of ties.h: facts of a graph as items of warmth-1, not yet sorted into pairs. */
#ifndef KITH_MEASURES_GATHER_H
#define KITH_MEASURES_GATHER_H

#include "measures/ties.h"

/** One fact and between whom it is. */
typedef struct kith_gathered {
    int32_t low, high;
    kith_warm_evidence evidence;
} kith_gathered;

/** Everything found; {0} is empty. */
typedef struct kith_gathering {
    const kith_graph *graph;
    const kith_warmth_constants *constants;
    int64_t max_party, large_events;
    double *asked, *agreed, *recent; /**< by node, borrowed from the network being built */
    kith_gathered *row;
    int64_t n, room;
} kith_gathering;

void kith_gathering_clear(kith_gathering *gathering);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_gathering, kith_gathering_clear)

/** Reads all ties of the graph. @return KITH_ERR_NO_MEMORY */
kith_status kith_gather(kith_gathering *gathering, kith_error *err);

/** A tie's attribute as a number; `fallback` when it has none or it is no number. */
double kith_tie_number(const kith_graph *graph, int64_t tie, const char *key, double fallback);

#endif
