/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thin.h - a network again and again without some of its facts, from the same arrays.
 *
 * Which facts add up to which edge is found once; leaving some out is then one pass over them, where building the
 * network anew would sort them all each time. The result is what kith_network_new() makes, to the bit.
 */
#ifndef KITH_MEASURES_THIN_H
#define KITH_MEASURES_THIN_H

#include "model/network.h"

typedef struct kith_thin kith_thin;

/** Whether a network made with these options can be thinned so: not when events shape it, whose ties weigh by how many are left. */
bool kith_thin_fits(const kith_graph *graph, const kith_network_options *options);

/**
 * Looks up the facts of a network.
 * @param options  those the network was made with
 * @return yours; NULL when it does not fit
 */
kith_thin *kith_thin_new(const kith_graph *graph, const kith_network_options *options,
                         const kith_network *network);
void kith_thin_free(kith_thin *thin);

/** The network without the facts marked. @param dropped  by tie of the graph @return yours. O(facts) */
kith_network *kith_thin_network(const kith_thin *thin, const uint8_t *dropped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_thin, kith_thin_free)

#endif
