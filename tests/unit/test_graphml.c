/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"
#include <kith/processors.h>
#include <kith/report.h>

#define IMPORTER "graphml"
#define FILE_OF(keys, direction, body)                                                             \
    "<graphml>\n" keys "\n<graph edgedefault=\"" direction "\">\n" body "\n</graph></graphml>\n"
#define KEY(id, domain, name, type)                                                                \
    "<key id=\"" id "\" for=\"" domain "\" attr.name=\"" name "\" attr.type=\"" type "\"/>"
#define NODE(id) "<node id=\"" id "\"/>"
#define EDGE(from, to) "<edge source=\"" from "\" target=\"" to "\"/>"

static void
graphml_reads_direction_by_graph_and_by_edge(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "g.graphml",
                FILE_OF("", "undirected",
                        NODE("a") NODE("b")
                            EDGE("a", "b") "<edge source=\"b\" target=\"a\" directed=\"true\"/>"),
                NULL, "tie a -- b\ntie b -> a\n");
    assert_ties(IMPORTER, "g.graphml", FILE_OF("", "directed", NODE("a") NODE("b") EDGE("a", "b")),
                NULL, "tie a -> b\n");
}

static void
graphml_waits_for_nodes_that_come_after_their_edges(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "g.graphml",
                FILE_OF(KEY("w", "edge", "weight", "double"), "directed",
                        "<edge source=\"a\" target=\"b\"><data key=\"w\">2</data></edge>" NODE("a")
                            NODE("b")),
                NULL, "tie a -> b x2\n");
}

static void
graphml_gives_defaults_to_nodes_and_edges(void **state)
{
    struct imported in = import(
        IMPORTER, "g.graphml",
        FILE_OF(
            "<key id=\"v\" for=\"node\" attr.name=\"vip\" attr.type=\"boolean\"><default>false"
            "</default></key><key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\">"
            "<default>3</default></key>" KEY("x", "all", "from file", "string"),
            "undirected",
            NODE("a") "<node id=\"b\"><data key=\"v\">true</data><data "
                      "key=\"x\">one</data></node>" EDGE("a", "b")),
        NULL);

    (void)state;
    assert_string_equal(in.error, "");
    assert_string_equal(in.ties, "tie a -- b x3\n");
    assert_string_equal(kith_graph_attribute(in.graph, 0, "vip"), "false");
    assert_string_equal(kith_graph_attribute(in.graph, 1, "vip"), "true");
    assert_string_equal(kith_graph_attribute(in.graph, 1, "from file"), "one");
    assert_null(kith_graph_attribute(in.graph, 0, "from file"));
    imported_clear(&in);
}

static void
graphml_names_nodes_by_name_or_label(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "g.graphml",
                FILE_OF(KEY("l", "node", "Label", "string"), "directed",
                        "<node id=\"@m\"><data key=\"l\">Marta K</data></node>" NODE("@z")
                            EDGE("@m", "@z")),
                NULL, "tie Marta K -> @z\n");
}

static void
graphml_knows_nodes_with_numbers_for_ids_by_their_names(void **state)
{
    struct imported in = import(IMPORTER, "g.graphml",
                                FILE_OF(KEY("l", "node", "name", "string"), "directed",
                                        "<node id=\"n0\"><data key=\"l\">Ann</data></node>"
                                        "<node id=\"n1\"><data key=\"l\">Bo</data></node>"
                                        "<node id=\"n2\"><data key=\"l\">Bo</data></node>"),
                                NULL);
    kith_identifier_kind kind;
    const char *value;

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 3); /* namesakes stay apart */
    assert_true(kith_graph_identifier_at(in.graph, 0, 0, &kind, &value));
    assert_int_equal(kind, KITH_ID_LABEL);
    assert_string_equal(value, "Ann");
    assert_false(kith_graph_identifier_at(in.graph, 1, 0, &kind, &value));
    imported_clear(&in);
}

