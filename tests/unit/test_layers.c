/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_layers.c - customers' customers: rows, ways, coverage, circles, and firms behind people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"

extern const kith_pass kith_pass_layers;

static void
sells(kith_builder *b, const char *from, const char *to, double amount, const char *currency)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_SELLS_TO;
    fact.from = small_node(b, KITH_ORGANISATION, from);
    fact.to = small_node(b, KITH_ORGANISATION, to);
    fact.amount = amount;
    fact.currency = currency;
    small_fact(b, &fact);
}

static void
works_at(kith_builder *b, const char *person, const char *firm)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_WORKS_AT;
    fact.from = small_person(b, person);
    fact.to = small_node(b, KITH_ORGANISATION, firm);
    small_fact(b, &fact);
}

static kith_answer *
ask(const kith_graph *g, const char *const *settings)
{
    kith_answer *answer = NULL;
    kith_error err = {0};

    if (small_ask(&kith_pass_layers, g, settings, &answer, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return answer;
}

static void
expect(const kith_answer *a, const char *node, int64_t layer, const char *via)
{
    const kith_table *t = kith_answer_find_table(a, "layers");
    int64_t row = small_row(t, "node", node);
    g_autofree char *found = NULL;
    kith_cell cell;

    if (row < 0)
        fail_msg("%s is in no row", node);
    assert_int_equal(small_int(t, row, "layer"), layer);
    cell = small_cell(t, row, "via");
    found = g_strjoinv(">", (char **)cell.list);
    assert_string_equal(found, via);
}

/* A sells to B and C, both to D; D to E and back to A; B buys from itself. */
static kith_builder *
circle(void)
{
    kith_builder *b = kith_builder_new();

    sells(b, "A", "B", 10, "GBP");
    sells(b, "A", "C", 20, "GBP");
    sells(b, "B", "D", 5, "GBP");
    sells(b, "C", "D", 3, "GBP");
    sells(b, "C", "D", 4, "GBP");
    sells(b, "D", "E", NAN, NULL);
    sells(b, "D", "A", 1, "GBP");
    sells(b, "B", "B", 99, "GBP");
    sells(b, "E", "F", 1, "GBP");
    sells(b, "B", "C", 1, "GBP");
    return b;
}

static void
rows_are_customers_of_customers(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"of", "A", NULL});
    const kith_table *t = kith_answer_find_table(a, "layers");
    const kith_table *c = kith_answer_find_table(a, "coverage");

    (void)state;
    assert_string_equal(kith_table_name(kith_answer_table_at(a, 0)), "layers");
    assert_int_equal(kith_table_rows(t), 4);
    expect(a, "B", 1, "A>B");
    expect(a, "C", 1, "A>C");
    expect(a, "D", 2, "A>C>D");
    expect(a, "E", 3, "A>C>D>E");
    assert_true(small_real(t, small_row(t, "node", "D"), "value") == 7);
    assert_string_equal(small_text(t, small_row(t, "node", "D"), "currency"), "GBP");
    assert_true(isnan(small_real(t, small_row(t, "node", "E"), "value")));
    assert_int_equal(kith_table_rows(c), 3);
    assert_int_equal(small_int(c, 0, "known"), 2);
    assert_int_equal(small_int(c, 0, "with_customers"), 2);
    assert_true(small_real(c, 2, "share") == 1);
}

static void
depth_ends_the_walk_and_empty_rows_have_no_share(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) shallow = ask(g, (const char *[]){"of", "A", "depth", "1", NULL});
    g_autoptr(kith_answer) deep = ask(g, (const char *[]){"of", "A", "depth", "6", NULL});
    const kith_table *c = kith_answer_find_table(deep, "coverage");

    (void)state;
    assert_int_equal(kith_table_rows(kith_answer_find_table(shallow, "layers")), 2);
    expect(deep, "F", 4, "A>C>D>E>F");
    assert_int_equal(kith_table_rows(c), 6);
    assert_int_equal(small_int(c, 3, "known"), 1);
    assert_true(small_real(c, 3, "share") == 0);
    assert_int_equal(small_int(c, 4, "known"), 0);
    assert_true(isnan(small_real(c, 4, "share")));
}

static void
suppliers_are_found_the_other_way(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"of", "D", "suppliers", "yes", NULL});

    (void)state;
    assert_int_equal(kith_table_rows(kith_answer_find_table(a, "layers")), 3);
    expect(a, "B", 1, "D>B");
    expect(a, "C", 1, "D>C");
    expect(a, "A", 2, "D>C>A");
}

