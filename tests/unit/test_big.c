/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_big.c - arrays keep what is in them and begin with zeros, whatever was freed or given back before. */
#include "base/big.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ARRAYS 24
#define ROUNDS 300

/* From a few bytes to more than a region holds. */
static size_t
some_size(GRand *random)
{
    return (size_t)1 << g_rand_int_range(random, 4, 25);
}

static bool
is_filled(const uint8_t *bytes, size_t n, uint8_t with)
{
    return n == 0 || (bytes[0] == with && memcmp(bytes, bytes + 1, n - 1) == 0);
}

static void
arrays_keep_their_bytes_and_new_ones_are_zero(void **state)
{
    GRand *random = g_rand_new_with_seed(11);
    uint8_t *array[ARRAYS] = {NULL};
    size_t size[ARRAYS] = {0};

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int i = g_rand_int_range(random, 0, ARRAYS);

        assert_true(!array[i] || is_filled(array[i], size[i], (uint8_t)(i + 1)));
        kith_big_free(array[i]);
        size[i] = some_size(random);
        array[i] = kith_big_new(size[i], 1);
        assert_non_null(array[i]);
        assert_true(is_filled(array[i], size[i], 0));
        memset(array[i], i + 1, size[i]);
        if (round % 5 == 0)
            kith_big_trim();
    }
    for (int i = 0; i < ARRAYS; i++) {
        assert_true(!array[i] || is_filled(array[i], size[i], (uint8_t)(i + 1)));
        kith_big_free(array[i]);
    }
    g_rand_free(random);
}

static size_t
resident(void)
{
    g_autofree char *text = NULL;
    const char *line;

    g_file_get_contents("/proc/self/status", &text, NULL, NULL);
    line = text ? strstr(text, "RssAnon:") : NULL;
    return line ? (size_t)g_ascii_strtoull(line + strlen("RssAnon:"), NULL, 10) * 1024 : 0;
}

static void
what_is_free_is_given_back_when_asked(void **state)
{
    const size_t bytes = (size_t)10 << 20; /* of a region */
    char *array = NULL;
    size_t full, kept;

    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the sanitizer has such arrays, and keeps them */
#endif
    if (resident() == 0)
        skip();
    array = kith_big_raw(bytes, 1);
    assert_non_null(array);
    memset(array, 1, bytes);
    full = resident();
    kith_big_free(array);
    kept = resident();
    kith_big_trim();
    assert_true(kept + bytes / 2 > full);
    assert_true(resident() + bytes / 2 < kept);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_keep_their_bytes_and_new_ones_are_zero),
        cmocka_unit_test(what_is_free_is_given_back_when_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
