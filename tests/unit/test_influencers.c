/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_influencers.c - the ranking: its order, its ranges, whom it leaves out, and what it refuses
 * to say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../oracle/classics.h"
#include "../support/small.h"
#include "measures/random.h"

extern const kith_pass kith_pass_influencers;

static kith_answer *
ask(const kith_graph *g, const char *const *settings)
{
    kith_answer *answer = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_influencers, g, settings, &answer, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return answer;
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

/* Zachary's instructor (1) and president (34) lead; scores as in classics.h. */
static void
karate_is_led_by_its_two_heads(void **state)
{
    g_autoptr(kith_graph) g = karate();
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"by", "betweenness", "top", "100", NULL});
    const kith_table *t = kith_answer_find_table(a, "influencers");

    (void)state;
    assert_int_equal(kith_table_rows(t), 34);
    assert_string_equal(small_text(t, 0, "person"), "1");
    assert_string_equal(small_text(t, 1, "person"), "34");
    assert_true(fabs(small_real(t, 0, "score") - 231.071428571) < 1e-8);
    for (int64_t i = 0; i < 34; i++) {
        assert_int_equal(small_int(t, i, "rank"), i + 1);
        assert_true(small_int(t, i, "rank_lo") >= 1);
        assert_true(small_int(t, i, "rank_lo") <= small_int(t, i, "rank_hi"));
        assert_true(small_int(t, i, "rank_hi") <= 34);
    }
    assert_true(small_has_note(a, "34 people, 78 pairs"));
    assert_true(small_has_note(a, "200 resamples"));
    assert_true(small_has_note(a, "1: top 5 in 100 % of resamples"));
}

/* 2 000 000 runs of two other programs: 34 reaches 3.50037, 1 3.41156, 33 3.01790 and 17 1.31845, chance 0.1. */
static void
spread_is_that_of_other_simulators(void **state)
{
    g_autoptr(kith_graph) g = karate();
    g_autoptr(kith_answer) a =
        ask(g, (const char *[]){"by", "spread", "top", "34", "resamples", "20", NULL});
    const kith_table *t = kith_answer_find_table(a, "influencers");

    (void)state;
    assert_string_equal(small_text(t, 0, "person"), "34");
    assert_string_equal(small_text(t, 1, "person"), "1");
    assert_true(fabs(small_real(t, 0, "score") - 3.50037) < 0.15);
    assert_true(fabs(small_real(t, small_row(t, "person", "33"), "score") - 3.01790) < 0.15);
    assert_true(fabs(small_real(t, small_row(t, "person", "17"), "score") - 1.31845) < 0.1);
}

static void
the_same_question_has_the_same_answer(void **state)
{
    g_autoptr(kith_graph) g = karate();
    g_autoptr(kith_answer) a = ask(g, NULL), b = ask(g, NULL);
    const kith_table *t = kith_answer_find_table(a, "influencers");
    const kith_table *u = kith_answer_find_table(b, "influencers");

    (void)state;
    assert_int_equal(kith_table_rows(t), 20);
    for (int64_t i = 0; i < 20; i++) {
        assert_int_equal(small_int(t, i, "person"), small_int(u, i, "person"));
        assert_true(small_real(t, i, "score") == small_real(u, i, "score"));
        assert_int_equal(small_int(t, i, "rank_lo"), small_int(u, i, "rank_lo"));
        assert_int_equal(small_int(t, i, "rank_hi"), small_int(u, i, "rank_hi"));
    }
    assert_string_equal(small_text(t, 0, "person"), "34");
}

static void
the_lowest_constraint_comes_first_and_the_missing_last(void **state)
{
    const classic *c = &classics[1];
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    const kith_table *t;

    (void)state;
    for (int i = 0; i < c->people; i++)
        small_person(b, c->person[i].name);
    for (int i = 0; i < c->ties; i++)
        small_edge(b, c->tie[i].from, c->tie[i].to, 1);
    g = small_build(b);
    a = ask(g, (const char *[]){"by", "constraint", NULL});
    t = kith_answer_find_table(a, "influencers");
    assert_string_equal(small_text(t, 0, "person"), "Medici");
    assert_string_equal(small_text(t, 1, "person"), "Guadagni");
    assert_string_equal(small_text(t, 15, "person"), "Pucci");
    assert_true(isnan(small_real(t, 15, "score")));
    assert_int_equal(small_int(t, 15, "rank_lo"), -1);
    for (int64_t i = 1; i < 15; i++)
        assert_true(small_real(t, i - 1, "score") <= small_real(t, i, "score"));
    assert_true(small_has_note(a, "lowest comes first"));
}

