/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool.c - each text once, whatever its length, and never moved. */
#include "base/pool.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
equal_texts_are_one_number_and_stay_where_they_are(void **state)
{
    g_autoptr(kith_pool) pool = kith_pool_new();
    uint32_t number[5000];
    const char *first;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        g_autofree char *text = g_strdup_printf("%0*d", i % 40, i);

        number[i] = kith_pool_put(pool, text);
    }
    first = kith_pool_get(pool, number[0]);
    for (int i = 0; i < 5000; i++) {
        g_autofree char *text = g_strdup_printf("%0*d", i % 40, i);

        assert_int_equal(kith_pool_put(pool, text), number[i]);
        assert_string_equal(kith_pool_get(pool, number[i]), text);
    }
    assert_ptr_equal(kith_pool_get(pool, number[0]), first);
}

static void
no_text_is_number_nought_and_the_empty_text_is_not(void **state)
{
    g_autoptr(kith_pool) pool = kith_pool_new();

    (void)state;
    assert_int_equal(kith_pool_put(pool, NULL), 0);
    assert_null(kith_pool_get(pool, 0));
    assert_int_not_equal(kith_pool_put(pool, ""), 0);
    assert_null(kith_pool_get(pool, 99));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_are_one_number_and_stay_where_they_are),
        cmocka_unit_test(no_text_is_number_nought_and_the_empty_text_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