static void
graphml_reads_relations_and_dates_as_nodexl_writes_them(void **state)
{
    (void)state;
    assert_ties(
        IMPORTER, "g.graphml",
        FILE_OF(
            KEY("Relationship", "edge", "Relationship", "string")
                KEY("Relationship Date (UTC)", "edge", "Relationship Date (UTC)", "string"),
            "directed",
            NODE("a") NODE(
                "b") "<edge source=\"a\" target=\"b\"><data key=\"Relationship\">Mentions</data>"
                     "<data key=\"Relationship Date (UTC)\">2024-03-14 10:00:00</data></edge>"),
        NULL, "tie a -> b on 2024-03-14T10:00:00Z as Mentions\n");
}

/* What the export of a small graph looks like. */
static void
graphml_reads_what_kith_writes(void **state)
{
    struct imported in = import(
        IMPORTER, "g.graphml",
        FILE_OF(
            KEY("n_kind", "node", "kind", "string") KEY("n_label", "node", "label", "string") KEY(
                "n_name", "node", "name", "string") KEY("n_email", "node", "email", "string")
                KEY("n_flags", "node", "flags", "string") KEY("e_kind", "edge", "kind", "string")
                    KEY("e_label", "edge", "label", "string")
                        KEY("e_when", "edge", "when", "string")
                            KEY("e_amount", "edge", "amount", "double")
                                KEY("e_currency", "edge", "currency", "string")
                                    KEY("e_status", "edge", "status", "string")
                                        KEY("e_undirected", "edge", "undirected", "boolean"),
            "directed",
            "<node id=\"ann-lee\"><data key=\"n_kind\">person</data><data key=\"n_label\">Ann "
            "Lee</data>"
            "<data key=\"n_name\">Ann Lee</data><data key=\"n_email\">ann@x.org</data>"
            "<data key=\"n_flags\">owner customer</data></node>"
            "<node id=\"acme\"><data key=\"n_kind\">organisation</data><data "
            "key=\"n_label\">Acme</data>"
            "<data key=\"n_name\">Acme</data></node>"
            "<node id=\"x7\"><data key=\"n_kind\">person</data><data "
            "key=\"n_label\">7</data></node>"
            "<edge source=\"ann-lee\" target=\"acme\"><data key=\"e_kind\">works_at</data>"
            "<data key=\"e_label\">works_at</data><data key=\"e_undirected\">false</data></edge>"
            "<edge source=\"ann-lee\" target=\"x7\"><data key=\"e_kind\">referred</data>"
            "<data key=\"e_when\">2024-05</data><data key=\"e_amount\">12.5</data>"
            "<data key=\"e_currency\">GBP</data><data key=\"e_status\">closed</data></edge>"
            "<edge source=\"ann-lee\" target=\"x7\"><data key=\"e_kind\">tie</data>"
            "<data key=\"e_undirected\">true</data></edge>"),
        NULL);

    (void)state;
    assert_string_equal(in.error, "");
    assert_string_equal(in.heard, "");
    assert_string_equal(in.ties, "works_at Ann Lee -> Acme\n"
                                 "referred Ann Lee -> 7 on 2024-05 12.5GBP (closed)\n"
                                 "tie Ann Lee -- 7\n");
    assert_int_equal(kith_graph_flags(in.graph, kith_graph_owner(in.graph)),
                     KITH_FLAG_OWNER | KITH_FLAG_CUSTOMER);
    imported_clear(&in);
}

static char *
write_graphml(const kith_graph *graph)
{
    kith_document *document = kith_document_new("a title", graph);
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    kith_error err = {0};
    size_t size;
    const char *bytes;

    assert_int_equal(kith_report_find("graphml")->write(document, sink, &err), KITH_OK);
    bytes = kith_sink_bytes(sink, &size);
    kith_document_free(document);
    return g_strndup(bytes, size);
}

