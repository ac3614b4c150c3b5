/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_referrals.c - each referral once, one giver a subject, circles, credits, thanks, virality. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"
#include "measures/referrals.h"
#include <kith/decide.h>

extern const kith_pass kith_pass_referrals;

static void
refers(kith_builder *b, const char *giver, const char *subject, const char *day, const char *status,
       double amount)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_REFERRED;
    fact.from = small_person(b, giver);
    fact.to = small_person(b, subject);
    fact.status = status;
    fact.amount = amount;
    if (day)
        kith_time_parse(day, &fact.when, &fact.precision);
    small_fact(b, &fact);
}

static const kith_referral *
find(const kith_referrals *r, const char *giver, const char *subject)
{
    for (guint i = 0; i < r->row->len; i++) {
        const kith_referral *one = &g_array_index(r->row, kith_referral, i);

        if (one->giver == small_find(r->graph, giver) &&
            one->subject == small_find(r->graph, subject))
            return one;
    }
    fail_msg("%s did not refer %s", giver, subject);
    return NULL;
}

static void
one_referral_told_by_several_records_is_one(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_referrals) r = NULL;
    const kith_referral *one;

    (void)state;
    refers(b, "Ann", "Bo", "2024-01-10T09:00:00Z", "pending", NAN);
    refers(b, "Ann", "Bo", "2024-01-10", "closed", 40);
    refers(b, "Ann", "Bo", NULL, NULL, 50);
    refers(b, "Ann", "Bo", "2024-02-10", NULL, NAN);
    refers(b, "Ann", "Ann", "2024-02-10", NULL, NAN);
    refers(b, "Cy", "Bo", "2024-01-01", "pending", -3);
    g = small_build(b);
    r = kith_referrals_new(g);
    assert_int_equal(r->row->len, 3);
    assert_int_equal(r->oneself, 1);
    assert_int_equal(r->negative, 1);
    one = find(r, "Ann", "Bo");
    assert_int_equal(one->facts, 3);
    assert_true(one->closed);
    assert_true(one->value == 50);
    assert_int_equal(one->place, KITH_REFERRAL_FIRST);
    assert_int_equal(find(r, "Cy", "Bo")->place, KITH_REFERRAL_AGAIN);
    assert_true(isnan(find(r, "Cy", "Bo")->value));
}

/* Ann -> Bo -> Cy -> Ann: the last one to come closes the circle. */
static void
a_circle_is_cut_where_it_closes(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_referrals) r = NULL;

    (void)state;
    refers(b, "Ann", "Bo", "2024-01-01", NULL, NAN);
    refers(b, "Cy", "Ann", "2024-03-01", NULL, NAN);
    refers(b, "Bo", "Cy", "2024-02-01", NULL, NAN);
    g = small_build(b);
    r = kith_referrals_new(g);
    assert_int_equal(find(r, "Cy", "Ann")->place, KITH_REFERRAL_CIRCLE);
    assert_int_equal(find(r, "Cy", "Ann")->generation, 0);
    assert_int_equal(find(r, "Bo", "Cy")->generation, 2);
    assert_int_equal(kith_referrals_depth(r, small_find(g, "Ann")), 0);
}

static void
merged_givers_are_thanked_once(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};
    kith_decision same = {KITH_DECIDED_MERGE, 0, 0, NULL, NULL, NAN, false};
    const kith_table *t, *l;

    (void)state;
    kith_builder_flag(b, small_person(b, "Me"), KITH_FLAG_OWNER);
    refers(b, "Ann", "Bo", "2024-01-10", "closed", NAN);
    refers(b, "Ann at work", "Bo", "2024-01-10", NULL, NAN);
    refers(b, "Ann at work", "Cy", "2024-02-10", NULL, NAN);
    refers(b, "Dee", "Ed", "2024-02-10", "closed", NAN);
    kith_builder_fact_attribute(b, "Thanked", "2024-02-11");
    refers(b, "Me", "Flo", "2024-02-10", "closed", NAN);
    same.a = small_person(b, "Ann");
    same.b = small_person(b, "Ann at work");
    assert_int_equal(kith_builder_decide(b, &same, &err), KITH_OK);
    g = small_build(b);
    assert_int_equal(small_ask(&kith_pass_referrals, g, NULL, &a, &err), KITH_OK);
    t = kith_answer_find_table(a, "thanks");
    l = kith_answer_find_table(a, "referrals");
    assert_int_equal(kith_table_rows(l), 4);
    assert_int_equal(kith_table_rows(t), 1);
    assert_int_equal(small_int(t, 0, "unthanked"), 2);
    assert_string_equal(small_text(t, 0, "thank_for"), "Cy, 2024-02-10; Bo, 2024-01-10");
    assert_string_equal(small_text(l, 0, "receiver"), "Me");
    assert_null(small_text(l, small_row(l, "giver", "Me"), "receiver"));
}

