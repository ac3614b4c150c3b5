/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calibration.h - what scores have meant so far: chances of success, fitted to the introductions asked for.
 *
 * Each recorded request has the score that its chain (asker -> introducer -> person) had on the day before it was asked: the
 * facts and the record of that day, no later ones. Agreed or made is a success; declined, or no answer for answer_days, is
 * none. The first 70 % by time are fitted and the rest is foretold; only if that beats saying the same share of everybody
 * (Brier 1950) is a score called a chance.
 */
#ifndef KITH_MEASURES_CALIBRATION_H
#define KITH_MEASURES_CALIBRATION_H

#include "measures/logistic.h"
#include "measures/ties.h"

/** Requests that were foretold alike. */
typedef struct kith_reliability {
    int64_t n;
    double foretold, observed; /**< mean chance; share that succeeded */
    double low, high;          /**< Wilson's interval of the share, 95 % */
} kith_reliability;

/** {0} may be cleared. */
typedef struct kith_calibration {
    int64_t requests, successes; /**< that count */
    int64_t held_out;            /**< of these foretold; 0: too few to fit anything */
    double brier, constant;      /**< of the foretold, smaller is better; of one share for all */
    bool holds;                  /**< scores may be called chances */
    kith_logistic fit;           /**< to all requests */
    GArray *bins;                /**< of kith_reliability, by chance; NULL when too few */
} kith_calibration;

/** @return KITH_ERR_NUMERIC when a fit does not settle. O(requests * facts between two people) */
kith_status kith_calibrate(const kith_warm_network *network, kith_calibration *out,
                           kith_error *err);
void kith_calibration_clear(kith_calibration *calibration);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_calibration, kith_calibration_clear)

/** Adds the tables `calibration` and `reliability` to an answer. */
void kith_calibration_tell(const kith_calibration *calibration, kith_answer *out);
/** Adds what a score is, in a note. */
void kith_calibration_note(const kith_calibration *calibration,
                           const kith_warmth_constants *constants, kith_answer *out);

#endif
