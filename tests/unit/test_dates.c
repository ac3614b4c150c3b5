/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/dates.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static kith_day_order
decide(const char *const *texts, size_t n, bool *guessed)
{
    kith_date_order order = {0};

    for (size_t i = 0; i < n; i++)
        kith_date_order_feed(&order, texts[i]);
    return kith_date_order_decide(&order, guessed);
}

static void
one_day_above_twelve_decides_the_whole_column(void **state)
{
    static const char *const british[] = {"03/04/2026", "01/02/2026", "13/02/2026"};
    static const char *const american[] = {"1/2/26, 2:37 PM", "1/29/26, 2:37 PM", "x"};
    static const char *const iso[] = {"2026-03-04", "2026/03/04"};
    bool guessed = true;

    (void)state;
    assert_int_equal(decide(british, 3, &guessed), KITH_ORDER_DMY);
    assert_false(guessed);
    assert_int_equal(decide(american, 3, &guessed), KITH_ORDER_MDY);
    assert_false(guessed);
    assert_int_equal(decide(iso, 2, &guessed), KITH_ORDER_YMD);
    assert_false(guessed);
}

static void
an_undecided_column_is_guessed_and_says_so(void **state)
{
    static const char *const long_years[] = {"03/04/2026"}, *const dots[] = {"3.4.26"},
                             *const short_years[] = {"3/4/26"},
                             *const contradiction[] = {"13/1/26", "1/13/26", "14/1/26"};
    bool guessed = false;

    (void)state;
    assert_int_equal(decide(long_years, 1, &guessed), KITH_ORDER_DMY);
    assert_true(guessed);
    assert_int_equal(decide(dots, 1, &guessed), KITH_ORDER_DMY);
    assert_int_equal(decide(short_years, 1, &guessed), KITH_ORDER_MDY);
    assert_int_equal(decide(contradiction, 3, &guessed), KITH_ORDER_DMY);
    assert_true(guessed);
}

static void
check(const char *text, kith_day_order order, const char *expected)
{
    kith_precision precision;
    char out[32];
    kith_time when;

    assert_true(kith_date_parse_ordered(text, order, &when, &precision));
    assert_string_equal(kith_time_text(when, precision, out), expected);
}

static void
dates_are_read_in_the_order_of_their_column(void **state)
{
    (void)state;
    check("03/04/2026", KITH_ORDER_DMY, "2026-04-03");
    check("03/04/2026", KITH_ORDER_MDY, "2026-03-04");
    check("26-03-04", KITH_ORDER_YMD, "2026-03-04");
    check("1/29/26, 2:37 PM", KITH_ORDER_MDY, "2026-01-29T14:37:00Z");
    check("1/29/26, 12:00 AM", KITH_ORDER_MDY, "2026-01-29T00:00:00Z");
    check("1/29/26, 12:01 PM", KITH_ORDER_MDY, "2026-01-29T12:01:00Z");
    check("11.04.2024 18:30", KITH_ORDER_DMY, "2024-04-11T18:30:00Z");
    check("1. 2. 2026", KITH_ORDER_DMY, "2026-02-01");
    check("2026-02-01", KITH_ORDER_DMY, "2026-02-01");
    check("08 Feb 2026", KITH_ORDER_MDY, "2026-02-08");
}

static void
a_date_against_the_order_is_no_date(void **state)
{
    kith_time when = 42;

    (void)state;
    assert_false(kith_date_parse_ordered("13/02/2026", KITH_ORDER_MDY, &when, NULL));
    assert_false(kith_date_parse_ordered("1/2/226", KITH_ORDER_MDY, &when, NULL));
    assert_false(kith_date_parse_ordered("1/2-2026", KITH_ORDER_DMY, &when, NULL));
    assert_false(kith_date_parse_ordered("1/2/2026 soon", KITH_ORDER_DMY, &when, NULL));
    assert_false(kith_date_parse_ordered("", KITH_ORDER_DMY, &when, NULL));
    assert_int_equal(when, 42);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_day_above_twelve_decides_the_whole_column),
        cmocka_unit_test(an_undecided_column_is_guessed_and_says_so),
        cmocka_unit_test(dates_are_read_in_the_order_of_their_column),
        cmocka_unit_test(a_date_against_the_order_is_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
