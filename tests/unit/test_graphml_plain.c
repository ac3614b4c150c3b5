/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fast reader of plain GraphML against libxml2's: every document is read both ways (a book's rows are never columns,
 * so asking for rows asks for libxml2) and must give the same people, ties, attributes, warnings and errors.
 */
#include "../support/import.h"
#include "base/xml_scan.h"

#define IMPORTER "graphml"
#define HEAD                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->\n"                             \
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"                                   \
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a\n b\">\n"     \
    "  <key id=\"n\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"                     \
    "  <key id=\"o\" for=\"node\" attr.name=\"org\" attr.type=\"string\"></key>\n"                 \
    "  <key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"                   \
    "  <key id=\"t\" for=\"edge\" attr.name=\"time\" attr.type=\"long\"/>\n"                       \
    "  <graph id=\"G\" edgedefault=\"undirected\">\n"
#define TAIL "  </graph>\n</graphml>\n"

static void
append_node(GString *out, const kith_graph *graph, int64_t i)
{
    kith_identifier_kind kind;
    const char *key, *value;

    g_string_append_printf(out, "node %s (%s)", kith_graph_label(graph, i),
                           kith_graph_id(graph, i));
    for (int64_t k = 0; kith_graph_identifier_at(graph, i, k, &kind, &value); k++)
        g_string_append_printf(out, " %d:%s", kind, value);
    for (int64_t k = 0; kith_graph_name_at(graph, i, k); k++)
        g_string_append_printf(out, " called %s", kith_graph_name_at(graph, i, k));
    for (int64_t k = 0; kith_graph_attribute_at(graph, i, k, &key, &value); k++)
        g_string_append_printf(out, " %s=%s", key, value);
    g_string_append_c(out, '\n');
}

/* Everything that a reader can tell, as text. */
static char *
tell(const struct imported *in)
{
    GString *out = g_string_new(NULL);
    kith_tie tie;

    g_string_append_printf(out, "%s\n%s%s%d records\n", in->error, in->heard, in->ties,
                           (int)in->records);
    for (int64_t i = 0; i < kith_graph_nodes(in->graph); i++)
        append_node(out, in->graph, i);
    for (int64_t i = 0; i < kith_graph_ties(in->graph); i++) {
        kith_graph_tie(in->graph, i, &tie);
        g_string_append_printf(out, "%d ", (int)tie.line);
    }
    return g_string_free(out, FALSE);
}

/* @return whether the fast reader took it */
static bool
read_both_ways(const char *bytes, size_t size)
{
    const kith_import_options rows = {.rows = true};
    struct imported fast = import_bytes(IMPORTER, "g.graphml", bytes, size, NULL),
                    slow = import_bytes(IMPORTER, "g.graphml", bytes, size, &rows);
    g_autofree char *a = tell(&fast), *b = tell(&slow);
    bool taken = fast.graph->edges != NULL;

    for (size_t i = 0; strcmp(a, b) != 0; i++)
        if (a[i] != b[i])
            fail_msg("fast: …%.300s\nslow: …%.300s", a + i, b + i);
    imported_clear(&fast);
    imported_clear(&slow);
    return taken;
}

static void
assert_plain(const char *document)
{
    if (!read_both_ways(document, strlen(document)))
        fail_msg("not taken by the fast reader:\n%s", document);
}

static void
assert_left_alone(const char *document)
{
    if (read_both_ways(document, strlen(document)))
        fail_msg("taken by the fast reader:\n%s", document);
}

#define N(id, more) "<node id=\"" id "\">" more "</node>\n"
#define E(a, b, more) "<edge source=\"" a "\" target=\"" b "\">" more "</edge>\n"
#define D(key, text) "<data key=\"" key "\">" text "</data>"

static void
plain_graphml_is_read_into_columns(void **state)
{
    (void)state;
    assert_plain(HEAD N("n0", D("n", "Ann") D("o", "Acme")) N("n1", D("n", "Bo"))
                     E("n0", "n1", D("w", "2.5")) E("n1", "n0", "") TAIL);
    assert_plain(HEAD "<node id='b'/><node id=\"a\" />" N("c", "\n\t" D("o", " x\ny ") "\n")
                     E("b", "a", D("t", "1700000000")) E("a", "a", D("w", "1e3")) TAIL);
    assert_plain("<graphml><graph edgedefault=\"directed\"><node id=\"1\"/><node id=\"2\"/>"
                 "<node id=\"x\"/><edge id=\"e\" directed=\"true\" source=\"1\" target=\"x\"/>"
                 "</graph></graphml>");
    /* An edge that waits for its node. */
    assert_plain(HEAD N("a", "") E("a", "b", "") N("b", "") TAIL);
    /* Numbered at first, and a node without ties between them. */
    assert_plain(HEAD N("5", "") N("6", "") N("10", "") E("10", "5", "") E("5", "6", "") TAIL);
}

