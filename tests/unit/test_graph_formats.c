/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_graph_formats.c - researchers' graph files give the nodes, ties and weights that they say. */
#include "../support/import.h"
#include <kith/load.h>

/* --- the small files in tests/fixtures/graph ------------------------------------------------ */

#define TOWN "tie Ann Lee -- Bo x2\ntie Ann Lee -- Zoë\ntie Bo -- Zoë x0.5\ntie Zoë -- Dee x3\n"

static const struct {
    const char *file, *importer, *ties;
} files[] = {
    {"town.net", "pajek", TOWN},
    {"town.gml", "gml", TOWN},
    {"town.dot", "dot", TOWN},
    {"town.ncol", "ncol", TOWN},
    {"town.lgr", "leda", TOWN},
    {"town.csv", "adjacency-csv", TOWN},
    {"full.dl", "ucinet-dl", TOWN},
    {"d3.json", "json-graph", TOWN},
    {"cytoscape.json", "json-graph", TOWN},
    {"town.lgl", "lgl",
     "tie ann -- bo x2\ntie ann -- zoë\ntie bo -- zoë x0.5\ntie zoë -- dee x3\n"},
    {"town.cx", "cx",
     "tie Ann Lee -- Bo x2\ntie Ann Lee -- Zoë as knows\ntie Bo -- Zoë x0.5\n"
     "tie Zoë -- Dee x3\n"},
    {"nodelink.json", "json-graph",
     "referred Zoë -> Dee x3\ntie Ann Lee -> Bo x2\ntie Ann Lee -> Zoë\ntie Bo -> Zoë x0.5\n"},
    {"town.gexf", "gexf",
     "tie Ann Lee -- Bo on 2024-01-05\ntie Ann Lee -- Bo on 2024-02-02\ntie Ann Lee -- Zoë\n"
     "tie Bo -> Zoë x0.5\ntie Zoë -> Bo x0.5\ntie Zoë -> Dee on 2024-03-01 x3\n"},
    {"town.dimacs", "dimacs", "tie 1 -- 2 x2\ntie 1 -- 3\ntie 2 -- 3 x0.5\ntie 3 -- 4 x3\n"},
    {"flow.dimacs", "dimacs", "tie 1 -> 2 x5\ntie 2 -> 3 x4\n"},
    {"town.mtx", "matrix-market", "tie 2 -- 1 x2\ntie 3 -- 1\ntie 3 -- 2 x0.5\ntie 4 -- 3 x3\n"},
    {"dense.mtx", "matrix-market", "tie 2 -> 1\ntie 2 -> 3 x2\ntie 3 -> 2 x3\n"},
    {"two_mode.mtx", "matrix-market",
     "attended 1 -> 1 (attended)\nattended 1 -> 2 (attended)\nattended 2 -> 1 (attended)\n"
     "attended 3 -> 2 (attended)\n"},
    {"two_mode.net", "pajek",
     "attended Ann Lee -> Fair (attended)\nattended Ann Lee -> Lunch x2 (attended)\n"
     "attended Bo -> Fair (attended)\nattended Cho -> Lunch (attended)\n"},
    {"matrix.net", "pajek",
     "tie Ann -> Bo as likes\ntie Bo -> Cho x2 as likes\ntie Cho -> Bo x3 as likes\n"},
    {"relations.paj", "pajek",
     "tie Ann -- Bo\ntie Ann -> Bo x2 as likes\ntie Bo -> Ann\ntie Bo -> Cho as likes\n"
     "tie Cho -> Ann as helps\n"},
    {"sets.dot", "dot",
     "tie a -> b\ntie a -> c\ntie b -> d\ntie c -> d\ntie d -> e\ntie d -> f\n"
     "tie two words -> -3.5\n"},
    {"upper.dl", "ucinet-dl",
     "tie Ann -- Bo x2\ntie Ann -- Zoë\ntie Bo -- Zoë x0.5\ntie Zoë -- Dee x3\n"},
    {"lower.dl", "ucinet-dl",
     "tie Bo -- Ann x2\ntie Dee -- Zoë x3\ntie Zoë -- Ann\ntie Zoë -- Bo x0.5\n"},
    {"embedded.dl", "ucinet-dl", "tie Ann -> Bo Lee\ntie Bo Lee -> Cho x2\ntie Cho -> Bo Lee x3\n"},
    {"edges.dl", "ucinet-dl",
     "tie Ann Lee -> Bo x2\ntie Ann Lee -> Zoë\ntie Bo -> Zoë x0.5\ntie Zoë -> Dee x3\n"},
    {"nodes.dl", "ucinet-dl", "tie Ann -> Bo\ntie Ann -> Cho\ntie Cho -> Dee\n"},
    {"counted.dl", "ucinet-dl", "tie 1 -> 2\ntie 1 -> 3\ntie 3 -> 1\n"},
    {"attended.dl", "ucinet-dl",
     "attended Ann -> Fair (attended)\nattended Ann -> Long lunch x2 (attended)\n"
     "attended Bo -> Fair (attended)\nattended Cho -> Long lunch (attended)\n"},
    {"attended_nodes.dl", "ucinet-dl",
     "attended Ann -> Fair (attended)\nattended Ann -> Lunch (attended)\n"
     "attended Bo -> Fair (attended)\nattended Cho -> Lunch (attended)\n"},
    {"two_mode.dl", "ucinet-dl",
     "attended Ann -> Fair (attended)\nattended Ann -> Talk x2 (attended)\n"
     "attended Bo -> Lunch (attended)\n"},
    {"several.dl", "ucinet-dl", "tie Ann -> Bo as likes\ntie Ann -- Bo x2 as helps\n"},
    {"contacts.dat", "sociopatterns",
     "met 1 -> 2 on 2024-03-14T09:53:20Z x20 by in-person\n"
     "met 1 -> 2 on 2024-03-14T09:53:40Z x20 by in-person\n"
     "met 1 -> 3 on 2024-03-14T09:53:40Z x20 by in-person\n"
     "met 2 -> 3 on 2024-03-14T09:54:20Z x20 by in-person\n"},
};