static void
amounts_are_shown_on_request_alone(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) hidden = NULL, shown = NULL;
    kith_error err = {0};

    (void)state;
    refers(b, "Ann", "Bo", "2024-01-10", "closed", 40);
    g = small_build(b);
    assert_int_equal(small_ask(&kith_pass_referrals, g, NULL, &hidden, &err), KITH_OK);
    assert_int_equal(
        small_ask(&kith_pass_referrals, g, (const char *[]){"amounts", "yes", NULL}, &shown, &err),
        KITH_OK);
    assert_true(isnan(small_real(kith_answer_table_at(hidden, 0), 0, "value")));
    assert_true(small_real(kith_answer_table_at(shown, 0), 0, "value") == 40);
}

static void
no_referrals_is_no_answer(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(small_ask(&kith_pass_referrals, g, NULL, &a, &err), KITH_ERR_NOT_FOUND);
}

enum { PEOPLE = 9 };

/* The mean distance of all pairs in the tree of a root, by all shortest paths. */
static double
mean_distance(const int *parent, int root)
{
    int d[PEOPLE][PEOPLE];
    double sum = 0;
    int pairs = 0;

    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < PEOPLE; j++)
            d[i][j] = i == j ? 0 : parent[i] == j || parent[j] == i ? 1 : 99;
    for (int k = 0; k < PEOPLE; k++)
        for (int i = 0; i < PEOPLE; i++)
            for (int j = 0; j < PEOPLE; j++)
                d[i][j] = MIN(d[i][j], d[i][k] + d[k][j]);
    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < i; j++)
            if (d[root][i] < 99 && d[root][j] < 99) {
                sum += d[i][j];
                pairs++;
            }
    return sum / pairs;
}

/* Laws on random referrals: a forest, credits that add up, virality by its definition. */
static void
forests_obey_their_laws(void **state)
{
    kith_random random = kith_random_init(9, 9);

    (void)state;
    for (int round = 0; round < 300; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_referrals) r = NULL;
        g_autoptr(GArray) credits = NULL, trees = NULL;
        int parent[PEOPLE], outcomes = 0, closed_subjects = 0;
        double shared = 0;

        for (int k = 0; k < 12; k++) {
            char from[2] = {(char)('A' + (int)kith_random_below(&random, PEOPLE)), 0};
            char to[2] = {(char)('A' + (int)kith_random_below(&random, PEOPLE)), 0}, day[16];

            g_snprintf(day, sizeof day, "2024-01-%02d", 1 + (int)kith_random_below(&random, 28));
            refers(b, from, to, day, kith_random_below(&random, 2) ? "closed" : "pending", NAN);
        }
        g = small_build(b);
        r = kith_referrals_new(g);
        memset(parent, -1, sizeof parent);
        for (guint i = 0; i < r->row->len; i++) {
            const kith_referral *one = &g_array_index(r->row, kith_referral, i);

            if (one->place != KITH_REFERRAL_FIRST)
                continue;
            assert_int_equal(parent[kith_graph_label(g, one->subject)[0] - 'A'], -1);
            parent[kith_graph_label(g, one->subject)[0] - 'A'] =
                kith_graph_label(g, one->giver)[0] - 'A';
            outcomes += one->closed;
        }
        for (int v = 0; v < PEOPLE; v++) {
            int steps = 0;

            for (int u = v; parent[u] >= 0; u = parent[u])
                assert_true(++steps < PEOPLE);
        }
        credits = kith_referrals_credits(r);
        for (guint i = 0; i < credits->len; i++) {
            shared += g_array_index(credits, kith_credit, i).shared;
            closed_subjects += (int)g_array_index(credits, kith_credit, i).closed;
        }
        assert_float_equal(shared, outcomes, 1e-9);
        assert_int_equal(closed_subjects, outcomes);
        trees = kith_referrals_trees(r);
        for (guint i = 0; i < trees->len; i++) {
            const kith_referral_tree *t = &g_array_index(trees, kith_referral_tree, i);

            assert_float_equal(t->virality,
                               mean_distance(parent, kith_graph_label(g, t->root)[0] - 'A'), 1e-9);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_referral_told_by_several_records_is_one),
        cmocka_unit_test(a_circle_is_cut_where_it_closes),
        cmocka_unit_test(merged_givers_are_thanked_once),
        cmocka_unit_test(amounts_are_shown_on_request_alone),
        cmocka_unit_test(no_referrals_is_no_answer),
        cmocka_unit_test(forests_obey_their_laws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
