/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_similarity.c - Jaro-Winkler against the values its authors printed. */
#include "base/similarity.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
assert_like(const char *a, const char *b, double expected)
{
    assert_true(fabs(kith_jaro_winkler(a, b) - expected) < 0.00005);
    assert_true(fabs(kith_jaro_winkler(b, a) - expected) < 0.00005);
}

/* Winkler 1990, table 1. */
static void
published_values_come_out(void **state)
{
    (void)state;
    assert_like("MARTHA", "MARHTA", 0.9611);
    assert_like("DIXON", "DICKSONX", 0.8133);
    assert_like("DWAYNE", "DUANE", 0.8400);
}

static void
equal_texts_are_fully_alike_and_strangers_not_at_all(void **state)
{
    (void)state;
    assert_like("", "", 1);
    assert_like("wiśniewski", "wiśniewski", 1);
    assert_like("abc", "xyz", 0);
    assert_like("", "abc", 0);
}

static void
letters_count_not_bytes(void **state)
{
    (void)state;
    assert_true(kith_jaro_winkler("łukasz", "lukasz") > 0.85);
    assert_like("żó", "żó", 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_values_come_out),
        cmocka_unit_test(equal_texts_are_fully_alike_and_strangers_not_at_all),
        cmocka_unit_test(letters_count_not_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
