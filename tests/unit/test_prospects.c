/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_prospects.c - who counts as a prospect, by hand and by the definition on random graphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/prospects.h"
#include "measures/random.h"

extern const kith_pass kith_pass_prospects;

static void
flag(kith_builder *b, const char *who, kith_node_flag what)
{
    kith_builder_flag(b, small_person(b, who), what);
}

/* I know Ann and Bo, who buy; both know Dee, Ann knows Ed, Cy knows Flo. Ed was where Bo was. */
static kith_builder *
town(void)
{
    kith_builder *b = kith_builder_new();

    flag(b, "Me", KITH_FLAG_OWNER);
    flag(b, "Ann", KITH_FLAG_CUSTOMER);
    flag(b, "Bo", KITH_FLAG_CUSTOMER);
    small_tie(b, KITH_KNOWS, "Me", "Ann");
    small_tie(b, KITH_KNOWS, "Me", "Bo");
    small_tie(b, KITH_KNOWS, "Me", "Cy");
    small_tie(b, KITH_KNOWS, "Ann", "Cy");
    small_tie(b, KITH_KNOWS, "Ann", "Dee");
    small_tie(b, KITH_KNOWS, "Bo", "Dee");
    small_tie(b, KITH_KNOWS, "Ann", "Ed");
    small_tie(b, KITH_KNOWS, "Cy", "Flo");
    small_attends(b, "Ed", "Fair", "attended");
    small_attends(b, "Bo", "Fair", "attended");
    small_attends(b, "Gus", "Fair", "registered");
    return b;
}

static kith_answer *
ask(const kith_graph *g)
{
    kith_answer *a = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_prospects, g, NULL, &a, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return a;
}

static void
prospects_are_known_to_customers_and_not_to_us(void **state)
{
    g_autoptr(kith_builder) b = town();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g);
    const kith_table *t = kith_answer_find_table(a, "prospects");
    const kith_table *e = kith_answer_find_table(a, "exposure");
    int64_t dee = small_row(t, "person", "Dee"), ed = small_row(t, "person", "Ed");

    (void)state;
    assert_int_equal(kith_table_rows(t), 2);
    assert_int_equal(small_int(t, dee, "customers"), 2);
    assert_int_equal(small_int(t, dee, "contacts"), 2);
    assert_int_equal(small_int(t, ed, "customers"), 2);
    assert_int_equal(small_int(t, ed, "shared_events"), 1);
    assert_string_equal(small_text(t, dee, "introducer"), "Ann");
    assert_string_equal(small_text(t, dee, "why"), "2 of 2 contacts buy from you, Ann the warmest");
    assert_int_equal(kith_table_rows(e), 1);
    assert_string_equal(small_text(e, 0, "person"), "Cy");
    assert_true(small_real(e, 0, "share") == .5);
}

static void
whoever_asked_for_no_introductions_is_left_out(void **state)
{
    g_autoptr(kith_builder) b = town();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;

    (void)state;
    flag(b, "Dee", KITH_FLAG_NO_INTRO);
    g = small_build(b);
    a = ask(g);
    assert_int_equal(small_row(kith_answer_find_table(a, "prospects"), "person", "Dee"), -1);
    assert_true(small_has_note(a, "flagged no-intro: 1"));
}

static void
without_customers_there_is_no_answer(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    kith_error err = {0};

    (void)state;
    small_tie(b, KITH_KNOWS, "Ann", "Bo");
    g = small_build(b);
    assert_int_equal(small_ask(&kith_pass_prospects, g, NULL, &a, &err), KITH_ERR_NOT_FOUND);
}

enum { PEOPLE = 10 };

/* The definition on random graphs: 0 is me, 1 to 3 buy. */
static void
prospects_are_those_of_the_definition(void **state)
{
    kith_random random = kith_random_init(5, 5);

    (void)state;
    for (int round = 0; round < 200; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_customers) c = NULL;
        g_autoptr(kith_warm_network) net = NULL;
        g_autoptr(GArray) found = NULL;
        bool knows[PEOPLE][PEOPLE] = {{false}};
        kith_error err = {0};
        guint listed = 0;

        for (int i = 0; i < PEOPLE; i++) {
            char name[2] = {(char)('0' + i), 0};

            small_person(b, name);
            if (i < 4)
                flag(b, name, i ? KITH_FLAG_CUSTOMER : KITH_FLAG_OWNER);
        }
        for (int k = 0; k < 16; k++) {
            int i = (int)kith_random_below(&random, PEOPLE);
            int j = (int)kith_random_below(&random, PEOPLE);
            char from[2] = {(char)('0' + i), 0}, to[2] = {(char)('0' + j), 0};

            if (i == j)
                continue;
            small_tie(b, KITH_KNOWS, from, to);
            knows[i][j] = knows[j][i] = true;
        }
        g = small_build(b);
        c = kith_customers_new(g, -1);
        assert_int_equal(kith_warm_network_new(g, &(kith_warm_options){0}, &net, &err), KITH_OK);
        found = kith_prospects_list(net, c, 0);
        for (int v = 4; v < PEOPLE; v++) {
            int buyers = knows[v][1] + knows[v][2] + knows[v][3], contacts = 0;

            for (int u = 1; u < PEOPLE; u++)
                contacts += knows[v][u];
            for (guint i = 0; i < found->len; i++) {
                const kith_prospect *p = &g_array_index(found, kith_prospect, i);

                if (kith_graph_label(g, p->person)[0] - '0' != v)
                    continue;
                listed++;
                assert_int_equal(p->customers, buyers);
                assert_int_equal(p->contacts, contacts);
                assert_int_equal(p->known, knows[v][0]);
                buyers = 0;
            }
            assert_int_equal(buyers, 0);
        }
        assert_int_equal(listed, found->len);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prospects_are_known_to_customers_and_not_to_us),
        cmocka_unit_test(whoever_asked_for_no_introductions_is_left_out),
        cmocka_unit_test(without_customers_there_is_no_answer),
        cmocka_unit_test(prospects_are_those_of_the_definition),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
