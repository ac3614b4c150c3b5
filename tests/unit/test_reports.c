/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_reports.c - every report prints any document: empty tables, missing numbers, chains, and
 * names meant to do harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/json_out.h"
#include "reports/html/html.h"
#include <kith/kith.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

static const kith_column path_columns[] = {
    {"rank", KITH_CELL_INT, "", "place in the list"},
    {"score", KITH_CELL_REAL, "index", "product of the hops' p"},
    {"people", KITH_CELL_LIST, "", "the chain"},
    {"weakest", KITH_CELL_INT, "", "which hop is the weakest"},
};
static const kith_column mixed_columns[] = {
    {"person", KITH_CELL_NODE, "", "who"},     {"note", KITH_CELL_TEXT, "", "as written"},
    {"warmth", KITH_CELL_REAL, "1", "W"},      {"known", KITH_CELL_BOOL, "", "already known"},
    {"last", KITH_CELL_TIME, "", "last seen"}, {"gap", KITH_CELL_INT, "days", "since then"},
};
static const kith_column name_columns[] = {
    {"name", KITH_CELL_TEXT, "", "as written"},
    {"value", KITH_CELL_REAL, "", "a number"},
};
static const char *const hostile[] = {
    "</script><img src=x onerror=alert(1)>",
    "\"quoted\", & 'so'",
    "tab\there\nline \x1b[31mred",
    "\xe2\x80\xae.evoL ylimE",
    "=cmd|' /C calc'!A0",
    "broken \xff\xfe bytes",
    "]]><!--",
    "",
};

/* A graph of three people and one event; the second person's name is markup. */
static kith_graph *
small_graph(void)
{
    static const char text[] = "made by hand";
    kith_build_options options = {.as_of = 20088 * KITH_DAY, .today = 20088 * KITH_DAY};
    kith_builder *b = kith_builder_new();
    kith_source *source = kith_source_from_memory("hand <1>.csv", text, sizeof text - 1);
    kith_fact fact = KITH_FACT_INIT;
    kith_mention who[4];
    kith_graph *graph = NULL;
    kith_error err = {0};

    kith_builder_begin(b, source, "hand");
    for (int i = 0; i < 4; i++)
        who[i] = kith_builder_mention(b, i == 3 ? KITH_EVENT : KITH_PERSON);
    kith_builder_name(b, who[0], "Ana Abara");
    kith_builder_identify(b, who[0], KITH_ID_EMAIL, "ana@example.org");
    kith_builder_flag(b, who[0], KITH_FLAG_CUSTOMER);
    kith_builder_attribute(b, who[0], "town", "Tidewell & Co");
    kith_builder_attribute(b, who[0], "id", "7");
    kith_builder_name(b, who[1], "<b>Bo \"Chen\"</b>");
    kith_builder_name(b, who[2], "Cleo\x01 Park");
    kith_builder_name(b, who[3], "Spring fair");
    kith_builder_event_time(b, who[3], 20000 * KITH_DAY, KITH_PRECISION_DAY);
    fact.kind = KITH_KNOWS;
    fact.from = who[0];
    fact.to = who[1];
    assert_int_equal(kith_builder_fact(b, &fact, &err), KITH_OK);
    fact.kind = KITH_REFERRED;
    fact.from = who[1];
    fact.to = who[2];
    fact.when = 19000 * KITH_DAY;
    fact.precision = KITH_PRECISION_DAY;
    fact.amount = 0.1;
    fact.currency = "EUR";
    assert_int_equal(kith_builder_fact(b, &fact, &err), KITH_OK);
    kith_builder_fact_attribute(b, "said", "a\nb");
    assert_int_equal(kith_builder_fact(b, &fact, &err), KITH_OK); /* twice: ties may be parallel */
    assert_int_equal(kith_builder_end(b, &err), KITH_OK);
    assert_int_equal(kith_builder_build(b, &options, &graph, &err), KITH_OK);
    kith_builder_free(b);
    kith_source_free(source);
    return graph;
}

