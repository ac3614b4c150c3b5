/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * survival.h - how long until something happens, when for some it has not happened yet.
 *
 * Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452: the share that is still waiting after so many days, from those
 * who waited that long at all. Who was watched for a shorter time counts up to then, and as nobody after.
 */
#ifndef KITH_MEASURES_SURVIVAL_H
#define KITH_MEASURES_SURVIVAL_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/** One wait. */
typedef struct kith_wait {
    double days;
    bool happened; /**< false: still waiting when last seen */
} kith_wait;

/** The curve after the events of one time. */
typedef struct kith_survival_step {
    double days;
    int64_t at_risk, events; /**< watched until then; for whom it happened then */
    double waiting;          /**< share still waiting */
    double error;            /**< Greenwood's standard error of it */
    double low, high;        /**< 95 %, by the log of the curve's log; 0 and 1 kept */
} kith_survival_step;

/** The curve, one step for each time something happened. @param wait is sorted in place @return yours; g_array_unref() */
GArray *kith_survival(kith_wait *wait, int64_t n);

/** The share still waiting after so many days: 1 before the first step. @return the step, NULL before the first */
const kith_survival_step *kith_survival_at(const GArray *curve, double days);

/** The first time at which no more than a share is waiting; NaN when that was not seen. */
double kith_survival_quantile(const GArray *curve, double waiting);

#endif
