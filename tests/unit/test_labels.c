/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_labels.c - texts get their numbers in the order they come, as a hash table of GLib's gives them. */
#include "base/labels.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEXTS 20000

/* Half of them are new. */
static void
some_text(GRand *random, char text[64])
{
    memset(text, 0, 64);
    g_snprintf(text, 48, "%.*s%d", g_rand_int_range(random, 0, 30), "label that may be quite long ",
               g_rand_int_range(random, 0, TEXTS / 2));
}

/* @param room whether there is room for all of them from the start */
static void
assert_numbers(bool room)
{
    g_autoptr(GHashTable) slow = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(kith_labels) fast = {0};
    GRand *random = g_rand_new_with_seed(3);
    char text[64];

    kith_labels_init_for(&fast, room ? TEXTS : 0, room ? (size_t)TEXTS * 64 : 0);
    for (int i = 0; i < TEXTS; i++) {
        guint known, next = g_hash_table_size(slow);
        uint32_t number;

        some_text(random, text);
        number =
            kith_labels_number(&fast, text, strlen(text), kith_labels_hash(text, strlen(text)));
        known = GPOINTER_TO_UINT(g_hash_table_lookup(slow, text));
        assert_int_equal(number, known ? known - 1 : next);
        if (!known)
            g_hash_table_insert(slow, g_strdup(text), GUINT_TO_POINTER(next + 1));
    }
    assert_int_equal(fast.n, g_hash_table_size(slow));
    kith_labels_close(&fast);
    for (uint32_t i = 0; i < fast.n; i++)
        assert_int_equal(GPOINTER_TO_UINT(g_hash_table_lookup(slow, fast.text + fast.start[i])),
                         i + 1);
    g_rand_free(random);
}

static void
texts_are_numbered_as_they_come(void **state)
{
    (void)state;
    assert_numbers(false);
    assert_numbers(true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_numbered_as_they_come)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