static char *
fixture(const char *file)
{
    const char *root = g_getenv("KITH_ROOT");

    return g_build_filename(root ? root : ".", "tests/fixtures/graph", file, NULL);
}

static struct imported
read_fixture(const char *file, const char *importer)
{
    g_autofree char *path = fixture(file), *text = NULL;

    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return import(importer, file, text, NULL);
}

static void
every_format_gives_the_ties_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        struct imported in = read_fixture(files[i].file, files[i].importer);

        assert_string_equal(in.error, "");
        if (strcmp(in.ties, files[i].ties) != 0)
            print_error("%s\n", files[i].file);
        assert_string_equal(in.ties, files[i].ties);
        imported_clear(&in);
    }
}

static void
every_format_is_recognised_by_its_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = fixture(files[i].file), *text = NULL;
        /* A list of two words is anybody's: only its extension says NCOL. */
        const char *name = strcmp(files[i].importer, "ncol") == 0 ? files[i].file : "download";

        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        assert_string_equal(import_surest(name, text), files[i].importer);
    }
}

/* The same five people, whatever file they come from. */
static void
a_label_is_the_same_node_in_every_graph_file(void **state)
{
    static const char *const same[] = {"town.net", "town.ncol", "town.lgr", "town.csv",
                                       "full.dl",  "town.gexf", "d3.json",  "town.cx"};
    g_autoptr(kith_builder) builder = kith_builder_new();
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    kith_load_options options = {0};
    kith_graph *graph = NULL;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
        g_autofree char *path = fixture(same[i]);

        assert_int_equal(kith_load(path, &options, builder, NULL), KITH_OK);
    }
    assert_int_equal(kith_builder_build(builder, &build, &graph, NULL), KITH_OK);
    assert_int_equal(kith_graph_nodes(graph), 5);
    kith_graph_free(graph);
}

/* --- single points -------------------------------------------------------------------------- */

static void
assert_attribute(const char *file, const char *importer, int64_t node, const char *key,
                 const char *value)
{
    struct imported in = read_fixture(file, importer);

    assert_string_equal(kith_graph_attribute(in.graph, node, key), value);
    imported_clear(&in);
}

static void
what_else_is_said_of_a_node_is_an_attribute(void **state)
{
    (void)state;
    assert_attribute("town.net", "pajek", 0, "ic", "Red");
    assert_attribute("relations.paj", "pajek", 2, "groups", "8");
    assert_attribute("relations.paj", "pajek", 0, "age", "30.5");
    assert_attribute("town.gml", "gml", 0, "company", "Bo & Sons");
    assert_attribute("town.dot", "dot", 3, "shape", "box");
    assert_attribute("town.gexf", "gexf", 0, "company", "Acme");
    assert_attribute("town.gexf", "gexf", 1, "company", "none");
    assert_attribute("town.gexf", "gexf", 1, "parent", "0");
    assert_attribute("town.cx", "cx", 0, "company", "Acme");
    assert_attribute("contacts.dat", "sociopatterns", 0, "class", "A");
    assert_attribute("flow.dimacs", "dimacs", 2, "role", "t");
}

