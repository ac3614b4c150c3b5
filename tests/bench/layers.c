/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.c - CPU time of three rows of customers for 1000 firms on 2 million sales, made from a seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"
#include "measures/sales.h"

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

int
main(int argc, char **argv)
{
    int64_t firms = argc > 1 ? g_ascii_strtoll(argv[1], NULL, 10) : 400000;
    g_autoptr(kith_graph) g = make(firms, 2000000);

    if (!g)
        return 1;
    for (int round = 0; round < 5; round++) {
        double start = seconds(), built, walked;
        g_autoptr(kith_sales) sales = kith_sales_new(g, KITH_SELLS_TO, false);
        g_autoptr(kith_depth) depth = kith_depth_new(sales);
        int64_t found = 0;

        built = seconds();
        for (int64_t i = 0; i < 1000; i++) {
            kith_depth_walk(depth, i * (firms / 1000), 3);
            found += depth->row->len;
        }
        walked = seconds();
        printf("%d firms, %d sales: sales side by side %.3f s, 1000 firms of three rows %.3f s, "
               "%d nodes in rows\n",
               (int)firms, (int)sales->n, built - start, walked - built, (int)found);
    }
    return 0;
}
