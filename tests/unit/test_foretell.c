/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_foretell.c - guesses by hand, verdicts by definition, and groups that keep meeting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/foretell.h"
#include "measures/random.h"

extern const kith_pass kith_pass_evaluate;

/* AUC and average precision as they are defined, pair by pair and cut by cut. */
static void
judge_slowly(const float *score, const uint8_t *happened, int n, double *auc, double *precision)
{
    double won = 0, pairs = 0, sum = 0, all = 0;

    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (happened[i] && !happened[j]) {
                won += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                pairs++;
            }
    for (int i = 0; i < n; i++) {
        double hits = 0, listed = 0;

        for (int j = 0; happened[i] && j < n; j++)
            if (score[j] >= score[i]) {
                listed++;
                hits += happened[j];
            }
        sum += happened[i] ? hits / listed : 0;
        all += happened[i];
    }
    *auc = won / pairs;
    *precision = sum / all;
}

static void
verdicts_are_as_defined(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        kith_random random = kith_random_init(31, (uint64_t)round);
        float score[40];
        uint8_t happened[40];
        double auc, precision;
        kith_verdict v;

        for (int i = 0; i < 40; i++) {
            score[i] = (float)kith_random_below(&random, 10);
            happened[i] = i == 0 || (i > 1 && kith_random_below(&random, 4) == 0);
        }
        judge_slowly(score, happened, 40, &auc, &precision);
        v = kith_verdict_of(score, happened, 40, 1);
        assert_true(fabs(v.auc - auc) < 1e-12 && fabs(v.precision - precision) < 1e-12);
        assert_true(v.low <= v.auc && v.auc <= v.high);
    }
    assert_true(isnan(kith_verdict_of((float[]){1, 2}, (uint8_t[]){1, 1}, 2, 1).auc));
}

static void
write_to(kith_builder *b, int from, int to, kith_time when)
{
    kith_fact fact = KITH_FACT_INIT;
    char name[2][16];

    snprintf(name[0], sizeof name[0], "p%03d", from);
    snprintf(name[1], sizeof name[1], "p%03d", to);
    fact.kind = KITH_MESSAGED;
    fact.from = small_person(b, name[0]);
    fact.to = small_person(b, name[1]);
    fact.when = when;
    fact.precision = KITH_PRECISION_SECOND;
    small_fact(b, &fact);
}

/* Ten groups of twelve who write within their group, now and then to anybody. */
static kith_graph *
groups(uint64_t seed)
{
    kith_random random = kith_random_init(seed, 0);
    g_autoptr(kith_builder) b = kith_builder_new();

    for (int i = 0; i < 4000; i++) {
        int from = (int)kith_random_below(&random, 120);
        int near = from / 12 * 12 + (int)kith_random_below(&random, 12);
        int to = kith_random_below(&random, 5) ? near : (int)kith_random_below(&random, 120);

        if (from != to)
            write_to(b, from, to, 1500000000 + i * 3600);
    }
    return small_build(b);
}

static void
groups_that_keep_writing_are_foretold(void **state)
{
    g_autoptr(kith_graph) g = groups(1);
    g_auto(kith_contacts) c = {0};
    kith_foretell_plan plan = {.graph = g, .contacts = &c, .held_out = 0.2, .seed = 1};
    kith_foretold f;

    (void)state;
    assert_int_equal(kith_contacts_read(g, NULL, false, &c, NULL), KITH_OK);
    assert_int_equal(kith_foretell(&plan, &f, NULL), KITH_OK);
    assert_int_equal(f.people, 120);
    assert_int_equal(f.pairs[1], 120 * 119 / 2);
    assert_true(f.stands_for == 1);
    assert_true(fabs(f.by[1][KITH_BY_RANDOM].auc - 0.5) < 0.06);
    assert_true(f.by[1][KITH_BY_ALLOCATION].auc > 0.7);
    assert_true(f.by[1][KITH_BY_WARM_KATZ].auc > 0.7);
    assert_true(f.by[1][KITH_BY_WARMTH].auc > 0.6);
    assert_true(f.by[1][KITH_BY_KATZ].auc > 0.7);
    assert_true(f.by[1][KITH_BY_WARM_BLEND].auc > 0.75);
    assert_true(f.by[1][KITH_BY_PLAIN_BLEND].auc > 0.7);
    assert_true(f.rehearsed[1][KITH_BY_WARM_BLEND].auc > 0.7);
}

/* Before: a-c, b-c often both ways; later a-b. Nothing joins a and d. */
static void
scores_by_hand(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_auto(kith_contacts) c = {0};
    kith_foretold f;

    (void)state;
    for (int i = 0; i < 4; i++) {
        write_to(b, 0, 2, 1500000000 + i * 86400);
        write_to(b, 2, 0, 1500000100 + i * 86400);
        write_to(b, 1, 2, 1500000200 + i * 86400);
        write_to(b, 2, 1, 1500000300 + i * 86400);
    }
    write_to(b, 3, 4, 1500000400);
    write_to(b, 0, 1, 1600000000);
    g = small_build(b);
    assert_int_equal(kith_contacts_read(g, NULL, false, &c, NULL), KITH_OK);
    assert_int_equal(
        kith_foretell(
            &(kith_foretell_plan){.graph = g, .contacts = &c, .held_out = 0.05, .seed = 1}, &f,
            NULL),
        KITH_OK);
    assert_int_equal(f.known, 17);
    assert_int_equal(f.held, 1);
    assert_int_equal(f.pairs[0], 7); /* ten pairs of five people, three tied before */
    assert_int_equal(f.happened[0], 1);
    assert_true(f.by[0][KITH_BY_ALLOCATION].auc == 1);
    assert_true(f.by[0][KITH_BY_WARM_CHAINS].auc == 1);
    assert_true(f.by[0][KITH_BY_WARM_SHARES].precision == 1);
    assert_true(f.by[0][KITH_BY_WARMTH].auc == 0.5);
}

static void
undated_ties_and_a_single_moment_have_no_answer(void **state)
{
    g_autoptr(kith_builder) a = kith_builder_new(), b = kith_builder_new();
    g_autoptr(kith_graph) undated = NULL, moment = NULL;
    g_autoptr(kith_answer) answer = NULL;
    kith_error err = {0};

    (void)state;
    small_edge(a, "a", "b", 1);
    write_to(b, 0, 1, 1500000000);
    write_to(b, 1, 2, 1500000000);
    undated = small_build(a);
    moment = small_build(b);
    assert_int_equal(small_ask(&kith_pass_evaluate, undated, NULL, &answer, &err),
                     KITH_ERR_NOT_FOUND);
    g_clear_pointer(&answer, kith_answer_free);
    assert_int_equal(small_ask(&kith_pass_evaluate, moment, NULL, &answer, NULL),
                     KITH_ERR_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_as_defined),
        cmocka_unit_test(groups_that_keep_writing_are_foretold),
        cmocka_unit_test(scores_by_hand),
        cmocka_unit_test(undated_ties_and_a_single_moment_have_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