static void
what_else_is_said_of_a_tie_is_an_attribute(void **state)
{
    struct imported in = import("gml", "a.gml",
                                "graph [ node [ id 1 ] node [ id 2 ]\n"
                                "edge [ source 1 target 2 colour \"red\" value 4 ] ]",
                                NULL);
    const char *key, *value;

    (void)state;
    assert_true(kith_graph_tie_attribute_at(in.graph, 0, 0, &key, &value));
    assert_string_equal(key, "colour");
    assert_string_equal(value, "red");
    assert_false(kith_graph_tie_attribute_at(in.graph, 0, 1, &key, &value));
    imported_clear(&in);
}

static void
two_nodes_with_one_label_stay_two(void **state)
{
    struct imported in =
        import("pajek", "a.net", "*Vertices 2\n1 \"Chris\"\n2 \"Chris\"\n*Edges\n1 2\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_nodes(in.graph), 2);
    assert_string_equal(in.ties, "tie Chris -- Chris\n");
    assert_string_equal(in.heard, "warn 0:0 1 nodes have the label of another one: kept apart\n");
    imported_clear(&in);
}

static void
nodes_that_only_ties_name_are_told(void **state)
{
    (void)state;
    assert_heard("gml", "a.gml", "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]", NULL,
                 "warn 0:0 1 nodes have ties but are not listed, the first is '2'\n");
}

static void
the_user_decides_where_the_file_does_not_say(void **state)
{
    kith_import_options directed = {.directed = true}, undirected = {.undirected = true};

    (void)state;
    assert_ties("ncol", "a.ncol", "a b\n", &directed, "tie a -> b\n");
    assert_ties("ucinet-dl", "a.dl", "dl n=2 format=el1 labels: a b data: 1 2", &undirected,
                "tie a -- b\n");
    assert_ties("adjacency-csv", "a.csv", ",a,b\na,0,1\nb,1,0\n", &directed,
                "tie a -> b\ntie b -> a\n");
    assert_ties("gml", "a.gml", "graph [ directed 0 node [ id 1 ] edge [ source 1 target 1 ] ]",
                &directed, "tie 1 -- 1\n");
    assert_ties("dot", "a.dot", "graph { a -- b }", &directed, "tie a -- b\n");
}

static void
the_user_chooses_the_weight(void **state)
{
    kith_import_options options = {.weight = "hours"};
    const char *text = "graph { a -- b [weight=2, hours=5] }";

    (void)state;
    assert_ties("dot", "a.dot", text, &options, "tie a -- b x5\n");
    options.weight = "days";
    assert_error("dot", "a.dot", text, &options, "a.dot:0:0: no tie has a 'days' for its weight");
}

static void
bytes_of_another_encoding_are_read_and_told(void **state)
{
    struct imported in = import("pajek", "a.net", "*Vertices 1\n1 \"Zo\xeb\"\n", NULL);

    (void)state;
    assert_string_equal(kith_graph_label(in.graph, 0), "Zoë");
    imported_clear(&in);
    in = import("gml", "a.gml", "\xef\xbb\xbfgraph [ node [ id 1 label \"Zoë\" ] ]", NULL);
    assert_string_equal(kith_graph_label(in.graph, 0), "Zoë");
    assert_string_equal(in.heard, "");
    imported_clear(&in);
}

/* A table of ties, a list of edges, an attendance matrix are not taken for something else. */
static void
other_tables_are_left_alone(void **state)
{
    (void)state;
    assert_string_equal(import_surest("a.csv", "source,target,weight\na,b,1\nb,c,2\n"), "pairs");
    assert_string_equal(import_surest("a.csv", ",Fair,Lunch\nAnn,1,0\nBo,1,1\n"),
                        "attendance-matrix");
    assert_string_equal(import_surest("a.txt", "# Nodes: 3 Edges: 2\n0\t1\n0\t2\n"), "edge-list");
    assert_string_equal(import_surest("a.txt", "1 2 1\n2 3 1\n3 1 1\n"), "edge-list");
    assert_int_equal(import_probe("json-graph", "a.json", "{\"nodes\": 3}"), 0);
    assert_int_equal(import_probe("gml", "a.txt", "a graph of people\n"), 0);
    assert_int_equal(import_probe("ucinet-dl", "a.txt", "dlabel,x\n1,2\n"), 0);
}

/* --- one random graph, written in every format ---------------------------------------------- */

#define NODES 9

struct matrix {
    bool directed;
    int cell[NODES][NODES];
};

static void
fill(struct matrix *m, GRand *random, bool directed)
{
    *m = (struct matrix){.directed = directed};
    for (int i = 0; i < NODES; i++)
        for (int j = directed ? 0 : i; j < NODES; j++) {
            int weight = g_rand_int_range(random, 0, 3) ? 0 : g_rand_int_range(random, 1, 9);

            m->cell[i][j] = weight;
            if (!directed)
                m->cell[j][i] = weight;
        }
    m->cell[0][1] = 1; /* never empty, and never symmetric by chance */
    m->cell[1][0] = directed ? 0 : 1;
}

static char *
label_of(int i)
{
    return g_strdup_printf("Ann \"%d\"", i);
}

/* A tie a line, as `format` says: ~ stands for from, to and weight in turn; nodes count from 1. */
static void
write_ties(GString *out, const struct matrix *m, const char *format)
{
    for (int i = 0; i < NODES; i++)
        for (int j = m->directed ? 0 : i; j < NODES; j++) {
            g_auto(GStrv) part = g_strsplit(format, "~", 4);

            if (m->cell[i][j])
                g_string_append_printf(out, "%s%d%s%d%s%d%s\n", part[0], i + 1, part[1], j + 1,
                                       part[2], m->cell[i][j], part[3]);
        }
}

static void
write_nodes(GString *out, const char *before, const char *between, const char *after,
            const char *quote)
{
    for (int i = 0; i < NODES; i++) {
        g_autofree char *label = label_of(i);
        g_auto(GStrv) parts = g_strsplit(label, "\"", -1);
        g_autofree char *quoted = g_strjoinv(quote, parts);

        g_string_append_printf(out, "%s%d%s%s%s\n", before, i + 1, between, quoted, after);
    }
}

static void
write_cells(GString *out, const struct matrix *m, const char *separator)
{
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++)
            g_string_append_printf(out, "%d%s", m->cell[i][j], j + 1 < NODES ? separator : "\n");
}

