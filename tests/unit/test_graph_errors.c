/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_graph_errors.c - a graph file that is wrong is refused, with the place and what was expected there. */
#include "../support/import.h"

struct broken {
    const char *importer, *name, *text, *error;
};

static const struct broken broken[] = {
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\"\n2 \"Bo\"\n*Edges\n1 2 -1\n",
     "a.net:5:5: negative weight '-1' (expected above 0: ties have no sign here)"},
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\"\n2 \"Bo\"\n*Edges\n1 2 0\n",
     "a.net:5:5: bad weight '0' (expected a finite number above 0)"},
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\"\n2 \"Bo\"\n*Edges\n1 2 NaN\n",
     "a.net:5:5: found 'NaN' (expected a finite weight above 0)"},
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\"\n2 \"Bo\"\n*Edges\n1 3\n",
     "a.net:5:3: vertex '3' (expected a number, 1 to 2)"},
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\"\n2 \"Bo\"\n*Edges\n1\n",
     "a.net:5:2: the end of the line (expected a vertex number)"},
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\n",
     "a.net:2:3: a quote without its end (expected \" on the same line)"},
    {"pajek", "a.net", "*Vertices 2\n1 \"Ann\"\n1 \"Bo\"\n",
     "a.net:3:1: a second node with the id '1' (expected each id once)"},
    {"pajek", "a.net", "*Vertices two\n",
     "a.net:1:11: found 'two' (expected the number of vertices)"},
    {"pajek", "a.net", "*Vertices 2 3\n",
     "a.net:1:13: found '3' (expected the number of vertices of the first mode)"},
    {"pajek", "a.net", "*Edges\n1 2\n", "a.net:1:1: ties before '*Vertices N' (expected after)"},
    {"pajek", "a.net", "*Vertices 2\n*Matrix\n0 1\n1\n",
     "a.net:5:1: the end of the matrix in row 2 (expected 2 rows)"},
    {"pajek", "a.net", "*Vertices 2\n*Matrix\n0 1\n1 0 1\n",
     "a.net:4:5: found '1' (expected the end of the matrix)"},
    {"pajek", "a.net", "*Vertices 3\n1\n1\n*Edges\n1 2\n",
     "a.net:3:1: no vertex number of its own (expected 1 to 3, each once)"},
    {"pajek", "a.paj", "*Partition p\n*Vertices 2\n1\n1\n",
     "a.paj:3:1: 'p' without its network (expected a network before it)"},
    {"pajek", "a.paj", "*Vertices 2\n1 a\n2 b\n*Partition p\n*Vertices 2\n1\nx\n",
     "a.paj:7:1: bad value 'x' (expected a finite number)"},
    {"pajek", "a.paj", "*Vertices 2\n1 a\n2 b\n*Partition p\n*Vertices 2\n1\n",
     "a.paj:7:1: 'p' ends with number 1 (expected 2)"},
    {"ucinet-dl", "a.dl", "dl n=2 format=edgelist1\ndata:\n1 2 -3\n",
     "a.dl:3:5: negative weight '-3' (expected above 0: ties have no sign here)"},
    {"ucinet-dl", "a.dl", "dl n=2 format=edgelist1\ndata:\n1 3\n",
     "a.dl:3:3: found '3' (expected a number, 1 to 2)"},
    {"ucinet-dl", "a.dl", "dl n=2 format=edgelist1\ndata:\n1\n",
     "a.dl:3:2: the end of the line (expected two ends)"},
    {"ucinet-dl", "a.dl", "dl n=2 format=blockmatrix\ndata:\n1\n",
     "a.dl:1:15: the format 'blockmatrix' (expected fullmatrix, upperhalf, lowerhalf, nodelist1, "
     "nodelist1b, nodelist2, edgelist1 or edgelist2)"},
    {"ucinet-dl", "a.dl", "dl n=2 labels: a data: 0 1 1 0\n",
     "a.dl:1:18: the labels end with number 1 (expected 2)"},
    {"ucinet-dl", "a.dl", "dl n=2\nlabels:\na\ndata:\n0 1 1 0\n",
     "a.dl:4:1: the labels end with number 1 (expected 2)"},
    {"ucinet-dl", "a.dl", "dl n=2 data:\n0 1\n1\n",
     "a.dl:4:1: the end of the file (expected a value)"},
    {"ucinet-dl", "a.dl", "dl n=2 data:\n0 1\n1 0 0\n",
     "a.dl:3:5: found '0' (expected the end of the matrix)"},
    {"ucinet-dl", "a.dl", "dl n=2 data:\n0 1\n1 nan\n",
     "a.dl:3:3: bad weight 'nan' (expected a finite number above 0)"},
    {"ucinet-dl", "a.dl", "dl format=edgelist1 data:\n1 2\n",
     "a.dl:1:21: no number of rows (expected N= or NR=)"},
    {"ucinet-dl", "a.dl", "dl n=2 size=3 data:\n1 2\n",
     "a.dl:1:8: found 'size' (expected a keyword such as N, FORMAT, LABELS or DATA)"},
    {"ucinet-dl", "a.dl", "dl n=2 nm=1 format=nodelist1 data:\n1 2\n!\n2 1\n",
     "a.dl:3:1: one more matrix (expected NM, 1)"},
    {"gml", "a.gml", "graph [\n  node [ id 1 ]\n  node [ id 1 ]\n]\n",
     "a.gml:3:3: a second node with the id '1' (expected each id once)"},
    {"gml", "a.gml", "graph [\n  node [ label \"a\" ]\n]\n",
     "a.gml:2:3: a node without an id (expected one)"},
    {"gml", "a.gml", "graph [\n  node [ id 1 ]\n  edge [ source 1 ]\n]\n",
     "a.gml:3:3: an edge without a target (expected one)"},
    {"gml", "a.gml", "graph [\n  node [ id 1 ]\n  edge [ source 1 target 1 weight -2 ]\n]\n",
     "a.gml:3:3: negative weight '-2' (expected above 0: ties have no sign here)"},
    {"gml", "a.gml", "graph [\n  node [ id 1 ",
     "a.gml:2:15: found the end of the file (expected a key or ']')"},
    {"gml", "a.gml", "graph [\n  node [ id \"1 ]\n]",
     "a.gml:2:13: a text without its end (expected \")"},
    {"gml", "a.gml", "graph [\n  node [ id ] ]\n", "a.gml:2:13: found ']' (expected a value)"},
    {"gml", "a.gml", "graph [\n edge [ source 1 target 2 ]\n directed 1\n]",
     "a.gml:3:11: 'directed' after edges (expected before them)"},
    {"dot", "a.dot", "graph {\n a -> b\n}", "a.dot:2:4: found '->' (expected '--' in a graph)"},
    {"dot", "a.dot", "digraph {\n a -> \n}",
     "a.dot:3:1: found '}' (expected a node or a subgraph)"},
    {"dot", "a.dot", "graph {\n a -- b [weight=x]\n}",
     "a.dot:2:2: bad weight 'x' (expected a finite number above 0)"},
    {"dot", "a.dot", "graph {\n a -- b",
     "a.dot:2:8: found the end of the file (expected a statement or '}')"},
    {"dot", "a.dot", "graph {\n \"a -- b\n}", "a.dot:2:2: a text without its end (expected \")"},
    {"dot", "a.dot", "graph {\n /* a }", "a.dot:2:2: a comment without its end (expected */)"},
    {"dot", "a.dot", "graph {\n a [label=<b]\n}",
     "a.dot:2:11: an HTML text without its end (expected >)"},
    {"dot", "a.dot", "graph {\n a = ;\n}", "a.dot:2:6: found ';' (expected a value)"},
    {"gexf", "a.gexf", "<gexf><graph>\n<nodes><node label='a'/></nodes></graph></gexf>",
     "a.gexf:2:0: a node without an id (expected one)"},
    {"gexf", "a.gexf",
     "<gexf><graph>\n<nodes><node id='a'/>\n<node id='a'/></nodes></graph></gexf>",
     "a.gexf:3:0: a second node with the id 'a' (expected each id once)"},
    {"gexf", "a.gexf",
     "<gexf><graph><nodes><node id='a'/></nodes>\n<edges><edge source='a'/></edges></graph></gexf>",
     "a.gexf:2:0: an edge without a target (expected one)"},
    {"gexf", "a.gexf",
     "<gexf><graph><nodes><node id='a'/></nodes>\n<edges>\n<edge source='a' target='a' "
     "weight='NaN'/></edges></graph></gexf>",
     "a.gexf:3:0: bad weight 'NaN' (expected a finite number above 0)"},
    {"gexf", "a.gexf",
     "<gexf><graph><nodes><node id='a'/></nodes>\n<edges>\n<edge source='a' target='a' "
     "type='both'/></edges></graph></gexf>",
     "a.gexf:3:0: the edge type 'both' (expected directed, undirected or mutual)"},
    {"ncol", "a.ncol", "ann bob 1\nann\n", "a.ncol:2:4: one name on the line (expected two)"},
    {"ncol", "a.ncol", "ann bob 1 2\n",
     "a.ncol:1:11: '2' after the weight (expected the end of the line)"},
    {"ncol", "a.ncol", "ann bob inf\n",
     "a.ncol:1:9: bad weight 'inf' (expected a finite number above 0)"},
    {"lgl", "a.lgl", "ann 1\n", "a.lgl:1:1: a neighbour before any node (expected '# name')"},
    {"lgl", "a.lgl", "# ann\nbob 1 2\n",
     "a.lgl:2:7: '2' after the weight (expected the end of the line)"},
    {"lgl", "a.lgl", "#\nbob 1\n", "a.lgl:1:2: '#' without a name (expected '# name')"},
    {"leda", "a.lgr", "LEDA.GRAPH\nstring\nint\n-2\n2\n|{a}|\n|{b}|\n1\n1 3 0 |{2}|\n",
     "a.lgr:9:3: found '3' (expected a node, 1 to 2)"},
    {"leda", "a.lgr", "LEDA.GRAPH\nstring\nint\n-2\n2\n|{a}|\nb\n",
     "a.lgr:7:1: found 'b' (expected a node as |{…}|)"},
    {"leda", "a.lgr", "LEDA.GRAPH\nstring\nint\n-2\n2\n|{a}|\n",
     "a.lgr:7:1: the end of the file (expected a node)"},
    {"leda", "a.lgr", "LEDA.GRAPH\nstring\nint\nmany\n",
     "a.lgr:4:1: found 'many' (expected the number of nodes)"},
    {"dimacs", "a.col", "p edge 2 1\ne 1 3\n", "a.col:2:5: vertex 3 (expected 1 to 2)"},
    {"dimacs", "a.col", "e 1 2\n", "a.col:1:1: found 'e' (expected 'p edge N M' first)"},
    {"dimacs", "a.col", "p cnf 2 1\n",
     "a.col:1:3: the problem 'cnf' is not a graph's (expected edge, col, sp or max)"},
    {"dimacs", "a.col", "p edge 2 1\ne 1 2 0\n",
     "a.col:2:7: bad weight '0' (expected a finite number above 0)"},
    {"dimacs", "a.col", "p edge 2 1\nq 1 2\n", "a.col:2:1: found 'q' (expected c, p, e, a or n)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate complex general\n1 1 0\n",
     "a.mtx:1:34: found 'complex' (expected pattern, real, integer, double)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate real skew-symmetric\n1 1 0\n",
     "a.mtx:1:39: found 'skew-symmetric' (expected general, symmetric)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 3 1\n",
     "a.mtx:3:3: index 3 (expected 1 to 2)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 2 1\n",
     "a.mtx:4:1: the entries end with number 1 (expected 2)"},
    {"matrix-market", "a.mtx",
     "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 1\n2 1 1\n",
     "a.mtx:4:1: more entries than the size line says (1)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 -1\n",
     "a.mtx:3:5: negative weight '-1' (expected above 0: ties have no sign here)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2\n",
     "a.mtx:3:4: the end of the line (expected a value)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix array real general\n2 2\n1\n2\n0\n",
     "a.mtx:6:1: the end in column 2 (expected a value for row 2)"},
    {"matrix-market", "a.mtx", "%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n1 2 1\n",
     "a.mtx:2:5: a symmetric matrix of 2 rows and 3 columns (expected a square)"},
    {"sociopatterns", "a.dat", "20 1 2\n40 1\n",
     "a.dat:2:5: the end of the line (expected a time and two people)"},
    {"sociopatterns", "a.dat", "20 1 2\nsoon 1 2\n",
     "a.dat:2:1: bad time 'soon' (expected whole seconds)"},
    {"sociopatterns", "a.dat", "20 1 2 A B C\n",
     "a.dat:1:12: 'C' in column 6 (expected at most 5)"},
    {"adjacency-csv", "a.csv", ",a,b\na,0,1\n",
     "a.csv:3:1: the rows end with number 1 (expected 2, one for each column)"},
    {"adjacency-csv", "a.csv", ",a,b\na,0,1\nc,1,0\n",
     "a.csv:3:1: the row 'c' (expected the label of a column)"},
    {"adjacency-csv", "a.csv", ",a,b\na,0,x\nb,1,0\n",
     "a.csv:2:5: bad weight 'x' (expected a finite number above 0)"},
    {"adjacency-csv", "a.csv", ",a,b\na,0,1,7\nb,1,0\n",
     "a.csv:2:7: cell 3 of the row (expected 2)"},
    {"adjacency-csv", "a.csv", ",a,\na,0,1\nb,1,0\n", "a.csv:2:5: cell 2 of the row (expected 1)"},
    {"json-graph", "a.json", "{\"nodes\": [\n {\"id\": 1},\n {\"id\": 1}],\n \"links\": []}",
     "a.json:3:0: a second node with the id '1' (expected each id once)"},
    {"json-graph", "a.json", "{\"nodes\": [\n {\"id\": 1},\n {\"x\": 1}],\n \"links\": []}",
     "a.json:3:0: a node without an id (expected all nodes to have one, or none)"},
    {"json-graph", "a.json",
     "{\"nodes\": [{\"x\": 1}],\n \"links\": [{\"source\": 0,\n \"target\": 1}]}",
     "a.json:2:0: 'target' is 1 (expected a position, 0 to 0, or a name)"},
    {"json-graph", "a.json", "{\"nodes\": [{\"id\": 1}],\n \"links\": [{\"source\": 1}]}",
     "a.json:2:0: a tie without 'target' (expected one)"},
    {"json-graph", "a.json",
     "{\"nodes\": [{\"id\": 1}],\n \"links\": [\n{\"source\": 1, \"target\": 1, \"weight\": -1}]}",
     "a.json:3:0: negative weight '-1' (expected above 0: ties have no sign here)"},
    {"json-graph", "a.json",
     "{\"nodes\": [{\"id\": 1}],\n \"links\": [\n{\"source\": 1, \"target\": 1, \"weight\": NaN}]}",
     "a.json:3:40: bad JSON: invalid token near 'NaN'"},
    {"json-graph", "a.json", "{\"nodes\": [{\"id\": 1},\n",
     "a.json:2:0: bad JSON: ']' expected near end of file"},
    {"json-graph", "a.json", "{\"nodes\": {\"id\": 1}}\n",
     "a.json:1:1: the nodes are no list (expected […])"},
    {"json-graph", "a.json", "{\"links\": []}\n",
     "a.json:1:1: no list of nodes (expected \"nodes\")"},
    {"cx", "a.cx", "[{\"nodes\": [{\"n\": \"a\"}]}]",
     "a.cx:1:0: an item without '@id' (expected one)"},
    {"cx", "a.cx", "[{\"edges\": [\n{\"s\": 1}]}]", "a.cx:2:0: an item without 't' (expected one)"},
    {"cx", "a.cx", "[{\"edges\": [\n7]}]", "a.cx:1:0: an item that is no object (expected {…})"},
};

