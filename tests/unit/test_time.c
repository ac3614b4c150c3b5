/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include <kith/time.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
check(const char *text, const char *expected, kith_precision expected_precision)
{
    kith_precision precision;
    char out[32];
    kith_time when;

    if (!kith_time_parse(text, &when, &precision))
        fail_msg("cannot read '%s'", text);
    assert_string_equal(kith_time_text(when, precision, out), expected);
    assert_int_equal(precision, expected_precision);
}

static void
iso_dates_are_read_with_their_precision(void **state)
{
    (void)state;
    check("2024", "2024", KITH_PRECISION_YEAR);
    check("2024-05", "2024-05", KITH_PRECISION_MONTH);
    check("2024-05-31", "2024-05-31", KITH_PRECISION_DAY);
    check(" 2024-05-31 ", "2024-05-31", KITH_PRECISION_DAY);
    check("2024-05-31T09:30:00Z", "2024-05-31T09:30:00Z", KITH_PRECISION_SECOND);
    check("2024-05-31 09:30", "2024-05-31T09:30:00Z", KITH_PRECISION_SECOND);
    check("2024-05-31T09:30:15.250+01:00", "2024-05-31T08:30:15Z", KITH_PRECISION_SECOND);
    check("2024-01-01T00:30+0100", "2023-12-31T23:30:00Z", KITH_PRECISION_SECOND);
    check("2025-06-01 14:03:22 UTC", "2025-06-01T14:03:22Z", KITH_PRECISION_SECOND);
    check("2024/02/01 15:02:55 UTC", "2024-02-01T15:02:55Z", KITH_PRECISION_SECOND);
    check("20240531", "2024-05-31", KITH_PRECISION_DAY);
    check("20240531T093000", "2024-05-31T09:30:00Z", KITH_PRECISION_SECOND);
    check("20240531T093000Z", "2024-05-31T09:30:00Z", KITH_PRECISION_SECOND);
    check("0001-01-01", "0001-01-01", KITH_PRECISION_DAY);
    check("9999-12-31T23:59:60Z", "10000-01-01T00:00:00Z", KITH_PRECISION_SECOND);
}

static void
dates_that_name_their_month_are_read_in_any_order(void **state)
{
    (void)state;
    check("08 Feb 2026", "2026-02-08", KITH_PRECISION_DAY);
    check("4-Apr-21", "2021-04-04", KITH_PRECISION_DAY);
    check("4-Apr-70", "1970-04-04", KITH_PRECISION_DAY);
    check("4-Apr-69", "2069-04-04", KITH_PRECISION_DAY);
    check("Feb 8, 2026", "2026-02-08", KITH_PRECISION_DAY);
    check("February 8th 2026", "2026-02-08", KITH_PRECISION_DAY);
    check("Sept 2026", "2026-09", KITH_PRECISION_MONTH);
    check("Wed, 10 Oct 2018 20:19:24 +0200", "2018-10-10T18:19:24Z", KITH_PRECISION_SECOND);
    check("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z", KITH_PRECISION_SECOND);
    check("Thu Jan  1 00:00:00 2015", "2015-01-01T00:00:00Z", KITH_PRECISION_SECOND);
    check("10 Oct 18 20:19 EST (Eastern)", "2018-10-11T01:19:00Z", KITH_PRECISION_SECOND);
    check("January 1, 2026 at 12:00 AM", "2026-01-01T00:00:00Z", KITH_PRECISION_SECOND);
    check("1 Jan 2026, 12:01\xe2\x80\xafPM", "2026-01-01T12:01:00Z", KITH_PRECISION_SECOND);
}

static void
what_is_no_single_date_is_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "x",
                                      "2024-13-01",
                                      "2023-02-29",
                                      "2024-00-10",
                                      "2024-02-30",
                                      "01/02/2024",
                                      "1.2.2024",
                                      "May",
                                      "May 26",
                                      "24",
                                      "123456",
                                      "2024-05-31x",
                                      "2024-05-31T25:00Z",
                                      "2024-05-31 10:61",
                                      "32 Jan 2024",
                                      "8 Feb Mar 2026",
                                      "0000-01-01",
                                      "13:00 PM 1 Jan 2024",
                                      "2024-05-31 0:30 AM",
                                      "20241301",
                                      "2024-1-1-1",
                                      "12024-01-01",
                                      "Sam 5 2024",
                                      "2024T10:00",
                                      "2024-05T10:00"};
    kith_precision precision = KITH_PRECISION_YEAR;
    kith_time when = 42;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        if (kith_time_parse(bad[i], &when, &precision))
            fail_msg("read '%s'", bad[i]);
    assert_false(kith_time_parse(NULL, &when, NULL));
    assert_int_equal(when, 42);
    assert_int_equal(precision, KITH_PRECISION_YEAR);
}

static void
every_day_of_ten_thousand_years_follows_the_last(void **state)
{
    kith_time before, when;
    char out[32];

    (void)state;
    assert_true(kith_time_from_civil(1, 1, 1, &before));
    before -= KITH_DAY;
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++)
                if (kith_time_from_civil(year, month, day, &when)) {
                    assert_int_equal(when, before + KITH_DAY);
                    before = when;
                }
    assert_string_equal(kith_time_text(before, KITH_PRECISION_DAY, out), "9999-12-31");
    assert_false(kith_time_from_civil(10000, 1, 1, &when));
    assert_true(kith_time_from_civil(1970, 1, 1, &when));
    assert_int_equal(when, 0);
}

static void
no_date_is_written_as_nothing(void **state)
{
    char out[32];

    (void)state;
    assert_string_equal(kith_time_text(KITH_TIME_NONE, KITH_PRECISION_DAY, out), "");
    assert_string_equal(kith_time_text(0, KITH_PRECISION_NONE, out), "");
    assert_string_equal(kith_time_text(-1, KITH_PRECISION_SECOND, out), "1969-12-31T23:59:59Z");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_dates_are_read_with_their_precision),
        cmocka_unit_test(dates_that_name_their_month_are_read_in_any_order),
        cmocka_unit_test(what_is_no_single_date_is_refused),
        cmocka_unit_test(every_day_of_ten_thousand_years_follows_the_last),
        cmocka_unit_test(no_date_is_written_as_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
