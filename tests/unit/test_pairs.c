/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"
#include <glib/gstdio.h>
#include <kith/load.h>

#define IMPORTER "pairs"

static void
pairs_reads_plain_edges_without_a_direction(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "e.csv", "source,target,weight\nAnn,Bo,2.5\nBo,Cy,\n", NULL,
                "tie Ann -- Bo x2.5\ntie Bo -- Cy\n");
}

static void
pairs_takes_the_direction_from_the_user_and_before_that_from_the_file(void **state)
{
    kith_import_options directed = {.directed = true};

    (void)state;
    assert_ties(IMPORTER, "e.csv", "source,target\nAnn,Bo\n", &directed, "tie Ann -> Bo\n");
    assert_ties(IMPORTER, "e.csv", "Source,Target,Type\nAnn,Bo,Undirected\nBo,Cy,Directed\n",
                &directed, "tie Ann -- Bo\ntie Bo -> Cy\n");
}

static void
pairs_reads_a_referral_log_of_any_vendor(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "r.csv",
                "Advocate E-mail,Advocate Name,Friend Name,Friend Email,Date,Reward,Status\n"
                "ann@x.org,Ann Lee,Bo Chen,bo@x.org,2024-01-10,£60.00,Converted\n"
                "ann@x.org,Ann Lee,Cy Diaz,cy@x.org,2024-01-12,,signed up\n",
                NULL,
                "referred Ann Lee -> Bo Chen on 2024-01-10 60GBP (closed)\n"
                "referred Ann Lee -> Cy Diaz on 2024-01-12 (pending)\n");
}

static void
pairs_sells_from_the_supplier_to_the_customer_whatever_comes_first(void **state)
{
    const char *expected = "sells_to Mill -> Bakery on 2021 2400GBP\n";

    (void)state;
    assert_ties(IMPORTER, "s.csv",
                "Customer,Supplier,Annual Value,Currency,Since\nBakery,Mill,2400.00,GBP,2021\n",
                NULL, expected);
    assert_ties(IMPORTER, "s.csv",
                "Supplier,Customer,Annual Value,Currency,Since\nMill,Bakery,2400.00,GBP,2021\n",
                NULL, expected);
}

static void
pairs_reads_any_kind_of_tie_that_a_column_names(void **state)
{
    struct imported in = import(IMPORTER, "k.csv",
                                "from,to,kind,date,detail\n"
                                "Ann,Acme,works at,2024-01-01,CTO\n"
                                "Ann,Fair,attended,2024-05-04,\n"
                                "Ann,Bo,knows,,\n",
                                NULL);

    (void)state;
    assert_string_equal(in.error, "");
    assert_string_equal(in.ties, "knows Ann -> Bo\n"
                                 "attended Ann -> Fair on 2024-05-04\n"
                                 "works_at Ann -> Acme on 2024-01-01 as CTO\n");
    assert_int_equal(kith_graph_count(in.graph, KITH_ORGANISATION), 1);
    assert_int_equal(kith_graph_count(in.graph, KITH_EVENT), 1);
    imported_clear(&in);
}

static void
pairs_reads_european_money_and_dates(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "r.csv",
                "Referrer;Referee;Date;Value\nAnn;Bo;11.04.2024;5.200,50\n"
                "Ann;Cy;23.04.2024;900,00\n",
                NULL,
                "referred Ann -> Bo on 2024-04-11 5200.5\n"
                "referred Ann -> Cy on 2024-04-23 900\n");
}

static void
pairs_waits_for_the_row_that_tells_day_from_month(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "d.csv", "source,target,date\nA,B,05/01/2024\nA,C,01/25/2024\n", NULL,
                "tie A -- B on 2024-05-01\ntie A -- C on 2024-01-25\n");
    assert_heard(IMPORTER, "d.csv", "source,target,date\nA,B,05/01/2024\n", NULL,
                 "warn 0:0 dates in 'date' are read as day/month/year: nothing in the column "
                 "decides it\n");
}

static void
pairs_reads_seconds_since_1970_as_moments(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "t.csv", "source,target,timestamp\n1,2,1407470400\n", NULL,
                "tie 1 -- 2 on 2014-08-08T04:00:00Z\n");
}