static void
write_pajek(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "*Vertices %d\n", NODES);
    write_nodes(out, "", " \"", "\"", "\"\"");
    g_string_append(out, m->directed ? "*Arcs\n" : "*Edges\n");
    write_ties(out, m, "~ ~ ~");
}

static void
write_gml(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "graph [ directed %d\n", m->directed);
    write_nodes(out, "node [ id ", " label \"", "\" ]", "&quot;");
    write_ties(out, m, "edge [ source ~ target ~ weight ~ ]");
    g_string_append(out, "]");
}

static void
write_dot(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "%s {\n", m->directed ? "digraph" : "graph");
    write_nodes(out, "", " [label=\"", "\"];", "\\\"");
    write_ties(out, m, m->directed ? "~ -> ~ [weight=~]" : "~ -- ~ [weight=~]");
    g_string_append(out, "}");
}

static void
write_gexf(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "<gexf><graph defaultedgetype=\"%s\"><nodes>\n",
                           m->directed ? "directed" : "undirected");
    write_nodes(out, "<node id=\"", "\" label=\"", "\"/>", "&quot;");
    g_string_append(out, "</nodes><edges>\n");
    write_ties(out, m, "<edge source=\"~\" target=\"~\" weight=\"~\"/>");
    g_string_append(out, "</edges></graph></gexf>");
}

static void
write_leda(GString *out, const struct matrix *m)
{
    int n = 0;

    for (int i = 0; i < NODES; i++)
        for (int j = m->directed ? 0 : i; j < NODES; j++)
            n += m->cell[i][j] != 0;
    g_string_append_printf(out, "LEDA.GRAPH\nstring\nint\n%d\n%d\n", m->directed ? -1 : -2, NODES);
    for (int i = 0; i < NODES; i++) {
        g_autofree char *label = label_of(i);

        g_string_append_printf(out, "|{%s}|\n", label);
    }
    g_string_append_printf(out, "%d\n", n);
    write_ties(out, m, "~ ~ 0 |{~}|");
}

static void
write_json(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "{\"directed\": %s, \"nodes\": [\n",
                           m->directed ? "true" : "false");
    write_nodes(out, "{\"id\": ", ", \"label\": \"", "\"},", "\\\"");
    g_string_truncate(out, out->len - 2);
    g_string_append(out, "], \"edges\": [\n");
    write_ties(out, m, "{\"source\": ~, \"target\": ~, \"weight\": ~},");
    g_string_truncate(out, out->len - 2);
    g_string_append(out, "]}");
}

static void
write_dl(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "dl n=%d format=fullmatrix\nlabels:\n", NODES);
    for (int i = 0; i < NODES; i++)
        g_string_append_printf(out, "\"Ann \"\"%d\"\"\"\n", i);
    g_string_append(out, "data:\n");
    write_cells(out, m, " ");
}