static void
entities_and_references_are_characters(void **state)
{
    (void)state;
    assert_plain(HEAD N("n0", D("n", "A &amp; B &lt;&gt;&quot;&apos; &#65;&#x42;&#xe9; ]] >"))
                     N("n1", D("o", "&#32;a&#10;&#9;")) E("n0", "n1", "") TAIL);
    assert_plain(HEAD N("a&amp;b", "") N("\xc3\xa9", D("o", "\xe2\x82\xac"))
                     E("a&amp;b", "&#233;", "") TAIL);
    assert_left_alone(HEAD N("n0", D("n", "&nbsp;")) N("n1", "") E("n0", "n1", "") TAIL);
    assert_left_alone(HEAD N("n0", D("n", "&#0;")) N("n1", "") E("n0", "n1", "") TAIL);
    assert_left_alone(HEAD N("n0", D("n", "&#xd800;")) N("n1", "") E("n0", "n1", "") TAIL);
    assert_left_alone(HEAD N("n0", D("n", "a]]>")) N("n1", "") E("n0", "n1", "") TAIL);
}

static void
what_warns_or_fails_is_left_to_libxml2(void **state)
{
    static const char *const bodies[] = {
        N("a", "") E("a", "b", ""),                                    /* no such node */
        N("a", "") N("a", "") E("a", "a", ""),                         /* a node twice */
        N("n0", D("n", "Bo")) N("n1", D("n", "Bo")) E("n0", "n1", ""), /* namesakes */
        N("x", D("n", "Bo")) E("x", "x", ""),                          /* a name besides a label */
        N("a", D("q", "1")) E("a", "a", ""),                           /* an unknown key */
        N("a", D("o", "1") D("o", "2")) E("a", "a", ""),               /* a value twice */
        N("a", "") E("a", "a", D("w", "-1")),                          /* a bad weight */
        N("a", "") E("a", "a", D("w", "nan")),
        N("a", "") E("a", "a", D("t", "2024-05-06")), /* a day, not a second */
        N("a", "") E("a", "a", D("t", "soon")),
        N("a", "") E("a", "a", D("o", "an attribute of a tie")),
        N("a", "<graph/>") E("a", "a", ""),
        N("a", "<port name=\"p\"/>") E("a", "a", ""),
        N("a", "") "<edge source=\"a\" target=\"a\" directed=\"true\"/>",
        N("a", "") "<edge source=\"a\"/>",
        N("a", "") "<hyperedge/>" E("a", "a", ""),
        N("a", "") "<!-- no --> " E("a", "a", ""),
        N("a", "") "<?x?>" E("a", "a", ""),
        N("a", D("o", "<![CDATA[x]]>")) E("a", "a", ""),
        N("a", D("o", "a<b>c</b>")) E("a", "a", ""),
        "<node\nid=\"a\"/>" E("a", "a", ""),
        "<node id=\"a\" id=\"b\"/>" E("a", "a", ""),
        "<node id=\"a\" p:id=\"b\"/>" E("a", "a", ""),
        "<node id=\"a<\"/>" E("a", "a", ""),
        "<node id=\"a\r\"/>" E("a", "a", ""),
        "<node id=a/>" E("a", "a", ""),
        "<node id=\"\"/>" E("a", "a", ""),
        N("a", "text") E("a", "a", ""),
        N("a", "\x01") E("a", "a", ""),
        N("a\xff", "") E("a\xff", "a\xff", ""),
        N("a", D("o", "\xef\xbf\xbe")) E("a", "a", ""),
        N("a", "") E("a", "a", "") "</graph><graph>" N("b", ""),
        N("a", "") E("a", "a", "") "<edge source=\"a\" target=\"a\">",
        N("a", ""), /* no ties */
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autofree char *document = g_strconcat(HEAD, bodies[i], TAIL, NULL);

        assert_left_alone(document);
    }
}

static void
heads_that_are_not_plain_are_left_to_libxml2(void **state)
{
    static const char *const heads[] = {
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><graphml><graph>",
        "<?xml version=\"1.1\"?><graphml><graph>",
        "\xef\xbb\xbf<graphml><graph>",
        "<!DOCTYPE graphml><graphml><graph>",
        "<?pi?><graphml><graph>",
        "<!-- a -- b --><graphml><graph>",
        "<graphml xmlns:y=\"u\"><graph>",
        "<g:graphml xmlns:g=\"u\"><graph>",
        "<graphml><key id=\"k\"/><key id=\"k\"/><graph>",
        "<graphml><key for=\"node\"/><graph>",
        "<graphml><key id=\"k\"><default>1</default></key><graph>",
        "<graphml><desc>a</desc><graph>",
        "<graphml><key id=\"n_kind\" attr.name=\"kind\"/><graph>",
        "<graphml>text<graph>",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autofree char *document =
            g_strconcat(heads[i], N("a", "") E("a", "a", ""), "</graph></graphml>", NULL);

        assert_left_alone(document);
    }
    assert_left_alone("<graphml><graph><node id=\"a\"/><edge source=\"a\" target=\"a\"/>"
                      "</graph></graphml><x/>");
    assert_left_alone("<graphml><graph><node id=\"a\"/><edge source=\"a\" target=\"a\"/></graph>");
}