static void
every_fault_is_told_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
        assert_error(broken[i].importer, broken[i].name, broken[i].text, NULL, broken[i].error);
}

/* Cut anywhere, a file is read or refused; it never crashes and an error always has words. */
static void
a_file_cut_anywhere_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
        for (size_t n = 0; n < strlen(broken[i].text); n++) {
            struct imported in =
                import_bytes(broken[i].importer, broken[i].name, broken[i].text, n, NULL);

            assert_true(in.status == KITH_OK || *in.error);
            imported_clear(&in);
        }
}

/* "[[[[…" and the like: limits, not the stack, end it. */
static void
lists_nested_too_deep_are_refused(void **state)
{
    g_autoptr(GString) gml = g_string_new("graph [ node [ id 1 a ");
    g_autoptr(GString) dot = g_string_new("graph ");

    (void)state;
    for (int i = 0; i < 100000; i++) {
        g_string_append(gml, "[ a ");
        g_string_append(dot, "{ ");
    }
    assert_error("gml", "a.gml", gml->str, NULL,
                 "a.gml:1:279: more than 64 lists within one another");
    assert_error("dot", "a.dot", dot->str, NULL,
                 "a.dot:1:135: more than 64 subgraphs within one another");
}

static void
a_word_without_end_meets_a_limit(void **state)
{
    g_autofree char *word = g_strnfill((size_t)17 << 20, 'x');
    g_autofree char *text = g_strdup_printf("graph [ node [ id %s ] ]", word);

    (void)state;
    assert_error("gml", "a.gml", text, NULL,
                 "a.gml:1:19: a word longer than 16 MB (is a quote missing?)");
}

