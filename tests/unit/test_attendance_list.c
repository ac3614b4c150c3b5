/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "attendance-list"

static void
attendance_list_reads_columns_in_any_order_and_under_many_names(void **state)
{
    const char *expected = "attended Ann Lee -> Fair on 2024-05-13 (attended)\n"
                           "works_at Ann Lee -> Acme\n";

    (void)state;
    assert_ties(IMPORTER, "a.csv",
                "Event,Date,Name,Email,Company,Status\n"
                "Fair,13/05/2024,\"Lee, Ann\",,Acme,Present\n",
                NULL, expected);
    assert_ties(IMPORTER, "a.csv",
                "Attended;Employer;Last name;First name;Meeting;Day\n"
                "yes;Acme;Lee;Ann;Fair;2024-05-13\n",
                NULL, expected);
    assert_ties(IMPORTER, "a.csv",
                "Title\tWhen\tParticipant\tOrganization\tAttendance\n"
                "Fair\t13 May 2024\tAnn Lee\tAcme\tChecked In\n",
                NULL, expected);
}

static void
attendance_list_tells_status_words_apart(void **state)
{
    (void)state;
    assert_ties(
        IMPORTER, "a.csv",
        "Event,Name,Status\nFair,A,Present\nFair,B,No show\nFair,C,Apologies\nFair,D,declined\n"
        "Fair,E,1\nFair,F,absent\nFair,G,invited\nFair,H,Speaker\nFair,I,\nFair,J,no\n",
        NULL,
        "attended A -> Fair (attended)\nattended B -> Fair (no-show)\n"
        "attended C -> Fair (registered)\nattended D -> Fair (registered)\n"
        "attended E -> Fair (attended)\nattended F -> Fair (no-show)\n"
        "attended G -> Fair (invited)\nattended H -> Fair (spoke)\n"
        "attended I -> Fair (registered)\nattended J -> Fair (no-show)\n");
}

static void
attendance_list_does_not_take_an_answer_for_a_presence(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "a.csv", "Event,Name,RSVP\nFair,A,Yes\nFair,B,No\nFair,C,\n", NULL,
                "attended A -> Fair (registered)\nattended B -> Fair (invited)\n"
                "attended C -> Fair (registered)\n");
}

static void
attendance_list_knows_people_by_name_and_company(void **state)
{
    struct imported in = import(IMPORTER, "a.csv",
                                "Event,Name,Email,Company\n"
                                "Fair,John Smith,,Pebble LLP\n"
                                "Fair,John Smith,,Breakwater\n"
                                "Gala,\"Smith, John\",john@pebble.test,Pebble\n"
                                "Ball,J. Smith,john@pebble.test,\n",
                                NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    assert_int_equal(kith_graph_count(in.graph, KITH_ORGANISATION), 2);
    assert_int_equal(kith_graph_distinct(in.graph, KITH_WORKS_AT), 2);
    imported_clear(&in);
}

static void
attendance_list_of_person_and_event_is_a_table_of_labels(void **state)
{
    struct imported in = import(
        IMPORTER, "d.csv", "person,event,date\nEVELYN,E1,1936-06-27\nEVELYN,E2,1936-03-02\n", NULL);
    kith_identifier_kind kind;
    const char *value;

    (void)state;
    assert_string_equal(in.ties, "attended EVELYN -> E1 on 1936-06-27 (attended)\n"
                                 "attended EVELYN -> E2 on 1936-03-02 (attended)\n");
    assert_true(kith_graph_identifier_at(in.graph, 0, 0, &kind, &value));
    assert_int_equal(kind, KITH_ID_LABEL);
    assert_true(kith_graph_event_time(in.graph, 1) != KITH_TIME_NONE);
    imported_clear(&in);
}

static void
attendance_list_tells_two_dates_of_one_event_apart(void **state)
{
    struct imported in = import(
        IMPORTER, "a.csv", "Event,Date,Name\nCoffee,2024-01-05,Ann\nCoffee,2024-02-02,Ann\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_EVENT), 2);
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 1);
    imported_clear(&in);
}

static void
attendance_list_says_where_something_is_wrong(void **state)
{
    (void)state;
    assert_heard(
        IMPORTER, "a.csv",
        "Event,Date,Name,Status\nFair,2024-13-01,Ann,Present\nFair,,,Present\n,,Ann,Present\n"
        "Fair,,Bo,Purple\nEvent,Date,Name,Status\n",
        NULL,
        "warn 2:6 bad date '2024-13-01' (expected YYYY-MM-DD or the like): read as undated\n"
        "held 3:1 the row names nobody\n"
        "held 4:1 the row names no event\n"
        "warn 5:10 unknown status 'Purple' read as registered\n"
        "warn 6:1 the header is repeated here: not a record\n");
}

static void
attendance_list_leaves_contact_lists_alone(void **state)
{
    (void)state;
    assert_int_equal(import_probe(IMPORTER, "a.csv", "Name,Title,Email\nAnn,Baker,\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "a.csv", "Event,Date\nFair,2024\n"), 0);
    assert_string_equal(import_surest("a.csv", "Event,Name,Email\nFair,Ann,\n"), IMPORTER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attendance_list_reads_columns_in_any_order_and_under_many_names),
        cmocka_unit_test(attendance_list_tells_status_words_apart),
        cmocka_unit_test(attendance_list_does_not_take_an_answer_for_a_presence),
        cmocka_unit_test(attendance_list_knows_people_by_name_and_company),
        cmocka_unit_test(attendance_list_of_person_and_event_is_a_table_of_labels),
        cmocka_unit_test(attendance_list_tells_two_dates_of_one_event_apart),
        cmocka_unit_test(attendance_list_says_where_something_is_wrong),
        cmocka_unit_test(attendance_list_leaves_contact_lists_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
