/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "measures/chains.h"
#include "oracle/chains_oracle.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 9

/* A small graph by its matrix of p; 0 is no hop. */
typedef struct small {
    int n;
    double p[MOST][MOST];
    int64_t first[MOST + 1];
    int32_t to[MOST * MOST];
    double hop_p[MOST * MOST];
    bool target[MOST], blocked[MOST];
    kith_chain_hops hops;
} small;

static void
pack(small *g)
{
    int64_t at = 0;

    for (int i = 0; i < g->n; i++) {
        g->first[i] = at;
        for (int j = 0; j < g->n; j++) {
            if (!(g->p[i][j] > 0))
                continue;
            g->to[at] = j;
            g->hop_p[at++] = g->p[i][j];
        }
    }
    g->first[g->n] = at;
    g->hops = (kith_chain_hops){g->n, g->first, g->to, g->hop_p, NULL};
}

static kith_status
search_best(const kith_chain_hops *hops, const kith_chain_query *q, kith_chains *out,
            kith_error *err)
{
    g_auto(kith_chain_index) index = {0};

    TRY(kith_chain_index_init(hops, &index, err));
    return kith_chains_best(&index, q, out, err);
}

static kith_status
search_diverse(const kith_chain_hops *hops, const kith_chain_query *q, kith_chains *out,
               kith_error *err)
{
    g_auto(kith_chain_index) index = {0};

    TRY(kith_chain_index_init(hops, &index, err));
    return kith_chains_diverse(&index, q, out, err);
}

static kith_chain_query
ask(const small *g, int64_t k, int max_hops)
{
    return (kith_chain_query){
        .target = g->target, .blocked = g->blocked, .k = k, .max_hops = max_hops};
}

static void
assert_chain(const kith_chain *chain, double score, const char *nodes)
{
    assert_int_equal(chain->hops, strlen(nodes) - 1);
    for (int i = 0; nodes[i]; i++)
        assert_int_equal(chain->node[i], nodes[i] - '0');
    assert_float_equal(chain->score, score, 1e-12);
}

/* Levels of p in steps make many equal scores. */
static void
random_graph(GRand *dice, small *g)
{
    int levels = g_rand_int_range(dice, 1, 6);
    double density = g_rand_double_range(dice, 0.15, 0.9);

    *g = (small){.n = g_rand_int_range(dice, 2, MOST + 1)};
    for (int i = 0; i < g->n; i++) {
        g->target[i] = i > 0 && g_rand_int_range(dice, 0, 4) == 0;
        g->blocked[i] = g_rand_int_range(dice, 0, 8) == 0;
        for (int j = 0; j < g->n; j++)
            if (i != j && g_rand_double(dice) < density)
                g->p[i][j] = pow(0.5, g_rand_int_range(dice, 0, levels));
        if (levels == 5 && i + 1 < g->n)
            g->p[i][i + 1] = g_rand_double_range(dice, 0.01, 1);
    }
    g->target[g->n - 1] = true;
    pack(g);
}

/* 0 asks for 4: by 1 (.5 * .5), by 2 (.9 * .1), by 1 and 3 (.5 * .9 * .9), by 2 and 1 and 3 ... */
static small
hand_made(void)
{
    small g = {.n = 5};

    g.p[0][1] = 0.5;
    g.p[0][2] = 0.9;
    g.p[1][4] = 0.5;
    g.p[2][4] = 0.1;
    g.p[1][3] = g.p[3][4] = 0.9;
    g.p[2][1] = 0.5;
    g.target[4] = true;
    return g;
}

static void
chains_come_warmest_first(void **state)
{
    small g = hand_made();
    g_auto(kith_chains) out = {0};
    kith_chain_query q;

    (void)state;
    pack(&g);
    q = ask(&g, 10, 3);
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_OK);
    assert_int_equal(out.n, 4);
    assert_chain(&out.at[0], 0.405, "0134");
    assert_chain(&out.at[1], 0.25, "014");
    assert_chain(&out.at[2], 0.225, "0214");
    assert_chain(&out.at[3], 0.09, "024");
    assert_int_equal(out.at[0].weakest, 1);
    assert_int_equal(out.at[2].weakest, 2);
    assert_true(out.at[0].fresh && !out.at[1].fresh && out.at[2].fresh && !out.at[3].fresh);
}