static void
a_person_stands_for_the_one_firm_they_work_at(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) one = NULL, two = NULL;
    g_autoptr(kith_answer) a = NULL, none = NULL;
    kith_error err = {0};

    (void)state;
    works_at(b, "Pat", "A");
    one = small_build(b);
    a = ask(one, (const char *[]){"of", "Pat", NULL});
    expect(a, "D", 2, "A>C>D");
    assert_true(small_has_note(a, "Pat works at A"));
    works_at(b, "Pat", "B");
    two = small_build(b);
    assert_int_equal(
        small_ask(&kith_pass_layers, two, (const char *[]){"of", "Pat", NULL}, &none, &err),
        KITH_ERR_NOT_FOUND);
    assert_string_equal(err.message, "no customer of Pat in these files");
}

static void
nobody_to_start_from_is_an_error(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = NULL, f = NULL;
    kith_error err = {0}, other = {0};

    (void)state;
    assert_int_equal(small_ask(&kith_pass_layers, g, (const char *[]){"of", "Zed", NULL}, &a, &err),
                     KITH_ERR_ARGUMENT);
    assert_int_equal(small_ask(&kith_pass_layers, g, (const char *[]){"of", "F", NULL}, &f, &other),
                     KITH_ERR_NOT_FOUND);
}

static void
sales_in_two_currencies_have_no_total(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;

    (void)state;
    sells(b, "A", "B", 10, "GBP");
    sells(b, "A", "B", 10, "EUR");
    g = small_build(b);
    a = ask(g, (const char *[]){"of", "A", NULL});
    assert_true(isnan(small_real(kith_answer_table_at(a, 0), 0, "value")));
    assert_true(small_has_note(a, "several currencies"));
}

/* The definition, by matrix: row k is what k steps reach and fewer do not. */
static void
rows_are_shortest_distances_on_random_sales(void **state)
{
    kith_random random = kith_random_init(4, 4);

    (void)state;
    for (int round = 0; round < 200; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_answer) a = NULL;
        const kith_table *t;
        int d[8][8], reached = 0;

        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
                d[i][j] = i == j ? 0 : 99;
        for (int k = 0; k < 12; k++) {
            int i = k ? (int)kith_random_below(&random, 8) : 0;
            int j = k ? (int)kith_random_below(&random, 8) : 1;
            char from[2] = {(char)('A' + i), 0}, to[2] = {(char)('A' + j), 0};

            sells(b, from, to, (double)kith_random_below(&random, 5), NULL);
            d[i][j] = i == j ? 0 : 1;
        }
        for (int k = 0; k < 8; k++)
            for (int i = 0; i < 8; i++)
                for (int j = 0; j < 8; j++)
                    d[i][j] = MIN(d[i][j], d[i][k] + d[k][j]);
        g = small_build(b);
        a = ask(g, (const char *[]){"of", "A", "depth", "8", NULL});
        t = kith_answer_find_table(a, "layers");
        for (int j = 1; j < 8; j++) {
            char name[2] = {(char)('A' + j), 0};
            int64_t row = small_row(t, "node", name);

            assert_true((row >= 0) == (d[0][j] < 99));
            if (row < 0)
                continue;
            reached++;
            assert_int_equal(small_int(t, row, "layer"), d[0][j]);
            assert_int_equal(small_int(t, row, "via"), d[0][j] + 1);
        }
        assert_int_equal(kith_table_rows(t), reached);
    }
}

/* input id, the id of what it goes into; rows that say "is a type of" end otherwise. */
static kith_graph *
chip_supply_chain(void)
{
    g_autofree char *path =
        g_build_filename(g_getenv("KITH_ROOT") ? g_getenv("KITH_ROOT") : ".", "..", "shared",
                         "datasets", "chip_supply", "sequence.csv", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GRegex) pattern = g_regex_new(",(N\\d+),.*,(N\\d+),,$", 0, 0, NULL);
    g_autoptr(kith_builder) b = kith_builder_new();
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    lines = g_strsplit_set(text, "\r\n", -1);
    for (int i = 0; lines[i]; i++) {
        g_autoptr(GMatchInfo) match = NULL;

        if (g_regex_match(pattern, lines[i], 0, &match)) {
            g_autofree char *from = g_match_info_fetch(match, 1),
                            *to = g_match_info_fetch(match, 2);

            sells(b, from, to, NAN, NULL);
        }
    }
    return small_build(b);
}

