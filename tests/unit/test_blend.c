/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/blend.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CASES 400

struct sample {
    float a[CASES], b[CASES];
    uint8_t happened[CASES];
};

/* b says nothing; a says much. */
static void
draw(GRand *dice, struct sample *s)
{
    for (int i = 0; i < CASES; i++) {
        s->a[i] = (float)g_rand_double_range(dice, 0, 4);
        s->b[i] = (float)g_rand_double_range(dice, 0, 4);
        s->happened[i] = g_rand_double(dice) < (s->a[i] > 2 ? 0.6 : 0.1);
    }
}

/* What the fit makes as large as can be, from its definition. */
static double
worth(const double *w, const struct sample *s, double counts)
{
    double sum = 0, mean[2] = {0, 0};

    for (int i = 0; i < CASES; i++) {
        mean[0] += (double)s->a[i] / CASES;
        mean[1] += (double)s->b[i] / CASES;
    }
    for (int k = 0; k < 3; k++)
        sum -= w[k] * w[k] / 2;
    for (int i = 0; i < CASES; i++) {
        double odds = w[0] * log(1 + (double)s->a[i] / mean[0]) +
                      w[1] * log(1 + (double)s->b[i] / mean[1]) + w[2];
        double p = 1 / (1 + exp(-odds));

        sum += s->happened[i] ? log(p) : counts * log(1 - p);
    }
    return sum;
}

static void
no_other_weights_are_worth_more(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(6);

    (void)state;
    for (int round = 0; round < 20; round++) {
        struct sample s;
        double counts = round % 2 ? 1 : 7.5, best;
        kith_blend fit;

        draw(dice, &s);
        assert_int_equal(kith_blend_fit((const float *const[]){s.a, s.b}, 2, s.happened, CASES,
                                        counts, &fit, NULL),
                         KITH_OK);
        assert_true(fit.weight[0] > 3 * fabs(fit.weight[1]));
        best = worth(fit.weight, &s, counts);
        for (int other = 0; other < 30; other++) {
            double w[3], size = other % 2 ? 0.01 : 1;

            for (int k = 0; k < 3; k++)
                w[k] = fit.weight[k] + size * g_rand_double_range(dice, -1, 1);
            assert_true(worth(w, &s, counts) <= best + 1e-6);
        }
    }
}

static void
a_score_is_the_log_odds_and_scales_do_not_matter(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(7);
    struct sample s;
    float out[CASES], large[CASES], again[CASES];
    kith_blend fit, other;

    (void)state;
    draw(dice, &s);
    for (int i = 0; i < CASES; i++)
        large[i] = 1024 * s.a[i];
    assert_int_equal(
        kith_blend_fit((const float *const[]){s.a, s.b}, 2, s.happened, CASES, 1, &fit, NULL),
        KITH_OK);
    assert_int_equal(
        kith_blend_fit((const float *const[]){large, s.b}, 2, s.happened, CASES, 1, &other, NULL),
        KITH_OK);
    kith_blend_score(&fit, (const float *const[]){s.a, s.b}, CASES, out);
    kith_blend_score(&other, (const float *const[]){large, s.b}, CASES, again);
    for (int i = 0; i < CASES; i++)
        assert_true(fabsf(out[i] - again[i]) < 1e-4f);
}

static void
scores_that_never_differ_or_are_zero_do_no_harm(void **state)
{
    static const float zero[6] = {0}, same[6] = {2, 2, 2, 2, 2, 2}, score[6] = {1, 2, 3, 4, 5, 6};
    static const uint8_t happened[6] = {0, 0, 0, 1, 1, 1}; /* one score parts them */
    kith_blend fit;

    (void)state;
    assert_int_equal(
        kith_blend_fit((const float *const[]){zero, same, score}, 3, happened, 6, 1, &fit, NULL),
        KITH_OK);
    assert_true(fit.weight[0] == 0 && isfinite(fit.weight[1]) && fit.weight[2] > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_weights_are_worth_more),
        cmocka_unit_test(a_score_is_the_log_odds_and_scales_do_not_matter),
        cmocka_unit_test(scores_that_never_differ_or_are_zero_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
