/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_seeds.c - whom to tell first: published spreads, what stands beside them, who may not be chosen, bad input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../oracle/classics.h"
#include "../support/small.h"

extern const kith_pass kith_pass_seeds;

static kith_answer *
ask(const kith_graph *g, const char *const *settings)
{
    kith_answer *answer = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_seeds, g, settings, &answer, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return answer;
}

static void
assert_refused(const kith_graph *g, const char *const *settings, kith_status status,
               const char *words)
{
    g_autoptr(kith_answer) answer = NULL;
    kith_error err = {0};

    assert_int_equal(small_ask(&kith_pass_seeds, g, settings, &answer, &err), status);
    if (!strstr(err.message, words))
        fail_msg("'%s' does not say '%s'", err.message, words);
}

static kith_graph *
karate(void)
{
    const classic *c = &classics[2];
    g_autoptr(kith_builder) b = kith_builder_new();

    for (int i = 0; i < c->ties; i++)
        small_edge(b, c->tie[i].from, c->tie[i].to, 1);
    return small_build(b);
}

/* 2 000 000 runs of two other programs: 3.50037 from 34, 3.41156 from 1, 1.31845 from 17. */
static void
spreads_on_karate_are_those_of_other_simulators(void **state)
{
    static const struct {
        const char *seed;
        double spread;
    } known[] = {{"34", 3.50037}, {"1", 3.41156}, {"33", 3.01790}, {"3", 2.91823}, {"17", 1.31845}};
    g_autoptr(kith_graph) g = karate();

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(kith_answer) a =
            ask(g, (const char *[]){"given", known[i].seed, "runs", "40000", NULL});
        const kith_table *t = kith_answer_find_table(a, "seeds");
        double half = (small_real(t, 0, "spread_hi") - small_real(t, 0, "spread_lo")) / 2;

        assert_int_equal(kith_table_rows(t), 1);
        assert_true(fabs(small_real(t, 0, "spread") - known[i].spread) < 2 * half + 0.01);
    }
}

static void
seeds_stand_beside_random_people_and_top_degree(void **state)
{
    g_autoptr(kith_graph) g = karate();
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"k", "4", NULL});
    const kith_table *seeds = kith_answer_find_table(a, "seeds");
    const kith_table *base = kith_answer_find_table(a, "baselines");
    const kith_table *sweep = kith_answer_find_table(a, "sweep");

    (void)state;
    assert_int_equal(kith_table_rows(seeds), 4);
    assert_int_equal(kith_table_rows(base), 3);
    assert_int_equal(kith_table_rows(sweep), 3);
    for (int64_t i = 0; i < 4; i++) {
        double before = i ? small_real(seeds, i - 1, "spread") : 0;

        assert_int_equal(small_int(seeds, i, "order"), i + 1);
        assert_true(fabs(small_real(seeds, i, "marginal") + before -
                         small_real(seeds, i, "spread")) < 1e-9);
    }
    assert_true(small_real(seeds, 3, "spread_lo") > small_real(base, 0, "spread_hi"));
    assert_int_equal(small_int(base, 1, "k"), 7);
    assert_true(small_real(sweep, 1, "same") == 1);
    assert_true(small_real(sweep, 0, "spread") < small_real(sweep, 2, "spread"));
}

static void
a_probability_may_be_a_weight_and_repeats_fail_only_together(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;

    (void)state;
    small_weighted(b, KITH_TIE, "a", "b", 0.5);
    small_weighted(b, KITH_TIE, "a", "b", 0.5);
    small_weighted(b, KITH_TIE, "b", "c", 1);
    g = small_build(b);
    a = ask(g, (const char *[]){"k", "1", "probability", "weight", NULL});
    assert_string_equal(small_text(kith_answer_find_table(a, "seeds"), 0, "person"), "a");
    assert_true(fabs(small_real(kith_answer_find_table(a, "seeds"), 0, "spread") - 2.5) < 0.03);
}

