/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_lanes.c - the kernels that walk in lanes, as every machine would run them: the version for this processor, the one
 * for AVX2 and the one for any machine give the same bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/best.h"
#include "measures/brandes.h"
#include "measures/distances.h"
#include "measures/flow.h"
#include "measures/random.h"

#define TRIALS 12
#define SUMS 6

struct version {
    const char *name;
    bool (*runs)(void);
    kith_status (*brandes)(const kith_brandes *b, kith_work *work, double *sums, kith_error *err);
    kith_status (*distances)(const kith_csr *rows, kith_work *work, double *far, double *near,
                             double *reached, kith_error *err);
    kith_status (*best)(const kith_csr *rows, int64_t k, kith_work *work, double *sum,
                        kith_error *err);
    kith_status (*flow)(const kith_flow *flow, kith_work *work, double *z, kith_error *err);
};

#define DECLARE(version)                                                                           \
    kith_status kith_brandes_run_##version(const kith_brandes *b, kith_work *work, double *sums,   \
                                           kith_error *err);                                       \
    kith_status kith_distances_##version(const kith_csr *rows, kith_work *work, double *far,       \
                                         double *near, double *reached, kith_error *err);          \
    kith_status kith_best_harmonic_##version(const kith_csr *rows, int64_t k, kith_work *work,     \
                                             double *sum, kith_error *err);                        \
    kith_status kith_flow_solve_##version(const kith_flow *flow, kith_work *work, double *z,       \
                                          kith_error *err)
#define VERSION(version, runs)                                                                     \
    {                                                                                              \
#version, runs, kith_brandes_run_##version, kith_distances_##version,                      \
            kith_best_harmonic_##version, kith_flow_solve_##version                                \
    }

static bool
everywhere(void)
{
    return true;
}

#ifdef HAVE_PORTABLE
DECLARE(portable);
#endif
#ifdef HAVE_AVX2
DECLARE(avx2);

static bool
with_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2");
}
#endif

static const struct version versions[] = {
    {"chosen", everywhere, kith_brandes_run, kith_distances, kith_best_harmonic, kith_flow_solve},
#ifdef HAVE_PORTABLE
    VERSION(portable, everywhere),
#endif
#ifdef HAVE_AVX2
    VERSION(avx2, with_avx2),
#endif
};

/* 20 to 1500 people, with twigs and parts. */
static kith_network *
random_network(uint64_t trial)
{
    kith_random random = kith_random_init(trial, 11);
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_network_options options = {.direction = KITH_NETWORK_UNDIRECTED};
    uint64_t n = trial % 4 == 3 ? 1500 : 20 + 40 * trial;
    g_autoptr(kith_graph) g = NULL;

    for (uint64_t i = 0; i < (2 + trial % 3) * n; i++) {
        uint64_t u = kith_random_below(&random, n), v = kith_random_below(&random, 1 + u);
        char from[8], to[8];

        g_snprintf(from, sizeof from, "%05d", (int)u);
        g_snprintf(to, sizeof to, "%05d", (int)v);
        if (u != v)
            small_edge(b, from, to, 1);
    }
    g = small_build(b);
    return small_network(g, &options);
}

static double *
all_sums(const struct version *v, const kith_network *net, const kith_csr *rows)
{
    g_autofree double *keep = g_new(double, net->n + 1);
    kith_flow flow = {.net = net, .weighted = true, .share = 0.5, .keep = keep, .name = "flow"};
    kith_brandes brandes = {.out = rows, .in = rows, .sources = rows->n};
    double *sums = g_new0(double, SUMS * rows->n + 1);

    assert_int_equal(v->brandes(&brandes, NULL, sums, NULL), KITH_OK);
    assert_int_equal(
        v->distances(rows, NULL, sums + rows->n, sums + 2 * rows->n, sums + 3 * rows->n, NULL),
        KITH_OK);
    assert_int_equal(v->best(rows, 10, NULL, sums + 4 * rows->n, NULL), KITH_OK);
    for (int64_t i = 0; i < rows->n; i++)
        keep[i] = (double)(rows->first[i + 1] - rows->first[i] + 1);
    assert_int_equal(v->flow(&flow, NULL, sums + 5 * rows->n, NULL), KITH_OK);
    return sums;
}

static void
every_version_gives_the_same_bytes(void **state)
{
    (void)state;
    assert_true(G_N_ELEMENTS(versions) > 1);
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        g_autoptr(kith_network) net = random_network(trial);
        g_autoptr(kith_csr) rows = NULL;
        g_autofree double *chosen = NULL;

        assert_int_equal(kith_csr_new(net, KITH_CSR_BOTH, 0, &rows, NULL), KITH_OK);
        chosen = all_sums(&versions[0], net, rows);

        for (size_t k = 1; k < G_N_ELEMENTS(versions); k++) {
            g_autofree double *sums = NULL;

            if (!versions[k].runs()) {
                print_message("this processor cannot run the version %s\n", versions[k].name);
                continue;
            }
            sums = all_sums(&versions[k], net, rows);
            if (memcmp(sums, chosen, (size_t)(SUMS * rows->n) * sizeof *sums) != 0)
                fail_msg("network %d: %s differs from the version chosen here", (int)trial,
                         versions[k].name);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_version_gives_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
