/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_allies.c - shared rows, offers alike, groups that are lacking. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/groups.h"

extern const kith_pass kith_pass_allies;

static void
sells(kith_builder *b, const char *from, const char *to)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_SELLS_TO;
    fact.from = small_node(b, KITH_ORGANISATION, from);
    fact.to = small_node(b, KITH_ORGANISATION, to);
    small_fact(b, &fact);
}

static void
attribute(kith_builder *b, const char *firm, const char *key, const char *value)
{
    kith_builder_attribute(b, small_node(b, KITH_ORGANISATION, firm), key, value);
}

/* We reach C, D and, behind C, E. Print reaches C, F and E; Rival reaches C and D and sells what we sell. */
static kith_builder *
market(void)
{
    kith_builder *b = kith_builder_new();

    sells(b, "Us", "C");
    sells(b, "Us", "D");
    sells(b, "C", "E");
    sells(b, "Print", "C");
    sells(b, "Print", "F");
    sells(b, "Rival", "C");
    sells(b, "Rival", "D");
    sells(b, "Far", "G");
    attribute(b, "Us", "offers", "bread");
    attribute(b, "Rival", "offers", "Bread; cake");
    attribute(b, "Print", "offers", "menus");
    attribute(b, "E", "needs", "menus");
    attribute(b, "C", "sector", "food");
    attribute(b, "F", "sector", "health; Food");
    attribute(b, "G", "industry", "health");
    return b;
}

static void
allies_share_customers_and_sell_something_else(void **state)
{
    g_autoptr(kith_builder) b = market();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};
    const kith_table *t, *c;

    (void)state;
    assert_int_equal(small_ask(&kith_pass_allies, g, (const char *[]){"of", "Us", NULL}, &a, &err),
                     KITH_OK);
    t = kith_answer_find_table(a, "allies");
    c = kith_answer_find_table(a, "cover");
    assert_int_equal(kith_table_rows(t), 3);
    assert_string_equal(small_text(t, 0, "firm"), "Print");
    assert_string_equal(small_text(t, 2, "firm"), "Rival");
    assert_int_equal(small_int(t, 0, "shared"), 2);
    assert_int_equal(small_int(t, 0, "shared_second"), 1);
    assert_int_equal(small_int(t, 0, "new"), 1);
    assert_int_equal(small_int(t, 0, "new_groups"), 1);
    assert_int_equal(small_int(t, 0, "needs_met"), 1);
    assert_true(small_real(t, 0, "jaccard") == .5);
    assert_int_equal(small_int(t, 2, "same_offers"), 1);
    assert_string_equal(small_text(t, 1, "firm"), "C");
    assert_string_equal(small_text(t, 1, "is"), "customer");
    assert_int_equal(kith_table_rows(c), 1);
    assert_string_equal(small_text(c, 0, "firm"), "Print");
    assert_int_equal(small_int(c, 0, "of"), 1);
}

static void
groups_come_from_words_topics_and_people(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_groups) groups = NULL;
    kith_fact fact = KITH_FACT_INIT;
    kith_node firm;

    (void)state;
    attribute(b, "Firm", "Sector", "Food");
    fact.kind = KITH_WORKS_AT;
    fact.from = small_person(b, "Ann");
    fact.to = small_node(b, KITH_ORGANISATION, "Firm");
    small_fact(b, &fact);
    fact.kind = KITH_MEMBER_OF;
    fact.to = small_node(b, KITH_TOPIC, "Rowing");
    small_fact(b, &fact);
    fact.kind = KITH_INTERESTED_IN;
    fact.to = small_node(b, KITH_TOPIC, "Ink");
    fact.status = "needs";
    small_fact(b, &fact);
    g = small_build(b);
    groups = kith_groups_new(g);
    firm = small_find(g, "Firm");
    assert_int_equal(groups->n, 2);
    assert_string_equal(groups->name->pdata[0], "food");
    assert_string_equal(groups->name->pdata[1], "rowing");
    assert_int_equal(groups->first[firm + 1] - groups->first[firm], 2);
    assert_int_equal(groups->group[groups->first[small_find(g, "Ann")]], 1);
}

static void
nobody_with_customers_is_no_answer(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL, none = NULL;
    kith_error err = {0}, other = {0};

    (void)state;
    sells(b, "Us", "C");
    g = small_build(b);
    assert_int_equal(small_ask(&kith_pass_allies, g, (const char *[]){"of", "Us", NULL}, &a, &err),
                     KITH_ERR_NOT_FOUND);
    assert_int_equal(
        small_ask(&kith_pass_allies, g, (const char *[]){"of", "C", NULL}, &none, &other),
        KITH_ERR_NOT_FOUND);
}

static void
tied(kith_builder *b, const char *a, const char *c)
{
    small_tie(b, KITH_KNOWS, a, c);
}

static void
works(kith_builder *b, const char *who, const char *firm)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_WORKS_AT;
    fact.from = small_person(b, who);
    fact.to = small_node(b, KITH_ORGANISATION, firm);
    small_fact(b, &fact);
}

/* Two circles of four people; C's man is in the first, F's woman in the second, which only Print reaches. */
static void
communities_are_groups_that_an_ally_reaches(void **state)
{
    static const char *const circle[2][4] = {{"Al", "Bea", "Cas", "Di"},
                                             {"Ed", "Fay", "Gil", "Hu"}};
    static const struct {
        const char *groups;
        int64_t lacking;
    } asked[] = {{"communities", 1}, {"both", 2}, {"named", 1}};
    g_autoptr(kith_builder) b = market();
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < 4; i++)
            for (int j = i + 1; j < 4; j++)
                tied(b, circle[k][i], circle[k][j]);
    works(b, "Al", "C");
    works(b, "Ed", "F");
    g = small_build(b);
    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autoptr(kith_answer) a = NULL;
        const kith_table *t;

        assert_int_equal(small_ask(&kith_pass_allies, g,
                                   (const char *[]){"of", "Us", "groups", asked[i].groups, NULL},
                                   &a, NULL),
                         KITH_OK);
        t = kith_answer_find_table(a, "allies");
        assert_int_equal(small_int(t, small_row(t, "firm", "Print"), "new_groups"),
                         asked[i].lacking);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allies_share_customers_and_sell_something_else),
        cmocka_unit_test(groups_come_from_words_topics_and_people),
        cmocka_unit_test(nobody_with_customers_is_no_answer),
        cmocka_unit_test(communities_are_groups_that_an_ally_reaches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