static kith_answer *
paths_answer(void)
{
    static const char *const people[] = {"Pat Lee", "Bo <Chen>", "Dana Reyes"};
    kith_answer *answer = kith_answer_new("intro");
    kith_table *table = kith_answer_table(answer, "paths", path_columns, 4);

    kith_answer_parameter(answer, "to", KITH_OPTION_TYPE_TEXT, "Dana Reyes");
    kith_answer_parameter(answer, "k", KITH_OPTION_TYPE_INT, "5");
    kith_answer_parameter(answer, "floor", KITH_OPTION_TYPE_REAL, "0.05");
    kith_answer_parameter(answer, "inferred", KITH_OPTION_TYPE_FLAG, "no");
    kith_answer_parameter(answer, "avoid", KITH_OPTION_TYPE_TEXT, "");
    kith_table_row(table);
    kith_table_set_int(table, 0, 1);
    kith_table_set_real(table, 1, 0.412134);
    kith_table_set_list(table, 2, people, 3);
    kith_table_set_int(table, 3, 2);
    kith_table_row(table);
    kith_table_set_int(table, 0, 2);
    kith_table_set_real(table, 1, NAN);
    kith_answer_note(answer, "12 people left out: flagged \"no-intro\"");
    return answer;
}

static kith_answer *
mixed_answer(const kith_graph *graph)
{
    kith_answer *answer = kith_answer_new("keep-in-touch");
    kith_table *table = kith_answer_table(answer, "relationships", mixed_columns, 6);

    for (kith_node node = 0; node < 3; node++) {
        kith_table_row(table);
        kith_table_set_node(table, 0, node, graph ? kith_graph_label(graph, node) : "Ana");
        kith_table_set_real(table, 2, node == 1 ? NAN : 1.0 / (3 + (double)node));
        kith_table_set_bool(table, 3, node == 0);
        kith_table_set_time(table, 4, node == 2 ? KITH_TIME_NONE : 20000 * KITH_DAY,
                            KITH_PRECISION_DAY);
        kith_table_set_int(table, 5, 10 * node);
    }
    return answer;
}

static kith_answer *
hostile_answer(void)
{
    kith_answer *answer = kith_answer_new("names");
    kith_table *table = kith_answer_table(answer, "names", name_columns, 2);

    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
        kith_table_row(table);
        kith_table_set_text(table, 0, hostile[i]);
    }
    kith_answer_note(answer, "a <note> with \x1b[31m");
    return answer;
}

static kith_answer *
empty_answer(void)
{
    kith_answer *answer = kith_answer_new("gatekeepers");

    kith_answer_table(answer, "gatekeepers", name_columns, 2);
    return answer;
}

/* What a report makes of one answer (taken over), as text. */
static char *
print_wide(const char *name, kith_answer *answer, const kith_graph *graph, int width)
{
    kith_document *document = kith_document_new("Test & <title>", graph);
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    kith_error err = {0};
    const char *bytes;
    size_t size;

    if (answer)
        kith_document_add(document, answer);
    kith_sink_set_terminal(sink, width, false);
    assert_int_equal(kith_report_find(name)->write(document, sink, &err), KITH_OK);
    kith_document_free(document);
    bytes = kith_sink_bytes(sink, &size);
    assert_true(g_utf8_validate(bytes, (gssize)size, NULL));
    return g_strndup(bytes, size);
}

static char *
print(const char *name, kith_answer *answer, const kith_graph *graph)
{
    return print_wide(name, answer, graph, 0);
}

