/* SPDX-License-Identifier: GPL-3.0-or-later */
/* labels.h - groups by label propagation: fast, rough, for networks too large for anything else. */
#ifndef KITH_MEASURES_LABELS_H
#define KITH_MEASURES_LABELS_H

#include "measures/leiden.h"

/**
 * Everybody takes the label that weighs most among their neighbours, from a queue of those whose neighbours changed,
 * until nobody would change; among labels that weigh the same one's own stays, else one is drawn. The best of
 * plan->runs by quality, every group connected. Raghavan, Albert & Kumara 2007, doi:10.1103/PhysRevE.76.036106.
 * @return KITH_ERR_CANCELLED when progress() says stop. O(m) a sweep
 */
kith_status kith_labels_find(const kith_grouping *problem, const kith_leiden_plan *plan,
                             kith_leiden **out, kith_error *err);

#endif
