/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/calibration.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/small.h"

#define TODAY (20000 * KITH_DAY)

static void
fact(kith_builder *b, kith_tie_kind kind, const char *from, const char *to, const char *status,
     double ago)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = kind;
    f.from = small_person(b, from);
    f.to = small_person(b, to);
    f.status = status;
    f.when = TODAY - (kith_time)(ago * KITH_DAY);
    f.precision = KITH_PRECISION_DAY;
    small_fact(b, &f);
}

/*
 * Me, ten friends who met me and a stranger, and n requests, one every ten days up to today. Friends with an even number are
 * warm. @param obliging  the chance that a warm one agrees; the cold never do
 */
static kith_builder *
requests(int n, double obliging, int seed)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed((guint32)seed);
    kith_builder *b = kith_builder_new();

    kith_builder_flag(b, small_person(b, "Me"), KITH_FLAG_OWNER);
    for (int i = 0; i < 10; i++) {
        g_autofree char *friend = g_strdup_printf("Friend %d", i);

        for (int meeting = 0; meeting < (i % 2 ? 1 : 60); meeting++) {
            fact(b, KITH_MET, "Me", friend, NULL, 30 * meeting + 5);
            fact(b, KITH_MET, friend, "Stranger", NULL, 30 * meeting + 6);
        }
    }
    for (int i = 0; i < n; i++) {
        g_autofree char *friend = g_strdup_printf("Friend %d", g_rand_int_range(dice, 0, 10));
        bool warm = (friend[7] - '0') % 2 == 0;

        fact(b, KITH_INTRODUCED, friend, "Stranger", "asked", 10 * (n - i));
        fact(b, KITH_INTRODUCED, friend, "Stranger",
             warm && g_rand_double(dice) < obliging ? "agreed" : "declined", 10 * (n - i));
    }
    return b;
}

static kith_warm_network *
network_of(kith_builder *b, kith_graph **graph)
{
    const kith_build_options build = {.as_of = TODAY, .today = TODAY};
    kith_warm_network *net = NULL;

    assert_int_equal(kith_builder_build(b, &build, graph, NULL), KITH_OK);
    assert_int_equal(kith_warm_network_new(*graph, NULL, &net, NULL), KITH_OK);
    return net;
}

static kith_calibration
calibrated(kith_builder *b)
{
    kith_graph *graph = NULL;
    kith_warm_network *net = network_of(b, &graph);
    kith_calibration out;

    assert_int_equal(kith_calibrate(net, &out, NULL), KITH_OK);
    kith_warm_network_free(net);
    kith_graph_free(graph);
    kith_builder_free(b);
    return out;
}

static void
fewer_than_thirty_requests_fit_nothing(void **state)
{
    g_auto(kith_calibration) c = calibrated(requests(29, 1, 1));

    (void)state;
    assert_int_equal(c.requests, 29);
    assert_int_equal(c.held_out, 0);
    assert_false(c.holds);
    assert_null(c.bins);
}

static void
scores_that_foretell_are_called_chances(void **state)
{
    g_auto(kith_calibration) c = calibrated(requests(60, 0.9, 2));
    int64_t n = 0;

    (void)state;
    assert_int_equal(c.requests, 60);
    assert_int_equal(c.held_out, 18);
    assert_true(c.holds && c.brier < c.constant);
    assert_true(c.fit.slope > 0);
    for (guint i = 0; i < c.bins->len; i++) {
        const kith_reliability *bin = &g_array_index(c.bins, kith_reliability, i);

        n += bin->n;
        assert_true(bin->low <= bin->observed && bin->observed <= bin->high);
        assert_true(i == 0 ||
                    bin->foretold >= g_array_index(c.bins, kith_reliability, i - 1).foretold);
    }
    assert_int_equal(n, c.held_out);
}

/* Whoever is asked, a coin decides: now and then the scores seem to help, mostly not. */
static void
scores_that_foretell_nothing_mostly_stay_an_index(void **state)
{
    int called = 0;

    (void)state;
    for (int seed = 0; seed < 20; seed++) {
        kith_builder *b = requests(0, 0, seed);
        g_autoptr(GRand) dice = g_rand_new_with_seed((guint32)seed);
        g_auto(kith_calibration) c = {0};

        for (int i = 0; i < 40; i++) {
            g_autofree char *friend = g_strdup_printf("Friend %d", g_rand_int_range(dice, 0, 10));

            fact(b, KITH_INTRODUCED, friend, "Stranger", "asked", 10 * (40 - i));
            fact(b, KITH_INTRODUCED, friend, "Stranger",
                 g_rand_boolean(dice) ? "agreed" : "declined", 10 * (40 - i));
        }
        c = calibrated(b);
        assert_int_equal(c.requests, 40);
        called += c.holds;
    }
    assert_true(called < 12);
}

static void
what_came_after_a_request_changes_nothing(void **state)
{
    kith_builder *later = requests(40, 0.9, 3);
    g_auto(kith_calibration) plain = calibrated(requests(40, 0.9, 3));
    g_auto(kith_calibration) out = {0};

    (void)state;
    for (int i = 0; i < 10; i++) { /* the last request was ten days ago */
        g_autofree char *friend = g_strdup_printf("Friend %d", i);

        for (int meeting = 0; meeting < 20; meeting++)
            fact(later, KITH_MET, "Me", friend, NULL, 1 + meeting / 10.0);
    }
    out = calibrated(later);
    assert_true(out.brier == plain.brier && out.constant == plain.constant);
    assert_true(out.fit.intercept == plain.fit.intercept && out.fit.slope == plain.fit.slope);
}

static void
silence_counts_as_a_no_after_a_month_and_as_nothing_before(void **state)
{
    kith_builder *b = requests(30, 1, 4);
    g_auto(kith_calibration) c = {0};

    (void)state;
    fact(b, KITH_INTRODUCED, "Friend 0", "Me too", "asked", 31);
    fact(b, KITH_INTRODUCED, "Friend 2", "Me too", "asked", 29);
    c = calibrated(b);
    assert_int_equal(c.requests, 31);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fewer_than_thirty_requests_fit_nothing),
        cmocka_unit_test(scores_that_foretell_are_called_chances),
        cmocka_unit_test(scores_that_foretell_nothing_mostly_stay_an_index),
        cmocka_unit_test(what_came_after_a_request_changes_nothing),
        cmocka_unit_test(silence_counts_as_a_no_after_a_month_and_as_nothing_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
