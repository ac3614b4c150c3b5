/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "edge-list"

static void
edge_list_reads_blanks_tabs_and_commas_and_skips_comments(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "e.txt", "# a comment\n\n0\t1\n1\t2\n", NULL, "tie 0 -- 1\ntie 1 -- 2\n");
    assert_ties(IMPORTER, "e.txt", "% a comment\n  0   1  \r\n1 2\r\n", NULL,
                "tie 0 -- 1\ntie 1 -- 2\n");
    assert_ties(IMPORTER, "e.csv", "0,1,0.5\n1, 2,3\n", NULL, "tie 0 -- 1 x0.5\ntie 1 -- 2 x3\n");
    assert_ties(IMPORTER, "e.txt",
                "\xef\xbb\xbf"
                "7 8",
                NULL, "tie 7 -- 8\n");
}

static void
edge_list_reads_labels_of_any_kind(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "e.ncol", "ann bo 2\nbo 4000000000\n007 7\n", NULL,
                "tie 007 -- 7\ntie ann -- bo x2\ntie bo -- 4000000000\n");
    assert_ties(IMPORTER, "e.txt", "Ann Lee\tBo Chen\nBo Chen\tZo\xeb\n", NULL,
                "tie Ann Lee -- Bo Chen\ntie Bo Chen -- Zoë\n");
}

static void
edge_list_takes_direction_from_comments_unless_the_user_says_otherwise(void **state)
{
    kith_import_options undirected = {.undirected = true}, directed = {.directed = true};

    (void)state;
    assert_ties(IMPORTER, "e.txt", "# Directed graph: x\n0 1\n", NULL, "tie 0 -> 1\n");
    assert_ties(IMPORTER, "e.txt", "# Undirected graph: x\n0 1\n", NULL, "tie 0 -- 1\n");
    assert_ties(IMPORTER, "out.x", "% asym unweighted\n% 1 2 2\n0 1\n", NULL, "tie 0 -> 1\n");
    assert_ties(IMPORTER, "out.x", "% sym unweighted\n0 1\n", NULL, "tie 0 -- 1\n");
    assert_ties(IMPORTER, "e.txt", "# Directed graph: x\n0 1\n", &undirected, "tie 0 -- 1\n");
    assert_ties(IMPORTER, "e.txt", "0 1\n", &directed, "tie 0 -> 1\n");
}

static void
edge_list_numbers_the_sides_of_a_two_mode_file_apart(void **state)
{
    struct imported in = import(IMPORTER, "out.x", "% bip unweighted\n1 1\n2 1\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    assert_int_equal(kith_graph_count(in.graph, KITH_TOPIC), 1);
    assert_int_equal(kith_graph_distinct(in.graph, KITH_MEMBER_OF), 2);
    imported_clear(&in);
}

static void
edge_list_tells_times_from_weights(void **state)
{
    kith_import_options weight = {.weight = "4"};

    (void)state;
    assert_ties(IMPORTER, "m.txt", "1 2 1082040961\n3 4 1082155839\n", NULL,
                "tie 1 -- 2 on 2004-04-15T14:56:01Z\ntie 3 -- 4 on 2004-04-16T22:50:39Z\n");
    assert_ties(IMPORTER, "out.x", "1 2 3 1082040961\n", NULL,
                "tie 1 -- 2 on 2004-04-15T14:56:01Z x3\n");
    assert_ties(IMPORTER, "e.txt", "1 2 3 9\n", &weight, "tie 1 -- 2 x9\n");
}

static void
edge_list_reads_the_braces_of_networkx(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "c.edgelist", "0 4 {'weight': 0.25}\n0 5 {}\n", NULL,
                "tie 0 -- 4 x0.25\ntie 0 -- 5\n");
}

static void
edge_list_leaves_out_a_line_of_sizes_and_says_so(void **state)
{
    struct imported in = import(IMPORTER, "n.txt", "3 2\n0 1 0.5\n1 2 0.5\n", NULL);

    (void)state;
    assert_string_equal(in.ties, "tie 0 -- 1 x0.5\ntie 1 -- 2 x0.5\n");
    assert_string_equal(in.heard, "warn 1:1 '3 2' read as the numbers of nodes and edges\n");
    imported_clear(&in);
}