static void
pairs_holds_back_half_rows_and_self_referrals(void **state)
{
    struct imported in =
        import(IMPORTER, "r.csv", "Referrer,Friend\nAnn,Bo\nAnn,\nAnn,ann\n", NULL);

    (void)state;
    assert_string_equal(in.ties, "referred Ann -> Bo\n");
    assert_string_equal(in.heard, "held 3:1 the second end is empty\nheld 4:1 both ends are Ann\n");
    assert_int_equal(in.records, 3);
    imported_clear(&in);
}

static void
pairs_keeps_namesakes_with_two_addresses_apart(void **state)
{
    struct imported in = import(IMPORTER, "r.csv",
                                "Referrer Email,Referrer Name,Referee Email,Referee Name\n"
                                "a@x.org,John Smith,c@x.org,Cy\n"
                                "b@x.org,John Smith,c@x.org,Cy\n",
                                NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 3);
    imported_clear(&in);
}

static void
pairs_reports_the_place_of_a_bad_weight(void **state)
{
    (void)state;
    assert_error(IMPORTER, "e.csv", "source,target,weight\nAnn,Bo,1\nBo,Cyrus,abc\n", NULL,
                 "e.csv:3:10: bad weight 'abc' (expected a number above 0)");
    assert_error(IMPORTER, "e.csv", "source,target,weight\nAnn,Bo,-1\n", NULL,
                 "e.csv:2:8: bad weight '-1' (expected a number above 0)");
    assert_error(IMPORTER, "e.csv", "source,target,weight\n\"Lee, Ann\",Bo,nan\n", NULL,
                 "e.csv:2:15: bad weight 'nan' (expected a number above 0)");
    assert_error(IMPORTER, "e.csv", "source,target,weight\nAnn,Bo,0\n", NULL,
                 "e.csv:2:8: bad weight '0' (expected a number above 0)");
}

static void
pairs_reports_the_place_of_a_bad_kind(void **state)
{
    (void)state;
    assert_error(IMPORTER, "k.csv", "from,to,kind\nAnn,Bo,hates\n", NULL,
                 "k.csv:2:8: bad kind 'hates' (expected knows, referred, attended, works_at, …)");
    assert_error(IMPORTER, "k.csv", "from,to,from kind\nAnn,Bo,robot\n", NULL,
                 "k.csv:2:8: bad kind 'robot' (expected person, organisation, event or topic)");
}

static void
pairs_warns_of_what_it_cannot_read_and_goes_on(void **state)
{
    (void)state;
    assert_heard(IMPORTER, "r.csv", "Referrer,Friend,Date,Value,Status\nAnn,Bo,soon,much,perhaps\n",
                 NULL,
                 "warn 2:13 bad amount 'much' (expected a number)\n"
                 "warn 2:8 bad date 'soon' (expected YYYY-MM-DD or the like): read as undated\n"
                 "warn 2:18 unknown status 'perhaps' kept as written\n");
}

static void
pairs_takes_the_weight_from_the_column_that_is_asked_for(void **state)
{
    kith_import_options options = {.weight = "share"};

    (void)state;
    assert_ties(IMPORTER, "e.csv", "source,target,weight,Share\nAnn,Bo,7,3\n", &options,
                "tie Ann -- Bo x3\n");
    assert_error(
        IMPORTER, "e.csv", "source,target,weight\nAnn,Bo,7\n", &options,
        "e.csv:0:0: no column 'share' for the weight, the file has: source, target, weight");
}

static void
pairs_obeys_a_map_of_columns(void **state)
{
    kith_import_options options = {.map = "Geber=from, Nehmer=to,Art=kind,Summe=amount"};

    (void)state;
    assert_ties(IMPORTER, "m.csv", "Geber,Nehmer,Art,Summe,Notiz\nAnn,Bo,referred,12,x\n", &options,
                "referred Ann -> Bo 12\n");
}

