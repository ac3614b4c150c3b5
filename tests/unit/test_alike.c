/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_alike.c - in which fields ties differ, as a slow look at every pair says it. */
#include "../support/import.h"

static bool
same_text(const char *a, const char *b)
{
    return g_strcmp0(a, b) == 0;
}

static bool
same_number(double a, double b)
{
    return a == b || (a != a && b != b);
}

static unsigned
same_fields(const kith_tie *a, const kith_tie *b)
{
    return (a->kind == b->kind ? KITH_SAME_KIND : 0) |
           (a->when == b->when && a->precision == b->precision ? KITH_SAME_WHEN : 0) |
           (a->until == b->until ? KITH_SAME_UNTIL : 0) |
           (same_number(a->weight, b->weight) ? KITH_SAME_WEIGHT : 0) |
           (same_number(a->amount, b->amount) ? KITH_SAME_AMOUNT : 0) |
           (same_text(a->currency, b->currency) ? KITH_SAME_CURRENCY : 0) |
           (same_text(a->status, b->status) ? KITH_SAME_STATUS : 0) |
           (same_text(a->channel, b->channel) ? KITH_SAME_CHANNEL : 0) |
           (same_text(a->detail, b->detail) ? KITH_SAME_DETAIL : 0) |
           (a->undirected == b->undirected ? KITH_SAME_UNDIRECTED : 0) |
           (same_text(a->source, b->source) ? KITH_SAME_SOURCE : 0) |
           (a->line == b->line ? KITH_SAME_LINE : 0);
}

/* Every tie with every other. */
static unsigned
slowly_alike(const kith_graph *graph)
{
    unsigned alike = kith_graph_ties(graph) ? KITH_SAME_ATTRIBUTES * 2 - 1 : 0;
    const char *key, *value;

    for (int64_t i = 0; i < kith_graph_ties(graph); i++)
        for (int64_t k = 0; k < kith_graph_ties(graph); k++) {
            kith_tie a, b;

            kith_graph_tie(graph, i, &a);
            kith_graph_tie(graph, k, &b);
            alike &= same_fields(&a, &b) | KITH_SAME_ATTRIBUTES;
            if (kith_graph_tie_attribute_at(graph, i, 0, &key, &value))
                alike &= ~(unsigned)KITH_SAME_ATTRIBUTES;
        }
    return alike;
}

static void
assert_alike(const char *importer, const char *text)
{
    struct imported in = import(importer, "ties.csv", text, NULL);
    kith_tie first, told = {0};

    assert_string_equal(in.error, "");
    assert_int_equal(kith_graph_ties_alike(in.graph, &told), slowly_alike(in.graph));
    kith_graph_tie(in.graph, 0, &first);
    assert_int_equal(told.kind, first.kind);
    assert_true(told.from == first.from && told.to == first.to);
    imported_clear(&in);
}

static void
columns_differ_in_weights_and_times_or_in_nothing(void **state)
{
    (void)state;
    assert_alike("edge-list", "1 2\n");
    assert_alike("edge-list", "1 2\n2 3\n3 4\n");
    assert_alike("edge-list", "1 2 5\n2 3 5\n3 4 5\n");
    assert_alike("edge-list", "1 2 5\n2 3 5\n3 4 6\n");
    assert_alike("edge-list", "1 2 1 1000000000\n2 3 1 1000000000\n");
    assert_alike("edge-list", "1 2 1 1000000000\n2 3 1 1000000001\n");
}

static void
rows_differ_in_what_they_say(void **state)
{
    static const char *const words[] = {"",     "knows", "referred", "tie",  "2024-01-02", "2024",
                                        "2",    "0.5",   "12.5",     "GBP",  "won",        "CTO",
                                        "good", "email", "2023-05",  "lost", "7",          "EUR"};
    static const size_t of[][3] = {{1, 2, 3},  {0, 4, 5},   {0, 6, 7},   {0, 8, 16},
                                   {0, 9, 17}, {0, 10, 15}, {0, 11, 11}, {0, 12, 12}};
    GRand *random = g_rand_new_with_seed(7);

    (void)state;
    for (int round = 0; round < 60; round++) {
        g_autoptr(GString) text =
            g_string_new("from,to,kind,date,weight,amount,currency,status,detail,Mood\n");
        int differ = g_rand_int_range(random, 0, 1 << G_N_ELEMENTS(of));

        for (int row = 0; row < 4; row++) {
            g_string_append_printf(text, "Ann,Bo%d", row);
            for (size_t k = 0; k < G_N_ELEMENTS(of); k++) {
                int which = differ & 1 << k ? g_rand_int_range(random, 0, 3) : round % 3;

                g_string_append_printf(text, ",%s", words[of[k][which]]);
            }
            g_string_append_c(text, '\n');
        }
        assert_alike("pairs", text->str);
    }
    g_rand_free(random);
}

static void
without_ties_nothing_is_alike(void **state)
{
    struct imported in =
        import("graphml", "g.graphml",
               "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/></graph></graphml>", NULL);
    kith_tie tie;

    (void)state;
    assert_non_null(in.graph);
    assert_int_equal(kith_graph_ties_alike(in.graph, &tie), 0);
    imported_clear(&in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_differ_in_weights_and_times_or_in_nothing),
        cmocka_unit_test(rows_differ_in_what_they_say),
        cmocka_unit_test(without_ties_nothing_is_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
