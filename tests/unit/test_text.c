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
check(char *made, const char *expected)
{
    assert_string_equal(made, expected);
    g_free(made);
}

static void
strict_utf8_has_no_overlong_forms_surrogates_or_stumps(void **state)
{
    static const char *const bad[] = {
        "\xc0\xaf",     "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
        "abcdefgh\xc3", "\x80",         "\xff"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(kith_text_valid(bad[i], strlen(bad[i])));
    assert_true(kith_text_valid("Zo\xc3\xab \xf0\x9f\x98\x80 \xed\x9f\xbf", 13));
    assert_true(kith_text_valid("a\0b", 3));
    assert_true(kith_text_valid("", 0));
}

static void
a_text_is_cut_between_characters(void **state)
{
    (void)state;
    assert_int_equal(kith_text_cut("ab\xe2\x82", 4), 2);
    assert_int_equal(kith_text_cut("ab\xe2\x82\xac", 5), 5);
    assert_int_equal(kith_text_cut("\xf0\x9f\x98", 3), 0);
    assert_int_equal(kith_text_cut("", 0), 0);
}

static void
decode(const char *bytes, size_t length, const char *text, const char *encoding)
{
    const char *used;
    g_autofree char *made = kith_text_to_utf8(bytes, length, &used);

    assert_string_equal(made, text);
    assert_string_equal(used, encoding);
}

static void
encodings_are_told_by_mark_then_zeros_then_utf8(void **state)
{
    (void)state;
    decode("\xef\xbb\xbfZo\xc3\xab", 7, "Zo\xc3\xab", "UTF-8");
    decode("\xff\xfeZ\0\xeb\0", 6, "Z\xc3\xab", "UTF-16LE");
    decode("\xfe\xff\0Z\xd8\x3d\xde\0", 8, "Z\xf0\x9f\x98\x80", "UTF-16BE");
    decode("N\0a\0m\0e\0", 8, "Name", "UTF-16LE");
    decode("\0N\0a\0m\0e", 8, "Name", "UTF-16BE");
    decode("Zo\xeb \x80", 5, "Zo\xc3\xab \xe2\x82\xac", "Windows-1252");
    decode("C\0ircle", 7, "Circle", "UTF-8");
    decode("", 0, "", "UTF-8");
    decode("\xff\xfe\0\xd8", 4, "\xef\xbf\xbd", "UTF-16LE");
}

static void
the_first_bytes_may_end_inside_a_character(void **state)
{
    (void)state;
    assert_string_equal(kith_text_sniff("Zo\xc3", 3, false), "UTF-8");
    assert_string_equal(kith_text_sniff("Zo\xc3", 3, true), "Windows-1252");
}

static void
a_match_key_has_no_case_accents_or_spare_blanks(void **state)
{
    (void)state;
    check(kith_text_fold("  Zo\xc3\xab \t \xc5\x81UKASZ\n"), "zoe lukasz");
    check(kith_text_fold("Bj\xc3\xb8rn \xc3\x86ther Stra\xc3\x9f"
                         "e"),
          "bjorn aether strasse");
    check(kith_text_fold("\xc4\x90\xc3\xb0\xc3\x9e \xc5\x92\xc4\xb1\xc4\xb0"), "ddth oeii");
    check(kith_text_fold("D\xe2\x80\x99Souza\xc2\xa0X"), "d'souza x");
    check(kith_text_fold("Nguy\xe1\xbb\x85n"), "nguyen");
    check(kith_text_fold("\xef\xbc\xa1\xef\xbd\x82"), "ab");
    check(kith_text_fold(NULL), "");
    check(kith_text_fold("   "), "");
}

static void
folding_twice_is_folding_once(void **state)
{
    GRand *random = g_rand_new_with_seed(1);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        GString *text = g_string_new(NULL);
        g_autofree char *once = NULL, *twice = NULL;

        for (int j = 0; j < 4; j++) {
            gunichar c = (gunichar)g_rand_int_range(random, 1, i % 2 ? 0x600 : 0x11000);
            /* GLib folds lower-case Cherokee up and upper-case Cherokee down */
            if (g_unichar_validate(c) && g_unichar_isdefined(c) &&
                g_unichar_get_script(c) != G_UNICODE_SCRIPT_CHEROKEE)
                g_string_append_unichar(text, c);
        }
        once = kith_text_fold(text->str);
        twice = kith_text_fold(once);
        assert_string_equal(once, twice);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
}

/* With a mark behind it, which is taken off, the whole text is asked of Unicode's tables. */
static void
check_folded_alone(const char *text)
{
    g_autofree char *marked = g_strconcat(text, "\xcc\x81", NULL), *alone = kith_text_fold(text),
                    *all = kith_text_fold(marked);

    assert_string_equal(alone, all);
}

static void
a_character_is_folded_alone_as_among_others(void **state)
{
    GRand *random = g_rand_new_with_seed(2);

    (void)state;
    for (gunichar c = 0x80; c < 0x3000; c++) {
        g_autoptr(GString) text = g_string_new("X");

        g_string_append_unichar(text, c);
        check_folded_alone(text->str);
        g_string_append(text, " Y");
        for (int i = 0; i < 3; i++)
            g_string_append_unichar(text, (gunichar)g_rand_int_range(random, 0x80, 0x530));
        check_folded_alone(text->str);
        check_folded_alone(text->str + 1);
    }
    g_rand_free(random);
}

static void
a_name_is_one_line_and_keeps_its_spelling(void **state)
{
    (void)state;
    check(kith_text_clean(" Priya\r\nD'Souza "), "Priya D'Souza");
    check(kith_text_clean("Zoe\xcc\x88"), "Zo\xc3\xab");
    /* What is taken for composed without asking GLib is so. */
    for (gunichar c = 0xa1; c < 0x300; c++) {
        g_autoptr(GString) text = g_string_new("x");
        g_autofree char *composed = NULL;

        g_string_append_unichar(text, c == 0xad ? 'y' : c);
        g_string_append(text, "y");
        composed = g_utf8_normalize(text->str, -1, G_NORMALIZE_NFC);
        check(kith_text_clean(text->str), composed);
    }
    check(kith_text_clean("\xef\xbb\xbfName"), "Name");
    check(kith_text_clean(NULL), "");
}

static void
hostile_text_is_shown_escaped(void **state)
{
    char small[6];

    (void)state;
    check(kith_text_display("a\x1b[0m\x7f\xc2\x9b"), "a\\x1b[0m\\x7f\\x9b");
    check(kith_text_display("\xe2\x80\xaegnp\xe2\x81\xa6\xff"), "\\u202egnp\\u2066\\xff");
    check(kith_text_display("Zo\xc3\xab"), "Zo\xc3\xab");
    assert_string_equal(kith_text_display_into("abc\x1bz", small, sizeof small), "abc");
}

static void
long_text_is_shown_whole(void **state)
{
    g_autofree char *text = g_strnfill(100000, '\x01'), *shown = kith_text_display(text);

    (void)state;
    assert_int_equal(strlen(shown), 400000);
}

static void
width_is_in_columns_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(kith_text_width("Zo\xc3\xab"), 3);
    assert_int_equal(kith_text_width("\xe5\xb1\xb1\xe7\x94\xb0"), 4);
    assert_int_equal(kith_text_width("e\xcc\x81"), 1);
    assert_int_equal(kith_text_width(""), 0);
    assert_int_equal(kith_text_width(NULL), 0);
}

