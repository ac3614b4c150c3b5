/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interval.c - score intervals and Student's, with GSL's quantiles. */
#include "measures/interval.h"

#include "base/base.h"
#include "measures/gsl.h"
#include <math.h>

#define TAIL .975

kith_interval
kith_interval_share(int64_t k, int64_t n)
{
    const double z = gsl_cdf_ugaussian_Pinv(TAIL), m = (double)n, p = (double)k / m;
    double middle, half;

    if (n <= 0)
        return (kith_interval){NAN, NAN, NAN};
    middle = (p + z * z / (2 * m)) / (1 + z * z / m);
    half = z * sqrt(p * (1 - p) / m + z * z / (4 * m * m)) / (1 + z * z / m);
    /* At the ends the formula gives the end but for rounding. */
    return (kith_interval){p, k == 0 ? 0 : MAX(0, middle - half),
                           k == n ? 1 : MIN(1, middle + half)};
}

kith_interval
kith_interval_difference(int64_t k1, int64_t n1, int64_t k2, int64_t n2)
{
    kith_interval a = kith_interval_share(k1, n1), b = kith_interval_share(k2, n2);
    double d = a.value - b.value;

    return (kith_interval){d, d - hypot(a.value - a.low, b.high - b.value),
                           d + hypot(a.high - a.value, b.value - b.low)};
}

kith_interval
kith_interval_rate(int64_t events, int64_t n)
{
    double k = (double)events, m = (double)n;

    if (n <= 0)
        return (kith_interval){NAN, NAN, NAN};
    return (kith_interval){k / m, events ? gsl_cdf_chisq_Pinv(1 - TAIL, 2 * k) / (2 * m) : 0,
                           gsl_cdf_chisq_Pinv(TAIL, 2 * k + 2) / (2 * m)};
}

kith_interval
kith_interval_mean(const double *value, int64_t n)
{
    double mean, half;

    if (n <= 0)
        return (kith_interval){NAN, NAN, NAN};
    mean = gsl_stats_mean(value, 1, (size_t)n);
    if (n < 2)
        return (kith_interval){mean, NAN, NAN};
    half = gsl_cdf_tdist_Pinv(TAIL, (double)(n - 1)) *
           sqrt(gsl_stats_variance_m(value, 1, (size_t)n, mean) / (double)n);
    return (kith_interval){mean, mean - half, mean + half};
}

void
kith_interval_tell(const kith_interval *interval, kith_table *table, int column)
{
    kith_table_set_real(table, column, interval->value);
    kith_table_set_real(table, column + 1, interval->low);
    kith_table_set_real(table, column + 2, interval->high);
}