/* Pat's address book, with a lunch at which Bo and Cy met. */
static kith_builder *
address_book(void)
{
    kith_builder *b = kith_builder_new();

    kith_builder_flag(b, small_person(b, "Pat"), KITH_FLAG_OWNER);
    kith_builder_flag(b, small_person(b, "Sam"), KITH_FLAG_STAFF);
    small_tie(b, KITH_KNOWS, "Pat", "Ann");
    small_tie(b, KITH_KNOWS, "Pat", "Bo");
    small_tie(b, KITH_KNOWS, "Pat", "Cy");
    small_tie(b, KITH_KNOWS, "Pat", "Sam");
    return b;
}

static void
owner_and_staff_are_ranked_only_when_asked_for(void **state)
{
    g_autoptr(kith_builder) b = address_book();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) without = ask(g, (const char *[]){"by", "degree", NULL});
    g_autoptr(kith_answer) with = ask(
        g, (const char *[]){"by", "degree", "include_owner", "yes", "include_staff", "yes", NULL});
    const kith_table *t = kith_answer_find_table(without, "influencers");
    const kith_table *u = kith_answer_find_table(with, "influencers");

    (void)state;
    assert_int_equal(kith_table_rows(t), 3);
    assert_int_equal(small_row(t, "person", "Pat"), -1);
    assert_int_equal(small_row(t, "person", "Sam"), -1);
    assert_true(small_has_note(without, "owner, Pat"));
    assert_true(small_has_note(without, "staff"));
    assert_true(small_has_note(without, "the same score"));
    assert_int_equal(small_int(t, 0, "rank_lo"), 1);
    assert_int_equal(small_int(t, 0, "rank_hi"), 3); /* three equals share three places */
    assert_int_equal(kith_table_rows(u), 5);
    assert_string_equal(small_text(u, 0, "person"), "Pat");
    assert_true(small_real(u, 0, "score") == 4);
    assert_false(small_has_note(with, "left out of the ranking"));
}

static void
a_star_gives_no_betweenness(void **state)
{
    static const char *const withheld[] = {"betweenness", "constraint", "clustering", "closeness"};
    g_autoptr(kith_builder) b = address_book();
    g_autoptr(kith_graph) g = small_build(b);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(withheld); i++) {
        g_autoptr(kith_answer) a = NULL;
        kith_error err = {0};

        assert_int_equal(small_ask(&kith_pass_influencers, g,
                                   (const char *[]){"by", withheld[i], NULL}, &a, &err),
                         KITH_ERR_NOT_FOUND);
        assert_non_null(strstr(err.message, "cannot be told from a star"));
        assert_true(small_has_note(a, "could not be seen: ties among your contacts"));
    }
}

static void
people_seen_from_outside_have_no_betweenness(void **state)
{
    g_autoptr(kith_builder) b = address_book();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    const kith_table *t;

    (void)state;
    small_attends(b, "Bo", "lunch", "attended");
    small_attends(b, "Cy", "lunch", "attended");
    g = small_build(b);
    a = ask(g, (const char *[]){"by", "betweenness", NULL});
    t = kith_answer_find_table(a, "influencers");
    assert_true(isnan(small_real(t, small_row(t, "person", "Ann"), "score")));
    assert_true(small_real(t, small_row(t, "person", "Bo"), "score") == 0);
    assert_int_equal(small_row(t, "person", "Ann"), 2);
    assert_true(small_has_note(a, "1 of 3 people"));
}

static void
ties_of_one_kind_can_be_picked(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL, none = NULL;
    const kith_table *t;
    kith_error err = {0};

    (void)state;
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    small_tie(b, KITH_KNOWS, "Ann", "Cy");
    small_tie(b, KITH_REFERRED, "Ann", "Bo");
    small_tie(b, KITH_REFERRED, "Cy", "Bo");
    g = small_build(b);
    a = ask(g, (const char *[]){"ties", "referred", NULL});
    t = kith_answer_find_table(a, "influencers");
    assert_string_equal(small_text(t, 0, "person"), "Bo");
    assert_true(small_has_note(a, "2 directed ties"));
    assert_int_equal(small_ask(&kith_pass_influencers, g, (const char *[]){"ties", "follows", NULL},
                               &none, &err),
                     KITH_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "'follows'"));
}

