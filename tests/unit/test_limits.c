/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_limits.c - limits are found by name, changed all or none, and heeded. */
#include "base/json.h"
#include "base/limits.h"
#include <kith/kith.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int64_t before[KITH_LIMIT_COUNT];

static int
remember(void **state)
{
    (void)state;
    memcpy(before, kith_limit_values, sizeof before);
    return 0;
}

static int
restore(void **state)
{
    (void)state;
    memcpy(kith_limit_values, before, sizeof before);
    return 0;
}

#define LIMIT_TEST(name) cmocka_unit_test_setup_teardown(name, remember, restore)

static void
every_limit_has_its_usual_value(void **state)
{
    kith_limit_info limit;
    int64_t n = 0;

    (void)state;
    for (; kith_limit_at(n, &limit); n++) {
        assert_int_equal(limit.value, limit.usual);
        assert_true(limit.usual > 0 && *limit.name && *limit.unit && *limit.about);
    }
    assert_int_equal(n, KITH_LIMIT_COUNT);
    assert_false(kith_limit_at(-1, &limit));
}

static void
several_are_set_at_once(void **state)
{
    (void)state;
    assert_int_equal(kith_limit_set("columns=20000, json = 1G,line=3k", NULL), KITH_OK);
    assert_int_equal(kith_limit(KITH_LIMIT_COLUMNS), 20000);
    assert_int_equal(kith_limit(KITH_LIMIT_JSON), INT64_C(1) << 30);
    assert_int_equal(kith_limit(KITH_LIMIT_LINE), 3072);
}

static void
a_bad_one_changes_none(void **state)
{
    static const char *const bad[] = {
        "columns=7,nonsense=1", "columns=7,json=0",     "columns=7,json=-1",  "columns=7,json=1X",
        "columns=7,json",       "columns=7,json=2000G", "columns=7,json=1G1", ""};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        kith_error err = {0};

        assert_int_equal(kith_limit_set(bad[i], &err), KITH_ERR_ARGUMENT);
        assert_true(*err.message);
        assert_int_equal(kith_limit(KITH_LIMIT_COLUMNS), 10000);
    }
}

static void
a_limit_that_was_set_is_heeded(void **state)
{
    static const char text[] = "[[[[1]]]]";
    g_autoptr(kith_source) source = kith_source_from_memory("a.json", text, sizeof text - 1);
    g_autoptr(kith_source) again = kith_source_from_memory("a.json", text, sizeof text - 1);
    g_autoptr(kith_json_file) json = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_limit_set("json-depth=3", NULL), KITH_OK);
    assert_int_equal(kith_json_load(source, KITH_JSON_PLAIN, &json, &err), KITH_ERR_LIMIT);
    assert_int_equal(kith_limit_set("json-depth=4", NULL), KITH_OK);
    assert_int_equal(kith_json_load(again, KITH_JSON_PLAIN, &json, NULL), KITH_OK);
}

/* docs/limits.md has a row "| `name` | usual | unit | about |" for each limit. */
static void
the_documentation_lists_every_limit(void **state)
{
    const char *root = g_getenv("KITH_ROOT") ? g_getenv("KITH_ROOT") : ".";
    g_autofree char *path = g_build_filename(root, "docs", "limits.md", NULL), *text = NULL;
    kith_limit_info limit;
    int rows = 0;

    (void)state;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (int64_t i = 0; kith_limit_at(i, &limit); i++) {
        g_autofree char *row = g_strdup_printf("| `%s` | %" G_GINT64_FORMAT " | %s | %s |\n",
                                               limit.name, limit.usual, limit.unit, limit.about);

        if (!strstr(text, row))
            print_error("docs/limits.md lacks %s", row);
        assert_non_null(strstr(text, row));
    }
    for (const char *p = text; (p = strstr(p, "\n| `")) != NULL; p++)
        rows++;
    assert_int_equal(rows, KITH_LIMIT_COUNT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        LIMIT_TEST(every_limit_has_its_usual_value),
        LIMIT_TEST(several_are_set_at_once),
        LIMIT_TEST(a_bad_one_changes_none),
        LIMIT_TEST(a_limit_that_was_set_is_heeded),
        LIMIT_TEST(the_documentation_lists_every_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
