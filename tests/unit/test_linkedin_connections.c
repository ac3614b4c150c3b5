/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "linkedin-connections"

static const char *const expected = "knows me -> Ann Smith, PhD on 2019-03-01 by linkedin\n"
                                    "works_at Ann Smith, PhD -> Acme as Chief, Baker\n";

static void
linkedin_connections_reads_every_era(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "c.csv",
                "First Name,Last Name,Email Address,Company,Position,Connected On\n"
                "Ann,\"Smith, PhD\",,Acme,\"Chief, Baker\",01 Mar 2019\n",
                NULL, expected);
    assert_ties(IMPORTER, "c.csv",
                "Notes:\n\"A sentence, with commas, and quotes.\"\n\n"
                "First Name,Last Name,Email Address,Company,Position,Connected On\n"
                "Ann,\"Smith, PhD\",,Acme,\"Chief, Baker\",01 Mar 2019",
                NULL, expected);
    assert_ties(
        IMPORTER, "c.csv",
        "\xef\xbb\xbf\"Notes:\"\n\"A sentence, with commas.\"\n\n"
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ann,\"Smith, PhD\",https://www.linkedin.com/in/ann,,Acme,\"Chief, Baker\",01 Mar 2019",
        NULL, expected);
    assert_ties(IMPORTER, "c.csv",
                "First Name;Last Name;Email Address;Company;Position;Connected On\r\n"
                "Ann;Smith, PhD;;Acme;Chief, Baker;1-Mar-19\r\n",
                NULL, expected);
}

static void
linkedin_connections_knows_people_by_their_pages(void **state)
{
    struct imported in =
        import(IMPORTER, "c.csv",
               "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
               "Chris,Lee,https://www.linkedin.com/in/chris-1,c@x.org,,,01 Mar 2019\n"
               "Chris,Lee,https://www.linkedin.com/in/chris-2,,,,02 Mar 2019\n"
               "Christopher,Lee,http://uk.linkedin.com/in/chris-2/,,,,02 Mar 2019\n",
               NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON),
                     3); /* the owner, and two called Lee */
    assert_true(kith_graph_owner(in.graph) >= 0);
    imported_clear(&in);
}

static void
linkedin_connections_holds_back_hidden_profiles(void **state)
{
    struct imported in =
        import(IMPORTER, "c.csv",
               "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
               ",,,,,,07 Jun 2024\nAnn,Lee,,,,,08 Jun 2024\n",
               NULL);

    (void)state;
    assert_string_equal(in.heard, "held 2:1 hidden profile: the row has a date only\n");
    assert_string_equal(in.ties, "knows me -> Ann Lee on 2024-06-08 by linkedin\n");
    assert_int_equal(in.records, 2);
    imported_clear(&in);
}

static void
linkedin_connections_reports_the_place_of_a_bad_date(void **state)
{
    (void)state;
    assert_heard(
        IMPORTER, "c.csv",
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        "Ann,Lee,,,,32 Foo 2019\n",
        NULL,
        "warn 2:12 bad date '32 Foo 2019' (expected YYYY-MM-DD or the like): read as undated\n");
}

static void
linkedin_connections_reports_a_missing_header(void **state)
{
    (void)state;
    assert_error(
        IMPORTER, "c.csv", "a,b,c\n1,2,3\n", NULL,
        "c.csv:1:1: no header row: the first 20 rows name no columns that are expected here");
}

static void
linkedin_connections_is_sure_of_its_header_alone(void **state)
{
    (void)state;
    assert_string_equal(import_surest("x.csv",
                                      "First Name,Last Name,Email Address,Company,Position,"
                                      "Connected On\nA,B,,,,01 Mar 2019\n"),
                        IMPORTER);
    assert_int_equal(
        import_probe(IMPORTER, "Connections.csv", "First Name,Last Name,Email\nA,B,\n"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linkedin_connections_reads_every_era),
        cmocka_unit_test(linkedin_connections_knows_people_by_their_pages),
        cmocka_unit_test(linkedin_connections_holds_back_hidden_profiles),
        cmocka_unit_test(linkedin_connections_reports_the_place_of_a_bad_date),
        cmocka_unit_test(linkedin_connections_reports_a_missing_header),
        cmocka_unit_test(linkedin_connections_is_sure_of_its_header_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
