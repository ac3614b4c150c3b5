/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_private.h - the short way to a network, for graphs that are columns. */
#ifndef KITH_MODEL_NETWORK_PRIVATE_H
#define KITH_MODEL_NETWORK_PRIVATE_H

#include "base/base.h"
#include "model/graph.h"
#include "model/network.h"

/** Whether the ties asked for are all that the graph's columns hold. */
bool kith_network_fits_edges(const kith_graph *graph, const kith_network_options *options);

/** Fills an empty network. O(m) */
kith_status kith_network_of_edges(const kith_graph *graph, const kith_network_options *options,
                                  kith_network *net, kith_error *err);

#endif
