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
    assert_int_equal(count(doc, "//x:key[x:default]/@id[.='e_source' or .='e_weight']"), 2);
    assert_int_equal(count(doc, "//x:default"), 2);
    assert_int_equal(count(doc, "//x:node[@id = preceding-sibling::x:node/@id]"), 0);
    assert_non_null(strstr(xml, "&lt;b&gt;Bo "));
    xmlFreeDoc(doc);
    kith_graph_free(graph);
}

/* Ties of one pair whose values stay the same for a while, change, come back and are missing. */
static kith_graph *
graph_of_runs(int ties)
{
    static const char text[] = "made by hand";
    static const char *const statuses[] = {NULL, "won", "a<b & \"c\"", "\xc3\xa9t\xc3\xa9", "won"};
    static const double weights[] = {1, 0.25, 7, 7, 1e9};
    kith_build_options options = {.as_of = 20088 * KITH_DAY, .today = 20088 * KITH_DAY};
    kith_builder *b = kith_builder_new();
    kith_source *source = kith_source_from_memory("runs.csv", text, sizeof text - 1);
    kith_fact fact = KITH_FACT_INIT;
    kith_graph *graph = NULL;
    kith_error err = {0};

    kith_builder_begin(b, source, "hand");
    fact.from = kith_builder_keyed(b, KITH_PERSON, KITH_ID_LABEL, "ann");
    fact.to = kith_builder_keyed(b, KITH_PERSON, KITH_ID_LABEL, "bo");
    for (int i = 0; i < ties; i++) {
        fact.kind = i % 7 < 5 ? KITH_REFERRED : KITH_KNOWS;
        fact.when = (19000 + i) * KITH_DAY;
        fact.precision = KITH_PRECISION_DAY;
        fact.status = statuses[i / 3 % 5];
        fact.weight = weights[i / 4 % 5];
        assert_int_equal(kith_builder_fact(b, &fact, &err), KITH_OK);
    }
    assert_int_equal(kith_builder_end(b, &err), KITH_OK);
    assert_int_equal(kith_builder_build(b, &options, &graph, &err), KITH_OK);
    kith_builder_free(b);
    kith_source_free(source);
    return graph;
}

/* The text of an element's data with that key, NULL when it has none; xmlFree() it. */
static char *
data_of(const xmlNode *element, const char *wanted)
{
    for (xmlNode *data = element->children; data; data = data->next) {
        xmlChar *key =
            data->type == XML_ELEMENT_NODE ? xmlGetProp(data, (const xmlChar *)"key") : NULL;
        bool found = key && strcmp((const char *)key, wanted) == 0;

        xmlFree(key);
        if (found)
            return (char *)xmlNodeGetContent(data);
    }
    return NULL;
}

/* The default of a key, NULL when it has none; xmlFree() it. */
static char *
default_of(const xmlNode *root, const char *wanted)
{
    for (xmlNode *key = root->children; key; key = key->next) {
        xmlChar *id = xmlGetProp(key, (const xmlChar *)"id");
        bool found = id && strcmp((const char *)id, wanted) == 0;

        xmlFree(id);
        if (found && xmlFirstElementChild(key))
            return (char *)xmlNodeGetContent(xmlFirstElementChild(key));
    }
    return NULL;
}

static void
assert_data(const xmlNode *element, const char *key, const char *expected)
{
    char *found = data_of(element, key);

    if (!found)
        found = default_of(xmlDocGetRootElement(element->doc), key);

    assert_int_equal(found != NULL, expected != NULL);
    if (found)
        assert_string_equal(found, expected);
    xmlFree(found);
}

static void
graphml_gives_each_tie_its_own_values_however_often_they_repeat(void **state)
{
    kith_graph *graph = graph_of_runs(150);
    g_autofree char *xml = document_print("graphml", NULL, graph);
    xmlDocPtr doc = xmlReadMemory(xml, (int)strlen(xml), "test", NULL, XML_PARSE_NONET);
    xmlNode *root = xmlDocGetRootElement(doc), *element;
    int64_t i = 0;

    (void)state;
    for (element = xmlFirstElementChild(root);
         !xmlStrEqual(element->name, (const xmlChar *)"graph");)
        element = xmlNextElementSibling(element);
    for (element = xmlFirstElementChild(element); element;
         element = xmlNextElementSibling(element)) {
        char when[32], weight[32];
        kith_tie tie;

        if (!xmlStrEqual(element->name, (const xmlChar *)"edge"))
            continue;
        kith_graph_tie(graph, i++, &tie);
        g_snprintf(weight, sizeof weight, "%.15g", tie.weight);
        assert_data(element, "e_kind", kith_tie_kind_name(tie.kind));
        assert_data(element, "e_status", tie.status);
        assert_data(element, "e_weight", weight);
        assert_data(element, "e_when", kith_time_text(tie.when, tie.precision, when));
        assert_data(element, "e_source", "runs.csv");
        assert_null(data_of(element, "e_source"));
    }
    assert_int_equal(i, kith_graph_ties(graph));
    assert_int_equal(i, 150);
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
        cmocka_unit_test(graphml_gives_each_tie_its_own_values_however_often_they_repeat),
        cmocka_unit_test(dot_quotes_whatever_a_name_holds),
        cmocka_unit_test(pajek_numbers_its_vertices_and_parts_arcs_from_edges),
        cmocka_unit_test(gexf_dates_the_ties),
        cmocka_unit_test(graph_formats_refuse_a_document_without_a_graph),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
