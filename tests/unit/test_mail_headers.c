/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../importers/mail_headers.h"
#include "base/base.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
check_addresses(const char *text, const char *expected)
{
    g_autoptr(GArray) list = kith_mail_addresses_new();
    g_autoptr(GString) out = g_string_new(NULL);

    assert_true(kith_mail_addresses(text, list));
    for (guint i = 0; i < list->len; i++) {
        const kith_mail_address *one = &g_array_index(list, kith_mail_address, i);

        g_string_append_printf(out, "%s%s<%s>", i ? "|" : "", one->name, one->address);
    }
    assert_string_equal(out->str, expected);
}

static void
check_decoded(const char *text, const char *expected)
{
    g_autofree char *decoded = kith_mail_decode(text);

    assert_string_equal(decoded, expected);
}

static void
addresses_are_found_with_their_names(void **state)
{
    (void)state;
    check_addresses("", "");
    check_addresses("ann@x.org", "<ann@x.org>");
    check_addresses("Ann Lee <ann@x.org>, bo@x.org (Bo Chen)",
                    "Ann Lee<ann@x.org>|Bo Chen<bo@x.org>");
    check_addresses("\"Lee, Ann\" <ann@x.org>", "Lee, Ann<ann@x.org>");
    check_addresses("Lee, Ann <ann@x.org>, Bo <bo@x.org>", "Lee, Ann<ann@x.org>|Bo<bo@x.org>");
    check_addresses("\"Ann \\\"A\\\" Lee\" <ann@x.org>", "Ann \"A\" Lee<ann@x.org>");
    check_addresses("Ann (the (first)) Lee <ann@x.org>", "Ann Lee<ann@x.org>");
    check_addresses("<@a.org,@b.org:ann@x.org>", "<ann@x.org>");
    check_addresses("ann at x.org (Ann Lee)", "Ann Lee<ann@x.org>");
    check_addresses("ann@x.org; bo@x.org;", "<ann@x.org>|<bo@x.org>");
}

static void
groups_are_their_members(void **state)
{
    (void)state;
    check_addresses("undisclosed-recipients:;", "");
    check_addresses("Circle: \"Lee, Ann\" <ann@x.org>, bo@x.org;, c@x.org",
                    "Lee, Ann<ann@x.org>|<bo@x.org>|<c@x.org>");
    check_addresses("a:b:c: ann@x.org;;;", "<ann@x.org>");
}

static void
encoded_words_are_decoded(void **state)
{
    (void)state;
    check_decoded("=?UTF-8?Q?Mai_Nguy=E1=BB=85n?=", "Mai Nguyễn");
    check_decoded("=?iso-8859-1?q?Zo=EB?= Hartnell", "Zoë Hartnell");
    check_decoded("=?windows-1252?B?gIA=?=", "€€");
    check_decoded("=?ISO-8859-2?Q?=A3ukasz?=", "Łukasz");
    check_decoded("=?utf-8*en?Q?Ann?=", "Ann");
    check_decoded("=?UTF-8?B?w4M=?= =?UTF-8?Q?a?=", "Ãa");
    /* cut in the middle of a character */
    check_decoded("=?UTF-8?Q?Zo=C3?=\t=?UTF-8?Q?=AB?=", "Zoë");
    check_decoded("=?nonsense?Q?Zo=EB?=", "Zoë");
    check_decoded("=?UTF-8?Q?Zo=EB?=", "Zoë");
    check_decoded("Zo\xeb", "Zoë");
    check_decoded("=?UTF-8?Q?open", "=?UTF-8?Q?open");
    check_decoded("=?=?=?", "=?=?=?");
}

static void
fields_are_unfolded_and_the_first_of_a_name_counts(void **state)
{
    static const char *const lines[] = {"Delivered-To: a@x.org",
                                        "Delivered-To: b@x.org",
                                        "to: ann@x.org,",
                                        "\tbo@x.org",
                                        "X-Spam: no",
                                        " and no",
                                        "TO : c@x.org",
                                        "no colon",
                                        " folded"};
    g_auto(kith_mail) mail = {0};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        kith_mail_line(&mail, lines[i], strlen(lines[i]));
    assert_string_equal(kith_mail_text(&mail, KITH_MAIL_DELIVERED_TO), "a@x.org");
    assert_string_equal(kith_mail_text(&mail, KITH_MAIL_TO), "ann@x.org,\tbo@x.org,c@x.org");
    assert_string_equal(kith_mail_text(&mail, KITH_MAIL_FROM), "");
    assert_false(mail.too_long);
}

static void
headers_and_address_lists_have_limits(void **state)
{
    g_autofree char *groups = g_strnfill(100000, 'a'), *open = g_strnfill(100000, '(');
    g_autoptr(GArray) list = kith_mail_addresses_new();
    g_autoptr(GArray) many = kith_mail_addresses_new();
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(kith_mail) mail = {0};

    (void)state;
    for (size_t i = 1; i < 100000; i += 2)
        groups[i] = ':';
    assert_true(kith_mail_addresses(groups, list));
    assert_true(kith_mail_addresses(open, list));
    assert_int_equal(list->len, 0);
    for (int i = 0; i < 200000; i++)
        g_string_append_printf(text, "u%d@x.org,", i);
    assert_false(kith_mail_addresses(text->str, many));
    assert_int_equal(many->len, KITH_MAIL_ADDRESSES + 1);
    for (int i = 0; i < 70000; i++)
        kith_mail_line(&mail, "To: a@x.org", 11);
    assert_true(mail.too_long);
    assert_true(mail.field[KITH_MAIL_TO]->len < KITH_MAIL_HEADER_BYTES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_found_with_their_names),
        cmocka_unit_test(groups_are_their_members),
        cmocka_unit_test(encoded_words_are_decoded),
        cmocka_unit_test(fields_are_unfolded_and_the_first_of_a_name_counts),
        cmocka_unit_test(headers_and_address_lists_have_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
