/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pick.h - the network that questions about groups are asked of: who is in it, which ties, and whether weights count.
 *
 * The owner of the files knows everybody in them, so the owner's own ties would make one group of all; they are left
 * out unless asked for. Only those who were there attended.
 */
#ifndef KITH_MEASURES_PICK_H
#define KITH_MEASURES_PICK_H

#include "model/network.h"

typedef struct kith_pick {
    const char *ties;   /* as kith_network_read_ties() */
    bool include_owner; /* the owner's ties count as well */
    bool two_mode; /* people, and the events and topics they are tied to; ties lead from people */
    kith_network_direction direction;
} kith_pick;

/**
 * Picks the network.
 * @return KITH_ERR_NOT_FOUND when the files hold no people, no ties of the kinds, or none but the owner's;
 *         KITH_ERR_ARGUMENT for an unknown kind
 */
kith_status kith_pick_network(const kith_graph *graph, const kith_pick *pick, kith_network **out,
                              kith_error *err);

/** Whether weights count when nobody says so: what people do together is weighed, plain graph files' edges are not. */
bool kith_pick_weighs(const kith_graph *graph);

/** Whether the facts of one tie of kind attended say that the person was there. */
bool kith_pick_was_there(const kith_tie *tie);

#endif
