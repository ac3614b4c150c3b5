/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rank.c - scores into an order. */
#include "measures/rank.h"
#include <glib.h>
#include <math.h>

struct ranking {
    const double *score;
    bool lowest_first;
};

static int
compare(const void *a, const void *b, void *data)
{
    const struct ranking *r = data;
    int64_t i = *(const int64_t *)a, j = *(const int64_t *)b;
    double x = r->score[i], y = r->score[j];

    if (isnan(x) != isnan(y))
        return isnan(x) ? 1 : -1;
    if (x < y)
        return r->lowest_first ? -1 : 1;
    if (x > y)
        return r->lowest_first ? 1 : -1;
    return i < j ? -1 : i > j;
}

int64_t *
kith_rank_order(const double *score, int64_t n, bool lowest_first)
{
    int64_t *order = g_new(int64_t, n + 1);
    struct ranking r = {score, lowest_first};

    for (int64_t i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, compare, &r);
    return order;
}

/* Powers of ten up to 10^22 are exact doubles, so for the usual sizes the result is the double
 * nearest to a number of 12 digits, and prints as one. */
static double
round_digits(double x)
{
    int digits = 11 - (int)floor(log10(fabs(x)));
    double scale = pow(10, abs(digits));

    return digits >= 0 ? round(x * scale) / scale : round(x / scale) * scale;
}

/* Counts have no digits to lose, and are most of what there is to tidy. */
static bool
is_whole(double x)
{
    return fabs(x) < 1e11 && x == (double)(int64_t)x;
}

void
kith_rank_tidy(double *score, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (isfinite(score[i]) && fabs(score[i]) > 1e-280 && !is_whole(score[i]))
            score[i] = round_digits(score[i]);
}