/* Khan, Peterson & Mann 2021, "The Semiconductor Supply Chain", CSET; rows counted by igraph and
 * networkx. */
static void
the_chip_supply_chain_has_its_known_rows(void **state)
{
    static const struct {
        const char *of, *suppliers;
        int rows, known[8];
    } expected[] = {{"N99", "yes", 8, {1, 5, 8, 6, 8, 5, 4, 4}},
                    {"N8", "no", 8, {1, 1, 1, 1, 1, 1, 1, 1}},
                    {"N11", "no", 5, {1, 4, 1, 1, 1}},
                    {"N91", "no", 3, {5, 1, 1}}};
    g_autoptr(kith_graph) g = chip_supply_chain();

    (void)state;
    if (!g)
        skip();
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autoptr(kith_answer) a =
            ask(g, (const char *[]){"of", expected[i].of, "depth", "10", "suppliers",
                                    expected[i].suppliers, NULL});
        const kith_table *c = kith_answer_find_table(a, "coverage");

        for (int k = 0; k < 10; k++)
            assert_int_equal(small_int(c, k, "known"),
                             k < expected[i].rows ? expected[i].known[k] : 0);
    }
}

static void
parts_multiply_along_ways_and_add_over_them(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"of", "A", NULL});
    const kith_table *t = kith_answer_find_table(a, "layers");

    (void)state;
    assert_float_equal(small_real(t, small_row(t, "node", "B"), "part"), 10.0 / 30, 1e-12);
    assert_float_equal(small_real(t, small_row(t, "node", "D"), "part"),
                       10.0 / 30 * 5 / 6 + 20.0 / 30, 1e-12);
    assert_true(isnan(small_real(t, small_row(t, "node", "E"), "part")));
}

static void
sole_routes_and_shared_customers_are_named(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = ask(g, (const char *[]){"of", "A", NULL});
    g_autoptr(kith_answer) one = ask(g, (const char *[]){"of", "A", "serving", "E", NULL});
    const kith_table *r = kith_answer_find_table(a, "sole_routes");
    const kith_table *o = kith_answer_find_table(a, "overlap");
    const kith_table *e = kith_answer_find_table(one, "overlap");

    (void)state;
    assert_int_equal(kith_table_rows(r), 1);
    assert_string_equal(small_text(r, 0, "node"), "E");
    assert_string_equal(small_text(r, 0, "through"), "D");
    assert_int_equal(small_int(r, 0, "behind"), 2);
    assert_int_equal(kith_table_rows(o), 2);
    assert_string_equal(small_text(o, small_row(o, "customer", "C"), "sellers"), "A; B");
    assert_string_equal(small_text(o, small_row(o, "customer", "D"), "sellers"), "B; C");
    assert_int_equal(kith_table_rows(e), 1);
    assert_string_equal(small_text(e, 0, "sellers"), "D");
}

static void
attribute(kith_builder *b, const char *firm, const char *key, const char *value)
{
    kith_builder_attribute(b, small_node(b, KITH_ORGANISATION, firm), key, value);
}

/* B's customer is known; C's has a need that F meets; D's need is ours to meet, and we did help. */
static void
the_worklist_names_the_missing_step(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    kith_fact help = KITH_FACT_INIT;
    const kith_table *t;

    (void)state;
    sells(b, "Us", "A", 1, NULL);
    sells(b, "Us", "B", 1, NULL);
    sells(b, "Us", "C", 1, NULL);
    sells(b, "Us", "D", 1, NULL);
    sells(b, "B", "X", 1, NULL);
    sells(b, "C", "Y", 1, NULL);
    sells(b, "D", "Z", 1, NULL);
    attribute(b, "Y", "Needs", "boxes; Printing");
    attribute(b, "F", "offers", "printing");
    attribute(b, "Z", "looking for", "storage");
    attribute(b, "Us", "offers", "storage");
    attribute(b, "F", "services", "storage");
    works_at(b, "Pat", "A");
    help.kind = KITH_CONTRIBUTED;
    help.from = small_node(b, KITH_ORGANISATION, "Us");
    help.to = small_node(b, KITH_ORGANISATION, "Z");
    small_fact(b, &help);
    g = small_build(b);
    a = ask(g, (const char *[]){"of", "Us", NULL});
    t = kith_answer_find_table(a, "worklist");
    assert_int_equal(kith_table_rows(t), 4);
    for (int64_t i = 0; i < 4; i++)
        assert_int_equal(small_int(t, i, "steps"), i);
    assert_string_equal(small_text(t, 0, "customer"), "A");
    assert_string_equal(small_text(t, 0, "ask"), "Pat");
    assert_string_equal(small_text(t, 1, "next"), "ask what the customers of B need");
    assert_string_equal(small_text(t, 2, "next"), "Y needs printing: introduce F, who offers it");
    assert_string_equal(small_text(t, 3, "next"), "Z needs storage: you offer it");
    assert_int_equal(small_int(t, 3, "helped"), 1);
}

