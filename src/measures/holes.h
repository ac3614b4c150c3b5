/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * holes.h - Burt's effective size, and how far a tie reaches.
 *
 * Effective size: one's contacts, less what they have in common; n - 2t/n for n contacts with t ties among them and no
 * weights (Burt 1992, Structural Holes; Borgatti 1997). Range of a tie: the way round between its ends when it is gone:
 * 2 when they have a contact in common, more for a long tie, 0 when there is no other way (Park, Blumenstock & Macy
 * 2018, doi:10.1126/science.aau9735).
 */
#ifndef KITH_MEASURES_HOLES_H
#define KITH_MEASURES_HOLES_H

#include "model/csr.h"

/** Effective sizes in an undirected network's rows; NaN for people without ties. @param score n long. O(sum of degrees^2) */
void kith_effective_size(const kith_csr *rows, double *score);

/**
 * The ranges of ties that have no contact in common, 2 for all others.
 * @param net, rows  an undirected network and its rows
 * @param budget     arcs that may be walked for ways round; a tie whose turn comes too late has range -1
 * @param range      by edge of the network, filled
 */
void kith_tie_ranges(const kith_network *net, const kith_csr *rows, double budget, int32_t *range);

#endif
