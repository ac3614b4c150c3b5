/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interval.h - shares with the range that chance alone leaves open, at 95 %.
 *
 * 81 of 263 is .308, and anything from .2553 to .3662 could show as that.
 */
#ifndef KITH_MEASURES_INTERVAL_H
#define KITH_MEASURES_INTERVAL_H

#include <kith/table.h>
#include <stdint.h>

typedef struct kith_interval {
    double value, low, high; /**< NaN when there is nothing to count */
} kith_interval;

/** k of n as a share, with Wilson's score interval. Wilson 1927, doi:10.1080/01621459.1927.10502953 */
kith_interval kith_interval_share(int64_t k, int64_t n);

/**
 * The difference of two independent shares, the first less the second: Newcombe's hybrid score interval (his method 10).
 * Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 */
kith_interval kith_interval_difference(int64_t k1, int64_t n1, int64_t k2, int64_t n2);

/**
 * How many events for each of n, with the exact interval of a Poisson count. Garwood 1936, doi:10.1093/biomet/28.3-4.437
 */
kith_interval kith_interval_rate(int64_t events, int64_t n);

/** The mean of some values with Student's interval; no interval below 2 values. */
kith_interval kith_interval_mean(const double *value, int64_t n);

/** Sets three columns side by side. */
void kith_interval_tell(const kith_interval *interval, kith_table *table, int column);

#endif
