/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assignment.h - spreads jobs over workers: as many jobs as can be done, at the least total cost, nobody above a cap. */
#ifndef KITH_MEASURES_ASSIGNMENT_H
#define KITH_MEASURES_ASSIGNMENT_H

#include <glib.h>
#include <kith/error.h>
#include <stdint.h>

/** One way to do a job. */
typedef struct kith_offer {
    int32_t job, worker; /**< worker -1: needs nobody, so no cap counts */
    int64_t cost;        /**< >= 0 */
} kith_offer;

/**
 * A minimum-cost maximum assignment by successive shortest paths (Ford & Fulkerson; Edmonds & Karp 1972,
 * doi:10.1145/321694.321699): O(jobs * offers * rounds), rounds small in practice.
 * Among equals the offer with the lower index is preferred by the search order, so the answer is the same on every run.
 * @param chosen  array of `jobs`, filled: index of the offer taken, -1 for a job left undone
 * @return KITH_ERR_ARGUMENT for an offer out of range or of negative cost
 */
kith_status kith_assign(int32_t jobs, int32_t workers, int64_t cap, const kith_offer *offers,
                        int64_t n, int64_t *chosen, kith_error *err);

#endif