static void
pairs_says_what_is_wrong_with_a_map(void **state)
{
    kith_import_options role = {.map = "A=sender"}, column = {.map = "C=from"},
                        half = {.map = "A=from"};

    (void)state;
    assert_error(IMPORTER, "m.csv", "A,B\n1,2\n", &column,
                 "m.csv:0:0: the map names column 'C', the file has: A, B");
    assert_error(
        IMPORTER, "m.csv", "A,B\n1,2\n", &half,
        "m.csv:0:0: no two columns are the ends of a tie: found A, B (expected a pair such "
        "as source,target, or a map such as 'A=from,B=to')");
    assert_error(
        IMPORTER, "m.csv", "A,B\n1,2\n", &role,
        ":0:0: bad map entry 'A=sender' (expected COLUMN=ROLE; roles: from, to, from_name, "
        "to_name, from_email, to_email, from_kind, to_kind, kind, date, until, weight, "
        "amount, currency, status, channel, detail, product, share, type)");
}

static void
pairs_keeps_other_columns_as_attributes_of_the_tie(void **state)
{
    struct imported in = import(IMPORTER, "e.csv", "source,target,Mood\nAnn,Bo,good\n", NULL);
    const char *key, *value;

    (void)state;
    assert_true(kith_graph_tie_attribute_at(in.graph, 0, 0, &key, &value));
    assert_string_equal(key, "Mood");
    assert_string_equal(value, "good");
    imported_clear(&in);
}

static void
pairs_knows_its_own_files_and_no_others(void **state)
{
    (void)state;
    assert_string_equal(import_surest("e.csv", "source,target\n1,2\n"), "pairs");
    assert_string_equal(import_surest("e.csv", ",group1,group2,weight\n0,12,13,2\n"), "pairs");
    assert_string_equal(
        import_surest("e.csv", "Title of the list,,\n\nReferrer,Friend,Date\nA,B,\n"), "pairs");
    assert_string_equal(import_surest("e.csv", "apples,pears\n1,2\n"), "");
}

/* No header word has to be known when the user says what the columns are. */
static void
pairs_reads_any_file_for_which_there_is_a_map(void **state)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "kith-map-XXXXXX.csv", NULL);
    g_autoptr(kith_builder) builder = kith_builder_new();
    kith_load_options options = {.import = {.map = "Geber=from,Nehmer=to"}};
    kith_error err = {0};
    int file = g_mkstemp(path);

    (void)state;
    assert_true(file >= 0 && g_close(file, NULL));
    assert_true(g_file_set_contents(path, "Geber,Nehmer\nAnn,Bo\n", -1, NULL));
    assert_int_equal(kith_load(path, &options, builder, &err), KITH_OK);
    assert_int_equal(kith_builder_facts(builder), 1);
    options.import.map = NULL;
    assert_int_equal(kith_load(path, &options, builder, &err), KITH_ERR_FORMAT);
    g_unlink(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_reads_plain_edges_without_a_direction),
        cmocka_unit_test(pairs_takes_the_direction_from_the_user_and_before_that_from_the_file),
        cmocka_unit_test(pairs_reads_a_referral_log_of_any_vendor),
        cmocka_unit_test(pairs_sells_from_the_supplier_to_the_customer_whatever_comes_first),
        cmocka_unit_test(pairs_reads_any_kind_of_tie_that_a_column_names),
        cmocka_unit_test(pairs_reads_european_money_and_dates),
        cmocka_unit_test(pairs_waits_for_the_row_that_tells_day_from_month),
        cmocka_unit_test(pairs_reads_seconds_since_1970_as_moments),
        cmocka_unit_test(pairs_holds_back_half_rows_and_self_referrals),
        cmocka_unit_test(pairs_keeps_namesakes_with_two_addresses_apart),
        cmocka_unit_test(pairs_reports_the_place_of_a_bad_weight),
        cmocka_unit_test(pairs_reports_the_place_of_a_bad_kind),
        cmocka_unit_test(pairs_warns_of_what_it_cannot_read_and_goes_on),
        cmocka_unit_test(pairs_takes_the_weight_from_the_column_that_is_asked_for),
        cmocka_unit_test(pairs_obeys_a_map_of_columns),
        cmocka_unit_test(pairs_says_what_is_wrong_with_a_map),
        cmocka_unit_test(pairs_keeps_other_columns_as_attributes_of_the_tie),
        cmocka_unit_test(pairs_reads_any_file_for_which_there_is_a_map),
        cmocka_unit_test(pairs_knows_its_own_files_and_no_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
