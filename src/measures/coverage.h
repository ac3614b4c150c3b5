/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coverage.h - how much is known of the rows behind many starts (sales.h), where nobody asks who is in them. */
#ifndef KITH_MEASURES_COVERAGE_H
#define KITH_MEASURES_COVERAGE_H

#include "measures/sales.h"
#include "measures/work.h"

typedef struct kith_coverage {
    int64_t known; /**< how many are in the row */
    int64_t with;  /**< how many of them make sales themselves */
} kith_coverage;

/**
 * Counts the rows of many starts: one walk after the other while all of them together have met fewer than the graph has
 * nodes, then 512 starts at once (waves.h), for by then their rows overlap.
 * @param start  may name somebody twice
 * @param out    starts * rows long, filled: the rows of a start side by side
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY
 */
kith_status kith_coverage_count(const kith_sales *sales, const int64_t *start, int64_t starts,
                                int64_t rows, kith_work *work, kith_coverage *out, kith_error *err);

/** Counts one row of a walk. @param at  the place in depth->row where it begins, moved past it */
kith_coverage kith_coverage_row(const kith_depth *depth, int64_t row, guint *at);

#endif
