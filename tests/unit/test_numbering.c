/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_numbering.c - numbers given later are those that a pool gives at once. */
#include "base/numbering.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct row {
    uint32_t first, second, both, again;
};

static uint32_t
next(uint32_t *x)
{
    return (*x = *x * 1664525 + 1013904223) >> 8;
}

/* Some texts come again and again, some once; few are long, or nothing. */
static char *
make_text(uint32_t *x)
{
    uint32_t kind = next(x) % 200000;

    if (kind < 200)
        return g_strdup("");
    if (kind == 200)
        return g_strnfill(20000 + next(x) % 3, 'x');
    return g_strdup_printf("%u", next(x) % (kind % 2 ? 50 : 10000000));
}

static void
put_row(kith_numbering *numbering, kith_pool *plain, GArray *rows, GArray *expected, uint32_t *x)
{
    g_autofree char *a = make_text(x), *b = make_text(x), *c = make_text(x), *d = make_text(x);
    struct row row = {0};

    g_array_append_val(rows, row);
    kith_numbering_put(numbering, a, rows, offsetof(struct row, first));
    kith_numbering_keep(numbering, d);
    kith_numbering_put_twice(numbering, b, rows, offsetof(struct row, both),
                             offsetof(struct row, again));
    if (next(x) % 2)
        kith_numbering_put(numbering, c, rows, offsetof(struct row, second));
    else
        g_clear_pointer(&c, g_free);
    row.first = kith_pool_put(plain, a);
    kith_pool_put(plain, d);
    row.both = row.again = kith_pool_put(plain, b);
    row.second = kith_pool_put(plain, c);
    g_array_append_val(expected, row);
}

/* @param settled after so many rows each */
static void
compare(guint n, guint settled)
{
    g_autoptr(kith_pool) pool = kith_pool_new(), plain = kith_pool_new();
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct row));
    g_autoptr(GArray) expected = g_array_new(FALSE, TRUE, sizeof(struct row));
    kith_numbering *numbering = kith_numbering_new(pool);
    uint32_t x = n;

    for (guint i = 0; i < n; i++) {
        put_row(numbering, plain, rows, expected, &x);
        if (i % settled == settled - 1)
            kith_numbering_settle(numbering);
    }
    kith_numbering_settle(numbering);
    assert_memory_equal(rows->data, expected->data, n * sizeof(struct row));
    assert_int_equal(kith_pool_size(pool), kith_pool_size(plain));
    for (uint32_t i = 1; i < kith_pool_size(pool); i++)
        assert_string_equal(kith_pool_get(pool, i), kith_pool_get(plain, i));
    kith_numbering_free(numbering);
}

static void
numbers_are_those_of_the_pool_for_few_texts_and_many(void **state)
{
    (void)state;
    compare(1, 1);
    compare(3000, 1000000);
    compare(150000, 1000000);
}

static void
it_can_be_settled_at_any_time(void **state)
{
    (void)state;
    compare(2000, 1);
    compare(100000, 33333);
}

static void
what_is_not_settled_is_let_go(void **state)
{
    g_autoptr(kith_pool) pool = kith_pool_new();
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct row));
    kith_numbering *numbering = kith_numbering_new(pool);
    struct row row = {0};

    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[16];

        g_snprintf(text, sizeof text, "%d", i);
        g_array_append_val(rows, row);
        kith_numbering_put(numbering, text, rows, offsetof(struct row, first));
    }
    kith_numbering_free(numbering);
    kith_numbering_free(NULL);
    assert_int_equal(rows->len, 200000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_of_the_pool_for_few_texts_and_many),
        cmocka_unit_test(it_can_be_settled_at_any_time),
        cmocka_unit_test(what_is_not_settled_is_let_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
