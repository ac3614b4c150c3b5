/* SPDX-License-Identifier: GPL-3.0-or-later */
/* logistic.c - see logistic.h. */
#include "measures/logistic.h"

#include "base/base.h"
#include "measures/gsl.h"
#include <math.h>

#define PULL (1 / (2.5 * 2.5))
#define ROUNDS 100
#define SETTLED 1e-12

static double
log_odds(double p)
{
    return log(p) - log1p(-p);
}

double
kith_logistic_chance(const kith_logistic *fit, double score)
{
    return 1 / (1 + exp(-(fit->intercept + fit->slope * log_odds(score))));
}

/* The normal equations of one round: information matrix and gradient at the present fit. */
static void
weigh(const kith_logistic *fit, const double *score, const bool *success, int64_t n,
      double information[4], double gradient[2])
{
    information[0] = information[3] = PULL;
    information[1] = information[2] = 0;
    gradient[0] = -PULL * fit->intercept;
    gradient[1] = -PULL * (fit->slope - 1);
    for (int64_t i = 0; i < n; i++) {
        double x = log_odds(score[i]), p = kith_logistic_chance(fit, score[i]), w = p * (1 - p);

        information[0] += w;
        information[1] += w * x;
        information[3] += w * x * x;
        gradient[0] += (double)success[i] - p;
        gradient[1] += ((double)success[i] - p) * x;
    }
    information[2] = information[1];
}

/* The logarithm of what the fit maximises. */
static double
worth(const kith_logistic *fit, const double *score, const bool *success, int64_t n)
{
    double sum =
        -PULL / 2 * (fit->intercept * fit->intercept + (fit->slope - 1) * (fit->slope - 1));

    for (int64_t i = 0; i < n; i++) {
        double eta = fit->intercept + fit->slope * log_odds(score[i]);

        sum -= log1p(exp(success[i] ? -eta : eta));
    }
    return sum;
}

/* One Newton step, halved until it gains. @param moved how far it went */
static kith_status
step(kith_logistic *fit, const double *score, const bool *success, int64_t n, double *moved,
     kith_error *err)
{
    double information[4], gradient[2], change[2], before = worth(fit, score, success, n);
    double share = 1;
    gsl_matrix_view m = gsl_matrix_view_array(information, 2, 2);
    gsl_vector_view g = gsl_vector_view_array(gradient, 2), c = gsl_vector_view_array(change, 2);

    weigh(fit, score, success, n, information, gradient);
    TRY_GSL(gsl_linalg_cholesky_decomp1(&m.matrix));
    TRY_GSL(gsl_linalg_cholesky_solve(&m.matrix, &g.vector, &c.vector));
    for (;;) {
        kith_logistic next = {fit->intercept + share * change[0], fit->slope + share * change[1]};

        *moved = share * fmax(fabs(change[0]), fabs(change[1]));
        if (worth(&next, score, success, n) >= before || *moved < SETTLED) {
            *fit = next;
            return KITH_OK;
        }
        share /= 2;
    }
}

kith_status
kith_logistic_fit(const double *score, const bool *success, int64_t n, kith_logistic *out,
                  kith_error *err)
{
    kith_logistic fit = {0, 1};
    double moved = 1;

    GSL_SCOPE();
    for (int64_t i = 0; i < n; i++)
        if (!(score[i] > 0 && score[i] < 1))
            return kith_fail(err, KITH_ERR_ARGUMENT, "a score of %g is no chance", score[i]);
    for (int round = 0; moved > SETTLED; round++) {
        if (round == ROUNDS)
            return kith_fail(err, KITH_ERR_NUMERIC, "the fit does not settle");
        TRY(step(&fit, score, success, n, &moved, err));
    }
    *out = fit;
    return KITH_OK;
}