/* Far longer than a block, with elements over several lines, so that blocks are cut everywhere. */
static char *
long_document(GRand *random, int nodes, int edges, bool named)
{
    GString *out = g_string_new(HEAD);

    for (int i = 0; i < nodes; i++)
        g_string_append_printf(
            out, "<node id=\"%s%d\">%s" D("n", "P&amp;%d") D("o", "Org %d") "</node>%s",
            named ? "n" : "n0", i, i % 3 ? "" : "\n   ", i, i % 7, i % 5 ? "\n" : " ");
    for (int i = 0; i < edges; i++)
        g_string_append_printf(
            out, "<edge source=\"%s%d\" target=\"%s%d\">%s" D("w", "%d") "%s</edge>\n",
            named ? "n" : "n0", g_rand_int_range(random, 0, nodes), named ? "n" : "n0",
            g_rand_int_range(random, 0, nodes), i % 2 ? "\n    " : "",
            g_rand_int_range(random, 1, 9), i % 3 ? "" : "\n");
    g_string_append(out, TAIL);
    return g_string_free(out, FALSE);
}

static void
long_documents_give_the_same_either_way(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    (void)state;
    for (int i = 0; i < 2; i++) {
        g_autofree char *document = long_document(random, 1500, 4000, i == 0);

        assert_plain(document);
    }
}

/* A plain document with one to three bytes changed, left out or doubled. */
static void
damaged_documents_give_the_same_either_way(void **state)
{
    static const char document[] = HEAD N("n0", D("n", "Ann &amp; co") D("o", "Acme"))
        N("n1", D("n", "Bo")) "<node id='n2'/>\n" E("n0", "n1", D("w", "2.5")) E("n1", "n2", "")
            E("n2", "n0", D("w", "1")) TAIL;
    static const char bytes[] = "<>/&;\"'= \n\tn01x#]!?-\x80\xc3";
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    int taken = 0;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        g_autoptr(GString) damaged = g_string_new(document);

        for (int k = g_rand_int_range(random, 1, 4); k > 0; k--) {
            gssize at = g_rand_int_range(random, 0, (int)damaged->len);
            char c = bytes[g_rand_int_range(random, 0, (int)sizeof bytes - 1)];

            if (g_rand_boolean(random))
                damaged->str[at] = c;
            else if (g_rand_boolean(random))
                g_string_erase(damaged, at, 1);
            else
                g_string_insert_c(damaged, at, c);
        }
        taken += read_both_ways(damaged->str, damaged->len);
    }
    assert_in_range(taken, 100, 2900); /* both readers were tried */
}

static void
files_give_the_same_either_way(void **state)
{
    static const char *const files[] = {"fixtures/core.graphml", "fixtures/nodexl.graphml",
                                        "../../shared/fixtures/graph/core.graphml",
                                        "../../shared/fixtures/graph/nodexl.graphml",
                                        "../../shared/datasets/lesmis/lesmis.graphml"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(g_getenv("KITH_ROOT"), "tests", files[i], NULL);
        g_autofree char *bytes = NULL;
        gsize size;

        if (g_file_get_contents(path, &bytes, &size, NULL))
            read_both_ways(bytes, size);
        else
            assert_true(i >= 2); /* our own are always there */
    }
}

static void
characters_that_xml_forbids_are_found(void **state)
{
    (void)state;
    assert_true(kith_xml_scan_characters("a\n\t\xc3\xa9\xef\xbf\xbd", 8));
    assert_false(kith_xml_scan_characters("a\r", 2));
    assert_false(kith_xml_scan_characters("a\0b", 3));
    assert_false(kith_xml_scan_characters("\xc3", 1));
    assert_false(kith_xml_scan_characters("\xef\xbf\xbf", 3));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_graphml_is_read_into_columns),
        cmocka_unit_test(entities_and_references_are_characters),
        cmocka_unit_test(what_warns_or_fails_is_left_to_libxml2),
        cmocka_unit_test(heads_that_are_not_plain_are_left_to_libxml2),
        cmocka_unit_test(long_documents_give_the_same_either_way),
        cmocka_unit_test(damaged_documents_give_the_same_either_way),
        cmocka_unit_test(files_give_the_same_either_way),
        cmocka_unit_test(characters_that_xml_forbids_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
