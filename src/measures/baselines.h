/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * baselines.h - how far word goes from seeds that took no thought, by reverse sets that were not drawn for any choice.
 *
 * For k people drawn at random no draw is needed: a set with s eligible members of E is missed by all
 * of them with chance C(E - s, k) / C(E, k).
 */
#ifndef KITH_MEASURES_BASELINES_H
#define KITH_MEASURES_BASELINES_H

#include "measures/hearsay.h"

/** An expected spread and its standard error, in people. */
typedef struct kith_estimate {
    double mean, error;
} kith_estimate;

/** Of the first seed, the first two, …. @param people whose hearing counts @param out seeds long */
void kith_baseline_prefixes(const kith_hearsay *sets, int64_t n, double people,
                            const uint32_t *seed, int64_t seeds, kith_estimate *out);

/** Of k eligible people drawn at random. */
kith_estimate kith_baseline_random(const kith_hearsay *sets, int64_t n, double people,
                                   const uint8_t *eligible, int64_t may, int64_t k);

/** The k eligible people who can tell most others, the lower id among equals. @return k of them, yours */
uint32_t *kith_baseline_degree(const kith_cascade *cascade, const uint8_t *eligible, int64_t k);

#endif
