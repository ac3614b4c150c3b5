/* SPDX-License-Identifier: GPL-3.0-or-later */
/* partition.h - divisions of vertices into groups: numbers, components, and how alike two are. */
#ifndef KITH_MEASURES_PARTITION_H
#define KITH_MEASURES_PARTITION_H

#include "measures/grouping.h"

/** Numbers groups 0, 1, … in the order of their first vertices. @param group by vertex, below n. @return how many */
int64_t kith_partition_number(uint32_t *group, int64_t n);

/** Numbers groups by size, the largest first, then by their smallest vertices. @return how many */
int64_t kith_partition_order(uint32_t *group, int64_t n);

/** Splits groups whose members do not hang together by ties inside. @return how many groups were split */
int64_t kith_partition_connect(const kith_grouping *network, uint32_t *group);

/** Together in both: numbers in `group` become those of the overlap with `other`. @return how many */
int64_t kith_partition_overlap(uint32_t *group, const uint32_t *other, int64_t n);

/**
 * Normalised mutual information of two divisions, 2 I / (Ha + Hb): 1 for equal ones; vertices where either is
 * UINT32_MAX are left out. 1 when both have one group, 0 when only one has.
 * Danon et al. 2005, doi:10.1088/1742-5468/2005/09/P09008.  O(n log n)
 */
double kith_partition_nmi(const uint32_t *a, const uint32_t *b, int64_t n);

/** The adjusted Rand index: 1 for equal divisions, 0 on average for chance. Hubert & Arabie 1985. O(n log n) */
double kith_partition_rand(const uint32_t *a, const uint32_t *b, int64_t n);

/** How many in each group. @return yours, groups long */
int64_t *kith_partition_sizes(const uint32_t *group, int64_t n, int64_t groups);

#endif
