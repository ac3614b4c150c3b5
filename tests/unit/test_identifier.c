/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/identifier.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
check(char *made, const char *text, const char *expected)
{
    if (g_strcmp0(made, expected) != 0)
        fail_msg("'%s' became '%s' (expected '%s')", text, made ? made : "NULL",
                 expected ? expected : "NULL");
    g_free(made);
}

static void
addresses_have_one_spelling_for_one_mailbox(void **state)
{
    static const char *const pairs[][2] = {
        {"Jo.Hn-Fixture+Circle@GoogleMail.com", "john-fixture@gmail.com"},
        {"john-fixture@gmail.com", "john-fixture@gmail.com"},
        {"jo.hn@example.com", "jo.hn@example.com"},
        {"john+x@example.com", "john+x@example.com"},
        {"MAILTO:Ann@Example.com", "ann@example.com"},
        {"mailto:ann@example.com?subject=Hi", "ann@example.com"},
        {"<ann@example.com>", "ann@example.com"},
        {"<mailto:ann@example.com>", "ann@example.com"},
        {" ann@example.com ", "ann@example.com"},
        {"\xc3\x9cn\xc3\xaf@example.com", "\xc3\xbcn\xc3\xaf@example.com"},
        {"ann@@example.com", NULL},
        {"ann@localhost", NULL},
        {"ann @example.com", NULL},
        {"@example.com", NULL},
        {"ann@", NULL},
        {"ann@.com", NULL},
        {"ann@example..com", NULL},
        {"ann@example.com.", NULL},
        {"ann@exa_mple.com", NULL},
        {"a@b@c.com", NULL},
        {".@gmail.com", NULL},
        {"+x@gmail.com", NULL},
        {"", NULL},
        {"<>", NULL},
        {"ann", NULL},
    };
    g_autofree char *local = g_strnfill(250, 'a'), *longest = g_strconcat(local, "@b.com", NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        check(kith_email_normalise(pairs[i][0]), pairs[i][0], pairs[i][1]);
    check(kith_email_normalise(NULL), "", NULL);
    check(kith_email_normalise(longest), longest, NULL);
}

static void
offices_are_no_persons(void **state)
{
    (void)state;
    assert_true(kith_email_is_role("info@example.com"));
    assert_true(kith_email_is_role("no-reply@example.com"));
    assert_true(kith_email_is_role("bookings+x@example.com"));
    assert_false(kith_email_is_role("ann@example.com"));
    assert_false(kith_email_is_role("informatics@example.com"));
    assert_false(kith_email_is_role(NULL));
}

static void
free_mail_says_nothing_about_an_employer(void **state)
{
    static const char *const free_ones[] = {"gmail.com",   "yahoo.co.uk",    "yahoo.com",
                                            "gmx.net",     "ann@hotmail.fr", "outlook.com",
                                            "example.com", "proton.me"};
    static const char *const others[] = {"kelpco.test", "notgmail.com", "yahoo.kelpco.test",
                                         "yahoo", ""};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(free_ones); i++)
        assert_true(kith_email_domain_is_free(free_ones[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(kith_email_domain_is_free(others[i]));
    assert_false(kith_email_domain_is_free(NULL));
}

static void
phone_numbers_become_international(void **state)
{
    static const char *const rows[][3] = {
        {"07700 900001", "44", "+447700900001"},
        {"+44 7700 900001", "44", "+447700900001"},
        {"+44 (0)7700 900001", "44", "+447700900001"},
        {"+44 07700 900001", "44", "+447700900001"},
        {"0044 7700 900001", "44", "+447700900001"},
        {"0044 (0) 7700 900001", "44", "+447700900001"},
        {"447700900001", "44", "+447700900001"},
        {"7700 900001", "44", "+447700900001"},
        {"07700 900001", "+44", "+447700900001"},
        {"tel:+44-7700-900001", NULL, "+447700900001"},
        {"07700 900001 ext. 12", "44", "+447700900001"},
        {"07700.900001 x12", "44", "+447700900001"},
        {"07700/900001;ext=3", "44", "+447700900001"},
        {"\xe2\x80\xaa+44 7700\xc2\xa0"
         "900001\xe2\x80\xac",
         "44", "+447700900001"},
        {"(555) 010-0123", "1", "+15550100123"},
        {"1-555-010-0123", "1", "+15550100123"},
        {"011 44 7700 900001", "1", "+447700900001"},
        {"06 1234 5678", "39", "+390612345678"},
        {"07700 900001", NULL, NULL},
        {"123456", "44", NULL},
        {"call me", "44", NULL},
        {"07700 900001 or 900002", "44", NULL},
        {"+0123456789", "44", NULL},
        {"1234567890123456", "44", NULL},
        {"", "44", NULL},
        {"+", "44", NULL},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check(kith_phone_normalise(rows[i][0], rows[i][1]), rows[i][0], rows[i][2]);
    check(kith_phone_normalise(NULL, "44"), "", NULL);
}

static void
web_addresses_have_one_spelling_for_one_page(void **state)
{
    static const char *const pairs[][2] = {
        {"https://www.linkedin.com/in/Mai-Nguyen-1ae8a/", "linkedin.com/in/mai-nguyen-1ae8a"},
        {"http://uk.linkedin.com/in/mai-nguyen-1ae8a?trk=x#top",
         "linkedin.com/in/mai-nguyen-1ae8a"},
        {"linkedin.com/in/mai-nguyen-1ae8a/de", "linkedin.com/in/mai-nguyen-1ae8a"},
        {"www.linkedin.com/in/jos%C3%A9", "linkedin.com/in/jos\xc3\xa9"},
        {"https://www.linkedin.com/in/JOS\xc3\x89", "linkedin.com/in/jos\xc3\xa9"},
        {"https://www.linkedin.com/in/%FF", "linkedin.com/in/%ff"},
        {"linkedin.com/company/Kelp", "linkedin.com/company/Kelp"},
        {"HTTPS://X.com/Mai", "x.com/Mai"},
        {"https://example.org:443/a/b//", "example.org/a/b"},
        {"example.org", "example.org"},
        {"//example.org/x", "example.org/x"},
        {"<https://example.org/x>", "example.org/x"},
        {"https://example.org/?next=http://y.org/", "example.org"},
        {"https://www.facebook.com/profile.php?id=100&x=1", "facebook.com/profile.php?id=100"},
        {"https://www.facebook.com/profile.php", NULL},
        {"mailto:ann@example.org", NULL},
        {"ann@example.org", NULL},
        {"ftp://example.org/x", NULL},
        {"no url", NULL},
        {"nothing", NULL},
        {"1.5", NULL},
        {"a..b/c", NULL},
        {"http://", NULL},
        {"", NULL},
        {"https://user@example.org/", NULL},
        {"example.org:80x/", NULL},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        check(kith_url_normalise(pairs[i][0]), pairs[i][0], pairs[i][1]);
    check(kith_url_normalise(NULL), "", NULL);
}

static void
normal_forms_are_normal_already(void **state)
{
    static const char *const texts[] = {"Jo.Hn+x@GoogleMail.com", "Ann@Example.com",
                                        "https://www.linkedin.com/in/X%C3%A9/",
                                        "http://Example.org/A?b"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *mail = kith_email_normalise(texts[i]), *url = kith_url_normalise(texts[i]);

        if (mail != NULL)
            check(kith_email_normalise(mail), mail, mail);
        if (url != NULL)
            check(kith_url_normalise(url), url, url);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_have_one_spelling_for_one_mailbox),
        cmocka_unit_test(offices_are_no_persons),
        cmocka_unit_test(free_mail_says_nothing_about_an_employer),
        cmocka_unit_test(phone_numbers_become_international),
        cmocka_unit_test(web_addresses_have_one_spelling_for_one_page),
        cmocka_unit_test(normal_forms_are_normal_already),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
