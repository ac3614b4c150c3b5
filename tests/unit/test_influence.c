/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_influence.c - spread and seeds against every possible world of small networks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measures/baselines.h"
#include "measures/influence.h"
#include "measures/random.h"
#include "measures/spread.h"
#include <math.h>

#define MOST 7 /* people */

/* A small network and the exact spread of each set of its people. */
typedef struct world {
    int n, arcs;
    kith_cascade_arc arc[12];
    double spread[1 << MOST];
    kith_cascade *cascade;
} world;

static void
world_clear(world *w)
{
    kith_cascade_free(w->cascade);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(world, world_clear)

/* Adds the spread of every set in one state of the arcs: bit i of `live` is arc i. */
static void
add_state(world *w, unsigned live, double chance)
{
    unsigned reach[MOST];

    for (int v = 0; v < w->n; v++)
        reach[v] = 1u << v;
    for (int round = 0; round < w->n; round++)
        for (int a = 0; a < w->arcs; a++)
            if (live & 1u << a)
                reach[w->arc[a].from] |= reach[w->arc[a].to];
    for (unsigned set = 0; set < 1u << w->n; set++) {
        unsigned heard = 0;

        for (int v = 0; v < w->n; v++)
            heard |= set & 1u << v ? reach[v] : 0;
        w->spread[set] += chance * __builtin_popcount(heard);
    }
}

static double
chance_of_state(const world *w, unsigned live)
{
    double chance = 1;

    for (int a = 0; a < w->arcs; a++)
        chance *= live & 1u << a ? w->arc[a].p : 1 - w->arc[a].p;
    return chance;
}

/* Linear threshold: everybody picks one of their arcs or none. */
static double
chance_of_picks(const world *w, unsigned live)
{
    double chance = 1;

    for (int v = 0; v < w->n; v++) {
        double sum = 0, picked = -1;
        int picks = 0;

        for (int a = 0; a < w->arcs; a++)
            sum += (int)w->arc[a].to == v ? w->arc[a].p : 0;
        for (int a = 0; a < w->arcs; a++)
            if ((int)w->arc[a].to == v && live & 1u << a) {
                picked = w->arc[a].p / fmax(1, sum);
                picks++;
            }
        chance *= picks == 0 ? fmax(0, 1 - sum) : picks == 1 ? picked : 0;
    }
    return chance;
}

static world
random_world(kith_random *random, kith_cascade_model model)
{
    world w = {.n = 3 + (int)kith_random_below(random, MOST - 2)};
    kith_error err = {0};

    for (uint32_t a = 0; a < (uint32_t)w.n; a++)
        for (uint32_t b = 0; b < (uint32_t)w.n; b++)
            if (a != b && w.arcs < 9 && kith_random_below(random, 4) == 0)
                w.arc[w.arcs++] = (kith_cascade_arc){
                    a, b, kith_random_below(random, 3) ? (float)kith_random_real(random) : 0.25f};
    for (unsigned live = 0; live < 1u << w.arcs; live++)
        add_state(&w, live,
                  model == KITH_CASCADE_IC ? chance_of_state(&w, live) : chance_of_picks(&w, live));
    assert_int_equal(kith_cascade_new(model, w.n, w.arc, w.arcs, &w.cascade, &err), KITH_OK);
    return w;
}

static void
runs_and_reverse_sets_agree_with_every_possible_world(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        kith_random random = kith_random_init(11, (uint64_t)i);
        g_auto(world) w = random_world(&random, i % 2 ? KITH_CASCADE_LT : KITH_CASCADE_IC);
        const uint32_t seeds[] = {1, 0};
        kith_spread_plan plan = {
            .cascade = w.cascade, .seed_vertex = seeds, .seeds = 2, .runs = 20000, .seed = 3};
        kith_hearsay_source source = {.cascade = w.cascade, .seed = 4};
        g_auto(kith_spread) tried = {0};
        g_auto(kith_hearsay) sets = {0};
        kith_estimate reckoned[2];
        const unsigned mask[] = {2, 3};

        assert_int_equal(kith_spread_try(&plan, &tried, NULL), KITH_OK);
        assert_int_equal(kith_hearsay_extend(&source, 20000, &sets, NULL), KITH_OK);
        kith_baseline_prefixes(&sets, w.n, w.n, seeds, 2, reckoned);
        for (int k = 0; k < 2; k++) {
            double exact = w.spread[mask[k]];

            if (fabs(tried.mean[k] - exact) > 4.5 * tried.error[k] + 1e-6)
                fail_msg("runs of world %d say %g, not %g", i, tried.mean[k], exact);
            if (fabs(reckoned[k].mean - exact) > 4.5 * reckoned[k].error + 1e-6)
                fail_msg("sets of world %d say %g, not %g", i, reckoned[k].mean, exact);
        }
    }
}

