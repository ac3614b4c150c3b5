/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "contacts-csv"

static void
contacts_csv_reads_people_and_where_they_work(void **state)
{
    struct imported in = import(IMPORTER, "c.csv",
                                "First Name,Surname,E-Mail,Organisation,Job Title,Mobile,Town\n"
                                "Ann,Lee,ann@x.org; a.lee@y.org,Acme,Baker,+44 7700 900027,Hull\n",
                                NULL);

    (void)state;
    assert_string_equal(in.ties, "works_at Ann Lee -> Acme as Baker\n");
    assert_string_equal(kith_graph_attribute(in.graph, 0, "Town"), "Hull");
    assert_string_equal(kith_graph_attribute(in.graph, 0, "title"), "Baker");
    assert_int_equal(kith_graph_owner(in.graph), -1);
    imported_clear(&in);
}

static void
contacts_csv_turns_only_plain_names(void **state)
{
    struct imported in = import(IMPORTER, "c.csv",
                                "Name,Email\n\"Smith, John\",j@x.org\n\"Smith, PhD\",p@x.org\n"
                                "\"=HYPERLINK(\"\"x\"\",\"\"Win\"\")\",h@x.org\n",
                                NULL);

    (void)state;
    assert_string_equal(kith_graph_label(in.graph, 0), "=HYPERLINK(\"x\",\"Win\")");
    assert_string_equal(kith_graph_label(in.graph, 1), "John Smith");
    assert_string_equal(kith_graph_label(in.graph, 2), "Smith, PhD");
    imported_clear(&in);
}

static void
contacts_csv_makes_a_firm_of_a_row_without_a_person(void **state)
{
    struct imported in =
        import(IMPORTER, "c.csv", "Name,Email,Company,Note\n,,Acme,\n,,,lonely\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 0);
    assert_int_equal(kith_graph_count(in.graph, KITH_ORGANISATION), 1);
    assert_string_equal(in.heard, "held 3:1 the row names neither a person nor a firm\n");
    imported_clear(&in);
}

static void
contacts_csv_says_when_a_name_was_encoded_twice(void **state)
{
    (void)state;
    assert_heard(IMPORTER, "c.csv", "Name,Email\nZoÃ« Hart,z@x.org\n", NULL,
                 "warn 2:1 the name 'ZoÃ« Hart' looks as if it was encoded twice: kept as it is\n");
}

static void
contacts_csv_reports_a_missing_header(void **state)
{
    (void)state;
    assert_error(
        IMPORTER, "c.csv", "1,2\n3,4\n", NULL,
        "c.csv:1:1: no header row: the first 20 rows name no columns that are expected here");
}

static void
contacts_csv_gives_way_to_whoever_knows_better(void **state)
{
    (void)state;
    assert_string_equal(import_surest("c.csv", "Name,Email\nAnn,a@x.org\n"), IMPORTER);
    assert_string_equal(import_surest("c.csv", "Event,Name,Email\nFair,Ann,a@x.org\n"),
                        "attendance-list");
    assert_string_equal(import_surest("c.csv", "Id,Label,Company\n1,Ann,Acme\n"), "nodes-csv");
    assert_string_equal(import_surest("c.csv", "input,normalised\nx,y\n"), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contacts_csv_reads_people_and_where_they_work),
        cmocka_unit_test(contacts_csv_turns_only_plain_names),
        cmocka_unit_test(contacts_csv_makes_a_firm_of_a_row_without_a_person),
        cmocka_unit_test(contacts_csv_says_when_a_name_was_encoded_twice),
        cmocka_unit_test(contacts_csv_reports_a_missing_header),
        cmocka_unit_test(contacts_csv_gives_way_to_whoever_knows_better),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