static void
sell_at_random(kith_builder *b, kith_random *random, int n, int sales, bool edge[8][8])
{
    memset(edge, 0, 8 * sizeof *edge);
    for (int k = 0; k < sales; k++) {
        int i = k ? (int)kith_random_below(random, (uint64_t)n) : 0;
        int j = k ? (int)kith_random_below(random, (uint64_t)n) : 1;
        char from[2] = {(char)('A' + i), 0}, to[2] = {(char)('A' + j), 0};

        sells(b, from, to, NAN, NULL);
        edge[i][j] = true;
    }
}

/* Who is reached from A when `without` is taken away. */
static void
reach(bool edge[8][8], int without, bool seen[8])
{
    memset(seen, 0, 8);
    seen[0] = true;
    for (int round = 0; round < 8; round++)
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
                if (seen[i] && edge[i][j] && j != without)
                    seen[j] = true;
}

/* The definition: a node has a sole route when taking somebody else away cuts it off. */
static void
sole_routes_are_those_whose_removal_cuts_off(void **state)
{
    kith_random random = kith_random_init(7, 7);

    (void)state;
    for (int round = 0; round < 200; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_answer) a = NULL;
        const kith_table *r;
        bool edge[8][8], all[8], left[8];

        sell_at_random(b, &random, 8, 11, edge);
        g = small_build(b);
        a = ask(g, (const char *[]){"of", "A", "depth", "8", NULL});
        r = kith_answer_find_table(a, "sole_routes");
        reach(edge, -1, all);
        for (int v = 1; v < 8; v++) {
            char name[2] = {(char)('A' + v), 0};
            int64_t row = small_row(r, "node", name);
            bool cut = false;

            for (int w = 1; w < 8; w++) {
                reach(edge, w, left);
                cut = cut || (w != v && all[v] && !left[v]);
            }
            assert_int_equal(row >= 0, cut);
            if (row < 0)
                continue;
            reach(edge, small_text(r, row, "through")[0] - 'A', left);
            assert_false(left[v]);
        }
    }
}

static void
a_customer_in_no_row_and_no_owner_are_errors(void **state)
{
    g_autoptr(kith_builder) b = circle();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_answer) a = NULL, f = NULL;
    kith_error err = {0}, other = {0};

    (void)state;
    assert_int_equal(small_ask(&kith_pass_layers, g,
                               (const char *[]){"of", "A", "serving", "F", NULL}, &a, &err),
                     KITH_ERR_NOT_FOUND);
    assert_string_equal(err.message, "F is in none of the 3 rows of A");
    assert_int_equal(small_ask(&kith_pass_layers, g, NULL, &f, &other), KITH_ERR_ARGUMENT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_customers_of_customers),
        cmocka_unit_test(depth_ends_the_walk_and_empty_rows_have_no_share),
        cmocka_unit_test(suppliers_are_found_the_other_way),
        cmocka_unit_test(a_person_stands_for_the_one_firm_they_work_at),
        cmocka_unit_test(nobody_to_start_from_is_an_error),
        cmocka_unit_test(sales_in_two_currencies_have_no_total),
        cmocka_unit_test(rows_are_shortest_distances_on_random_sales),
        cmocka_unit_test(parts_multiply_along_ways_and_add_over_them),
        cmocka_unit_test(sole_routes_and_shared_customers_are_named),
        cmocka_unit_test(the_worklist_names_the_missing_step),
        cmocka_unit_test(sole_routes_are_those_whose_removal_cuts_off),
        cmocka_unit_test(a_customer_in_no_row_and_no_owner_are_errors),
        cmocka_unit_test(the_chip_supply_chain_has_its_known_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
