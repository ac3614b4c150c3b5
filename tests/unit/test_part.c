/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_part.c - rows as bytes and back, and bytes that are no rows. */
#include "store/part.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A number of a column whose numbers go up evenly, stay, wander, jump or are anything. */
static int64_t
next(GRand *rand, int habit, int64_t last)
{
    switch (habit) {
    case 0:
        return last + 1;
    case 1:
        return last;
    case 2:
        return last + g_rand_int_range(rand, -3, 200);
    case 3:
        return g_rand_boolean(rand) ? INT64_MIN : INT64_MAX;
    default:
        return (int64_t)((uint64_t)g_rand_int(rand) << 32 | g_rand_int(rand));
    }
}

static void
fill(GRand *rand, int64_t *cells, size_t n, size_t width)
{
    for (size_t c = 0; c < width; c++) {
        int habit = g_rand_int_range(rand, 0, 5);
        int64_t last = g_rand_int_range(rand, -5, 5);

        for (size_t i = 0; i < n; i++)
            cells[i * width + c] = last = next(rand, habit, last);
    }
}

static void
rows_come_back(void **state)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    g_autofree int64_t *in = g_new(int64_t, 300 * KITH_PART_WIDEST);
    g_autofree int64_t *out = g_new(int64_t, 300 * KITH_PART_WIDEST);

    (void)state;
    for (int round = 0; round < 2000; round++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        size_t n = (size_t)g_rand_int_range(rand, 1, 300), used;
        size_t width = (size_t)g_rand_int_range(rand, 1, KITH_PART_WIDEST + 1);

        fill(rand, in, n, width);
        kith_part_encode(in, n, width, bytes);
        assert_true(bytes->len >= n);
        assert_true(kith_part_decode(bytes->data, bytes->len, n, width, out, &used));
        assert_int_equal(used, bytes->len);
        assert_memory_equal(in, out, n * width * sizeof *in);
    }
}

static void
fewer_bytes_are_never_the_same_rows(void **state)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    int64_t in[40 * 4], out[40 * 4];

    (void)state;
    for (int round = 0; round < 200; round++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        size_t used;

        fill(rand, in, 40, 4);
        kith_part_encode(in, 40, 4, bytes);
        for (guint length = 0; length < bytes->len; length++) {
            /* A block of its own, so that reading behind it is seen. */
            g_autofree uint8_t *part = g_memdup2(bytes->data, length);

            assert_false(kith_part_decode(part, length, 40, 4, out, &used));
        }
    }
}

static void
any_bytes_are_rows_or_refused(void **state)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    int64_t out[20 * 3];
    int good = 0;

    (void)state;
    for (int round = 0; round < 100000; round++) {
        uint8_t bytes[40];
        size_t used, length = (size_t)g_rand_int_range(rand, 0, sizeof bytes);

        for (size_t i = 0; i < length; i++)
            bytes[i] = (uint8_t)g_rand_int_range(rand, 0, i % 5 ? 256 : 4);
        if (kith_part_decode(bytes, length, (size_t)g_rand_int_range(rand, 1, 20), 3, out, &used)) {
            assert_true(used <= length);
            good++;
        }
    }
    assert_true(good > 0);
}

/* Or a file of a hundred bytes could claim all the rows there are. */
static void
a_row_takes_a_byte_at_least(void **state)
{
    static const uint8_t even[] = {0, 2, 2};
    int64_t out[1000];
    size_t used;

    (void)state;
    assert_false(kith_part_decode(even, sizeof even, 1000, 1, out, &used));
}

static void
numbers_with_a_point_come_back(void **state)
{
    static const double values[] = {0, -0.0, 1e-300, 1.0 / 3, INFINITY};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        assert_true(kith_part_real(kith_part_of_real(values[i])) == values[i]);
    assert_true(isnan(kith_part_real(kith_part_of_real(-(double)NAN))));
    assert_true(kith_part_of_real(-(double)NAN) == kith_part_of_real((double)NAN));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(fewer_bytes_are_never_the_same_rows),
        cmocka_unit_test(any_bytes_are_rows_or_refused),
        cmocka_unit_test(a_row_takes_a_byte_at_least),
        cmocka_unit_test(numbers_with_a_point_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
