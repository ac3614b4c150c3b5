/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/number.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
a_number_is_the_whole_text(void **state)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"1", 1},
                {" -2.5 ", -2.5},
                {"+.5", 0.5},
                {"1e3", 1000},
                {"5.", 5},
                {"0.1", 0.1},
                {"123456789012345678", 123456789012345678.0},
                {"1E-320", 1e-320},
                {"0.30000000000000004", 0.30000000000000004}};
    static const char *const bad[] = {"",      " ",   "1x",  "0x10", "nan", "inf",
                                      "1e999", "--1", "1 2", ".",    "-",   "1,5"};
    double value = 7;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        assert_true(kith_number_parse(good[i].text, &value));
        assert_true(value == good[i].value);
    }
    value = 7;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(kith_number_parse(bad[i], &value));
    assert_true(value == 7);
}

static void
short_numbers_are_read_as_exactly_as_long_ones(void **state)
{
    GRand *random = g_rand_new_with_seed(2);

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        double value;

        g_snprintf(text, sizeof text, "%d.%0*u", g_rand_int_range(random, -999999, 999999),
                   g_rand_int_range(random, 1, 9), g_rand_int_range(random, 0, 999999));
        assert_true(kith_number_parse(text, &value));
        assert_true(value == g_ascii_strtod(text, NULL));
    }
    g_rand_free(random);
}

static void
written_numbers_read_back_the_same(void **state)
{
    GRand *random = g_rand_new_with_seed(3);
    char text[32];

    (void)state;
    for (int i = 0; i < 100000; i++) {
        double value = ldexp(g_rand_double(random) - 0.5, g_rand_int_range(random, -1000, 1000)),
               again;

        assert_true(kith_number_parse(kith_number_text(value, text), &again));
        assert_true(value == again);
    }
    g_rand_free(random);
}

static void
numbers_are_written_as_short_as_they_can_be(void **state)
{
    char text[32];

    (void)state;
    assert_string_equal(kith_number_text(0.1, text), "0.1");
    assert_string_equal(kith_number_text(-0.0, text), "0");
    assert_string_equal(kith_number_text(3, text), "3");
    assert_string_equal(kith_number_text(-1234567890123.0, text), "-1234567890123");
    assert_string_equal(kith_number_text(1e300, text), "1e+300");
    assert_string_equal(kith_number_text(0.1 + 0.2, text), "0.30000000000000004");
    assert_string_equal(kith_number_text(NAN, text), "nan");
}

static void
money_is_read_in_the_ways_it_is_exported(void **state)
{
    static const struct {
        const char *text;
        double amount;
        const char *currency;
    } good[] = {{"\xc2\xa3"
                 "900.00",
                 900, "GBP"},
                {"1.000,00 \xe2\x82\xac", 1000, "EUR"},
                {"60.00 GBP", 60, "GBP"},
                {"$60.00", 60, "USD"},
                {"18,250.50", 18250.5, ""},
                {"5.200,00", 5200, ""},
                {"900,00", 900, ""},
                {"1,234", 1234, ""},
                {"1.234.567", 1234567, ""},
                {"0.125", 0.125, ""},
                {"1234.567", 1234.567, ""},
                {"1,234.567", 1234.567, ""},
                {"-\xc2\xa3"
                 "5",
                 -5, "GBP"},
                {"\xc2\xa3-5", -5, "GBP"},
                {"(12.50)", -12.5, ""},
                {"EUR 1 234,50", 1234.5, "EUR"},
                {"CHF 1'234.50", 1234.5, "CHF"},
                {"US$7", 7, "USD"},
                {".50", 0.5, ""},
                {"1,00,000.50", 100000.5, ""},
                {"0", 0, ""}};
    static const char *const bad[] = {"",          "\xc2\xa3", "five", "1,2,3",  "1.2.3.4x", "12%",
                                      "GBP USD 4", "(4",       "1,5.", "GBPX 4", "1,23,45"};
    char currency[4];
    double amount;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        assert_true(kith_money_parse(good[i].text, &amount, currency));
        assert_true(amount == good[i].amount);
        assert_string_equal(currency, good[i].currency);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(kith_money_parse(bad[i], &amount, currency));
}

static void
the_length_of_a_written_number_is_that_of_its_text(void **state)
{
    static const double values[] = {0, 1, -7, 0.25, -12.5, 1e9, 1e300, 0.1 + 0.2, NAN, -INFINITY};
    char text[32];

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        size_t length = kith_number_put(values[i], text);

        assert_int_equal(length, strlen(text));
    }
}

static void
digits_are_those_that_printf_writes(void **state)
{
    uint64_t value = 0;
    char ours[21], expected[32];

    (void)state;
    for (int i = 0; i < 400; i++, value = value < 1100 ? value + 7 : value * 3 + 1) {
        g_snprintf(expected, sizeof expected, "%" G_GUINT64_FORMAT, value);
        assert_ptr_equal(kith_number_digits(value, ours), ours + strlen(expected));
        assert_string_equal(ours, expected);
    }
    value = 10; /* where a digit is added */
    for (int i = 1; i < 20; i++, value *= 10)
        for (int below = 0; below < 2; below++) {
            g_snprintf(expected, sizeof expected, "%" G_GUINT64_FORMAT, value - (uint64_t)below);
            assert_ptr_equal(kith_number_digits(value - (uint64_t)below, ours),
                             ours + strlen(expected));
            assert_string_equal(ours, expected);
        }
    kith_number_digits(UINT64_MAX, ours);
    assert_string_equal(ours, "18446744073709551615");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_the_whole_text),
        cmocka_unit_test(short_numbers_are_read_as_exactly_as_long_ones),
        cmocka_unit_test(written_numbers_read_back_the_same),
        cmocka_unit_test(numbers_are_written_as_short_as_they_can_be),
        cmocka_unit_test(the_length_of_a_written_number_is_that_of_its_text),
        cmocka_unit_test(digits_are_those_that_printf_writes),
        cmocka_unit_test(money_is_read_in_the_ways_it_is_exported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