/* Sizes are checked against what is there; nothing is made because a number says so. */
static void
declared_sizes_cost_nothing(void **state)
{
    (void)state;
    assert_heard("pajek", "a.net", "*Vertices 4000000000\n1 a\n*Edges\n1 3999999999\n", NULL,
                 "warn 5:1 3999999998 of 4000000000 vertices have neither a line nor a tie: left "
                 "out\n");
    assert_heard("matrix-market", "a.mtx",
                 "%%MatrixMarket matrix coordinate pattern general\n4000000000 4000000000 1\n"
                 "1 4000000000\n",
                 NULL,
                 "warn 4:1 3999999998 of 4000000000 rows and columns have no entry: left out\n");
    assert_error("matrix-market", "a.mtx",
                 "%%MatrixMarket matrix array real general\n4000000000 4000000000\n1\n", NULL,
                 "a.mtx:4:1: the end in column 1 (expected a value for row 2)");
    assert_error("ucinet-dl", "a.dl", "dl n=4000000000 data: 0 1", NULL,
                 "a.dl:1:26: the end of the file (expected a value)");
    assert_heard("ucinet-dl", "a.dl", "dl n=4000000000 format=el1 data: 7 9", NULL,
                 "warn 1:37 2 nodes, the header says 4000000000\n");
    assert_error("leda", "a.lgr", "LEDA.GRAPH\nstring\nint\n-1\n4000000000\n|{a}|\n", NULL,
                 "a.lgr:7:1: the end of the file (expected a node)");
    assert_heard("dimacs", "a.col", "p edge 4000000000 1\ne 1 2\n", NULL,
                 "warn 3:1 3999999998 of 4000000000 vertices have no edge: left out\n");
}