static unsigned
mask_of(const kith_cover *c)
{
    unsigned mask = 0;

    for (int64_t i = 0; i < c->n; i++)
        mask |= 1u << c->chosen[i];
    return mask;
}

static double
best_of(const world *w, int k)
{
    double best = 0;

    for (unsigned set = 0; set < 1u << w->n; set++)
        if (__builtin_popcount(set) <= k)
            best = fmax(best, w->spread[set]);
    return best;
}

static void
seeds_are_near_the_best_of_all_choices_and_mostly_are_the_best(void **state)
{
    int best = 0;

    (void)state;
    for (int i = 0; i < 500; i++) {
        kith_random random = kith_random_init(12, (uint64_t)i);
        g_auto(world) w = random_world(&random, i % 2 ? KITH_CASCADE_LT : KITH_CASCADE_IC);
        int k = 1 + i % 3;
        kith_influence_plan plan = {.cascade = w.cascade,
                                    .terms = {.n = w.n, .budget = k},
                                    .epsilon = 0.1,
                                    .seed = 1,
                                    .work = &(kith_work){.threads = 1}};
        g_auto(kith_influence) found = {0};
        double optimum = best_of(&w, k), reached;

        assert_int_equal(kith_influence_choose(&plan, &found, NULL), KITH_OK);
        assert_int_equal(found.chosen.n, k);
        reached = w.spread[mask_of(&found.chosen)];
        assert_true(reached >= (1 - exp(-1) - 0.1) * optimum);
        assert_true(found.lower <= reached + 1e-6 && found.upper >= optimum - 1e-6);
        assert_true(found.ratio >= found.promised);
        best += reached >= optimum - 0.01;
    }
    assert_true(best >= 450);
}

static void
costs_stay_within_the_budget_and_near_the_best(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        kith_random random = kith_random_init(13, (uint64_t)i);
        g_auto(world) w = random_world(&random, KITH_CASCADE_IC);
        double cost[MOST], optimum = 0, spent = 0;
        kith_influence_plan plan = {.cascade = w.cascade,
                                    .terms = {.n = w.n, .cost = cost, .budget = 4},
                                    .epsilon = 0.1,
                                    .seed = 1,
                                    .work = &(kith_work){.threads = 1}};
        g_auto(kith_influence) found = {0};

        for (int v = 0; v < w.n; v++)
            cost[v] = 0.5 + 3 * kith_random_real(&random);
        for (unsigned set = 0; set < 1u << w.n; set++) {
            double price = 0;

            for (int v = 0; v < w.n; v++)
                price += set & 1u << v ? cost[v] : 0;
            if (price <= 4)
                optimum = fmax(optimum, w.spread[set]);
        }
        assert_int_equal(kith_influence_choose(&plan, &found, NULL), KITH_OK);
        for (int64_t k = 0; k < found.chosen.n; k++)
            spent += cost[found.chosen.chosen[k]];
        assert_true(spent <= 4 + 1e-6);
        assert_true(w.spread[mask_of(&found.chosen)] >= (1 - exp(-0.5) - 0.1) * optimum);
        assert_true(found.upper >= optimum - 1e-6);
    }
}

