/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_edge_scan.c - whether a file goes into columns or becomes rows, nobody can tell afterwards. */
#include "../support/dump.h"
#include "../support/import.h"
#include "../support/share.h"
#include "model/edges.h"
#include <glib/gstdio.h>
#include <kith/load.h>
#include <stdlib.h>

static void
assert_same(const char *importer, const char *name, const char *text, kith_import_options options)
{
    struct imported fast, slow;
    g_autofree char *a = NULL, *b = NULL;

    options.rows = true;
    slow = import(importer, name, text, &options);
    options.rows = false;
    fast = import(importer, name, text, &options);
    assert_string_equal(fast.error, slow.error);
    assert_string_equal(fast.heard, slow.heard);
    assert_int_equal(fast.status, slow.status);
    if (fast.status == KITH_OK) {
        a = dump_graph(fast.graph);
        b = dump_graph(slow.graph);
        assert_string_equal(a, b);
        if (fast.graph->edges) {
            g_autoptr(kith_graph) rows = kith_edges_unfold(fast.graph);

            free(g_steal_pointer(&a));
            a = dump_graph(rows);
            assert_string_equal(a, b);
        }
        assert_int_equal(kith_graph_distinct(fast.graph, KITH_TIE),
                         kith_graph_distinct(slow.graph, KITH_TIE));
    }
    imported_clear(&fast);
    imported_clear(&slow);
}

static const char *
pick(GRand *random, const char *const *words, int n)
{
    return words[g_rand_int_range(random, 0, n)];
}

#define PICK(random, words) pick(random, words, (int)G_N_ELEMENTS(words))

static void
add_label(GString *out, GRand *random, int kind)
{
    static const char *const words[] = {"ann", "bo",  "Zo\xc3\xab", "a01",   "a1",  "a-b",
                                        "A B", "x_9", "9x",         "cho-2", "cho", "Cho",
                                        "a.b", "007", "7",          "10",    "1e3", "\xe5\xb1\xb1",
                                        "a10", "a9",  "-",          "n/a"};

    if (kind == 0 || g_rand_int_range(random, 0, 4) == 0)
        g_string_append_printf(out, "%d", g_rand_int_range(random, 0, 30));
    else if (kind == 1)
        g_string_append_printf(out, "%s%d", g_rand_boolean(random) ? "" : "99999999",
                               g_rand_int_range(random, 1, 1000000));
    else
        g_string_append(out, PICK(random, words));
}

/* Now and then something that is not usual: the rest of the file is then read in full. */
static const char *
odd_line(GRand *random)
{
    static const char *const lines[] = {
        "",           "# a comment",       "  % another",     "1 2 nan\n", "only",
        "\xff\xfe 3", "5 6 {'weight': 2}", "1 2 3 4 5 6 7 8", "a\tb\tc",   "\r",
        "5 6\r7"};

    return PICK(random, lines);
}

static char *
random_list(GRand *random, int kind)
{
    static const char *const separators[] = {" ", "\t", ",", ";", "  "};
    static const char *const weights[] = {"1", "2", "0.5", "1.25", "3e2", "17", "0.1"};
    const char *separator = PICK(random, separators),
               *end = g_rand_int_range(random, 0, 4) ? "\n" : "\r\n";
    int rows = g_rand_int_range(random, 1, 60), columns = g_rand_int_range(random, 0, 4);
    bool odd = g_rand_int_range(random, 0, 3) == 0;
    GString *out = g_string_new(NULL);

    for (int i = 0; i < rows; i++) {
        if (odd && g_rand_int_range(random, 0, 12) == 0)
            g_string_append_printf(out, "%s%s", odd_line(random), end);
        add_label(out, random, kind);
        g_string_append(out, separator);
        add_label(out, random, kind);
        if (columns == 1)
            g_string_append_printf(out, "%s%s", separator, PICK(random, weights));
        if (columns == 2)
            g_string_append_printf(out, "%s%d", separator,
                                   g_rand_int_range(random, 1000000000, 1000200000));
        if (columns == 3 && g_rand_boolean(random))
            g_string_append_printf(out, "%s%s%s%d", separator, PICK(random, weights), separator,
                                   g_rand_int_range(random, 1000000000, 1000200000));
        if (i + 1 < rows || g_rand_boolean(random))
            g_string_append(out, end);
    }
    return g_string_free(out, FALSE);
}

