/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_coverage.c - rows behind many starts, counted together, are those of each start by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/coverage.h"
#include "measures/random.h"

#define ROWS 5
#define TRIALS 30

static kith_graph *
random_sales(kith_random *random, uint64_t firms, uint64_t sales)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    for (uint64_t i = 0; i < sales; i++) {
        kith_fact fact = KITH_FACT_INIT;
        char from[8], to[8];

        g_snprintf(from, sizeof from, "F%d", (int)kith_random_below(random, firms));
        g_snprintf(to, sizeof to, "F%d", (int)kith_random_below(random, firms));
        fact.kind = KITH_SELLS_TO;
        fact.from = small_node(b, KITH_ORGANISATION, from);
        fact.to = small_node(b, KITH_ORGANISATION, to);
        small_fact(b, &fact);
    }
    return small_build(b);
}

/* How far everybody is, by looking at all sales again and again. */
static void
find_steps(const kith_sales *s, kith_node start, int64_t *steps)
{
    bool found = true;

    for (int64_t v = 0; v < s->graph->nodes; v++)
        steps[v] = v == start ? 0 : -1;
    for (int64_t step = 0; found; step++) {
        found = false;
        for (int64_t i = 0; i < s->n; i++)
            if (steps[s->sale[i].from] == step && steps[s->sale[i].to] < 0) {
                steps[s->sale[i].to] = step + 1;
                found = true;
            }
    }
}

static void
expect_counts(const kith_sales *s, kith_node start, const kith_coverage *counted)
{
    g_autofree int64_t *steps = g_new(int64_t, s->graph->nodes);
    kith_coverage slow[ROWS] = {{0}};

    find_steps(s, start, steps);
    for (int64_t v = 0; v < s->graph->nodes; v++)
        if (steps[v] > 0 && steps[v] <= ROWS) {
            slow[steps[v] - 1].known++;
            slow[steps[v] - 1].with += s->first[v] < s->first[v + 1];
        }
    for (int row = 0; row < ROWS; row++) {
        assert_int_equal(counted[row].known, slow[row].known);
        assert_int_equal(counted[row].with, slow[row].with);
    }
}

/* Some starts stand there twice; few are walked from apart, many together, and every so often more than one batch. */
static void
counts_of_many_starts_are_those_of_each_alone(void **state)
{
    kith_random random = kith_random_init(7, 1);

    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        uint64_t firms = 2 + kith_random_below(&random, 60), of = kith_random_below(&random, 4) + 1;
        g_autoptr(kith_graph) g = random_sales(&random, firms, firms * of / 2 + 1);
        g_autoptr(kith_sales) s = kith_sales_new(g, KITH_SELLS_TO, trial % 2);
        int64_t starts = trial % 10 == 9 ? 1200 : trial % 3 == 0 ? 5 : 100;
        g_autofree int64_t *start = g_new(int64_t, starts);
        g_autofree kith_coverage *out = g_new(kith_coverage, starts * ROWS);

        for (int64_t i = 0; i < starts; i++)
            start[i] = (int64_t)kith_random_below(&random, (uint64_t)g->nodes);
        assert_int_equal(kith_coverage_count(s, start, starts, ROWS, NULL, out, NULL), KITH_OK);
        for (int64_t i = 0; i < starts; i++)
            expect_counts(s, start[i], out + i * ROWS);
    }
}

static bool
say_stop(void *payload, double done)
{
    (void)payload;
    (void)done;
    return false;
}

static void
counting_stops_when_asked_to(void **state)
{
    kith_random random = kith_random_init(1, 1);
    g_autoptr(kith_graph) g = random_sales(&random, 30, 90);
    g_autoptr(kith_sales) s = kith_sales_new(g, KITH_SELLS_TO, false);
    kith_work work = {.progress = say_stop, .to = 1, .telling = ATOMIC_FLAG_INIT};
    int64_t start[100] = {0};
    kith_coverage out[100 * ROWS];

    (void)state;
    assert_int_equal(kith_coverage_count(s, start, 100, ROWS, &work, out, NULL),
                     KITH_ERR_CANCELLED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_of_many_starts_are_those_of_each_alone),
        cmocka_unit_test(counting_stops_when_asked_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