static void
graphml_comes_back_as_it_was_written(void **state)
{
    struct imported first =
        import("pairs", "ties.csv",
               "from,to,kind,date,weight,amount,currency,status,detail,Mood\n"
               "Ann <Lee>,Acme & Co,works at,2024-01,,,,,CTO,\n"
               "Ann <Lee>,Bo,referred,2024-02-03,2,12.5,GBP,won,,good\n"
               "Bo,Ann <Lee>,tie,,0.25,,,,,\nBo,Fair,attended,2024-03-04,,,,no show,,\n",
               NULL);
    g_autofree char *once = write_graphml(first.graph);
    struct imported second = import(IMPORTER, "once.graphml", once, NULL);
    g_autofree char *twice = write_graphml(second.graph);
    struct imported third = import(IMPORTER, "twice.graphml", twice, NULL);
    const char *key, *value;

    (void)state;
    assert_string_equal(first.error, "");
    assert_string_equal(second.error, "");
    assert_string_equal(second.heard, "");
    assert_string_equal(second.ties, first.ties);
    assert_string_equal(third.ties, first.ties);
    assert_true(kith_graph_tie_attribute_at(third.graph, 0, 1, &key, &value));
    assert_string_equal(key, "first_source");
    assert_string_equal(value, "ties.csv");
    imported_clear(&first);
    imported_clear(&second);
    imported_clear(&third);
}

/* What a file says of the graph that a text gives. */
static char *
written_of(const char *importer, const char *name, const char *text,
           const kith_import_options *options)
{
    struct imported in = import(importer, name, text, options);
    char *written = write_graphml(in.graph);

    assert_string_equal(in.error, "");
    imported_clear(&in);
    return written;
}

static void
graphml_that_kith_wrote_is_written_again_byte_for_byte(void **state)
{
    static const char text[] = "# numbers\n1 2\n2 3\n3 1\n";
    g_autofree char *once = written_of("edge-list", "ties.txt", text, NULL),
                    *twice = written_of(IMPORTER, "g.graphml", once, NULL),
                    *third = written_of(IMPORTER, "g.graphml", twice, NULL),
                    *fourth = written_of(IMPORTER, "g.graphml", third, NULL);

    (void)state;
    assert_string_equal(fourth, third);
}

static void
graphml_says_once_what_all_ties_have(void **state)
{
    g_autofree char *alike = written_of("edge-list", "t.txt", "1 2\n2 3\n", NULL),
                    *differ = written_of("edge-list", "t.txt", "1 2 3\n2 3 1\n", NULL),
                    *heavy = written_of("edge-list", "t.txt", "1 2 3\n2 3 3\n", NULL);

    (void)state;
    assert_non_null(strstr(alike, "attr.name=\"kind\" attr.type=\"string\">\n"
                                  "  <default>tie</default>\n </key>\n"));
    assert_non_null(strstr(alike, "<default>person</default>"));
    assert_non_null(strstr(alike, "<default>t.txt</default>"));
    assert_non_null(strstr(alike, "<default>1</default>"));
    assert_null(strstr(alike, "<data key=\"e_kind\">"));
    assert_null(strstr(alike, "<data key=\"e_weight\">"));
    assert_non_null(strstr(alike, "<data key=\"e_line\">2</data>"));
    assert_null(strstr(differ, "<default>1</default>"));
    assert_non_null(strstr(differ, "<data key=\"e_weight\">1</data>"));
    /* A reader that leaves defaults aside counts such a tie as 1. */
    assert_null(strstr(heavy, "<default>3</default>"));
    assert_non_null(strstr(heavy, "<data key=\"e_weight\">3</data>"));
}