static void
edge_lists_give_the_same_graph_as_columns_and_as_rows(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < (guint32)share_of(600); seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        kith_import_options options = {
            .directed = seed % 3 == 0, .undirected = seed % 3 == 1, .threads = seed % 4};
        g_autofree char *text = random_list(random, (int)(seed % 5) % 3);

        assert_same("edge-list", "e.txt", text, options);
        g_rand_free(random);
    }
}

/* Numbers are read eight digits at once. */
static void
numbers_of_every_length_are_the_labels_they_are_as_rows(void **state)
{
    static const char digits[] = "12345678901234567890";

    (void)state;
    for (size_t length = 1; length <= 20; length++)
        for (int zeros = 0; zeros <= 2; zeros++)
            for (int other = 1; other <= 9; other += 4) {
                g_autofree char *text =
                    g_strdup_printf("5 6\n%.*s%.*s\t%.*s\n7 %.*s\n9%.*s 1%s", zeros, "00",
                                    (int)length, digits, other, digits, (int)length, digits,
                                    (int)length - 1, digits, other == 5 ? "\n" : "");

                assert_same("edge-list", "e.txt", text, (kith_import_options){.threads = 1});
            }
}

static char *
random_table(GRand *random, int kind)
{
    static const char *const headers[] = {
        "source,target",        "source,target,weight",
        "weight,from,to",       "\"source\",\"target\",\"weight\"",
        "Source;Target;Weight", "from\tto\tweight",
        "source,target,note"};
    static const char *const odd[] = {
        "",     ",,",         "a,b,c,d,e", "\"a,b\",c,1", "\"x\"\"y\",b,2", "a@example.org,b,1",
        "a,,1", " a , b , 1", "a,b,-1",    "a,b,",        "\xff,b,1",       "\"a\nb\",c,1"};
    const char *header = PICK(random, headers);
    char separator = strchr(header, ';') ? ';' : strchr(header, '\t') ? '\t' : ',';
    bool strange = g_rand_boolean(random), first = strncmp(header, "weight", 6) == 0;
    int columns = 1 + (strchr(header, separator) != strrchr(header, separator));
    GString *out = g_string_new(header);

    g_string_append_c(out, '\n');
    for (int i = g_rand_int_range(random, 1, 40); i > 0; i--) {
        if (strange && g_rand_int_range(random, 0, 10) == 0)
            g_string_append_printf(out, "%s\n",
                                   g_rand_int_range(random, 0, 3) ? PICK(random, odd) : header);
        if (first)
            g_string_append_printf(out, "%d%c", g_rand_int_range(random, 1, 9), separator);
        add_label(out, random, kind);
        g_string_append_c(out, separator);
        add_label(out, random, kind);
        if (columns == 2 && !first)
            g_string_append_printf(out, "%c%d", separator, g_rand_int_range(random, 1, 9));
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* What is seen first holds numbers alone; "007" behind it is a label of its own all the same. */
static void
zeros_in_front_are_seen_behind_a_head_without_any(void **state)
{
    static const char *const odd[] = {"01", "007", "000005", "0000005", "00000005", "00", "0"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
        g_autoptr(GString) text = g_string_new(NULL);

        while (text->len < 100000)
            g_string_append(text, "1 5\n5 7\n");
        g_string_append_printf(text, "%s 5\n7 %s\n", odd[i], odd[i]);
        assert_same("edge-list", "e.txt", text->str, (kith_import_options){.threads = 1});
    }
}

static void
a_return_within_a_line_ends_no_label(void **state)
{
    static const char *const lists[] = {"1 1\n2 1\n1 1\r4", "1 1\n2 1\n1 1\r4\n",
                                        "1 1 2\n2 1\r4",    "1 1\r",
                                        "1 1\r\r\n2 1",     "1\r2 3\n4 5"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        assert_same("edge-list", "e.txt", lists[i], (kith_import_options){.threads = 1});
}

static void
tables_give_the_same_graph_as_columns_and_as_rows(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < (guint32)share_of(600); seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        kith_import_options options = {.directed = seed % 2, .threads = seed % 4};
        g_autofree char *text = random_table(random, (int)(seed % 3));

        assert_same("pairs", "e.csv", text, options);
        g_rand_free(random);
    }
}

/* Separator and encoding are those that the whole file begins with, whatever the rows are like that are left to the slow reader. */
static void
what_comes_late_in_a_table_is_read_as_the_whole_file_began(void **state)
{
    static const char *const late[] = {"x;y\n",
                                       "x\ty\n",
                                       "a|b\n",
                                       "\xe9va,b\n",
                                       "\xff,b\n",
                                       "Zo\xc3\xab \xe9,b\n",
                                       "a,b\nfrom\tto\n",
                                       "from\tto\na\tb\n",
                                       "a,b,\xe9\n",
                                       "\"a\nb\",c\n",
                                       "Zo\xc3\xab,b\n\xe9va,b\n"};
    static const char *const early[] = {"a", "Zo\xc3\xab", ""};
    static const int rows[] = {0, 3, 30, 9000};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(late) * G_N_ELEMENTS(early) * G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) text = g_string_new("from,to\n");
        const char *first = early[i / G_N_ELEMENTS(late) % G_N_ELEMENTS(early)];

        for (int n = rows[i / G_N_ELEMENTS(late) / G_N_ELEMENTS(early)]; n > 0; n--)
            g_string_append_printf(text, "%s%d,%d\n", first, n, n / 2);
        for (int n = 0; n < 30; n++)
            g_string_append(text, late[i % G_N_ELEMENTS(late)]);
        assert_same("pairs", "e.csv", text->str, (kith_import_options){.threads = 2});
    }
}

