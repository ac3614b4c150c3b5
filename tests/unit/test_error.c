/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
the_first_error_wins(void **state)
{
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_fail_at(&err, KITH_ERR_PARSE, "fair.csv", 3, 21, "bad date '%s'", "x"),
                     KITH_ERR_PARSE);
    assert_int_equal(kith_fail(&err, KITH_ERR_IO, "later"), KITH_ERR_IO);
    assert_int_equal(err.status, KITH_ERR_PARSE);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 21);
    assert_string_equal(err.source, "fair.csv");
    assert_string_equal(err.message, "bad date 'x'");
}

static void
an_error_without_a_place_to_put_it_is_still_an_error(void **state)
{
    (void)state;
    assert_int_equal(kith_fail(NULL, KITH_ERR_LIMIT, "too %s", "large"), KITH_ERR_LIMIT);
}

static void
control_characters_never_reach_a_terminal(void **state)
{
    kith_error err = {0};

    (void)state;
    kith_fail_at(&err, KITH_ERR_PARSE, "a\x1b[31m.csv", 1, 1, "bad name '\x07\xe2\x80\xae\xff\n'");
    assert_string_equal(err.source, "a\\x1b[31m.csv");
    assert_string_equal(err.message, "bad name '\\x07\\u202e\\xff\\x0a'");
}

static void
a_long_message_ends_between_two_characters(void **state)
{
    GString *text = g_string_new("x");
    kith_error err = {0};

    (void)state;
    for (int i = 0; i < 800; i++)
        g_string_append(text, "\xc3\xab");
    kith_fail(&err, KITH_ERR_PARSE, "%s", text->str);
    assert_int_equal(strlen(err.message), 511);
    assert_true(kith_text_valid(err.message, strlen(err.message)));
    g_string_free(text, TRUE);
}

static void
every_status_has_the_exit_code_of_the_contract(void **state)
{
    static const int codes[] = {0, 2, 4, 3, 1, 3, 5, 4, 4, 3, 130, 5, 3};

    (void)state;
    for (int i = 0; i <= KITH_ERR_FORMAT; i++)
        assert_int_equal(kith_status_exit_code((kith_status)i), codes[i]);
    assert_int_equal(kith_status_exit_code((kith_status)99), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(an_error_without_a_place_to_put_it_is_still_an_error),
        cmocka_unit_test(control_characters_never_reach_a_terminal),
        cmocka_unit_test(a_long_message_ends_between_two_characters),
        cmocka_unit_test(every_status_has_the_exit_code_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