/* Values that stay for some ties and then change, on lines that do so too. */
static char *
long_list(void)
{
    GString *text = g_string_new(NULL);

    for (int i = 0; i < 70000; i++) {
        g_string_append_printf(text, "%d %d %s\n", i / 40, i * 7 % 5003, i / 3 % 5 ? "1" : "0.25");
        if (i % 9 == 8)
            g_string_append(text, "# a line that is no tie\n");
    }
    return g_string_free(text, FALSE);
}

static void
graphml_has_the_same_bytes_on_any_number_of_threads(void **state)
{
    g_autofree char *text = long_list();
    struct imported first = import("edge-list", "long.txt", text, NULL), second;
    g_autofree char *once = NULL;

    (void)state;
    assert_int_equal(first.status, KITH_OK);
    kith_processors_use(1);
    once = write_graphml(first.graph);
    for (int threads = 2; threads < 4; threads++) {
        g_autofree char *again = NULL;

        kith_processors_use(threads);
        again = write_graphml(first.graph);
        assert_string_equal(again, once);
    }
    kith_processors_use(0);
    second = import(IMPORTER, "once.graphml", once, NULL);
    assert_string_equal(second.error, "");
    assert_string_equal(second.ties, first.ties);
    imported_clear(&first);
    imported_clear(&second);
}

static void
graphml_does_not_take_answers_for_attributes(void **state)
{
    struct imported in = import(
        IMPORTER, "g.graphml",
        FILE_OF(KEY("n_kind", "node", "kind", "string") KEY("n_town", "node", "town", "string")
                    KEY("n_export_degree", "node", "export_degree", "double"),
                "directed",
                "<node id=\"a\"><data key=\"n_town\">Hull</data><data "
                "key=\"n_export_degree\">3</data></node>"),
        NULL);

    (void)state;
    assert_string_equal(kith_graph_attribute(in.graph, 0, "town"), "Hull");
    assert_null(kith_graph_attribute(in.graph, 0, "export_degree"));
    imported_clear(&in);
}

static void
graphml_reports_the_line_of_a_bad_weight(void **state)
{
    (void)state;
    assert_error(IMPORTER, "g.graphml",
                 FILE_OF(KEY("w", "edge", "weight", "double"), "directed",
                         NODE("a") NODE("b") "\n<edge source=\"a\" target=\"b\">"
                                             "<data key=\"w\">-1</data></edge>"),
                 NULL, "g.graphml:5:0: bad weight '-1' (expected a number above 0)");
    assert_error(IMPORTER, "g.graphml",
                 FILE_OF(KEY("w", "edge", "weight", "double"), "directed",
                         NODE("a") NODE("b") "<edge source=\"a\" target=\"b\">"
                                             "<data key=\"w\">NaN</data></edge>"),
                 NULL, "g.graphml:4:0: bad weight 'NaN' (expected a number above 0)");
}

static void
graphml_takes_the_weight_from_the_attribute_that_is_asked_for(void **state)
{
    kith_import_options options = {.weight = "value"};

    (void)state;
    assert_ties(IMPORTER, "g.graphml",
                FILE_OF(KEY("v", "edge", "value", "double"), "directed",
                        NODE("a") NODE("b") "<edge source=\"a\" target=\"b\">"
                                            "<data key=\"v\">4</data></edge>"),
                &options, "tie a -> b x4\n");
    assert_error(IMPORTER, "g.graphml", FILE_OF("", "directed", NODE("a") NODE("b") EDGE("a", "b")),
                 &options, "g.graphml:0:0: no edge attribute 'value' for the weight");
}

static void
graphml_reports_the_line_of_an_edge_to_nowhere(void **state)
{
    (void)state;
    assert_error(IMPORTER, "g.graphml", FILE_OF("", "directed", NODE("a") "\n\n" EDGE("a", "zz")),
                 NULL, "g.graphml:6:0: the edge ends at 'zz', which is no node");
    assert_error(IMPORTER, "g.graphml", FILE_OF("", "directed", "<node/>"), NULL,
                 "g.graphml:4:0: a node without an id");
    assert_error(IMPORTER, "g.graphml", FILE_OF("", "directed", "<edge source=\"a\"/>"), NULL,
                 "g.graphml:4:0: an edge without a target");
}