/* Many blocks, so that several threads are at work, and a row in the middle that stops them. */
static void
long_lists_are_the_same_on_any_number_of_threads(void **state)
{
    GRand *random = g_rand_new_with_seed(7);
    g_autoptr(GString) text = g_string_new("# long\n");

    (void)state;
    for (int i = 0; i < 60000; i++) {
        if (i == 45000)
            g_string_append(text, "\n# halfway\n\n");
        g_string_append_printf(text, "%d %d\n", g_rand_int_range(random, 0, 5000),
                               g_rand_int_range(random, 0, 5000));
    }
    for (int threads = 1; threads < 5; threads += 3) {
        assert_same("edge-list", "e.txt", text->str, (kith_import_options){.threads = threads});
        g_string_append(text, "ann 5\nann 7\n");
        assert_same("edge-list", "e.txt", text->str, (kith_import_options){.threads = threads});
    }
    g_string_append(text, "5 6 nan\n");
    assert_same("edge-list", "e.txt", text->str, (kith_import_options){.threads = 2});
    g_rand_free(random);
}

static void
a_label_of_any_size_costs_what_one_label_costs(void **state)
{
    struct imported in = import("edge-list", "e.txt", "1 1000000000000\n1000000000000 2\n", NULL);

    (void)state;
    assert_non_null(in.graph->edges);
    assert_int_equal(kith_graph_nodes(in.graph), 3);
    assert_string_equal(kith_graph_label(in.graph, 2), "1000000000000");
    assert_string_equal(kith_graph_id(in.graph, 2), "1000000000000");
    imported_clear(&in);
}

static void
a_second_source_turns_columns_into_rows(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_build_options options = {.as_of = KITH_TIME_NONE};
    kith_graph *graph = NULL;
    const kith_importer *importer = kith_importer_find("edge-list");

    (void)state;
    for (int i = 0; i < 2; i++) {
        g_autoptr(kith_source) source =
            kith_source_from_memory(i ? "b.txt" : "a.txt", "1 2\n2 3\n", 8);

        kith_builder_begin(b, source, importer->name);
        assert_int_equal(importer->read(source, NULL, b, NULL), KITH_OK);
        assert_int_equal(kith_builder_end(b, NULL), KITH_OK);
    }
    assert_int_equal(kith_builder_facts(b), 4);
    assert_int_equal(kith_builder_build(b, &options, &graph, NULL), KITH_OK);
    assert_int_equal(kith_graph_ties(graph), 4);
    assert_int_equal(kith_graph_sources(graph), 2);
    kith_graph_free(graph);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edge_lists_give_the_same_graph_as_columns_and_as_rows),
        cmocka_unit_test(numbers_of_every_length_are_the_labels_they_are_as_rows),
        cmocka_unit_test(zeros_in_front_are_seen_behind_a_head_without_any),
        cmocka_unit_test(a_return_within_a_line_ends_no_label),
        cmocka_unit_test(tables_give_the_same_graph_as_columns_and_as_rows),
        cmocka_unit_test(what_comes_late_in_a_table_is_read_as_the_whole_file_began),
        cmocka_unit_test(long_lists_are_the_same_on_any_number_of_threads),
        cmocka_unit_test(a_label_of_any_size_costs_what_one_label_costs),
        cmocka_unit_test(a_second_source_turns_columns_into_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
