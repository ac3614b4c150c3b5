/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_mixing.c - assortativity and E-I by their definitions, and chance that knows nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/nets.h"
#include "../support/small.h"
#include "measures/mixing.h"

#define N 30

/* Classes of people that nobody wrote down: v % classes, and a number for each. */
static kith_classes *
classes_of(uint32_t classes, int64_t missing)
{
    kith_classes *c = g_new0(kith_classes, 1);

    c->n = N;
    c->classes = classes;
    c->of = g_new(uint32_t, N);
    c->label = g_new0(const char *, classes);
    c->value = g_new(double, N);
    c->numbers = true;
    for (uint32_t v = 0; v < N; v++) {
        c->of[v] = v < missing ? UINT32_MAX : v % classes;
        c->value[v] = v < missing ? (double)NAN : (v * 7) % 11;
        c->known += v >= missing;
    }
    return c;
}

/* Newman 2003, equations 2 and 21, by a matrix and by pairs. */
static double
slow_classes(const kith_network *net, const kith_classes *c)
{
    double e[8][8] = {0}, all = 0, trace = 0, chance = 0;

    for (int64_t i = 0; i < net->m; i++) {
        uint32_t a = c->of[net->from[i]], b = c->of[net->to[i]];

        if (a == UINT32_MAX || b == UINT32_MAX)
            continue;
        e[a][b] += 1;
        e[b][a] += !net->directed;
        all += net->directed ? 1 : 2;
    }
    for (int i = 0; i < 8; i++) {
        double out = 0, in = 0;

        for (int j = 0; j < 8; j++) {
            out += e[i][j] / all;
            in += e[j][i] / all;
        }
        trace += e[i][i] / all;
        chance += out * in;
    }
    return (trace - chance) / (1 - chance);
}

static kith_mixing
measure(const kith_network *net, const kith_classes *c, bool numbers, int64_t threads)
{
    kith_mixing m;

    assert_int_equal(kith_mixing_measure(net, c, numbers, 400, 1, threads, &m, NULL), KITH_OK);
    return m;
}

static void
assortativity_is_what_its_definition_says(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        g_autoptr(kith_network) net = net_blocks(seed, N, 3, 0.3, 0.1, seed % 2);
        g_autoptr(kith_classes) c = classes_of(3, seed % 5);
        kith_mixing m = measure(net, c, false, 1);
        int64_t inside = 0, outside = 0;

        for (int64_t i = 0; i < net->m; i++) {
            uint32_t a = c->of[net->from[i]], b = c->of[net->to[i]];

            if (a == UINT32_MAX || b == UINT32_MAX)
                continue;
            inside += a == b;
            outside += a != b;
        }
        assert_float_equal(m.assortativity.value, slow_classes(net, c), 1e-12);
        assert_float_equal(m.ei.value, (double)(outside - inside) / (double)(outside + inside),
                           1e-12);
        assert_int_equal(m.ties, inside + outside);
    }
}

static void
numbers_are_correlated_over_ties(void **state)
{
    g_autoptr(kith_network) net = net_new(N, 10, true);
    g_autoptr(kith_classes) c = classes_of(3, 0);
    kith_mixing m;

    (void)state;
    for (uint32_t v = 0; v < 6; v++)
        net_tie(net, v, v + 1);
    m = measure(net, c, true, 1);
    /* numpy.corrcoef of (0 7 3 10 6 2) and (7 3 10 6 2 9) */
    assert_float_equal(m.assortativity.value, -0.5412688058098618, 1e-12);
    assert_true(isnan(m.ei.value));
}

static void
chance_holds_what_is_chance_and_not_what_is_planted(void **state)
{
    int outside = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        g_autoptr(kith_network) planted = net_blocks(seed, N, 3, 0.5, 0.1, false);
        g_autoptr(kith_network) none = net_blocks(seed, N, 1, 0.25, 0, false);
        g_autoptr(kith_classes) c = classes_of(3, 0);
        kith_mixing real = measure(planted, c, false, 1), nothing = measure(none, c, false, 1);

        assert_true(real.assortativity.value > real.assortativity.high &&
                    real.assortativity.p < 0.01);
        assert_true(real.ei.value < real.ei.low);
        outside += nothing.assortativity.value > nothing.assortativity.high ||
                   nothing.assortativity.value < nothing.assortativity.low;
    }
    assert_true(outside <= 5); /* one in twenty is to be expected */
}

static void
threads_change_no_bit_of_mixing(void **state)
{
    g_autoptr(kith_network) net = net_blocks(3, N, 3, 0.3, 0.1, true);
    g_autoptr(kith_classes) c = classes_of(4, 2);
    kith_mixing one = measure(net, c, false, 1), four = measure(net, c, false, 4);

    (void)state;
    assert_memory_equal(&one, &four, sizeof one);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assortativity_is_what_its_definition_says),
        cmocka_unit_test(numbers_are_correlated_over_ties),
        cmocka_unit_test(chance_holds_what_is_chance_and_not_what_is_planted),
        cmocka_unit_test(threads_change_no_bit_of_mixing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
