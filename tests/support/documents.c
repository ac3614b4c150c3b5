/* SPDX-License-Identifier: GPL-3.0-or-later */
/* documents.c - see documents.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/documents.h"
#include <kith/kith.h>
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

kith_graph *
document_graph(void)
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

kith_answer *
document_paths(void)
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

kith_answer *
document_mixed(const kith_graph *graph)
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

kith_answer *
document_hostile(void)
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

kith_answer *
document_empty(void)
{
    kith_answer *answer = kith_answer_new("gatekeepers");

    kith_answer_table(answer, "gatekeepers", name_columns, 2);
    return answer;
}

char *
document_print_wide(const char *name, kith_answer *answer, const kith_graph *graph, int width)
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

char *
document_print(const char *name, kith_answer *answer, const kith_graph *graph)
{
    return document_print_wide(name, answer, graph, 0);
}
