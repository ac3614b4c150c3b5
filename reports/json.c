/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json - the contract for programs: PRODUCT.md, "JSON".
 *
 * One answer is one object; several are a list in an object with the document's title. A NODE cell
 * is its label, and where the graph is at hand a key "<column>_id" beside it says which node is
 * meant.
 */
#include "base/json_out.h"
#include "base/number.h"
#include <kith/kith.h>
#include <string.h>

static const char *
type_name(kith_cell_type type)
{
    static const char *const names[] = {
        [KITH_CELL_TEXT] = "text",    [KITH_CELL_INT] = "integer", [KITH_CELL_REAL] = "real",
        [KITH_CELL_BOOL] = "boolean", [KITH_CELL_TIME] = "time",   [KITH_CELL_NODE] = "node",
        [KITH_CELL_LIST] = "list",
    };

    return names[type];
}

/* The name of the key that identifies the nodes of a column; NULL when there is none or the table
 * has such a column. */
static char *
id_key(const kith_table *table, const kith_column *column, const kith_graph *graph)
{
    g_autofree char *name = NULL;

    if (!graph || column->type != KITH_CELL_NODE)
        return NULL;
    name = g_strconcat(column->name, "_id", NULL);
    return kith_table_find_column(table, name) < 0 ? g_steal_pointer(&name) : NULL;
}

static void
write_node(kith_json *json, const kith_cell *cell, const char *key, const kith_graph *graph)
{
    bool known = graph && !cell->missing && cell->integer < kith_graph_nodes(graph);
    const char *label = !cell->text && known ? kith_graph_label(graph, cell->integer) : cell->text;

    kith_json_text(json, cell->missing ? NULL : label);
    if (!key)
        return;
    kith_json_key(json, key);
    kith_json_text(json, known ? kith_graph_id(graph, cell->integer) : NULL);
}

static void
write_row(kith_json *json, const kith_table *table, int64_t row, const kith_graph *graph)
{
    kith_json_object(json, KITH_JSON_INLINE);
    for (int64_t i = 0; i < kith_table_columns(table); i++) {
        const kith_column *column = kith_table_column(table, i);
        g_autofree char *key = id_key(table, column, graph);
        kith_cell cell;

        kith_table_cell(table, row, i, &cell);
        kith_json_key(json, column->name);
        if (column->type == KITH_CELL_NODE)
            write_node(json, &cell, key, graph);
        else
            kith_json_cell(json, column->type, &cell);
    }
    kith_json_end(json);
}

static void
write_tables(kith_json *json, const kith_answer *answer, const kith_graph *graph)
{
    kith_json_key(json, "tables");
    kith_json_object(json, KITH_JSON_LINES);
    for (int64_t i = 0; i < kith_answer_tables(answer); i++) {
        const kith_table *table = kith_answer_table_at(answer, i);

        kith_json_key(json, kith_table_name(table));
        kith_json_array(json, KITH_JSON_LINES);
        for (int64_t row = 0; row < kith_table_rows(table); row++)
            write_row(json, table, row, graph);
        kith_json_end(json);
    }
    kith_json_end(json);
}

static void
write_column(kith_json *json, const char *name, const char *type, const char *unit,
             const char *about)
{
    kith_json_object(json, KITH_JSON_INLINE);
    kith_json_key(json, "name");
    kith_json_text(json, name);
    kith_json_key(json, "type");
    kith_json_text(json, type);
    kith_json_key(json, "unit");
    kith_json_text(json, unit ? unit : "");
    kith_json_key(json, "about");
    kith_json_text(json, about ? about : "");
    kith_json_end(json);
}

static void
write_columns(kith_json *json, const kith_answer *answer, const kith_graph *graph)
{
    kith_json_key(json, "columns");
    kith_json_object(json, KITH_JSON_LINES);
    for (int64_t i = 0; i < kith_answer_tables(answer); i++) {
        const kith_table *table = kith_answer_table_at(answer, i);

        kith_json_key(json, kith_table_name(table));
        kith_json_array(json, KITH_JSON_LINES);
        for (int64_t c = 0; c < kith_table_columns(table); c++) {
            const kith_column *column = kith_table_column(table, c);
            g_autofree char *key = id_key(table, column, graph);

            write_column(json, column->name, type_name(column->type), column->unit, column->about);
            if (key)
                write_column(json, key, "text", "", "readable id of the node, unique in the graph");
        }
        kith_json_end(json);
    }
    kith_json_end(json);
}

