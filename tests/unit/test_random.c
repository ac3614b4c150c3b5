/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_random.c - the generator gives the numbers of its author's reference, and fair ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures/random.h"
#include <stdbool.h>

/* pcg-c, test-high/expected/check-pcg64.out: pcg64_srandom(42, 54). */
static void
the_numbers_are_those_of_the_reference(void **state)
{
    static const uint64_t expected[] = {UINT64_C(0x86b1da1d72062b68), UINT64_C(0x1304aa46c9853d39),
                                        UINT64_C(0xa3670e9e0dd50358), UINT64_C(0xf9090e529a7dae00),
                                        UINT64_C(0xc85b9fd837996f2c), UINT64_C(0x606121f8e3919196)};
    kith_random random = kith_random_init(42, 54);

    (void)state;
    for (int i = 0; i < 6; i++)
        assert_true(kith_random_u64(&random) == expected[i]);
}

static void
streams_of_one_seed_differ(void **state)
{
    kith_random a = kith_random_init(1, 0), b = kith_random_init(1, 1), c = kith_random_init(2, 0);
    uint64_t x = kith_random_u64(&a), y = kith_random_u64(&b), z = kith_random_u64(&c);

    (void)state;
    assert_true(x != y && y != z && x != z);
}

static void
reals_lie_in_their_interval_and_average_a_half(void **state)
{
    kith_random random = kith_random_init(1, 1);
    double sum = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        double x = kith_random_real(&random);

        assert_true(x >= 0 && x < 1);
        sum += x;
    }
    assert_true(sum > 49500 && sum < 50500); /* 5 standard errors are 460 */
}

static void
every_number_below_n_is_equally_likely(void **state)
{
    kith_random random = kith_random_init(9, 1);
    int count[7] = {0};
    double chi_square = 0;

    (void)state;
    for (int i = 0; i < 70000; i++)
        count[kith_random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++)
        chi_square += (count[i] - 10000.0) * (count[i] - 10000.0) / 10000.0;
    assert_true(chi_square < 30); /* 6 degrees of freedom: one in 25 000 */
    assert_int_equal(kith_random_below(&random, 1), 0);
    assert_int_equal(kith_random_below(&random, 0), 0);
    for (int i = 0; i < 1000; i++)
        assert_true(kith_random_below(&random, UINT64_C(1) << 63 | 1) <= UINT64_C(1) << 63);
}

/* n is three quarters of 2^64: the remainder alone would give the first third half of the draws. */
static void
a_large_n_does_not_favour_small_numbers(void **state)
{
    kith_random random = kith_random_init(9, 2);
    const uint64_t third = UINT64_C(1) << 62;
    int low = 0;

    (void)state;
    for (int i = 0; i < 30000; i++)
        low += kith_random_below(&random, 3 * third) < third;
    assert_true(low > 9500 && low < 10500); /* a third; 5 standard errors are 408 */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_are_those_of_the_reference),
        cmocka_unit_test(streams_of_one_seed_differ),
        cmocka_unit_test(reals_lie_in_their_interval_and_average_a_half),
        cmocka_unit_test(every_number_below_n_is_equally_likely),
        cmocka_unit_test(a_large_n_does_not_favour_small_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
