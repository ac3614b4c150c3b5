/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dominators.h - single gatekeepers for everybody at once.
 *
 * A node dominates another when every way from the root to it goes through the first; the nearest such node is the
 * immediate dominator, and these make a tree.
 */
#ifndef KITH_MEASURES_DOMINATORS_H
#define KITH_MEASURES_DOMINATORS_H

#include "measures/cut.h"

/**
 * Immediate dominators of all nodes reachable from a root.
 * Cooper, Harvey & Kennedy 2001, "A simple, fast dominance algorithm"; near-linear on networks met in practice.
 * @param idom  array of `nodes`, filled: the immediate dominator, the root itself for the root, -1 for unreachable nodes
 */
void kith_dominators(const kith_hops *hops, int32_t root, int32_t *idom);

/**
 * How many nodes lie behind each one in the tree of dominators. O(nodes)
 * @param behind  array of `nodes`, filled; 0 for unreachable nodes
 */
void kith_dominators_behind(int64_t nodes, int32_t root, const int32_t *idom, int64_t *behind);

#endif