static void
chains_with_different_first_introducers_are_preferred_on_request(void **state)
{
    small g = hand_made();
    g_auto(kith_chains) two = {0}, three = {0};
    kith_chain_query q;

    (void)state;
    pack(&g);
    q = ask(&g, 2, 3);
    assert_int_equal(search_diverse(&g.hops, &q, &two, NULL), KITH_OK);
    assert_int_equal(two.n, 2);
    assert_chain(&two.at[0], 0.405, "0134");
    assert_chain(&two.at[1], 0.225, "0214");
    q.k = 3;
    assert_int_equal(search_diverse(&g.hops, &q, &three, NULL), KITH_OK);
    assert_int_equal(three.n, 3);
    assert_chain(&three.at[1], 0.25, "014");
    assert_true(three.at[0].fresh && !three.at[1].fresh && three.at[2].fresh);
}

static void
equal_scores_prefer_fewer_hops_and_then_lower_ids(void **state)
{
    small g = {.n = 6, .target = {[5] = true}};
    g_auto(kith_chains) out = {0};
    kith_chain_query q;

    (void)state;
    g.p[0][1] = g.p[1][2] = g.p[2][5] = 1;
    g.p[0][3] = g.p[3][5] = g.p[0][4] = g.p[4][5] = 1;
    pack(&g);
    q = ask(&g, 10, 4);
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_OK);
    assert_int_equal(out.n, 3);
    assert_chain(&out.at[0], 1, "035");
    assert_chain(&out.at[1], 1, "045");
    assert_chain(&out.at[2], 1, "0125");
}

static void
a_chain_ends_at_the_first_target_and_avoids_the_blocked(void **state)
{
    small g = {.n = 5, .target = {[2] = true, [4] = true}, .blocked = {[3] = true}};
    g_auto(kith_chains) out = {0};
    kith_chain_query q;

    (void)state;
    g.p[0][2] = g.p[2][4] = g.p[0][3] = g.p[3][4] = g.p[0][1] = g.p[1][4] = 0.5;
    g.blocked[0] = true; /* who asks may always ask */
    pack(&g);
    q = ask(&g, 10, 4);
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_OK);
    assert_int_equal(out.n, 2);
    assert_chain(&out.at[0], 0.5, "02");
    assert_chain(&out.at[1], 0.25, "014");
}

static void
who_is_a_target_already_needs_no_chain(void **state)
{
    small g = hand_made();
    g_auto(kith_chains) out = {0};
    kith_chain_query q;

    (void)state;
    pack(&g);
    g.target[0] = true;
    q = ask(&g, 3, 3);
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_OK);
    assert_int_equal(out.n, 0);
}

static void
bad_arguments_and_too_many_partial_chains_are_refused(void **state)
{
    small g = hand_made();
    g_auto(kith_chains) out = {0};
    kith_error err = {0};
    kith_chain_query q;

    (void)state;
    pack(&g);
    q = ask(&g, 0, 3);
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_ERR_ARGUMENT);
    q = ask(&g, 1, KITH_CHAIN_HOPS + 1);
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_ERR_ARGUMENT);
    q = ask(&g, 10, 3);
    q.max_states = 4;
    assert_int_equal(search_best(&g.hops, &q, &out, &err), KITH_ERR_LIMIT);
    assert_non_null(strstr(err.message, "4 partial chains"));
    g.hop_p[0] = 1.5;
    q.max_states = 0;
    assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_ERR_ARGUMENT);
    assert_int_equal(out.n, 0);
}

/* The definition: simple, along hops, one target at the end, nobody blocked, score the product, in order, all different. */
static void
assert_defined(const small *g, const kith_chain_query *q, const kith_chains *out)
{
    assert_true(out->n <= q->k);
    for (int64_t i = 0; i < out->n; i++) {
        const kith_chain *c = &out->at[i];
        double score = 1;

        assert_in_range(c->hops, 1, q->max_hops);
        assert_int_equal(c->node[0], q->from);
        assert_true(g->target[c->node[c->hops]]);
        for (int h = 0; h < c->hops; h++) {
            score *= g->p[c->node[h]][c->node[h + 1]];
            assert_false(g->target[c->node[h]] || g->blocked[c->node[h + 1]]);
            assert_true(c->p[h] >= c->p[c->weakest - 1]);
            for (int before = 0; before <= h; before++)
                assert_int_not_equal(c->node[before], c->node[h + 1]);
        }
        assert_true(score > 0 && score == c->score);
        assert_true(i == 0 || kith_chain_compare(&out->at[i - 1], c) < 0);
    }
}

