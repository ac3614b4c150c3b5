/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reports.c - any text as a name, a note, a title, through every report.
 *
 * What must be a document still is one: JSON and XML read back, HTML has as many scripts as with a harmless name, and
 * what goes to a terminal has no control character.
 */
#include "base/json.h"
#include "base/xml.h"
#include "fuzz/target.h"
#include <kith/kith.h>
#include <string.h>

static const kith_column columns[] = {
    {"name", KITH_CELL_TEXT, "", "as written"},
    {"person", KITH_CELL_NODE, "", "who"},
    {"people", KITH_CELL_LIST, "", "the chain"},
    {"score", KITH_CELL_REAL, "1", "a number"},
};

static kith_graph *
graph_of(const char *text)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE, .today = INT64_C(20000) * KITH_DAY};
    kith_source *source = kith_source_from_memory(text, "x", 1);
    kith_builder *b = kith_builder_new();
    kith_fact fact = KITH_FACT_INIT;
    kith_graph *graph = NULL;

    kith_builder_begin(b, source, "hand");
    fact.kind = KITH_KNOWS;
    fact.from = kith_builder_mention(b, KITH_PERSON);
    fact.to = kith_builder_mention(b, KITH_PERSON);
    fact.detail = text;
    kith_builder_name(b, fact.from, text);
    kith_builder_attribute(b, fact.from, text, text);
    kith_builder_name(b, fact.to, "Bo Chen");
    kith_builder_fact(b, &fact, NULL);
    kith_builder_fact_attribute(b, text, text);
    kith_builder_end(b, NULL);
    kith_builder_build(b, &options, &graph, NULL);
    kith_builder_free(b);
    kith_source_free(source);
    return graph;
}

static kith_document *
document_of(const char *text, const kith_graph *graph)
{
    const char *const people[] = {text, "Bo Chen", text};
    kith_document *document = kith_document_new(text, graph);
    kith_answer *answer = kith_answer_new("names");
    kith_table *table = kith_answer_table(answer, "names", columns, G_N_ELEMENTS(columns));

    kith_document_add(document, answer);
    kith_table_row(table);
    kith_table_set_text(table, 0, text);
    kith_table_set_node(table, 1, 0, text);
    kith_table_set_list(table, 2, people, 3);
    kith_answer_parameter(answer, "to", KITH_OPTION_TYPE_TEXT, text);
    kith_answer_note(answer, "about %s", text);
    if (graph)
        kith_answer_about(answer, graph, 1);
    return document;
}

/* How many tags that matter there are. */
static size_t
count_tags(const char *bytes)
{
    static const char *const tags[] = {"<script", "</script", "<img", "<iframe", "<!--"};
    size_t n = 0;

    for (; (bytes = strchr(bytes, '<')) != NULL; bytes++)
        for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
            n += bytes[1] == tags[i][1] && strncmp(bytes, tags[i], strlen(tags[i])) == 0;
    return n;
}

static void
check_json(const char *bytes, size_t size)
{
    g_autoptr(kith_source) source = kith_source_from_memory("out", bytes, size);
    g_autoptr(kith_json_file) json = NULL;

    g_assert(kith_json_load(source, KITH_JSON_PLAIN, &json, NULL) == KITH_OK);
}

static void
check_xml(const char *bytes, size_t size)
{
    g_autoptr(kith_source) source = kith_source_from_memory("out", bytes, size);
    g_autoptr(kith_xml) xml = kith_xml_new(source);
    kith_xml_event event = {0};

    do
        g_assert(kith_xml_next(xml, &event, NULL) == KITH_OK);
    while (event.kind != KITH_XML_EOF);
}

static void
check_terminal(const char *bytes)
{
    for (const char *p = bytes; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_assert(c == '\n' || (c >= 0x20 && (c < 0x7f || c > 0x9f)));
        g_assert(!(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069));
    }
}

/* Writes one report. @return how many tags that matter are in it */
static size_t
write_one(const kith_report *report, const kith_document *document)
{
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    const char *bytes;
    size_t size;

    g_assert(report->write(document, sink, NULL) == KITH_OK);
    bytes = kith_sink_bytes(sink, &size);
    g_assert(g_utf8_validate(bytes, (gssize)size, NULL));
    if (strcmp(report->name, "json") == 0)
        check_json(bytes, size);
    if (strcmp(report->name, "graphml") == 0 || strcmp(report->name, "gexf") == 0)
        check_xml(bytes, size);
    if (strcmp(report->name, "text") == 0)
        check_terminal(bytes);
    return strcmp(report->name, "html") == 0 ? count_tags(bytes) : 0;
}

static size_t
write_about(const char *text, const kith_report *report)
{
    kith_graph *graph = graph_of(text);
    kith_document *document = document_of(text, graph);
    size_t tags = 0;

    if (!report->needs_graph || graph)
        tags = write_one(report, document);
    kith_document_free(document);
    kith_graph_free(graph);
    return tags;
}

static void
check_report(const char *text, const kith_report *report)
{
    static size_t harmless;
    size_t tags = write_about(text, report);

    if (strcmp(report->name, "html") != 0)
        return;
    if (!harmless)
        harmless = write_about("Ana Abara", report);
    g_assert(tags == harmless);
}

void
fuzz_reports(const uint8_t *bytes, size_t size)
{
    g_autofree char *text = g_strndup((const char *)bytes, size);
    const kith_report *const *all = kith_reports();
    size_t n = 0;

    while (all[n])
        n++;
    for (size_t i = 0; i < n; i++)
        if (fuzz_goes(bytes, size, i, n))
            check_report(text, all[i]);
}