static void
graphml_says_what_it_cannot_keep(void **state)
{
    (void)state;
    assert_heard(
        IMPORTER, "g.graphml",
        FILE_OF("", "directed",
                NODE("a") "\n<node id=\"b\"><port name=\"N\"/>\n<graph "
                          "edgedefault=\"directed\">" NODE(
                              "c") "</graph></node>\n<hyperedge><endpoint "
                                   "node=\"a\"/></hyperedge>\n" NODE("a") "<edge source=\"a\" "
                                                                          "target=\"c\"><data "
                                                                          "key=\"no\">1</data></"
                                                                          "edge>"),
        NULL,
        "warn 5:0 ports are left out: edges end at their nodes\n"
        "warn 5:0 a graph within a node: its nodes are read, that they belong together is "
        "not kept\n"
        "held 7:0 a hyperedge: ties have two ends\n"
        "warn 8:0 node 'a' is declared again: left out\n"
        "warn 8:0 a value for the undeclared key 'no' left out\n");
}

static void
graphml_warns_of_values_that_are_not_of_their_type(void **state)
{
    (void)state;
    assert_heard(
        IMPORTER, "g.graphml",
        FILE_OF(KEY("a", "node", "age", "int") KEY("v", "node", "vip", "boolean"), "directed",
                "<node id=\"a\"><data key=\"a\">12.5</data><data key=\"v\">maybe</data></node>"),
        NULL,
        "warn 4:0 '12.5' of 'age' is no int: kept as text\n"
        "warn 4:0 'maybe' of 'vip' is no boolean: kept as text\n");
}

static void
graphml_refuses_entities_and_broken_files(void **state)
{
    struct imported in = import(IMPORTER, "g.graphml",
                                "<!DOCTYPE graphml [<!ENTITY a \"b\">]>\n<graphml><graph>"
                                "<node id=\"&a;\"/></graph></graphml>",
                                NULL);

    (void)state;
    assert_int_equal(in.status, KITH_ERR_PARSE);
    imported_clear(&in);
    in = import(IMPORTER, "g.graphml", "<graphml><graph><node id=\"a\">", NULL);
    assert_int_equal(in.status, KITH_ERR_PARSE);
    imported_clear(&in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphml_reads_direction_by_graph_and_by_edge),
        cmocka_unit_test(graphml_waits_for_nodes_that_come_after_their_edges),
        cmocka_unit_test(graphml_gives_defaults_to_nodes_and_edges),
        cmocka_unit_test(graphml_names_nodes_by_name_or_label),
        cmocka_unit_test(graphml_knows_nodes_with_numbers_for_ids_by_their_names),
        cmocka_unit_test(graphml_reads_relations_and_dates_as_nodexl_writes_them),
        cmocka_unit_test(graphml_reads_what_kith_writes),
        cmocka_unit_test(graphml_comes_back_as_it_was_written),
        cmocka_unit_test(graphml_that_kith_wrote_is_written_again_byte_for_byte),
        cmocka_unit_test(graphml_says_once_what_all_ties_have),
        cmocka_unit_test(graphml_has_the_same_bytes_on_any_number_of_threads),
        cmocka_unit_test(graphml_does_not_take_answers_for_attributes),
        cmocka_unit_test(graphml_reports_the_line_of_a_bad_weight),
        cmocka_unit_test(graphml_takes_the_weight_from_the_attribute_that_is_asked_for),
        cmocka_unit_test(graphml_reports_the_line_of_an_edge_to_nowhere),
        cmocka_unit_test(graphml_says_what_it_cannot_keep),
        cmocka_unit_test(graphml_warns_of_values_that_are_not_of_their_type),
        cmocka_unit_test(graphml_refuses_entities_and_broken_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