static void
weights_count_when_asked_for(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) plain = NULL, weighted = NULL, strength = NULL;

    (void)state;
    small_edge(b, "Ann", "Bo", 9);
    small_edge(b, "Cy", "Di", 1);
    small_edge(b, "Cy", "Bo", 1);
    small_edge(b, "Cy", "Ed", 1);
    g = small_build(b);
    plain = ask(g, NULL);
    weighted = ask(g, (const char *[]){"weighted", "yes", NULL});
    strength = ask(g, (const char *[]){"by", "strength", NULL});
    assert_string_equal(small_text(kith_answer_table_at(plain, 0), 0, "person"), "Cy");
    assert_string_equal(small_text(kith_answer_table_at(weighted, 0), 0, "person"), "Bo");
    assert_true(small_real(kith_answer_table_at(strength, 0), 0, "score") == 10);
    assert_true(small_has_note(plain, "weights are used with --weighted"));
    assert_true(small_has_note(weighted, "weights are used"));
}

static void
nobody_and_no_ties_have_no_ranking(void **state)
{
    g_autoptr(kith_builder) empty = kith_builder_new(), lonely = kith_builder_new();
    g_autoptr(kith_graph) none = small_build(empty);
    g_autoptr(kith_graph) few = NULL;
    g_autoptr(kith_answer) a = NULL, b = NULL;
    kith_error err = {0}, other = {0};

    (void)state;
    small_person(lonely, "Ann");
    few = small_build(lonely);
    assert_int_equal(small_ask(&kith_pass_influencers, none, NULL, &a, &err), KITH_ERR_NOT_FOUND);
    assert_string_equal(err.message, "these files hold no people");
    assert_int_equal(small_ask(&kith_pass_influencers, few, NULL, &b, &other), KITH_ERR_NOT_FOUND);
    assert_string_equal(other.message, "these files hold no ties between two people");
}

/* The definition, on random networks: scores fall, equal ones go by id, ranks count up, ranges hold
 * most ranks. */
static void
the_ranking_is_sorted_whatever_the_network(void **state)
{
    static const char *const by[] = {"degree", "pagerank", "katz", "harmonic", "core"};
    kith_random random = kith_random_init(11, 1);

    (void)state;
    for (int round = 0; round < 60; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_answer) a = NULL;
        const kith_table *t;

        for (int i = 0; i < 30; i++) {
            char from[8], to[8];

            g_snprintf(from, sizeof from, "%c", (char)('a' + kith_random_below(&random, 15)));
            g_snprintf(to, sizeof to, "%c", (char)('a' + kith_random_below(&random, 15)));
            small_tie(b, round % 2 ? KITH_FOLLOWS : KITH_KNOWS, from, to);
        }
        g = small_build(b);
        a = ask(g, (const char *[]){"by", by[round % 5], "resamples", "20", NULL});
        t = kith_answer_find_table(a, "influencers");
        for (int64_t i = 1; i < kith_table_rows(t); i++) {
            double before = small_real(t, i - 1, "score"), now = small_real(t, i, "score");

            assert_true(before > now || (before == now && small_int(t, i - 1, "person") <
                                                              small_int(t, i, "person")));
        }
    }
}

static bool
stop_at_once(void *payload, double done)
{
    *(double *)payload = done;
    return false;
}

static void
whoever_asked_may_stop_it(void **state)
{
    g_autoptr(kith_graph) g = karate();
    double done = -1;
    kith_question question = {
        .graph = g, .seed = 1, .threads = 1, .progress = stop_at_once, .payload = &done};
    g_autofree void *values = g_malloc0(kith_pass_influencers.options_size);
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    kith_options_init(kith_pass_influencers.options, values);
    assert_int_equal(kith_ask(&kith_pass_influencers, &question, values, &a, &err),
                     KITH_ERR_CANCELLED);
    assert_true(done == 0);
    assert_null(a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(karate_is_led_by_its_two_heads),
        cmocka_unit_test(spread_is_that_of_other_simulators),
        cmocka_unit_test(the_same_question_has_the_same_answer),
        cmocka_unit_test(the_lowest_constraint_comes_first_and_the_missing_last),
        cmocka_unit_test(owner_and_staff_are_ranked_only_when_asked_for),
        cmocka_unit_test(a_star_gives_no_betweenness),
        cmocka_unit_test(people_seen_from_outside_have_no_betweenness),
        cmocka_unit_test(ties_of_one_kind_can_be_picked),
        cmocka_unit_test(weights_count_when_asked_for),
        cmocka_unit_test(nobody_and_no_ties_have_no_ranking),
        cmocka_unit_test(the_ranking_is_sorted_whatever_the_network),
        cmocka_unit_test(whoever_asked_may_stop_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
