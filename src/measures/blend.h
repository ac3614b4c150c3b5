/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * blend.h - several scores in one: log-odds = intercept + sum of weight * log(1 + score / its mean).
 *
 * Fitted by iteratively reweighted least squares with a weak pull of every weight towards 0, so that scores that say the
 * same, or never differ, do no harm. Means are those of the cases at hand, so that a blend fitted on few contacts serves where
 * there are more. McCullagh & Nelder 1989, 2.5.
 */
#ifndef KITH_MEASURES_BLEND_H
#define KITH_MEASURES_BLEND_H

#include <kith/error.h>
#include <stdint.h>

#define KITH_BLEND_MOST 15 /* scores */

typedef struct kith_blend {
    int scores;
    double weight[KITH_BLEND_MOST + 1]; /* the last one is the intercept */
} kith_blend;

/**
 * Fits.
 * @param score   one array of n for each score, none below 0
 * @param weight  how many cases each that did not happen stands for
 * @return KITH_ERR_NUMERIC when it does not settle. O(n) a round, few rounds
 */
kith_status kith_blend_fit(const float *const *score, int scores, const uint8_t *happened,
                           int64_t n, double weight, kith_blend *out, kith_error *err);

/** The log-odds of n cases. @param out n long, filled */
void kith_blend_score(const kith_blend *blend, const float *const *score, int64_t n, float *out);

#endif
