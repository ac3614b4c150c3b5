/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_interval.c - intervals of shares against Newcombe's published examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures/interval.h"
#include <math.h>

/* Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3. */
static void
shares_have_wilsons_interval(void **state)
{
    static const struct {
        int64_t k, n;
        double low, high;
    } known[] = {
        {81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        kith_interval found = kith_interval_share(known[i].k, known[i].n);

        assert_float_equal(found.value, (double)known[i].k / (double)known[i].n, 1e-15);
        assert_float_equal(found.low, known[i].low, 5e-5);
        assert_float_equal(found.high, known[i].high, 5e-5);
    }
    assert_true(isnan(kith_interval_share(0, 0).value));
    assert_true(kith_interval_share(5, 5).high == 1);
}

/* Newcombe 1998, "Interval estimation for the difference", table II, method 10. */
static void
differences_have_newcombes_interval(void **state)
{
    static const struct {
        int64_t k1, n1, k2, n2;
        double low, high;
    } known[] = {{56, 70, 48, 80, .0524, .3339}, {9, 10, 3, 10, .1705, .8090},
                 {6, 7, 2, 7, .0582, .8062},     {5, 56, 0, 29, -.0381, .1926},
                 {0, 10, 0, 20, -.1611, .2775},  {10, 10, 0, 20, .6791, 1}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        kith_interval found =
            kith_interval_difference(known[i].k1, known[i].n1, known[i].k2, known[i].n2);

        assert_float_equal(found.low, known[i].low, 5e-5);
        assert_float_equal(found.high, known[i].high, 5e-5);
    }
}

/* Garwood's table: 0 gives 0 to 3.689, 1 .0253 to 5.572, 10 4.795 to 18.39. */
static void
rates_have_garwoods_interval(void **state)
{
    static const struct {
        int64_t k;
        double low, high;
    } known[] = {{0, 0, 3.689}, {1, .0253, 5.572}, {10, 4.795, 18.39}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        kith_interval found = kith_interval_rate(known[i].k, 1);

        assert_float_equal(found.low, known[i].low, 5e-4);
        assert_float_equal(found.high, known[i].high, 5e-3);
    }
    assert_float_equal(kith_interval_rate(10, 4).value, 2.5, 1e-15);
}

/* Student 1908: extra hours of sleep, as in R's t.test(sleep$extra[1:10]). */
static void
means_have_students_interval(void **state)
{
    const double extra[] = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};
    kith_interval found = kith_interval_mean(extra, 10);

    (void)state;
    assert_float_equal(found.value, .75, 1e-12);
    assert_float_equal(found.low, -.5297804, 1e-6);
    assert_float_equal(found.high, 2.0297804, 1e-6);
    assert_true(isnan(kith_interval_mean(extra, 1).low));
    assert_true(isnan(kith_interval_mean(extra, 0).value));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_have_wilsons_interval),
        cmocka_unit_test(differences_have_newcombes_interval),
        cmocka_unit_test(rates_have_garwoods_interval),
        cmocka_unit_test(means_have_students_interval),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
