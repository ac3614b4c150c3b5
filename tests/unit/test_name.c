/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/name.h"
#include "base/nickname.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
words(const char *full, const char *expected)
{
    g_autofree char *made = kith_name_words(full);

    assert_string_equal(made, expected);
}

static void
org(const char *name, const char *expected)
{
    g_autofree char *made = kith_org_key(name);

    assert_string_equal(made, expected);
}

static void
split(const char *full, const char *expected_given, const char *expected_family)
{
    g_autofree char *given = NULL, *family = NULL;

    kith_name_split(full, &given, &family);
    assert_string_equal(given, expected_given);
    assert_string_equal(family, expected_family);
}

static void
words_have_no_titles_order_or_nicknames(void **state)
{
    (void)state;
    words("Dr Bob Gray", "gray robert");
    words("Gray, Robert", "gray robert");
    words("Robert \"Bob\" Gray, Ph.D.", "gray robert");
    words("Robert (Bobby) Gray MBA, CPA", "gray robert");
    words("Zo\xc3\xab  Hartnell", "hartnell zoe");
    words("Priya\nD'Souza", "dsouza priya");
    words("Priya D\xe2\x80\x99Souza", "dsouza priya");
    words("Anne-Marie Smith", "anne marie smith");
    words("J.R. Smith", "j r smith");
    words("John Smith Jr.", "john smith");
    words("Chris Lee", "chris lee");
    words("Sam Lee", "lee sam");
    words("Tom & Zoe Hartnell", "hartnell thomas zoe");
    words("Miss", "miss");
    words("", "");
    words(NULL, "");
    words("\xe5\xb1\xb1\xe7\x94\xb0 \xe5\xa4\xaa\xe9\x83\x8e",
          "\xe5\xa4\xaa\xe9\x83\x8e \xe5\xb1\xb1\xe7\x94\xb0");
}

static void
names_are_split_as_they_are_written(void **state)
{
    (void)state;
    split("Marta Kowalska", "Marta", "Kowalska");
    split("Kowalska, Marta", "Marta", "Kowalska");
    split("Dr. Leo Marchetti, BDS", "Leo", "Marchetti");
    split("Smith Jr, John Paul", "John Paul", "Smith");
    split("Ludwig van der Berg", "Ludwig", "van der Berg");
    split("Prakash", "Prakash", "");
    split("", "", "");
    split(NULL, "", "");
}

static void
agree(const char *a, const char *b, bool expected)
{
    if (kith_name_given_agree(a, b) != expected || kith_name_given_agree(b, a) != expected)
        fail_msg("'%s' and '%s' should %s", a, b, expected ? "agree" : "disagree");
}

static void
given_names_agree_when_they_may_be_one_persons(void **state)
{
    (void)state;
    agree("Emily Carter", "E. Carter", true);
    agree("Bob Gray", "Robert Gray", true);
    agree("Bob Gray", "Rob Gray", true);
    agree("Chris Lee", "Christine Lee", true);
    agree("Chris Lee", "Christopher Lee", true);
    agree("Marta Kowalska", "Kowalska Marta", true);
    agree("Marta Kowalska", "Kowalska, Marta", true);
    agree("Zo\xc3\xab Hartnell", "Zoe Hartnell", true);
    agree("J\xc3\xbcrgen M\xc3\xbcller", "Juergen Mueller", true);
    agree("J\xc3\xbcrgen M\xc3\xbcller", "Jurgen Muller", true);
    agree("S\xc3\xb8ren Dahl", "Soeren Dahl", true);
    agree("Liz Turner", "Elizabeth Smith", true);
    agree("Hartnell", "Zoe Hartnell", true);
    agree("", "Zoe Hartnell", true);
    agree(NULL, "Zoe Hartnell", true);
    agree("zoe@example.org", "Tom Hartnell", true);
    agree("Anne-Marie Smith", "Anne Smith", true);
    agree("Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Mai", "Mai Nguyen", true);
}

static void
given_names_of_two_people_disagree(void **state)
{
    (void)state;
    agree("Christine Lee", "Christopher Lee", false);
    agree("Samantha Lee", "Samuel Lee", false);
    agree("Zoe Hartnell", "Tom Hartnell", false);
    agree("Tom & Zoe Hartnell", "Zoe Hartnell", false);
    agree("Maria Anna Smith", "Anna Smith", false);
    agree("Mueller", "Zoe Hartnell", false);
    agree("E. Carter", "Robert Carter", false);
}

static void
every_nickname_is_found(void **state)
{
    (void)state;
    assert_string_equal(kith_nickname_formal("billy"), "william");
    assert_string_equal(kith_nickname_formal("will"), "william");
    assert_string_equal(kith_nickname_formal("abby"), "abigail");
    assert_string_equal(kith_nickname_formal("zack"), "zachary");
    assert_null(kith_nickname_formal("chris"));
    assert_null(kith_nickname_formal("zoe"));
    assert_true(kith_nickname_agree("sam", "samuel"));
    assert_true(kith_nickname_agree("lizzie", "beth"));
}

static void
company_keys_leave_legal_forms_off(void **state)
{
    (void)state;
    org("Kelp & Co. Cosmetics", "kelp and co cosmetics");
    org("Kelp and Co Cosmetics", "kelp and co cosmetics");
    org("Kelp &amp; Co. Cosmetics", "kelp and co cosmetics");
    org("North Pier Software, Inc.", "north pier software");
    org("The North Pier Software Company, Ltd.", "north pier software");
    org("Acme Co., Ltd", "acme");
    org("M\xc3\xbcller GmbH & Co. KG", "muller");
    org("Caf&eacute; &#x26; Bar", "cafe and bar");
    org("Smith &amp;amp; Sons", "smith and sons");
    org("A.B.C. L.L.C.", "abc");
    org("The Company", "company");
    org("Ltd", "ltd");
    org("", "");
    org(NULL, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_no_titles_order_or_nicknames),
        cmocka_unit_test(names_are_split_as_they_are_written),
        cmocka_unit_test(given_names_agree_when_they_may_be_one_persons),
        cmocka_unit_test(given_names_of_two_people_disagree),
        cmocka_unit_test(every_nickname_is_found),
        cmocka_unit_test(company_keys_leave_legal_forms_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