static void
a_slug_is_never_empty(void **state)
{
    (void)state;
    check(kith_text_slug("Zo\xc3\xab's  Caf\xc3\xa9 & Bar!"), "zoes-cafe-bar");
    check(kith_text_slug("\xe5\xb1\xb1"), "x");
    check(kith_text_slug(NULL), "x");
}

static void
digits_are_ordered_as_numbers(void **state)
{
    static const char *const sorted[] = {"", "P", "P0", "P1", "P01a", "P9", "P10", "P10b", "Pa"};

    (void)state;
    for (int i = 0; i < (int)G_N_ELEMENTS(sorted); i++)
        for (int j = 0; j < (int)G_N_ELEMENTS(sorted); j++)
            assert_int_equal(kith_text_natural_compare(sorted[i], sorted[j]), (i > j) - (i < j));
    assert_int_not_equal(kith_text_natural_compare("a01", "a1"), 0);
    assert_int_equal(kith_text_natural_compare("a01", "a1"),
                     -kith_text_natural_compare("a1", "a01"));
    assert_int_equal(
        kith_text_natural_compare("99999999999999999999998", "99999999999999999999999"), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strict_utf8_has_no_overlong_forms_surrogates_or_stumps),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(encodings_are_told_by_mark_then_zeros_then_utf8),
        cmocka_unit_test(the_first_bytes_may_end_inside_a_character),
        cmocka_unit_test(a_match_key_has_no_case_accents_or_spare_blanks),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(a_character_is_folded_alone_as_among_others),
        cmocka_unit_test(a_name_is_one_line_and_keeps_its_spelling),
        cmocka_unit_test(hostile_text_is_shown_escaped),
        cmocka_unit_test(long_text_is_shown_whole),
        cmocka_unit_test(width_is_in_columns_of_a_terminal),
        cmocka_unit_test(a_slug_is_never_empty),
        cmocka_unit_test(digits_are_ordered_as_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
