/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blend.c - Newton's method on a few weights. */
#include "measures/blend.h"

#include "base/base.h"
#include "measures/gsl.h"
#include <math.h>
#include <string.h>

#define PULL 1.0
#define ROUNDS 60
#define SETTLED 1e-6
#define HALVINGS 20 /* of a step, about as far as that */

/* What a fit goes by. */
struct cases {
    const float *const *score;
    const uint8_t *happened;
    int scores;
    int64_t n;
    double weight, mean[KITH_BLEND_MOST];
};

static void
set_means(const float *const *score, int scores, int64_t n, double *mean)
{
    for (int k = 0; k < scores; k++) {
        double sum = 0;

        for (int64_t i = 0; i < n; i++)
            sum += (double)score[k][i];
        mean[k] = sum > 0 ? sum / (double)n : 1;
    }
}

/* The terms of one case; the last is 1. */
static void
set_terms(const float *const *score, int scores, const double *mean, int64_t i, double *x)
{
    for (int k = 0; k < scores; k++)
        x[k] = log1p((double)score[k][i] / mean[k]);
    x[scores] = 1;
}

static double
add_terms(const double *weight, const double *x, int terms)
{
    double sum = 0;

    for (int k = 0; k < terms; k++)
        sum += weight[k] * x[k];
    return sum;
}

/* Information matrix, gradient, and what the fit maximises, at the present weights. */
static double
weigh(const struct cases *c, const double *weight, double *information, double *gradient)
{
    int terms = c->scores + 1;
    double worth = 0, x[KITH_BLEND_MOST + 1];

    memset(information, 0, (size_t)(terms * terms) * sizeof *information);
    for (int k = 0; k < terms; k++) {
        information[k * terms + k] = PULL;
        gradient[k] = -PULL * weight[k];
        worth -= PULL / 2 * weight[k] * weight[k];
    }
    for (int64_t i = 0; i < c->n; i++) {
        double counts = c->happened[i] ? 1 : c->weight, odds, p;

        set_terms(c->score, c->scores, c->mean, i, x);
        odds = add_terms(weight, x, terms);
        p = 1 / (1 + exp(-odds));
        worth -= counts * (odds > 0 ? odds * !c->happened[i] + log1p(exp(-odds))
                                    : -odds * c->happened[i] + log1p(exp(odds)));
        for (int k = 0; k < terms; k++) {
            gradient[k] += counts * (c->happened[i] - p) * x[k];
            for (int l = 0; l <= k; l++)
                information[k * terms + l] += counts * p * (1 - p) * x[k] * x[l];
        }
    }
    return worth;
}

/* One Newton step, halved until it gains. @param moved how far it went; 0: nothing gains any more */
static kith_status
step(const struct cases *c, double *worth, double *weight, double *information, double *gradient,
     double *moved, kith_error *err)
{
    int terms = c->scores + 1;
    double change[KITH_BLEND_MOST + 1], next[KITH_BLEND_MOST + 1];
    gsl_matrix_view m = gsl_matrix_view_array(information, (size_t)terms, (size_t)terms);
    gsl_vector_view g = gsl_vector_view_array(gradient, (size_t)terms);
    gsl_vector_view d = gsl_vector_view_array(change, (size_t)terms);

    TRY_GSL(gsl_linalg_cholesky_decomp1(&m.matrix));
    TRY_GSL(gsl_linalg_cholesky_solve(&m.matrix, &g.vector, &d.vector));
    for (int halved = 0; halved < HALVINGS; halved++) {
        double share = ldexp(1, -halved), there;

        *moved = 0;
        for (int k = 0; k < terms; k++) {
            next[k] = weight[k] + share * change[k];
            *moved = fmax(*moved, share * fabs(change[k]));
        }
        there = weigh(c, next, information, gradient);
        if (there >= *worth) {
            *worth = there;
            memcpy(weight, next, (size_t)terms * sizeof *weight);
            return KITH_OK;
        }
    }
    *moved = 0;
    return KITH_OK;
}

kith_status
kith_blend_fit(const float *const *score, int scores, const uint8_t *happened, int64_t n,
               double weight, kith_blend *out, kith_error *err)
{
    struct cases c = {score, happened, scores, n, weight, {0}};
    double information[(KITH_BLEND_MOST + 1) * (KITH_BLEND_MOST + 1)];
    double gradient[KITH_BLEND_MOST + 1], moved = 1, worth;

    GSL_SCOPE();
    *out = (kith_blend){.scores = scores};
    set_means(score, scores, n, c.mean);
    worth = weigh(&c, out->weight, information, gradient);
    for (int round = 0; moved > SETTLED && round < ROUNDS; round++)
        TRY(step(&c, &worth, out->weight, information, gradient, &moved, err));
    return KITH_OK;
}

void
kith_blend_score(const kith_blend *b, const float *const *score, int64_t n, float *out)
{
    double mean[KITH_BLEND_MOST], x[KITH_BLEND_MOST + 1];

    set_means(score, b->scores, n, mean);
    for (int64_t i = 0; i < n; i++) {
        set_terms(score, b->scores, mean, i, x);
        out[i] = (float)add_terms(b->weight, x, b->scores + 1);
    }
}