static void
json_follows_the_contract(void **state)
{
    g_autofree char *json = print("json", paths_answer(), NULL);
    g_autofree char *expected = g_strconcat(
        "{\n"
        "  \"kith\": \"",
        kith_version(),
        "\",\n"
        "  \"question\": \"intro\",\n"
        "  \"as_of\": null,\n"
        "  \"seed\": 0,\n"
        "  \"parameters\": {\"to\": \"Dana Reyes\", \"k\": 5, \"floor\": 0.05, \"inferred\": "
        "false, "
        "\"avoid\": null},\n"
        "  \"sources\": [],\n"
        "  \"tables\": {\n"
        "    \"paths\": [\n"
        "      {\"rank\": 1, \"score\": 0.412134, \"people\": [\"Pat Lee\", \"Bo <Chen>\", \"Dana "
        "Reyes\"], \"weakest\": 2},\n"
        "      {\"rank\": 2, \"score\": null, \"people\": null, \"weakest\": null}\n"
        "    ]\n"
        "  },\n"
        "  \"columns\": {\n"
        "    \"paths\": [\n"
        "      {\"name\": \"rank\", \"type\": \"integer\", \"unit\": \"\", \"about\": \"place in "
        "the "
        "list\"},\n"
        "      {\"name\": \"score\", \"type\": \"real\", \"unit\": \"index\", \"about\": \"product "
        "of "
        "the hops' p\"},\n"
        "      {\"name\": \"people\", \"type\": \"list\", \"unit\": \"\", \"about\": \"the "
        "chain\"},\n"
        "      {\"name\": \"weakest\", \"type\": \"integer\", \"unit\": \"\", \"about\": \"which "
        "hop is "
        "the weakest\"}\n"
        "    ]\n"
        "  },\n"
        "  \"notes\": [\n"
        "    \"12 people left out: flagged \\\"no-intro\\\"\"\n"
        "  ]\n"
        "}\n",
        NULL);

    (void)state;
    assert_string_equal(json, expected);
}

static void
json_says_which_node_is_meant(void **state)
{
    kith_graph *graph = small_graph();
    g_autofree char *json = print("json", mixed_answer(graph), graph);

    (void)state;
    assert_non_null(strstr(json, "\"person\": \"Ana Abara\", \"person_id\": \"ana-abara\", "));
    assert_non_null(strstr(json, "{\"name\": \"person_id\", \"type\": \"text\""));
    assert_non_null(strstr(json, "\"last\": null"));
    assert_non_null(strstr(json, "\"warmth\": 0.3333333333333333"));
    kith_graph_free(graph);
}

static void
json_of_no_answer_is_an_empty_list(void **state)
{
    g_autofree char *none = print("json", NULL, NULL);
    g_autofree char *expected =
        g_strconcat("{\n  \"kith\": \"", kith_version(),
                    "\",\n  \"title\": \"Test & <title>\",\n  \"answers\": []\n}\n", NULL);

    (void)state;
    assert_string_equal(none, expected);
}

static void
json_escapes_what_a_script_element_would_end_at(void **state)
{
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    g_autoptr(kith_json) json = kith_json_new(sink, true);
    g_autofree char *bytes = NULL;
    size_t size;

    (void)state;
    kith_json_array(json, KITH_JSON_INLINE);
    kith_json_text(json, "</script>&\xe2\x80\xa8\xff\x01");
    kith_json_real(json, INFINITY);
    kith_json_real(json, 0.1);
    kith_json_end(json);
    bytes = g_strdup(kith_sink_bytes(sink, &size));
    bytes[size] = '\0';
    assert_string_equal(bytes, "[\"\\u003c/script\\u003e\\u0026\\u2028\xef\xbf\xbd\\u0001\", null, "
                               "0.1]\n");
}

static void
csv_quotes_what_needs_it_and_disarms_formulas(void **state)
{
    g_autofree char *csv = print("csv", hostile_answer(), NULL);

    (void)state;
    assert_string_equal(csv, "name,value\r\n"
                             "</script><img src=x onerror=alert(1)>,\r\n"
                             "\"\"\"quoted\"\", & 'so'\",\r\n"
                             "\"tab\there\nline ?[31mred\",\r\n"
                             "\xe2\x80\xae.evoL ylimE,\r\n"
                             "'=cmd|' /C calc'!A0,\r\n"
                             "broken \xef\xbf\xbd\xef\xbf\xbd bytes,\r\n"
                             "]]><!--,\r\n"
                             ",\r\n");
}

static void
csv_leaves_numbers_alone_and_sees_through_disguise(void **state)
{
    static const char *const texts[] = {"-2",
                                        "+441632960999",
                                        "-2+3",
                                        "  @SUM(A1)",
                                        "\tx",
                                        ("\xef\xbc\x9d"
                                         "1+1"),
                                        "\xc2\xa0=1"};
    kith_answer *answer = kith_answer_new("names");
    kith_table *table = kith_answer_table(answer, "names", name_columns, 1);
    g_autofree char *csv = NULL;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        kith_table_row(table);
        kith_table_set_text(table, 0, texts[i]);
    }
    csv = print("csv", answer, NULL);
    assert_string_equal(csv, "name\r\n-2\r\n+441632960999\r\n'-2+3\r\n'  @SUM(A1)\r\n\"'\tx\"\r\n"
                             "'\xef\xbc\x9d"
                             "1+1\r\n'\xc2\xa0=1\r\n");
}

