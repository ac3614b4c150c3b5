/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * verdict.h - how well a score tells what happened from what did not.
 *
 * AUC: the chance that something that happened scores higher than something that did not, equals counting half.
 * Average precision: going down the list, the mean share of hits at each hit; equal scores are one step.
 */
#ifndef KITH_MEASURES_VERDICT_H
#define KITH_MEASURES_VERDICT_H

#include <stdint.h>

typedef struct kith_verdict {
    double auc, low,
        high; /* with its 95 % interval (Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747) */
    double precision; /* average precision */
} kith_verdict;

/**
 * Judges a score.
 * @param happened  by case
 * @param weight    how many cases each one that did not happen stands for, when they are a sample
 * NaN all over when nothing happened or everything did. O(n log n)
 */
kith_verdict kith_verdict_of(const float *score, const uint8_t *happened, int64_t n, double weight);

#endif