/* Few bytes that mean many ties. */
static void
ties_between_sets_are_limited(void **state)
{
    g_autoptr(GString) set = g_string_new("{");
    g_autoptr(GString) text = g_string_new("graph { ");

    (void)state;
    for (int i = 0; i < 4000; i++)
        g_string_append_printf(set, " %d", i);
    g_string_append_printf(text, "%s } -- %s } }", set->str, set->str);
    assert_error("dot", "a.dot", text->str, NULL,
                 "a.dot:1:9: more than 10 million ties between sets of nodes");
    g_string_assign(text, "graph { subgraph S ");
    g_string_append_printf(text, "%s }", set->str);
    for (int i = 0; i < 4000; i++)
        g_string_append(text, " { subgraph S {} }");
    g_string_append(text, " }");
    assert_error("dot", "a.dot", text->str, NULL,
                 "a.dot:1:63927: more than 10 million ties between sets of nodes");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_told_with_its_place),
        cmocka_unit_test(a_file_cut_anywhere_is_read_or_refused),
        cmocka_unit_test(lists_nested_too_deep_are_refused),
        cmocka_unit_test(a_word_without_end_meets_a_limit),
        cmocka_unit_test(declared_sizes_cost_nothing),
        cmocka_unit_test(ties_between_sets_are_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