static void
csv_parts_several_tables_and_leaves_empty_ones_out(void **state)
{
    kith_answer *answer = paths_answer();
    kith_table *names;
    g_autofree char *csv = NULL;

    (void)state;
    kith_answer_table(answer, "nothing", name_columns, 2);
    names = kith_answer_table(answer, "names", name_columns, 2);
    kith_table_row(names);
    kith_table_set_text(names, 0, "Ana");
    kith_table_set_real(names, 1, 0.1);
    csv = print("csv", answer, NULL);
    assert_string_equal(csv, "# paths\r\nrank,score,people,weakest\r\n"
                             "1,0.412134,Pat Lee > Bo <Chen> > Dana Reyes,2\r\n2,,,\r\n"
                             "\r\n# names\r\nname,value\r\nAna,0.1\r\n");
}

static void
csv_of_nothing_is_a_header(void **state)
{
    g_autofree char *csv = print("csv", empty_answer(), NULL);

    (void)state;
    assert_string_equal(csv, "name,value\r\n");
}

static void
text_aligns_columns_and_ends_with_notes(void **state)
{
    g_autofree char *text = print("text", paths_answer(), NULL);

    (void)state;
    assert_string_equal(text, "rank   score  people                            weakest\n"
                              "   1  0.4121  Pat Lee → Bo <Chen> → Dana Reyes        2\n"
                              "   2       –  –                                       –\n"
                              "\n"
                              "note: 12 people left out: flagged \"no-intro\"\n");
}

static void
text_is_cut_on_a_narrow_terminal_only(void **state)
{
    g_autofree char *text = print_wide("text", paths_answer(), NULL, 40);

    (void)state;
    assert_non_null(strstr(text, "   1  0.4121  Pat Lee → Bo <Ch…        2\n"));
}

/* A name and five numbers, whose heads are longer than what stands below them. */
static kith_answer *
many_numbers_answer(void)
{
    static const kith_column columns[] = {
        {"person", KITH_CELL_TEXT, "", ""},         {"constraint", KITH_CELL_INT, "", ""},
        {"effective_size", KITH_CELL_INT, "", ""},  {"representative", KITH_CELL_INT, "", ""},
        {"long_ties_error", KITH_CELL_INT, "", ""}, {"liaison", KITH_CELL_INT, "", ""}};
    kith_answer *answer = kith_answer_new("brokers");
    kith_table *t = kith_answer_table(answer, "brokers", columns, 6);

    kith_table_row(t);
    kith_table_set_text(t, 0, "Ada");
    for (int i = 1; i < 6; i++)
        kith_table_set_int(t, i, 100 + i);
    return answer;
}

static void
text_stacks_heads_and_then_breaks_tables_between_columns(void **state)
{
    g_autofree char *stacked = print_wide("text", many_numbers_answer(), NULL, 66);
    g_autofree char *blocks = print_wide("text", many_numbers_answer(), NULL, 44);
    g_autofree char *piped = print("text", many_numbers_answer(), NULL);

    (void)state;
    assert_string_equal(stacked, "                                                long\n"
                                 "                    effective                   ties\n"
                                 "person  constraint       size  representative  error  liaison\n"
                                 "Ada            101        102             103    104      105\n");
    assert_string_equal(blocks, "                    effective\n"
                                "person  constraint       size\n"
                                "Ada            101        102\n"
                                "\n"
                                "                         long\n"
                                "                         ties\n"
                                "person  representative  error  liaison\n"
                                "Ada                103    104      105\n");
    assert_non_null(strstr(piped, "person  constraint  effective size  representative  "
                                  "long ties error  liaison\n"));
}

static void
text_draws_scores_where_a_terminal_has_room(void **state)
{
    g_autofree char *wide = print_wide("text", paths_answer(), NULL, 72);
    g_autofree char *piped = print("text", paths_answer(), NULL);

    (void)state;
    assert_non_null(strstr(wide, "\xe2\x96\x88\n"));
    assert_null(strstr(piped, "\xe2\x96\x88"));
}

