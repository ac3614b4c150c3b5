/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cover.h - few members that are in many sets, and how many any others could be in.
 *
 * Greedy: next is whoever adds most sets, with costs the better of most for the cost and most whatever the cost (Leskovec et al.
 * 2007, doi:10.1145/1281192.1281239), the lower id among equals. Coverage has diminishing returns, so no
 * choice within the budget covers more than what is covered now and the best remaining gains together.
 * Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971; with costs Khuller, Moss & Naor 1999,
 * doi:10.1016/S0020-0190(99)00031-9.
 */
#ifndef KITH_MEASURES_COVER_H
#define KITH_MEASURES_COVER_H

#include "measures/hearsay.h"

/** Who may be chosen, at which price. */
typedef struct kith_cover_terms {
    int64_t n;
    const uint8_t *eligible; /* by member; NULL: everybody */
    const double *cost;      /* by member, > 0; NULL: 1 each */
    double budget;           /* most that the chosen may cost together; without costs, how many */
} kith_cover_terms;

typedef struct kith_cover {
    int64_t n;
    uint32_t *chosen; /* in order */
    int64_t covered;
    double bound; /* no choice within the budget covers more */
} kith_cover;

void kith_cover_clear(kith_cover *cover);

/** Chooses. @return KITH_ERR_NO_MEMORY. O(members of all sets + n + chosen log n) */
kith_status kith_cover_choose(const kith_hearsay *sets, const kith_cover_terms *terms,
                              kith_cover *out, kith_error *err);

/** What the share of the best that greedy cannot fall below is: 1 - 1/e, with costs 1 - 1/sqrt(e). */
double kith_cover_promise(const kith_cover_terms *terms);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_cover, kith_cover_clear)

#endif
