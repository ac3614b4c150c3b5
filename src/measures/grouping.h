/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grouping.h - what a division of a network into groups is judged by, in one form for all of them:
 *
 *     H = (weight of ties inside groups) - g * (sum over groups of A * B)
 *
 * A and B are sums of a and b over a group's members; the second part is what to expect by chance.
 *
 *     modularity, undirected    a = b = strength,         g = resolution / 4m    Newman & Girvan 2004
 *     modularity, directed      a = out-, b = in-strength, g = resolution / m    Leicht & Newman 2008
 *     modularity, two-mode      the directed one of ties from members to events  Barber 2007
 *     constant Potts model      a = b = how many,         g = resolution / 2     Traag et al. 2011
 *
 * Quality is H / m for modularity. For the Potts model it is the sum over pairs in one group of (weight - resolution),
 * divided by m as well, so that both say which share of the ties lies inside, above what to expect.
 */
#ifndef KITH_MEASURES_GROUPING_H
#define KITH_MEASURES_GROUPING_H

#include "model/network.h"

typedef enum kith_group_quality { KITH_GROUP_MODULARITY, KITH_GROUP_CPM } kith_group_quality;

/** What a vertex, or a whole group, weighs when chance is reckoned. */
typedef struct kith_group_mass {
    double a, b;
} kith_group_mass;

/** A neighbour, and what the tie weighs: rounded, which a search does not feel; a quality told is reckoned from the
 * network's own weights. */
typedef struct kith_group_arc {
    uint32_t to;
    float weight;
} kith_group_arc;

/** A network to be divided, or a coarser one whose vertices are groups of vertices. */
typedef struct kith_grouping {
    int64_t n;
    int64_t *first;              /* n + 1 */
    kith_group_arc *arc;         /* either way; twice when ties go both ways */
    const kith_network *network; /* borrowed; NULL for a coarser one */
    bool weighted;
    kith_group_mass *mass;
    double unit; /* weights are told in it: the mean weight of a tie, so that m = number of ties */
    double inside; /* weight of ties that are inside vertices */
    double g;      /* see above */
    double ties;   /* m */
    double offset; /* added to H: pairs of one with oneself, which the Potts model does not count */
    bool
        pendants_follow; /* in the best division nobody with one tie is alone (Brandes et al. 2008) */
} kith_grouping;

/**
 * The problem of dividing a network, which must outlive it.
 * @param weighted  the ties' weights count; else every tie is 1
 * @return KITH_ERR_ARGUMENT for a weight that is not finite and above 0
 * O(n + m)
 */
kith_status kith_grouping_new(const kith_network *network, kith_group_quality quality,
                              double resolution, bool weighted, kith_grouping **out,
                              kith_error *err);
void kith_grouping_free(kith_grouping *grouping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_grouping, kith_grouping_free)

/** The grouping whose vertices are the groups 0 … groups - 1 of this one. @return yours. O(n + m) */
kith_grouping *kith_grouping_coarser(const kith_grouping *grouping, const uint32_t *group,
                                     int64_t groups);

/** The quality of a division, 0 when there are no ties. @param group by vertex, below n. O(n + m) */
double kith_grouping_quality(const kith_grouping *grouping, const uint32_t *group);

#endif
