/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "nodes-csv"

static void
nodes_csv_reads_ids_labels_and_attributes(void **state)
{
    struct imported in =
        import(IMPORTER, "n.csv", "Id,Label,Town\nP01,Ann Lee,Hull\nP99,,\n", NULL);
    kith_identifier_kind kind;
    const char *value;

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    assert_string_equal(kith_graph_label(in.graph, 0), "Ann Lee");
    assert_string_equal(kith_graph_label(in.graph, 1), "P99");
    assert_string_equal(kith_graph_attribute(in.graph, 0, "Town"), "Hull");
    assert_true(kith_graph_identifier_at(in.graph, 0, 0, &kind, &value));
    assert_int_equal(kind, KITH_ID_LABEL);
    assert_string_equal(value, "P01");
    imported_clear(&in);
}

static void
nodes_csv_takes_the_kind_from_a_column_when_it_is_one(void **state)
{
    struct imported in =
        import(IMPORTER, "n.csv", "id,kind,label\n1,event,Fair\n2,student,Ann\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_EVENT), 1);
    assert_string_equal(kith_graph_attribute(in.graph, 0, "kind"), "student");
    imported_clear(&in);
}

static void
nodes_csv_holds_back_rows_without_an_id(void **state)
{
    (void)state;
    assert_heard(IMPORTER, "n.csv", "Id,Label\n1,Ann\n,Bo\n", NULL, "held 3:1 the row has no id\n");
}

static void
nodes_csv_is_no_table_out_of_a_database(void **state)
{
    (void)state;
    assert_string_equal(import_surest("n.csv", "id,wealth\nAnn,10\n"), IMPORTER);
    assert_string_equal(import_surest("n.csv", "name,wealth\nAnn,10\n"), IMPORTER);
    assert_int_equal(import_probe(IMPORTER, "n.csv", "Id,AccountId,Name\n1,2,x\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "n.csv", "Id,Source,Target\n1,2,3\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "n.csv", "Id,Email\n1,a@x.org\n"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_csv_reads_ids_labels_and_attributes),
        cmocka_unit_test(nodes_csv_takes_the_kind_from_a_column_when_it_is_one),
        cmocka_unit_test(nodes_csv_holds_back_rows_without_an_id),
        cmocka_unit_test(nodes_csv_is_no_table_out_of_a_database),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