static void
the_k_best_chains_are_those_of_exhaustive_search(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261121);
    int64_t compared = 0;

    (void)state;
    for (int round = 0; round < 6000; round++) {
        g_auto(kith_chains) out = {0}, all = {0};
        kith_chain_query q;
        small g;

        random_graph(dice, &g);
        q = ask(&g, g_rand_int_range(dice, 1, 40), g_rand_int_range(dice, 1, 5));
        all = oracle_chains(&g.hops, &q);
        assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_OK);
        assert_defined(&g, &q, &out);
        assert_int_equal(out.n, MIN(q.k, all.n));
        for (int64_t i = 0; i < out.n; i++, compared++)
            assert_int_equal(kith_chain_compare(&out.at[i], &all.at[i]), 0);
    }
    assert_true(compared > 10000);
}

/* Lengths from 0 on add up, and what a role at the end weighs is one more factor. */
static void
so_they_are_for_sums_of_lengths_and_for_weighted_ends(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(41);
    double end[MOST];
    int64_t compared = 0;

    (void)state;
    for (int round = 0; round < 4000; round++) {
        g_auto(kith_chains) out = {0}, all = {0};
        kith_chain_query q;
        small g;

        random_graph(dice, &g);
        q = ask(&g, g_rand_int_range(dice, 1, 40), g_rand_int_range(dice, 1, 5));
        for (int i = 0; i < MOST; i++)
            end[i] = g_rand_int_range(dice, 1, 5) / 4.0;
        if (round % 2 == 0) {
            for (int64_t i = 0; i < g.first[g.n]; i++)
                g.hop_p[i] = g_rand_int_range(dice, 0, 6) * 2.5;
            g.hops.length = g.hop_p;
            g.hops.p = NULL;
        } else {
            q.end = end;
        }
        all = oracle_chains(&g.hops, &q);
        assert_int_equal(search_best(&g.hops, &q, &out, NULL), KITH_OK);
        assert_int_equal(out.n, MIN(q.k, all.n));
        for (int64_t i = 0; i < out.n; i++, compared++) {
            assert_int_equal(kith_chain_compare(&out.at[i], &all.at[i]), 0);
            assert_float_equal(out.at[i].score, all.at[i].score, 1e-12);
        }
    }
    assert_true(compared > 5000);
}

/* The best chain of each first introducer, by exhaustive search; returns how many introducers there are. */
static int64_t
best_of_each(const kith_chains *all, kith_chain *best)
{
    bool seen[MOST] = {false};
    int64_t n = 0;

    for (int64_t i = 0; i < all->n; i++) {
        if (!seen[all->at[i].node[1]])
            best[n++] = all->at[i];
        seen[all->at[i].node[1]] = true;
    }
    return n;
}

static void
diverse_chains_hold_the_best_of_as_many_introducers_as_there_are(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(7);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        g_auto(kith_chains) out = {0}, all = {0};
        kith_chain best[MOST];
        int64_t introducers, fresh = 0;
        kith_chain_query q;
        small g;

        random_graph(dice, &g);
        q = ask(&g, g_rand_int_range(dice, 1, 8), g_rand_int_range(dice, 1, 5));
        all = oracle_chains(&g.hops, &q);
        introducers = best_of_each(&all, best);
        assert_int_equal(search_diverse(&g.hops, &q, &out, NULL), KITH_OK);
        assert_defined(&g, &q, &out);
        assert_int_equal(out.n, MIN(q.k, all.n));
        for (int64_t i = 0; i < out.n; i++) {
            if (!out.at[i].fresh)
                continue;
            assert_int_equal(kith_chain_compare(&out.at[i], &best[fresh]), 0);
            fresh++;
        }
        assert_int_equal(fresh, MIN(q.k, introducers));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_come_warmest_first),
        cmocka_unit_test(chains_with_different_first_introducers_are_preferred_on_request),
        cmocka_unit_test(equal_scores_prefer_fewer_hops_and_then_lower_ids),
        cmocka_unit_test(a_chain_ends_at_the_first_target_and_avoids_the_blocked),
        cmocka_unit_test(who_is_a_target_already_needs_no_chain),
        cmocka_unit_test(bad_arguments_and_too_many_partial_chains_are_refused),
        cmocka_unit_test(the_k_best_chains_are_those_of_exhaustive_search),
        cmocka_unit_test(so_they_are_for_sums_of_lengths_and_for_weighted_ends),
        cmocka_unit_test(diverse_chains_hold_the_best_of_as_many_introducers_as_there_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
