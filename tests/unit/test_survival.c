/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_survival.c - the curve of a published trial, and the plain share when nobody is censored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures/random.h"
#include "measures/survival.h"
#include <math.h>

/* Freireich and others 1963, remission under 6-MP, weeks; the curve and its errors as in every textbook since. */
static void
the_curve_of_a_published_trial(void **state)
{
    static const double happened[] = {6, 6, 6, 7, 10, 13, 16, 22, 23},
                        watched[] = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    static const struct {
        double weeks, waiting, error;
        int64_t at_risk;
    } known[] = {{6, .8571, .0764, 21},  {7, .8067, .0869, 17},  {10, .7529, .0963, 15},
                 {13, .6902, .1068, 12}, {16, .6275, .1141, 11}, {22, .5378, .1282, 7},
                 {23, .4482, .1346, 6}};
    kith_wait wait[21];
    g_autoptr(GArray) curve = NULL;

    (void)state;
    for (int i = 0; i < 21; i++)
        wait[i] = i < 9 ? (kith_wait){happened[i], true} : (kith_wait){watched[i - 9], false};
    curve = kith_survival(wait, 21);
    assert_int_equal(curve->len, 7);
    for (guint i = 0; i < 7; i++) {
        const kith_survival_step *s = &g_array_index(curve, kith_survival_step, i);

        assert_true(s->days == known[i].weeks);
        assert_int_equal(s->at_risk, known[i].at_risk);
        assert_float_equal(s->waiting, known[i].waiting, 5e-5);
        assert_float_equal(s->error, known[i].error, 5e-5);
        assert_true(s->low < s->waiting && s->waiting < s->high);
    }
    /* R, survfit(conf.type = "log-log"): .620 to .952 at 6 weeks. */
    assert_float_equal(g_array_index(curve, kith_survival_step, 0).low, .620, 5e-4);
    assert_float_equal(g_array_index(curve, kith_survival_step, 0).high, .952, 5e-4);
    assert_true(kith_survival_quantile(curve, .5) == 23);
    assert_true(isnan(kith_survival_quantile(curve, .25)));
    assert_null(kith_survival_at(curve, 5));
    assert_true(kith_survival_at(curve, 8)->days == 7);
}

static void
without_censoring_it_is_the_plain_share(void **state)
{
    kith_random random = kith_random_init(2, 2);

    (void)state;
    for (int round = 0; round < 100; round++) {
        kith_wait wait[30], kept[30];
        g_autoptr(GArray) curve = NULL;

        for (int i = 0; i < 30; i++)
            kept[i] = wait[i] = (kith_wait){(double)kith_random_below(&random, 12), true};
        curve = kith_survival(wait, 30);
        for (guint k = 0; k < curve->len; k++) {
            const kith_survival_step *s = &g_array_index(curve, kith_survival_step, k);
            int later = 0;

            for (int i = 0; i < 30; i++)
                later += kept[i].days > s->days;
            assert_float_equal(s->waiting, later / 30.0, 1e-12);
        }
    }
}

static void
nobody_waits_for_nothing(void **state)
{
    kith_wait wait = {3, false};
    g_autoptr(GArray) none = kith_survival(NULL, 0), still = kith_survival(&wait, 1);

    (void)state;
    assert_int_equal(none->len, 0);
    assert_int_equal(still->len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_curve_of_a_published_trial),
        cmocka_unit_test(without_censoring_it_is_the_plain_share),
        cmocka_unit_test(nobody_waits_for_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
