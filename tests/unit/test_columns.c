/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../importers/columns.h"
#include "../../importers/people.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
columns_folds_a_header_to_its_words(void **state)
{
    static const char *const cells[][2] = {{"  E-Mail  Address ", "e mail address"},
                                           {"Referrer_Name", "referrer name"},
                                           {"Größe (m²)", "grosse m2"},
                                           {"***", ""}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_autofree char *folded = kith_header_fold(cells[i][0]);

        assert_string_equal(folded, cells[i][1]);
    }
}

static void
columns_gives_each_column_one_role_and_the_likeliest_word_first(void **state)
{
    static const char *const cells[] = {"Title", "Contact", "Name", "Mail", "E-mail", "Town"};
    g_autoptr(kith_header) header = kith_header_new(cells, 6);
    g_autofree bool *spare = NULL;
    int column[KITH_ROLES];

    (void)state;
    kith_columns_clear(column);
    kith_columns_find(header, kith_synonyms_people, column);
    assert_int_equal(column[KITH_ROLE_NAME], 2);
    assert_int_equal(column[KITH_ROLE_EMAIL], 4);
    assert_int_equal(column[KITH_ROLE_TITLE], 0);
    assert_int_equal(column[KITH_ROLE_COMPANY], -1);
    spare = kith_columns_spare(header, column);
    assert_true(spare[1] && spare[3] && spare[5]);
    assert_false(spare[0] || spare[2] || spare[4]);
}

static void
columns_finds_whole_words_only(void **state)
{
    (void)state;
    assert_true(kith_word_among("no show", "absent|no show"));
    assert_false(kith_word_among("no", "absent|no show"));
    assert_false(kith_word_among("", "absent||no"));
}

static void
columns_reads_status_words_and_marks(void **state)
{
    static const struct {
        const char *text;
        kith_attendance expected;
    } words[] = {{"Checked-In", KITH_ATTENDANCE_ATTENDED},
                 {" ✓ ", KITH_ATTENDANCE_ATTENDED},
                 {"✗", KITH_ATTENDANCE_NONE},
                 {"0", KITH_ATTENDANCE_NONE},
                 {"no-show", KITH_ATTENDANCE_NO_SHOW},
                 {"Apologies", KITH_ATTENDANCE_REGISTERED},
                 {"Host", KITH_ATTENDANCE_HOSTED},
                 {"wibble", KITH_ATTENDANCE_UNKNOWN},
                 {"", KITH_ATTENDANCE_UNKNOWN}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        assert_int_equal(kith_attendance_from_word(words[i].text), words[i].expected);
    assert_string_equal(kith_outcome_from_word("Converted"), "closed");
    assert_string_equal(kith_outcome_from_word("Refunded"), "lost");
    assert_string_equal(kith_outcome_from_word("signed_up"), "pending");
    assert_null(kith_outcome_from_word("wibble"));
}

static void
columns_knows_usual_words_for_kinds_of_ties(void **state)
{
    kith_tie_kind kind = KITH_TIE;

    (void)state;
    assert_true(kith_tie_kind_from_word("Works at", &kind));
    assert_int_equal(kind, KITH_WORKS_AT);
    assert_true(kith_tie_kind_from_word("supplies", &kind));
    assert_int_equal(kind, KITH_SELLS_TO);
    assert_false(kith_tie_kind_from_word("hates", &kind));
}

static void
columns_names_every_role_that_a_map_may_give(void **state)
{
    g_auto(GStrv) name = g_strsplit(kith_role_names(), ", ", -1);

    (void)state;
    for (size_t i = 0; name[i]; i++)
        assert_int_not_equal(kith_role_from_name(name[i]), KITH_ROLE_NONE);
    assert_int_equal(kith_role_from_name("From e-mail"), KITH_ROLE_NONE);
    assert_int_equal(kith_role_from_name("From Email"), KITH_ROLE_FROM_EMAIL);
}

static void
people_turns_last_and_first_names_and_nothing_else(void **state)
{
    static const char *const names[][2] = {{"Kowalska, Marta", "Marta Kowalska"},
                                           {"O'Brien, Siobhán", "Siobhán O'Brien"},
                                           {"van der Berg, Pieter", "Pieter van der Berg"},
                                           {"Smith, PhD", "Smith, PhD"},
                                           {"Smith, M.D.", "Smith, M.D."},
                                           {"Lee, Ann, PhD", "Lee, Ann, PhD"},
                                           {"1,2", "1,2"},
                                           {"  Ann \n Lee ", "Ann Lee"},
                                           {",", ","}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *shown = kith_people_shown_name(names[i][0]);

        assert_string_equal(shown, names[i][1]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_folds_a_header_to_its_words),
        cmocka_unit_test(columns_gives_each_column_one_role_and_the_likeliest_word_first),
        cmocka_unit_test(columns_finds_whole_words_only),
        cmocka_unit_test(columns_reads_status_words_and_marks),
        cmocka_unit_test(columns_knows_usual_words_for_kinds_of_ties),
        cmocka_unit_test(columns_names_every_role_that_a_map_may_give),
        cmocka_unit_test(people_turns_last_and_first_names_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
