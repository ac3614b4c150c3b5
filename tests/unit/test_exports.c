/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_exports.c - what other programs read: the graph and all that was computed, in each of their formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/documents.h"
#include <kith/kith.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>

static int
count(xmlDocPtr doc, const char *path)
{
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr found;
    int n;

    xmlXPathRegisterNs(context, (const xmlChar *)"x", xmlDocGetRootElement(doc)->ns->href);
    found = xmlXPathEvalExpression((const xmlChar *)path, context);
    n = found && found->nodesetval ? found->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return n;
}

static void
graphml_holds_the_graph_and_what_was_computed(void **state)
{
    kith_graph *graph = document_graph();
    g_autofree char *xml = document_print("graphml", document_mixed(graph), graph);
    xmlDocPtr doc = xmlReadMemory(xml, (int)strlen(xml), "test", NULL, XML_PARSE_NONET);

    (void)state;
    assert_non_null(doc);
    assert_int_equal(count(doc, "//x:graph[@edgedefault='directed']"), 1);
    assert_int_equal(count(doc, "//x:node"), kith_graph_nodes(graph));
    assert_int_equal(count(doc, "//x:edge"), kith_graph_ties(graph));
    assert_int_equal(count(doc, "//x:edge/following-sibling::x:node"), 0);
    assert_int_equal(
        count(doc, "//x:node[@id='ana-abara']/x:data[@key='n_town'][.='Tidewell & Co']"), 1);
    assert_int_equal(count(doc, "//x:data[@key='n_keep_in_touch_warmth']"), 2);
    assert_int_equal(count(doc, "//x:key[@id='n_keep_in_touch_warmth'][@attr.type='double']"), 1);
    assert_int_equal(count(doc, "//x:data[@key='n_keep_in_touch_known'][.='true']"), 1);
    assert_int_equal(count(doc, "//x:data[@key='e_amount'][.='0.1']"), 2);
    assert_int_equal(count(doc, "//x:data[@key='e_undirected'][.='true']"), 1);
    assert_int_equal(count(doc, "//x:key[@attr.name='id']"), 0);
    assert_int_equal(count(doc, "//x:data[not(@key = //x:key/@id)]"), 0);
    assert_int_equal(count(doc, "//x:data[.='' or .='nan' or .='NaN']"), 0);
    assert_int_equal(count(doc, "//x:default"), 0);
    assert_int_equal(count(doc, "//x:node[@id = preceding-sibling::x:node/@id]"), 0);
    assert_non_null(strstr(xml, "&lt;b&gt;Bo "));
    xmlFreeDoc(doc);
    kith_graph_free(graph);
}

static void
dot_quotes_whatever_a_name_holds(void **state)
{
    kith_graph *graph = document_graph();
    g_autofree char *dot = document_print("dot", document_mixed(graph), graph);

    (void)state;
    assert_non_null(strstr(dot, "\ndigraph kith {\n"));
    assert_non_null(strstr(dot, "\"label\"=\"<b>Bo \\\"Chen\\\"</b>\""));
    assert_non_null(strstr(dot, "\"town\"=\"Tidewell & Co\""));
    assert_non_null(strstr(dot, "\"said\"=\"a\\nb\""));
    assert_non_null(strstr(dot, "\"kind\"=\"knows\""));
    assert_non_null(strstr(dot, ", dir=none];"));
    assert_true(g_str_has_suffix(dot, "];\n}\n"));
    kith_graph_free(graph);
}

static void
pajek_numbers_its_vertices_and_parts_arcs_from_edges(void **state)
{
    kith_graph *graph = document_graph();
    g_autofree char *net = document_print("pajek", document_mixed(graph), graph);

    (void)state;
    assert_true(g_str_has_prefix(net, "*Vertices 4\n1 \""));
    assert_non_null(strstr(net, "\"<b>Bo 'Chen'</b>\" ellipse\n"));
    assert_non_null(strstr(net, "\n4 \"Spring fair\" diamond\n"));
    assert_non_null(strstr(net, "*Arcs\n"));
    assert_non_null(strstr(net, " 1 l \"referred\"\n"));
    assert_non_null(strstr(net, "*Edges\n"));
    assert_non_null(strstr(strstr(net, "*Edges\n"), " 1 l \"knows\"\n"));
    kith_graph_free(graph);
}

static void
gexf_dates_the_ties(void **state)
{
    kith_graph *graph = document_graph();
    g_autofree char *xml = document_print("gexf", document_mixed(graph), graph);
    xmlDocPtr doc = xmlReadMemory(xml, (int)strlen(xml), "test", NULL, XML_PARSE_NONET);

    (void)state;
    assert_non_null(doc);
    assert_int_equal(count(doc, "//x:node"), kith_graph_nodes(graph));
    assert_int_equal(count(doc, "//x:edge"), kith_graph_ties(graph));
    assert_int_equal(count(doc, "//x:graph[@mode='dynamic'][@timeformat='date']"), 1);
    assert_int_equal(count(doc, "//x:edge[@start='2022-01-08']"), 2);
    assert_int_equal(count(doc, "//x:attvalue[not(@for = //x:attribute/@id)]"), 0);
    xmlFreeDoc(doc);
    kith_graph_free(graph);
}

static void
graph_formats_refuse_a_document_without_a_graph(void **state)
{
    static const char *const names[] = {"graphml", "gexf"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        kith_document *document = kith_document_new(NULL, NULL);
        g_autoptr(kith_sink) sink = kith_sink_to_memory();
        kith_error err = {0};

        assert_true(kith_report_find(names[i])->needs_graph);
        assert_int_equal(kith_report_find(names[i])->write(document, sink, &err),
                         KITH_ERR_ARGUMENT);
        kith_document_free(document);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphml_holds_the_graph_and_what_was_computed),
        cmocka_unit_test(dot_quotes_whatever_a_name_holds),
        cmocka_unit_test(pajek_numbers_its_vertices_and_parts_arcs_from_edges),
        cmocka_unit_test(gexf_dates_the_ties),
        cmocka_unit_test(graph_formats_refuse_a_document_without_a_graph),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