static void
only_the_eligible_are_chosen_and_only_the_segment_counts(void **state)
{
    const kith_cascade_arc arcs[] = {{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {4, 5, 1}, {5, 6, 1}};
    const uint8_t eligible[7] = {0, 1, 1, 1, 1, 1, 1};
    const uint32_t segment[] = {6, 3};
    g_autoptr(kith_cascade) c = NULL;
    kith_influence_plan plan = {.terms = {.n = 7, .budget = 1}, .epsilon = 0.1, .seed = 1};
    g_auto(kith_influence) all = {0}, some = {0}, part = {0};

    (void)state;
    assert_int_equal(kith_cascade_new(KITH_CASCADE_IC, 7, arcs, 5, &c, NULL), KITH_OK);
    plan.cascade = c;
    assert_int_equal(kith_influence_choose(&plan, &all, NULL), KITH_OK);
    assert_int_equal(all.chosen.chosen[0], 0);
    plan.terms.eligible = eligible;
    assert_int_equal(kith_influence_choose(&plan, &some, NULL), KITH_OK);
    assert_int_equal(some.chosen.chosen[0], 4);
    plan.root = segment;
    plan.roots = 2;
    plan.terms.budget = 2;
    assert_int_equal(kith_influence_choose(&plan, &part, NULL), KITH_OK);
    assert_true(part.lower <= 2 && part.upper >= 2);
    assert_int_equal(mask_of(&part.chosen) & 1u << 3, 1u << 3);
}

/* A larger network, so that threads have something to divide. */
static kith_cascade *
large_cascade(kith_cascade_model model)
{
    kith_random random = kith_random_init(5, 5);
    g_autofree kith_cascade_arc *arc = g_new0(kith_cascade_arc, 4000);
    kith_cascade *c = NULL;

    for (uint32_t i = 0; i < 4000; i++) {
        uint32_t from = i % 800, to = (uint32_t)kith_random_below(&random, 800);

        arc[i] =
            (kith_cascade_arc){from, to, from == to ? 0 : 0.3f * (float)kith_random_real(&random)};
    }
    assert_int_equal(kith_cascade_new(model, 800, arc, 4000, &c, NULL), KITH_OK);
    return c;
}

static void
rows_of_one_chance_draw_what_arcs_draw(void **state)
{
    (void)state;
    for (int m = 0; m < 2; m++) {
        kith_cascade_model model = m ? KITH_CASCADE_LT : KITH_CASCADE_IC;
        const kith_cascade_arc arcs[] = {{0, 2, 0.3f}, {1, 2, 0.3f}, {3, 2, 0.3f}, {2, 0, 1}};
        int64_t first[] = {0, 1, 1, 4, 4};
        uint32_t from[] = {2, 0, 1, 3};
        const float chance[] = {1, 0, 0.3f, 0};
        const uint32_t seeds[] = {3, 1};
        const kith_csr rows = {.n = 4, .arcs = 4, .first = first, .to = from};
        g_autoptr(kith_cascade) one = NULL, other = NULL;
        g_auto(kith_hearsay) here = {0}, there = {0};
        g_auto(kith_spread) tried = {0}, again = {0};
        kith_spread_plan try = {.seed_vertex = seeds, .seeds = 2, .runs = 1000, .seed = 2};

        assert_int_equal(kith_cascade_new(model, 4, arcs, 4, &one, NULL), KITH_OK);
        assert_int_equal(kith_cascade_of_rows(model, &rows, chance, &other, NULL), KITH_OK);
        assert_int_equal(
            kith_hearsay_extend(&(kith_hearsay_source){.cascade = one}, 500, &here, NULL), KITH_OK);
        assert_int_equal(
            kith_hearsay_extend(&(kith_hearsay_source){.cascade = other}, 500, &there, NULL),
            KITH_OK);
        assert_int_equal(here.members, there.members);
        assert_memory_equal(here.member, there.member, (size_t)here.members * sizeof(uint32_t));
        try.cascade = one;
        assert_int_equal(kith_spread_try(&try, &tried, NULL), KITH_OK);
        try.cascade = other;
        assert_int_equal(kith_spread_try(&try, &again, NULL), KITH_OK);
        assert_memory_equal(tried.mean, again.mean, 2 * sizeof(double));
        for (int64_t a = 0; a < 4; a++)
            assert_float_equal(kith_cascade_chance(one, a ? 2 : 0, a),
                               kith_cascade_chance(other, a ? 2 : 0, a), 1e-6);
    }
}

static void
threads_change_nothing(void **state)
{
    (void)state;
    for (int m = 0; m < 2; m++) {
        g_autoptr(kith_cascade) c = large_cascade(m ? KITH_CASCADE_LT : KITH_CASCADE_IC);
        g_auto(kith_influence) one = {0}, three = {0};
        g_auto(kith_spread) tried = {0}, again = {0};
        kith_work alone = {.threads = 1}, many = {.threads = 3};
        kith_influence_plan plan = {.cascade = c,
                                    .terms = {.n = 800, .budget = 10},
                                    .epsilon = 0.2,
                                    .seed = 9,
                                    .work = &alone};
        kith_spread_plan try = {.cascade = c, .seeds = 10, .runs = 1000, .seed = 2, .work = &alone};

        assert_int_equal(kith_influence_choose(&plan, &one, NULL), KITH_OK);
        plan.work = &many;
        assert_int_equal(kith_influence_choose(&plan, &three, NULL), KITH_OK);
        assert_memory_equal(one.chosen.chosen, three.chosen.chosen, 10 * sizeof(uint32_t));
        assert_true(one.ratio == three.ratio && one.upper == three.upper);
        try.seed_vertex = one.chosen.chosen;
        assert_int_equal(kith_spread_try(&try, &tried, NULL), KITH_OK);
        try.work = &many;
        assert_int_equal(kith_spread_try(&try, &again, NULL), KITH_OK);
        assert_memory_equal(tried.mean, again.mean, 10 * sizeof(double));
        assert_memory_equal(tried.high, again.high, 10 * sizeof(int64_t));
    }
}

static void
random_seeds_are_the_mean_over_all_choices(void **state)
{
    kith_random random = kith_random_init(14, 1);
    g_auto(world) w = random_world(&random, KITH_CASCADE_IC);
    g_auto(kith_hearsay) sets = {0};
    kith_hearsay_source source = {.cascade = w.cascade, .seed = 4};
    uint8_t everybody[MOST];
    double sum = 0, choices = 0;
    kith_estimate e;

    (void)state;
    memset(everybody, 1, sizeof everybody);
    for (unsigned set = 0; set < 1u << w.n; set++)
        if (__builtin_popcount(set) == 2) {
            sum += w.spread[set];
            choices++;
        }
    assert_int_equal(kith_hearsay_extend(&source, 50000, &sets, NULL), KITH_OK);
    e = kith_baseline_random(&sets, w.n, w.n, everybody, w.n, 2);
    assert_true(fabs(e.mean - sum / choices) < 4.5 * e.error + 1e-6);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_and_reverse_sets_agree_with_every_possible_world),
        cmocka_unit_test(seeds_are_near_the_best_of_all_choices_and_mostly_are_the_best),
        cmocka_unit_test(costs_stay_within_the_budget_and_near_the_best),
        cmocka_unit_test(only_the_eligible_are_chosen_and_only_the_segment_counts),
        cmocka_unit_test(rows_of_one_chance_draw_what_arcs_draw),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(random_seeds_are_the_mean_over_all_choices),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
