/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.h - what a group looks like, in words. */
#ifndef KITH_MEASURES_SHAPE_H
#define KITH_MEASURES_SHAPE_H

#include "model/network.h"

/**
 * The shape of each group, by the first of these that fits:
 *
 *     pair, triangle       two people; three who all have ties
 *     tight bundle         three in five pairs have a tie
 *     hub with spokes      one has a tie to four in five others, who have few (one pair in seven) among themselves
 *     chain                a path
 *     tree                 no more ties than are needed to hang together
 *     two islands          two parts, each a quarter of the group, with fewer than one tie in ten between them
 *     bundle               one pair in four has a tie
 *     loose net            anything else
 *
 * @param group   by vertex, 0 … groups - 1
 * @return yours, groups long, of static texts; NULL for a group of one. O(n + m) and a search in each larger group
 */
const char **kith_shape_words(const kith_network *network, const uint32_t *group, int64_t groups,
                              uint64_t seed);

#endif
