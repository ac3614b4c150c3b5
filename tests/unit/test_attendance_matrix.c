/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "attendance-matrix"

static void
attendance_matrix_reads_every_usual_mark(void **state)
{
    (void)state;
    assert_ties(
        IMPORTER, "m.csv",
        "Name,E1,E2,E3,E4,E5,E6,E7,E8,E9\nAnn,1,0,x,✓,P,A,L,yes,TRUE\nBo,,no,-,,false,,,,\n", NULL,
        "attended Ann -> E1 (attended)\nattended Ann -> E3 (attended)\n"
        "attended Ann -> E4 (attended)\nattended Ann -> E5 (attended)\n"
        "attended Ann -> E6 (no-show)\nattended Ann -> E7 (attended)\n"
        "attended Ann -> E8 (attended)\nattended Ann -> E9 (attended)\n");
}

static void
attendance_matrix_takes_dates_out_of_the_header(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "m.csv", ",05/01/2024,16/02/2024\nAnn,1,0\nBo,1,1\n", NULL,
                "attended Ann -> 05/01/2024 on 2024-01-05 (attended)\n"
                "attended Bo -> 05/01/2024 on 2024-01-05 (attended)\n"
                "attended Bo -> 16/02/2024 on 2024-02-16 (attended)\n");
}

static void
attendance_matrix_holds_totals_back(void **state)
{
    struct imported in =
        import(IMPORTER, "m.csv", ",Fair,Gala,Total\nAnn,1,0,1\nBo,1,1,2\nTotal,2,1,3\n", NULL);

    (void)state;
    assert_string_equal(in.heard, "held 1:1 a column of totals\nheld 4:1 a row of totals\n");
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    assert_int_equal(kith_graph_count(in.graph, KITH_EVENT), 2);
    assert_int_equal(kith_graph_distinct(in.graph, KITH_ATTENDED), 3);
    assert_string_equal(import_surest("m.csv", ",Fair,Gala,Total\nAnn,1,0,1\nTotal,2,1,3\n"),
                        IMPORTER);
    imported_clear(&in);
}

static void
attendance_matrix_knows_people_by_name(void **state)
{
    struct imported in =
        import(IMPORTER, "m.csv", ",Fair,Gala\nAnn Lee,1,0\n\"Lee, Ann\",0,1\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 1);
    imported_clear(&in);
}

static void
attendance_matrix_takes_companies_beside_the_marks(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "m.csv", "Name,Company,Fair,Gala\nAnn,Acme,x,\n", NULL,
                "attended Ann -> Fair (attended)\nworks_at Ann -> Acme\n");
}

static void
attendance_matrix_says_where_a_mark_is_unknown(void **state)
{
    (void)state;
    assert_heard(IMPORTER, "m.csv", ",Fair,Gala\nAnn,1,!!\n,1,0\n", NULL,
                 "warn 2:7 unknown mark '!!' read as not there\nheld 3:1 the row has no name\n");
}

static void
attendance_matrix_is_no_adjacency_and_no_other_table(void **state)
{
    (void)state;
    assert_int_equal(import_probe(IMPORTER, "m.csv", ",Ann,Bo\nAnn,0,1\nBo,1,0\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "m.csv", ";Ann;Bo\nBo;1;\nAnn;;1\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "m.csv", "id,age,level\n1,33,9\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "m.csv", "0,1,1\n1,0,1\n"), 0);
    assert_string_equal(import_surest("m.csv", "source,target\n0,1\n1,0\n"), "pairs");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attendance_matrix_reads_every_usual_mark),
        cmocka_unit_test(attendance_matrix_takes_dates_out_of_the_header),
        cmocka_unit_test(attendance_matrix_holds_totals_back),
        cmocka_unit_test(attendance_matrix_knows_people_by_name),
        cmocka_unit_test(attendance_matrix_takes_companies_beside_the_marks),
        cmocka_unit_test(attendance_matrix_says_where_a_mark_is_unknown),
        cmocka_unit_test(attendance_matrix_is_no_adjacency_and_no_other_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
