/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * logistic.h - a chance out of a score: log-odds of success = intercept + slope * log-odds of the score.
 *
 * Fitted by iteratively reweighted least squares (McCullagh & Nelder 1989, 2.5) with a weak pull towards intercept 0 and
 * slope 1, that is, towards the score taken at its word: as if each had been seen with a variance of 2.5^2. So a sample that
 * one score parts into yes and no has a finite fit as well.
 */
#ifndef KITH_MEASURES_LOGISTIC_H
#define KITH_MEASURES_LOGISTIC_H

#include <kith/error.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct kith_logistic {
    double intercept, slope;
} kith_logistic;

/**
 * @param score  n scores in (0, 1)
 * @param success  what became of each
 * @return KITH_ERR_ARGUMENT a score outside (0, 1); KITH_ERR_NUMERIC when it does not settle. O(n) a round, few rounds
 */
kith_status kith_logistic_fit(const double *score, const bool *success, int64_t n,
                              kith_logistic *out, kith_error *err);

/** The chance, in (0, 1). */
double kith_logistic_chance(const kith_logistic *fit, double score);

#endif