static void
edge_list_reports_the_place_of_what_is_wrong(void **state)
{
    kith_import_options weight = {.weight = "trust"};

    (void)state;
    assert_error(
        IMPORTER, "e.txt", "# x\n0 1\n2\n", NULL,
        "e.txt:3:1: found one field on the line (expected two labels and perhaps a weight)");
    assert_error(
        IMPORTER, "e.txt", "0 1 2 3 4 5 6 7 8\n", NULL,
        "e.txt:1:1: found too many fields on the line (expected two labels and perhaps a weight)");
    assert_error(IMPORTER, "e.txt", "0 1 2\n10 11 abc\n", NULL,
                 "e.txt:2:7: bad weight 'abc' (expected a number above 0)");
    assert_error(IMPORTER, "e.txt", "0 1 -2\n", NULL,
                 "e.txt:1:5: bad weight '-2' (expected a number above 0)");
    assert_error(IMPORTER, "e.txt", "0 1 nan\n", NULL,
                 "e.txt:1:5: bad weight 'nan' (expected a number above 0)");
    assert_error(
        IMPORTER, "e.txt", "0 1 2\n", &weight,
        "e.txt:0:0: no column 'trust' for the weight: an edge list's columns are numbered, "
        "from 3 on");
}

static void
edge_list_reads_lines_that_lie_across_its_blocks(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct imported in;

    (void)state;
    for (int i = 0; i < 40000; i++)
        g_string_append_printf(text, "%d %d\n", i, i + 1);
    in = import(IMPORTER, "long.txt", text->str, NULL);
    assert_string_equal(in.error, "");
    assert_int_equal(in.records, 40000);
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 40001);
    imported_clear(&in);
}

static void
edge_list_refuses_a_line_without_end(void **state)
{
    g_autofree char *text = g_strnfill(3 << 20, '1');

    (void)state;
    assert_error(IMPORTER, "e.txt", text, NULL, "e.txt:1:1: a line of more than 1 MB");
}

static void
edge_list_is_not_prose_or_a_list_or_a_matrix_file(void **state)
{
    static const char prose[] =
        "The file contains the network of games\nbetween Division IA colleges "
        "during\nregular season Fall, as compiled\nby two people here.\n";

    (void)state;
    assert_int_equal(import_probe(IMPORTER, "readme.txt", prose), 0);
    assert_int_equal(import_probe(IMPORTER, "seeds.txt", "12\n1\n14\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "a.mtx", "%%MatrixMarket matrix\n3 3 2\n1 2\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "a.dat", "ann bo\nbo cy\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "a.dat", "1710410000 1 2\n1710410020 1 4\n"), 0);
    assert_true(import_probe(IMPORTER, "a.txt", "ann bo\nbo cy\n") > 0);
    assert_true(import_probe(IMPORTER, "a.ncol.gz", "ann bo\nbo cy\n") > 0);
    assert_true(import_probe(IMPORTER, "a", "1 2\n2 3\n") > 0);
    assert_true(import_probe(IMPORTER, "a", "# Nodes: 3 Edges: 2\n1 2\n2 3\n") >= 80);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edge_list_reads_blanks_tabs_and_commas_and_skips_comments),
        cmocka_unit_test(edge_list_reads_labels_of_any_kind),
        cmocka_unit_test(edge_list_takes_direction_from_comments_unless_the_user_says_otherwise),
        cmocka_unit_test(edge_list_numbers_the_sides_of_a_two_mode_file_apart),
        cmocka_unit_test(edge_list_tells_times_from_weights),
        cmocka_unit_test(edge_list_reads_the_braces_of_networkx),
        cmocka_unit_test(edge_list_leaves_out_a_line_of_sizes_and_says_so),
        cmocka_unit_test(edge_list_reports_the_place_of_what_is_wrong),
        cmocka_unit_test(edge_list_reads_lines_that_lie_across_its_blocks),
        cmocka_unit_test(edge_list_refuses_a_line_without_end),
        cmocka_unit_test(edge_list_is_not_prose_or_a_list_or_a_matrix_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
