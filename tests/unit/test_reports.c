/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_reports.c - JSON, CSV and text of any document: empty tables, missing numbers, chains, and names meant to do harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/json_out.h"
#include "support/documents.h"
#include <kith/kith.h>
#include <math.h>
#include <string.h>

static const kith_column name_columns[] = {
    {"name", KITH_CELL_TEXT, "", "as written"},
    {"value", KITH_CELL_REAL, "", "a number"},
};

static void
json_follows_the_contract(void **state)
{
    g_autofree char *json = document_print("json", document_paths(), NULL);
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
    kith_graph *graph = document_graph();
    g_autofree char *json = document_print("json", document_mixed(graph), graph);

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
    g_autofree char *none = document_print("json", NULL, NULL);
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
    g_autofree char *csv = document_print("csv", document_hostile(), NULL);

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
    csv = document_print("csv", answer, NULL);
    assert_string_equal(csv, "name\r\n-2\r\n+441632960999\r\n'-2+3\r\n'  @SUM(A1)\r\n\"'\tx\"\r\n"
                             "'\xef\xbc\x9d"
                             "1+1\r\n'\xc2\xa0=1\r\n");
}

static void
csv_parts_several_tables_and_leaves_empty_ones_out(void **state)
{
    kith_answer *answer = document_paths();
    kith_table *names;
    g_autofree char *csv = NULL;

    (void)state;
    kith_answer_table(answer, "nothing", name_columns, 2);
    names = kith_answer_table(answer, "names", name_columns, 2);
    kith_table_row(names);
    kith_table_set_text(names, 0, "Ana");
    kith_table_set_real(names, 1, 0.1);
    csv = document_print("csv", answer, NULL);
    assert_string_equal(csv, "# paths\r\nrank,score,people,weakest\r\n"
                             "1,0.412134,Pat Lee > Bo <Chen> > Dana Reyes,2\r\n2,,,\r\n"
                             "\r\n# names\r\nname,value\r\nAna,0.1\r\n");
}

static void
csv_of_nothing_is_a_header(void **state)
{
    g_autofree char *csv = document_print("csv", document_empty(), NULL);

    (void)state;
    assert_string_equal(csv, "name,value\r\n");
}

static void
text_aligns_columns_and_ends_with_notes(void **state)
{
    g_autofree char *text = document_print("text", document_paths(), NULL);

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
    g_autofree char *text = document_print_wide("text", document_paths(), NULL, 40);

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
    g_autofree char *stacked = document_print_wide("text", many_numbers_answer(), NULL, 66);
    g_autofree char *blocks = document_print_wide("text", many_numbers_answer(), NULL, 44);
    g_autofree char *piped = document_print("text", many_numbers_answer(), NULL);

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
    g_autofree char *wide = document_print_wide("text", document_paths(), NULL, 72);
    g_autofree char *piped = document_print("text", document_paths(), NULL);

    (void)state;
    assert_non_null(strstr(wide, "\xe2\x96\x88\n"));
    assert_null(strstr(piped, "\xe2\x96\x88"));
}

static void
text_lets_no_control_character_through(void **state)
{
    g_autofree char *text = document_print("text", document_hostile(), NULL);

    (void)state;
    for (const char *p = text; *p; p++)
        assert_true((unsigned char)*p >= ' ' || *p == '\n');
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "=cmd|' /C calc'!A0"));
}

static void
text_says_when_nothing_was_found(void **state)
{
    g_autofree char *text = document_print("text", document_empty(), NULL);

    (void)state;
    assert_string_equal(text, "nothing found\n");
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