static void
write_pajek_matrix(GString *out, const struct matrix *m)
{
    g_string_append_printf(out, "*Vertices %d\n", NODES);
    write_nodes(out, "", " \"", "\"", "\"\"");
    g_string_append(out, "*Matrix\n");
    write_cells(out, m, " ");
}

static void
write_csv(GString *out, const struct matrix *m)
{
    for (int i = 0; i < NODES; i++)
        g_string_append_printf(out, ",\"Ann \"\"%d\"\"\"", i);
    for (int i = 0; i < NODES; i++) {
        g_string_append_printf(out, "\n\"Ann \"\"%d\"\"\"", i);
        for (int j = 0; j < NODES; j++)
            g_string_append_printf(out, ",%d", m->cell[i][j]);
    }
}

static const struct {
    const char *importer;
    void (*write)(GString *out, const struct matrix *m);
} writers[] = {{"pajek", write_pajek},      {"gml", write_gml},
               {"dot", write_dot},          {"gexf", write_gexf},
               {"leda", write_leda},        {"json-graph", write_json},
               {"ucinet-dl", write_dl},     {"pajek", write_pajek_matrix},
               {"adjacency-csv", write_csv}};

static char *
expected_ties(const struct matrix *m)
{
    GString *out = g_string_new(NULL);

    for (int i = 0; i < NODES; i++)
        for (int j = m->directed ? 0 : i; j < NODES; j++) {
            if (!m->cell[i][j])
                continue;
            g_string_append_printf(out, "tie Ann \"%d\" %s Ann \"%d\"", i,
                                   m->directed ? "->" : "--", j);
            if (m->cell[i][j] != 1)
                g_string_append_printf(out, " x%d", m->cell[i][j]);
            g_string_append_c(out, '\n');
        }
    return g_string_free(out, FALSE);
}

static void
a_random_graph_reads_back_the_same_from_every_format(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261123);

    (void)state;
    for (int round = 0; round < 60; round++) {
        g_autofree char *expected = NULL;
        struct matrix m;

        fill(&m, random, round % 2 == 1);
        expected = expected_ties(&m);
        for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
            g_autoptr(GString) text = g_string_new(NULL);
            struct imported in;

            writers[i].write(text, &m);
            in = import(writers[i].importer, "random", text->str, NULL);
            assert_string_equal(in.error, "");
            assert_string_equal(in.ties, expected);
            assert_int_equal(kith_graph_nodes(in.graph), NODES);
            imported_clear(&in);
        }
    }
}

/* The code behind "meta." was looked for behind the end of a name shorter than that. */
static void
a_konect_file_may_have_any_name(void **state)
{
    static const char *const names[] = {"",     "",      "m", "m",       "meta",
                                        "meta", "meta.", "",  "x.zip!m", "m"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i += 2) {
        /* In memory of its own, so that a sanitizer sees where it ends. */
        g_autofree char *name = g_strdup(names[i]);
        g_autofree char *wanted = g_strdup_printf(
            "warn 1:0 it describes out.%s (expected that file to be given with it)\n",
            names[i + 1]);
        struct imported in = import("konect-meta", name, "name: Town\n", NULL);
        struct imported of = import("konect-entities", name, "Ann Lee\n", NULL);

        assert_int_equal(in.status, KITH_OK);
        assert_string_equal(in.heard, wanted);
        assert_int_equal(of.status, KITH_OK);
        assert_int_equal(kith_graph_nodes(of.graph), 0);
        imported_clear(&in);
        imported_clear(&of);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_gives_the_ties_it_says),
        cmocka_unit_test(every_format_is_recognised_by_its_content),
        cmocka_unit_test(a_label_is_the_same_node_in_every_graph_file),
        cmocka_unit_test(what_else_is_said_of_a_node_is_an_attribute),
        cmocka_unit_test(what_else_is_said_of_a_tie_is_an_attribute),
        cmocka_unit_test(two_nodes_with_one_label_stay_two),
        cmocka_unit_test(nodes_that_only_ties_name_are_told),
        cmocka_unit_test(the_user_decides_where_the_file_does_not_say),
        cmocka_unit_test(the_user_chooses_the_weight),
        cmocka_unit_test(bytes_of_another_encoding_are_read_and_told),
        cmocka_unit_test(other_tables_are_left_alone),
        cmocka_unit_test(a_konect_file_may_have_any_name),
        cmocka_unit_test(a_random_graph_reads_back_the_same_from_every_format),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
