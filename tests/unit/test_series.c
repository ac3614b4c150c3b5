/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_series.c - facts by period: each in the period of its date, all of them counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "reports/series.h"

/* A graph with a meeting on each of these days. */
static kith_graph *
meetings_on(const kith_time *when, int n)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    for (int i = 0; i < n; i++) {
        g_autofree char *other = g_strdup_printf("Bo %d", i); /* equal facts would be one */
        kith_fact fact = KITH_FACT_INIT;

        fact.kind = KITH_MET;
        fact.from = small_person(b, "Ann");
        fact.to = small_person(b, other);
        fact.when = when[i];
        small_fact(b, &fact);
    }
    g = small_build(b);
    kith_builder_free(b);
    return g;
}

static void
each_day_is_counted_in_the_month_that_the_calendar_says(void **state)
{
    static const int years[] = {4, 100, 400, 1582, 1899, 1900, 1969, 1970, 2000, 2024};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(years); i++)
        for (int month = 1; month <= 12; month++) {
            kith_time when[2];
            kith_graph *g;
            kith_series s;
            char text[32], wanted[32];

            assert_true(kith_time_from_civil(years[i], month, 1, &when[0]));
            when[1] = when[0] - 1; /* the last second of the month before */
            g = meetings_on(when, 2);
            kith_series_read(&s, g);
            assert_int_equal(s.n, 2);
            assert_int_equal(s.months, 1);
            snprintf(wanted, sizeof wanted, "%04d-%02d", years[i], month);
            assert_string_equal(kith_series_label(&s, 1, text), wanted);
            assert_int_equal(s.all[0], 1);
            assert_int_equal(s.count[KITH_MET][1], 1);
            kith_graph_free(g);
        }
}

static void
every_fact_is_counted_once_however_long_the_time(void **state)
{
    static const int spans[] = {1, 59, 60, 179, 180, 719, 720, 7199, 7200, 20000};
    static const char *const names[] = {"month", "month",  "quarter", "quarter", "year",
                                        "year",  "decade", "decade",  "century", "century"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
        kith_time when[41];
        int64_t sum = 0;
        kith_graph *g;
        kith_series s;

        for (int k = 0; k < 40; k++) {
            int month = 1200 + spans[i] * k / 39;

            assert_true(kith_time_from_civil(month / 12, month % 12 + 1, 15, &when[k]));
        }
        when[40] = KITH_TIME_NONE;
        g = meetings_on(when, 41);
        kith_series_read(&s, g);
        for (int k = 0; k < s.n; k++)
            sum += s.all[k];
        assert_string_equal(kith_series_unit(&s), names[i]);
        assert_true(s.n >= 2 && s.n <= KITH_SERIES_MOST);
        assert_int_equal(sum, 40);
        assert_int_equal(s.dated, 40);
        assert_int_equal(s.undated, 1);
        kith_graph_free(g);
    }
}

static void
without_a_date_there_is_no_period(void **state)
{
    kith_time when = KITH_TIME_NONE;
    kith_graph *g = meetings_on(&when, 1);
    kith_series s;

    (void)state;
    kith_series_read(&s, g);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.undated, 1);
    kith_graph_free(g);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_day_is_counted_in_the_month_that_the_calendar_says),
        cmocka_unit_test(every_fact_is_counted_once_however_long_the_time),
        cmocka_unit_test(without_a_date_there_is_no_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