static void
text_lets_no_control_character_through(void **state)
{
    g_autofree char *text = print("text", hostile_answer(), NULL);

    (void)state;
    for (const char *p = text; *p; p++)
        assert_true((unsigned char)*p >= ' ' || *p == '\n');
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "=cmd|' /C calc'!A0"));
}

static void
text_says_when_nothing_was_found(void **state)
{
    g_autofree char *text = print("text", empty_answer(), NULL);

    (void)state;
    assert_string_equal(text, "nothing found\n");
}

/* The text between two marks. */
static char *
between(const char *text, const char *from, const char *to)
{
    const char *start = strstr(text, from), *end;

    assert_non_null(start);
    start += strlen(from);
    end = strstr(start, to);
    assert_non_null(end);
    return g_strndup(start, (gsize)(end - start));
}

/* The page without the script at its end, which its build may or may not have. */
static char *
without_script(const char *html)
{
    const char *script = strstr(html, "<script>"), *end = strstr(html, "</body>");

    assert_non_null(end);
    return g_strndup(html, (gsize)((script ? script : end) - html));
}

static char *
sha256_of(const char *text)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize size = sizeof digest;

    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(sum, digest, &size);
    return g_base64_encode(digest, size);
}

static void
html_lets_in_its_own_script_and_no_other(void **state)
{
    g_autofree char *html = print("html", paths_answer(), NULL);
    g_autofree char *script = NULL, *named = NULL, *hash = NULL;

    (void)state;
    if (!strstr(html, "<script")) { /* built without Node */
        assert_null(strstr(html, "script-src"));
        return;
    }
    script = between(html, "<script>", "</script>");
    named = between(html, "script-src 'sha256-", "'");
    hash = sha256_of(script);
    assert_string_equal(named, hash);
    assert_null(strstr(strstr(html, "<script") + 1, "<script"));
    assert_null(strstr(script, "http"));
    assert_null(strstr(script, "eval("));
    assert_null(strstr(script, "innerHTML"));
}

static void
html_lets_in_its_own_style_and_nothing_else(void **state)
{
    g_autofree char *whole = print("html", paths_answer(), NULL);
    g_autofree char *html = without_script(whole);
    g_autofree char *css = between(html, "<style>", "</style>");
    g_autofree char *named = between(html, "style-src 'sha256-", "'");
    g_autofree char *hash = sha256_of(css);

    (void)state;
    assert_string_equal(named, hash);
    assert_non_null(strstr(html, "default-src 'none'"));
    assert_null(strstr(html, " style="));
    assert_null(strstr(html, "http:"));
    assert_null(strstr(html, "https:"));
    assert_null(strstr(css, "url("));
}

static void
html_says_the_answer_in_words(void **state)
{
    g_autofree char *html = print("html", paths_answer(), NULL);

    (void)state;
    assert_non_null(strstr(
        html, "The warmest way to <b>Dana Reyes</b> is through <b>Bo &lt;Chen&gt;</b> (2 steps, "
              "score 0.41); the weakest link is between <b>Bo &lt;Chen&gt;</b> and <b>Dana "
              "Reyes</b>."));
    assert_non_null(strstr(html, "<em>weakest</em>"));
    assert_non_null(strstr(html, "<h1>Test &amp; &lt;title&gt;</h1>"));
    assert_null(strstr(html, "Bo <Chen>"));
}

static void
html_keeps_a_name_apart_from_the_direction_around_it(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    kith_html_name(out, "\xd9\x85\xd8\xb1 & co");
    kith_html_name(out, "<ascii>");
    assert_string_equal(out->str, "<bdi>\xd9\x85\xd8\xb1 &amp; co</bdi>&lt;ascii&gt;");
}

static void
html_makes_hostile_names_harmless(void **state)
{
    g_autofree char *whole = print("html", hostile_answer(), NULL);
    g_autofree char *html = without_script(whole);

    (void)state;
    assert_null(strstr(html, "<img"));
    assert_null(strstr(html, "<note>"));
    assert_null(strstr(html, "</script"));
    assert_null(strstr(html, "\xe2\x80\xae"));
    assert_null(strchr(html, '\x1b'));
    assert_non_null(strstr(html, "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"));
    assert_non_null(strstr(html, "&quot;quoted&quot;, &amp; &#39;so&#39;"));
}

