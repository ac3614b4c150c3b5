/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outreach.h - how far word from each single person goes, as a measure of who matters. */
#ifndef KITH_MEASURES_OUTREACH_H
#define KITH_MEASURES_OUTREACH_H

#include "measures/work.h"
#include "model/network.h"

/**
 * The expected spread of every vertex as the only seed, under independent cascade along the ties' direction.
 * The chance over a tie is 0.1, with weights 1 - 0.9^weight. From up to 65536 reverse sets drawn with a seed of their own, the
 * same every time; the standard error is below sqrt(spread * n / sets).
 */
kith_status kith_measure_spread(const kith_network *network, bool weighted, kith_work *work,
                                double *score, kith_error *err);

/** Roughly how many steps of a nanosecond that takes. */
double kith_outreach_work(const kith_network *network);

#endif