/* Parameters are kept as texts; programs want them typed. */
static void
write_parameter(kith_json *json, kith_option_type type, const char *text)
{
    double number;

    if (!text || !*text)
        kith_json_null(json);
    else if (type == KITH_OPTION_TYPE_INT && kith_number_parse(text, &number))
        kith_json_integer(json, g_ascii_strtoll(text, NULL, 10));
    else if (type == KITH_OPTION_TYPE_REAL && kith_number_parse(text, &number))
        kith_json_real(json, number);
    else if (type == KITH_OPTION_TYPE_FLAG)
        kith_json_boolean(json, strcmp(text, "yes") == 0 || strcmp(text, "true") == 0 ||
                                    strcmp(text, "1") == 0);
    else
        kith_json_text(json, text);
}

static void
write_parameters(kith_json *json, const kith_answer *answer)
{
    kith_json_key(json, "parameters");
    kith_json_object(json, KITH_JSON_INLINE);
    for (int64_t i = 0; i < kith_answer_parameter_count(answer); i++) {
        kith_option_type type;
        const char *name, *text;

        kith_answer_parameter_at(answer, i, &name, &type, &text);
        kith_json_key(json, name);
        write_parameter(json, type, text);
    }
    kith_json_end(json);
}

static void
write_sources(kith_json *json, const kith_answer *answer)
{
    kith_json_key(json, "sources");
    kith_json_array(json, KITH_JSON_LINES);
    for (int64_t i = 0; i < kith_answer_sources(answer); i++) {
        kith_source_info source;

        kith_answer_source(answer, i, &source);
        kith_json_object(json, KITH_JSON_INLINE);
        kith_json_key(json, "file");
        kith_json_text(json, source.file);
        kith_json_key(json, "sha256");
        kith_json_text(json, source.sha256);
        kith_json_key(json, "importer");
        kith_json_text(json, source.importer);
        kith_json_end(json);
    }
    kith_json_end(json);
}

static void
write_notes(kith_json *json, const kith_answer *answer)
{
    kith_json_key(json, "notes");
    kith_json_array(json, KITH_JSON_LINES);
    for (int64_t i = 0; i < kith_answer_notes(answer); i++)
        kith_json_text(json, kith_answer_note_at(answer, i));
    kith_json_end(json);
}

static void
write_answer(kith_json *json, const kith_answer *answer, const kith_graph *graph)
{
    kith_time as_of = kith_answer_as_of(answer);
    char text[32];

    kith_json_object(json, KITH_JSON_LINES);
    kith_json_key(json, "kith");
    kith_json_text(json, kith_version());
    kith_json_key(json, "question");
    kith_json_text(json, kith_answer_question(answer));
    kith_json_key(json, "as_of");
    kith_json_text(json, as_of == KITH_TIME_NONE ? NULL
                                                 : kith_time_text(as_of, KITH_PRECISION_DAY, text));
    kith_json_key(json, "seed");
    kith_json_integer(json, kith_answer_seed(answer));
    write_parameters(json, answer);
    write_sources(json, answer);
    write_tables(json, answer, graph);
    write_columns(json, answer, graph);
    write_notes(json, answer);
    kith_json_end(json);
}

static kith_status
write_json(const kith_document *document, kith_sink *sink, kith_error *err)
{
    g_autoptr(kith_json) json = kith_json_new(sink, false);
    const kith_graph *graph = kith_document_graph(document);

    (void)err;
    if (kith_document_answers(document) == 1) {
        write_answer(json, kith_document_answer(document, 0), graph);
        return KITH_OK;
    }
    kith_json_object(json, KITH_JSON_LINES);
    kith_json_key(json, "kith");
    kith_json_text(json, kith_version());
    kith_json_key(json, "title");
    kith_json_text(json, kith_document_title(document));
    kith_json_key(json, "answers");
    kith_json_array(json, KITH_JSON_LINES);
    for (int64_t i = 0; i < kith_document_answers(document); i++)
        write_answer(json, kith_document_answer(document, i), graph);
    kith_json_end(json);
    kith_json_end(json);
    return KITH_OK;
}

const kith_report kith_report_json = {
    .name = "json",
    .summary = "everything, for programs",
    .extension = "json",
    .write = write_json,
};
