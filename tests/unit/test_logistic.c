/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/logistic.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 400
#define PULL (1 / 6.25) /* as logistic.h says: a variance of 2.5^2 */

/* What the fit makes as large as can be, from its definition. */
static double
worth(double intercept, double slope, const double *score, const bool *success, int n)
{
    double sum = -PULL / 2 * (intercept * intercept + (slope - 1) * (slope - 1));

    for (int i = 0; i < n; i++) {
        double p = 1 / (1 + exp(-(intercept + slope * log(score[i] / (1 - score[i])))));

        sum += log(success[i] ? p : 1 - p);
    }
    return sum;
}

static void
no_other_line_near_or_far_is_worth_more(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(30);

    (void)state;
    for (int round = 0; round < 300; round++) {
        double score[MOST];
        bool success[MOST];
        int n = g_rand_int_range(dice, 1, 60);
        kith_logistic fit;
        double best;

        for (int i = 0; i < n; i++) {
            score[i] = g_rand_double_range(dice, 0.001, 0.95);
            success[i] = g_rand_double(dice) < (round % 3 == 0 ? 0.5 : score[i]);
        }
        assert_int_equal(kith_logistic_fit(score, success, n, &fit, NULL), KITH_OK);
        best = worth(fit.intercept, fit.slope, score, success, n);
        for (int other = 0; other < 40; other++) {
            double reach = pow(10, -g_rand_int_range(dice, -1, 6));
            double a = fit.intercept + g_rand_double_range(dice, -reach, reach);
            double b = fit.slope + g_rand_double_range(dice, -reach, reach);

            assert_true(worth(a, b, score, success, n) <= best + 1e-9);
        }
    }
}

static void
a_large_sample_gives_back_the_line_it_was_drawn_from(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(31);
    g_autofree double *score = g_new(double, 100000);
    g_autofree bool *success = g_new(bool, 100000);
    const kith_logistic truth = {1.5, 0.7};
    kith_logistic fit;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        score[i] = g_rand_double_range(dice, 0.01, 0.9);
        success[i] = g_rand_double(dice) < kith_logistic_chance(&truth, score[i]);
    }
    assert_int_equal(kith_logistic_fit(score, success, 100000, &fit, NULL), KITH_OK);
    assert_float_equal(fit.intercept, truth.intercept, 0.05);
    assert_float_equal(fit.slope, truth.slope, 0.05);
}

static void
a_sample_that_a_score_parts_and_an_empty_one_have_a_fit(void **state)
{
    const double score[] = {0.1, 0.2, 0.3, 0.7, 0.8, 0.9};
    const bool success[] = {false, false, false, true, true, true};
    kith_logistic fit;

    (void)state;
    assert_int_equal(kith_logistic_fit(score, success, 6, &fit, NULL), KITH_OK);
    assert_true(isfinite(fit.slope) && fit.slope > 1);
    assert_int_equal(kith_logistic_fit(score, success, 0, &fit, NULL), KITH_OK);
    assert_true(fit.intercept == 0 && fit.slope == 1);
    assert_float_equal(kith_logistic_chance(&fit, 0.3), 0.3, 1e-15);
}

static void
scores_that_are_no_chance_are_refused(void **state)
{
    const bool success[] = {true};
    kith_logistic fit;

    (void)state;
    assert_int_equal(kith_logistic_fit((double[]){1}, success, 1, &fit, NULL), KITH_ERR_ARGUMENT);
    assert_int_equal(kith_logistic_fit((double[]){NAN}, success, 1, &fit, NULL), KITH_ERR_ARGUMENT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_line_near_or_far_is_worth_more),
        cmocka_unit_test(a_large_sample_gives_back_the_line_it_was_drawn_from),
        cmocka_unit_test(a_sample_that_a_score_parts_and_an_empty_one_have_a_fit),
        cmocka_unit_test(scores_that_are_no_chance_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