static void
html_says_when_nothing_was_found(void **state)
{
    g_autofree char *html = print("html", empty_answer(), NULL);
    g_autofree char *none = print("html", NULL, NULL);

    (void)state;
    assert_non_null(strstr(html, "nothing found"));
    assert_non_null(strstr(html, "Nobody stands in every way in."));
    assert_non_null(strstr(none, "Nothing was asked."));
}

static void
html_is_the_same_on_every_run(void **state)
{
    kith_graph *graph = small_graph();
    g_autofree char *first = print("html", mixed_answer(graph), graph);
    g_autofree char *second = print("html", mixed_answer(graph), graph);

    (void)state;
    assert_string_equal(first, second);
    kith_graph_free(graph);
}

/* How many elements an XPath finds; prefix x is the document's own namespace. */
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
    kith_graph *graph = small_graph();
    g_autofree char *xml = print("graphml", mixed_answer(graph), graph);
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

static void
assert_data(const xmlNode *element, const char *key, const char *expected)
{
    char *found = data_of(element, key);

    assert_int_equal(found != NULL, expected != NULL);
    if (found)
        assert_string_equal(found, expected);
    xmlFree(found);
}

static void
graphml_gives_each_tie_its_own_values_however_often_they_repeat(void **state)
{
    kith_graph *graph = graph_of_runs(150);
    g_autofree char *xml = print("graphml", NULL, graph);
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
    }
    assert_int_equal(i, kith_graph_ties(graph));
    assert_int_equal(i, 150);
    xmlFreeDoc(doc);
    kith_graph_free(graph);
}

static void
dot_quotes_whatever_a_name_holds(void **state)
{
    kith_graph *graph = small_graph();
    g_autofree char *dot = print("dot", mixed_answer(graph), graph);

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
    kith_graph *graph = small_graph();
    g_autofree char *net = print("pajek", mixed_answer(graph), graph);

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
    kith_graph *graph = small_graph();
    g_autofree char *xml = print("gexf", mixed_answer(graph), graph);
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
        cmocka_unit_test(json_follows_the_contract),
        cmocka_unit_test(json_says_which_node_is_meant),
        cmocka_unit_test(json_of_no_answer_is_an_empty_list),
        cmocka_unit_test(json_escapes_what_a_script_element_would_end_at),
        cmocka_unit_test(csv_quotes_what_needs_it_and_disarms_formulas),
        cmocka_unit_test(csv_leaves_numbers_alone_and_sees_through_disguise),
        cmocka_unit_test(csv_parts_several_tables_and_leaves_empty_ones_out),
        cmocka_unit_test(csv_of_nothing_is_a_header),
        cmocka_unit_test(text_aligns_columns_and_ends_with_notes),
        cmocka_unit_test(text_is_cut_on_a_narrow_terminal_only),
        cmocka_unit_test(text_stacks_heads_and_then_breaks_tables_between_columns),
        cmocka_unit_test(text_draws_scores_where_a_terminal_has_room),
        cmocka_unit_test(text_lets_no_control_character_through),
        cmocka_unit_test(text_says_when_nothing_was_found),
        cmocka_unit_test(html_lets_in_its_own_style_and_nothing_else),
        cmocka_unit_test(html_lets_in_its_own_script_and_no_other),
        cmocka_unit_test(html_says_the_answer_in_words),
        cmocka_unit_test(html_keeps_a_name_apart_from_the_direction_around_it),
        cmocka_unit_test(html_makes_hostile_names_harmless),
        cmocka_unit_test(html_says_when_nothing_was_found),
        cmocka_unit_test(html_is_the_same_on_every_run),
        cmocka_unit_test(graphml_holds_the_graph_and_what_was_computed),
        cmocka_unit_test(graphml_gives_each_tie_its_own_values_however_often_they_repeat),
        cmocka_unit_test(dot_quotes_whatever_a_name_holds),
        cmocka_unit_test(pajek_numbers_its_vertices_and_parts_arcs_from_edges),
        cmocka_unit_test(gexf_dates_the_ties),
        cmocka_unit_test(graph_formats_refuse_a_document_without_a_graph),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
