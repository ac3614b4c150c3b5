/* SPDX-License-Identifier: GPL-3.0-or-later */
/* survival.c - the product-limit estimate and Greenwood's variance. */
#include "measures/survival.h"
#include "measures/gsl.h"

#include <math.h>
#include <stdlib.h>

/* Of equal times those for whom it happened come first: the others were still watched then. */
static int
compare(const void *a, const void *b)
{
    const kith_wait *x = a, *y = b;

    if (x->days != y->days)
        return x->days < y->days ? -1 : 1;
    return x->happened == y->happened ? 0 : x->happened ? -1 : 1;
}

/* Kalbfleisch & Prentice: an interval of log(-log S) stays between 0 and 1. */
static void
set_interval(kith_survival_step *s, double sum)
{
    double z = gsl_cdf_ugaussian_Pinv(.975), width;

    s->error = s->waiting * sqrt(sum);
    if (s->waiting <= 0) {
        s->error = 0;
        s->low = s->high = 0;
        return;
    }
    width = z * sqrt(sum) / log(s->waiting);
    s->low = pow(s->waiting, exp(-width));
    s->high = pow(s->waiting, exp(width));
}

GArray *
kith_survival(kith_wait *wait, int64_t n)
{
    GArray *curve = g_array_new(FALSE, FALSE, sizeof(kith_survival_step));
    double waiting = 1, sum = 0;

    if (n)
        qsort(wait, (size_t)n, sizeof *wait, compare);
    for (int64_t i = 0, j; i < n; i = j) {
        kith_survival_step s = {.days = wait[i].days, .at_risk = n - i};

        for (j = i; j < n && wait[j].days == s.days; j++)
            s.events += wait[j].happened;
        if (s.events == 0)
            continue;
        waiting *= 1 - (double)s.events / (double)s.at_risk;
        sum += (double)s.events / ((double)s.at_risk * (double)(s.at_risk - s.events));
        s.waiting = s.at_risk == s.events ? 0 : waiting;
        set_interval(&s, sum);
        g_array_append_val(curve, s);
    }
    return curve;
}

const kith_survival_step *
kith_survival_at(const GArray *curve, double days)
{
    const kith_survival_step *found = NULL;

    for (guint i = 0; i < curve->len; i++) {
        const kith_survival_step *s = &g_array_index(curve, kith_survival_step, i);

        if (s->days <= days)
            found = s;
    }
    return found;
}

double
kith_survival_quantile(const GArray *curve, double waiting)
{
    for (guint i = 0; i < curve->len; i++)
        if (g_array_index(curve, kith_survival_step, i).waiting <= waiting + 1e-12)
            return g_array_index(curve, kith_survival_step, i).days;
    return NAN;
}