static void
word_goes_from_the_followed_to_followers(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) against = NULL, along = NULL;

    (void)state;
    small_tie(b, KITH_FOLLOWS, "x", "star");
    small_tie(b, KITH_FOLLOWS, "y", "star");
    small_tie(b, KITH_FOLLOWS, "z", "star");
    g = small_build(b);
    against = ask(g, (const char *[]){"k", "1", "probability", "1", NULL});
    along = ask(g, (const char *[]){"k", "1", "probability", "1", "flow", "along", NULL});
    assert_true(small_real(kith_answer_find_table(against, "seeds"), 0, "spread") == 4);
    assert_true(small_real(kith_answer_find_table(along, "seeds"), 0, "spread") == 2);
    assert_true(small_has_note(against, "against the direction"));
}

static void
consent(kith_builder *b, const char *person, const char *status)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_CONSENTS;
    fact.from = small_person(b, person);
    fact.to = small_node(b, KITH_TOPIC, "newsletter");
    fact.status = status;
    small_fact(b, &fact);
}

static void
only_people_with_a_recorded_consent_are_told_first(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL, freely = NULL;

    (void)state;
    small_edge(b, "hub", "x", 1);
    small_edge(b, "hub", "y", 1);
    small_edge(b, "hub", "z", 1);
    small_edge(b, "z", "far", 1);
    consent(b, "z", "granted");
    consent(b, "hub", "withdrawn");
    g = small_build(b);
    a = ask(g, (const char *[]){"k", "1", "probability", "0.5", NULL});
    freely =
        ask(g, (const char *[]){"k", "1", "probability", "0.5", "permission", "ignored", NULL});
    assert_string_equal(small_text(kith_answer_find_table(a, "seeds"), 0, "person"), "z");
    assert_string_equal(small_text(kith_answer_find_table(freely, "seeds"), 0, "person"), "hub");
    assert_true(small_has_note(a, "no recorded consent"));
    assert_refused(g, (const char *[]){"k", "2", NULL}, KITH_ERR_ARGUMENT, "only 1 people");
    assert_refused(g, (const char *[]){"k", "1", "purpose", "football", NULL}, KITH_ERR_NOT_FOUND,
                   "football");
}

static void
bad_questions_are_told_why(void **state)
{
    g_autoptr(kith_graph) g = karate(), lonely = NULL;
    g_autoptr(kith_builder) b = kith_builder_new();
    const char *more[] = {"k", "35", NULL}, *high[] = {"probability", "1.01", NULL};
    const char *word[] = {"probability", "often", NULL}, *budget[] = {"budget", "3", NULL};
    const char *nobody[] = {"segment", "town=nowhere", NULL}, *none[] = {"k", "1", NULL};
    const char *stranger[] = {"exclude", "1, stranger", NULL};
    const char *negative[] = {"probability", "-0.1", NULL};

    (void)state;
    small_person(b, "alone");
    small_person(b, "apart");
    lonely = small_build(b);
    assert_refused(g, more, KITH_ERR_ARGUMENT, "only 34 people");
    assert_refused(g, high, KITH_ERR_ARGUMENT, "from 0 to 1");
    assert_refused(g, negative, KITH_ERR_ARGUMENT, "from 0 to 1");
    assert_refused(g, word, KITH_ERR_NOT_FOUND, "column 'often'");
    assert_refused(g, budget, KITH_ERR_ARGUMENT, "go together");
    assert_refused(g, nobody, KITH_ERR_NOT_FOUND, "nobody is in the segment");
    assert_refused(g, stranger, KITH_ERR_ARGUMENT, "stranger");
    assert_refused(lonely, none, KITH_ERR_NOT_FOUND, "no ties");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spreads_on_karate_are_those_of_other_simulators),
        cmocka_unit_test(seeds_stand_beside_random_people_and_top_degree),
        cmocka_unit_test(a_probability_may_be_a_weight_and_repeats_fail_only_together),
        cmocka_unit_test(word_goes_from_the_followed_to_followers),
        cmocka_unit_test(only_people_with_a_recorded_consent_are_told_first),
        cmocka_unit_test(bad_questions_are_told_why),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
