/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layers.c - CPU time of rows of customers for 1000 firms on 2 million sales, made from a seed: layers [FIRMS [ROWS [ROUNDS]]]
 *
 * Each firm by itself, then all of them as `layers --firms` counts them; the counts must agree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/coverage.h"
#include "measures/random.h"
#include "measures/sales.h"

#define STARTS 1000

static double
seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static kith_graph *
make(int64_t firms, int64_t sales)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autofree kith_mention *firm = g_new(kith_mention, firms);
    kith_random random = kith_random_init(1, 1);
    kith_error err = {0};

    for (int64_t i = 0; i < firms; i++) {
        char name[32];

        g_snprintf(name, sizeof name, "F%d", (int)i);
        firm[i] = kith_builder_keyed(b, KITH_ORGANISATION, KITH_ID_LABEL, name);
    }
    for (int64_t i = 0; i < sales; i++) {
        kith_fact fact = KITH_FACT_INIT;

        fact.kind = KITH_SELLS_TO;
        fact.from = firm[kith_random_below(&random, (uint64_t)firms)];
        fact.to = firm[kith_random_below(&random, (uint64_t)firms)];
        fact.amount = (double)kith_random_below(&random, 1000);
        if (kith_builder_fact(b, &fact, &err) != KITH_OK)
            return NULL;
    }
    return small_build(b);
}

/* One after the other. */
static void
walk(const kith_sales *sales, const int64_t *start, int64_t rows, kith_coverage *out)
{
    g_autoptr(kith_depth) depth = kith_depth_new(sales);

    for (int64_t i = 0; i < STARTS; i++) {
        guint at = 0;

        kith_depth_walk(depth, start[i], rows);
        for (int64_t row = 1; row <= rows; row++)
            out[i * rows + row - 1] = kith_coverage_row(depth, row, &at);
    }
}

static bool
round_of(const kith_graph *g, const int64_t *start, int64_t rows)
{
    gsize size = (gsize)(STARTS * rows);
    g_autofree kith_coverage *apart = g_new(kith_coverage, size);
    g_autofree kith_coverage *counted = g_new(kith_coverage, size);
    double begin = seconds(), built, walked, met = 0;
    g_autoptr(kith_sales) sales = kith_sales_new(g, KITH_SELLS_TO, false);
    bool same;

    built = seconds();
    walk(sales, start, rows, apart);
    walked = seconds();
    same = kith_coverage_count(sales, start, STARTS, rows, NULL, counted, NULL) == KITH_OK &&
           memcmp(apart, counted, size * sizeof *apart) == 0;
    for (gsize i = 0; i < size; i++)
        met += (double)apart[i].known;
    printf(
        "%d nodes, %d sales: side by side %.3f s; %d rows of %d firms one by one %.3f s, counted "
        "%.3f s, %.0f nodes in rows, %s\n",
        (int)g->nodes, (int)sales->n, built - begin, (int)rows, STARTS, walked - built,
        seconds() - walked, met, same ? "the same" : "DIFFERENT");
    return same;
}

int
main(int argc, char **argv)
{
    int64_t firms = argc > 1 ? g_ascii_strtoll(argv[1], NULL, 10) : 400000;
    int64_t rows = argc > 2 ? g_ascii_strtoll(argv[2], NULL, 10) : 3;
    int64_t rounds = argc > 3 ? g_ascii_strtoll(argv[3], NULL, 10) : 5;
    g_autoptr(kith_graph) g = make(firms, 2000000);
    int64_t start[STARTS];
    bool same = g != NULL;

    for (int64_t i = 0; i < STARTS; i++)
        start[i] = i * (firms / STARTS);
    for (int64_t round = 0; same && round < rounds; round++)
        same = round_of(g, start, rows);
    return !same;
}
