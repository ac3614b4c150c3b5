/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/limits.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static kith_json_file *
load(const char *text, size_t length, kith_json_form form, char **error, int64_t *warnings)
{
    g_autoptr(kith_source) source = kith_source_from_memory("x.json", text, length);
    kith_json_file *json = NULL;
    kith_error err = {0};
    kith_status status = kith_json_load(source, form, &json, &err);

    assert_int_equal(status, err.status);
    if (error)
        *error = g_strdup_printf("%d:%d: %s", (int)err.line, (int)err.column, err.message);
    if (warnings)
        *warnings = kith_source_warnings(source);
    return json;
}

static void
check_fails(const char *text, const char *expected)
{
    g_autofree char *error = NULL;

    assert_null(load(text, strlen(text), KITH_JSON_PLAIN, &error, NULL));
    if (!g_str_has_prefix(error, expected))
        fail_msg("%s: expected '%s', found '%s'", text, expected, error);
}

static void
values_are_found_by_key_and_place(void **state)
{
    const char *text = "{\"a\": [1, {\"b\": \"x\"}],\n \"c\": {\"d\": true, \"n\": \"2.5\"}}";
    g_autoptr(kith_json_file) json = load(text, strlen(text), KITH_JSON_PLAIN, NULL, NULL);
    const kith_json_value *root = kith_json_root(json), *c = kith_json_get(root, "c");
    double number = 0;

    (void)state;
    assert_int_equal(kith_json_length(kith_json_get(root, "a")), 2);
    assert_string_equal(kith_json_get_string(kith_json_item(kith_json_get(root, "a"), 1), "b"),
                        "x");
    assert_int_equal(kith_json_line(json, c), 2);
    assert_int_equal(kith_json_line(json, root), 1);
    assert_true(kith_json_is_true(kith_json_get(c, "d")));
    assert_true(kith_json_number(kith_json_get(c, "n"), &number));
    assert_true(number == 2.5);
    assert_null(kith_json_get(kith_json_get(root, "none"), "either"));
    assert_string_equal(kith_json_get_string(NULL, "x"), "");
}

static void
members_come_in_the_order_of_the_file(void **state)
{
    const char *text = "{\"z\":1,\"a\":2,\"m\":3}", *key;
    g_autoptr(kith_json_file) json = load(text, strlen(text), KITH_JSON_PLAIN, NULL, NULL);
    g_autoptr(GString) keys = g_string_new(NULL);
    void *at = NULL;

    (void)state;
    while (kith_json_next(kith_json_root(json), &at, &key))
        g_string_append(keys, key);
    assert_string_equal(keys->str, "zam");
}

static void
broken_grammar_is_told_with_its_place(void **state)
{
    (void)state;
    check_fails("", "1:0: bad JSON");
    check_fails("[1,\n 2,]", "2:4: bad JSON");
    check_fails("[1]\n[2]", "2:1: bad JSON");
    check_fails("{\"a\":", "1:5: bad JSON");
    check_fails("[\"abc", "1:5: bad JSON");
    check_fails("[\"abc\\", "1:6: bad JSON");
    check_fails("[\"\\u12", "1:6: bad JSON");
    check_fails("[nul]", "1:4: bad JSON");
    check_fails("[-]", "1:2: bad JSON");
}

static void
depth_has_a_limit_and_costs_nothing(void **state)
{
    size_t n = 20000000;
    g_autofree char *deep = g_strnfill(n, '['), *error = NULL;
    g_autofree char *just = g_strnfill(2 * (gsize)kith_limit(KITH_LIMIT_JSON_DEPTH), '[');
    g_autoptr(kith_json_file) json = NULL;

    (void)state;
    assert_null(load(deep, n, KITH_JSON_PLAIN, &error, NULL));
    assert_string_equal(error,
                        "1:513: values nested more than 512 deep (the limit 'json-depth', see "
                        "'kith limits')");
    memset(just + kith_limit(KITH_LIMIT_JSON_DEPTH), ']', (gsize)kith_limit(KITH_LIMIT_JSON_DEPTH));
    json = load(just, strlen(just), KITH_JSON_PLAIN, NULL, NULL);
    assert_non_null(json);
}

static void
ids_stay_what_they_are(void **state)
{
    const char *text = "[9007199254740992,9007199254740993,\"12\",123456789012345678901234567890,"
                       "1e999,-1e999,0.5]";
    g_autoptr(kith_json_file) json = NULL;
    const kith_json_value *root;
    int64_t warnings;
    char out[32];
    double number = 1;

    (void)state;
    json = load(text, strlen(text), KITH_JSON_PLAIN, NULL, &warnings);
    root = kith_json_root(json);
    assert_string_equal(kith_json_id(kith_json_item(root, 0), out), "9007199254740992");
    assert_string_equal(kith_json_id(kith_json_item(root, 1), out), "9007199254740993");
    assert_string_equal(kith_json_id(kith_json_item(root, 2), out), "12");
    assert_string_equal(kith_json_id(kith_json_item(root, 3), out),
                        "123456789012345678901234567890");
    assert_string_equal(kith_json_id(kith_json_item(root, 4), out), "1e999");
    assert_string_equal(kith_json_id(kith_json_item(root, 6), out), "");
    assert_true(kith_json_number(kith_json_item(root, 6), &number) && number == 0.5);
    assert_int_equal(warnings, 1);
}

static void
text_that_cannot_be_is_mended_and_told(void **state)
{
    const char text[] =
        "[\"a\\ud83d\", \"\\udc00b\", \"\\u0000\", \"\\ud83d\\ude80\", \"\xff\xc3\xab"
        "\xc3\xab\", \"a\nb\"]";
    g_autoptr(kith_json_file) json = NULL;
    const kith_json_value *root;
    int64_t warnings;

    (void)state;
    json = load(text, sizeof text - 1, KITH_JSON_PLAIN, NULL, &warnings);
    assert_non_null(json);
    root = kith_json_root(json);
    assert_string_equal(kith_json_string(kith_json_item(root, 0)), "a\xef\xbf\xbd");
    assert_string_equal(kith_json_string(kith_json_item(root, 1)), "\xef\xbf\xbd"
                                                                   "b");
    assert_string_equal(kith_json_string(kith_json_item(root, 2)), "\xef\xbf\xbd");
    assert_string_equal(kith_json_string(kith_json_item(root, 3)), "\xf0\x9f\x9a\x80");
    assert_string_equal(kith_json_string(kith_json_item(root, 4)), "\xef\xbf\xbd\xc3\xab\xc3\xab");
    assert_string_equal(kith_json_string(kith_json_item(root, 5)), "a\nb");
    assert_int_equal(warnings, 1);
}

static void
repeated_keys_cost_the_lines_and_nothing_else(void **state)
{
    const char *text = "{\"a\":{},\n\"a\":{\"b\":1}}";
    g_autoptr(kith_json_file) json = load(text, strlen(text), KITH_JSON_PLAIN, NULL, NULL);

    (void)state;
    assert_non_null(kith_json_get(kith_json_get(kith_json_root(json), "a"), "b"));
    assert_int_equal(kith_json_line(json, kith_json_root(json)), 0);
}

static void
an_assignment_in_front_is_cut_off(void **state)
{
    const char *text = "window.YTD.x.part0 = [\n {\"a\": 1} ];\n", *bad = "window.YTD [";
    g_autoptr(kith_json_file) json = load(text, strlen(text), KITH_JSON_ASSIGNMENT, NULL, NULL);
    g_autofree char *error = NULL;

    (void)state;
    assert_int_equal(kith_json_line(json, kith_json_item(kith_json_root(json), 0)), 2);
    assert_null(load(bad, strlen(bad), KITH_JSON_ASSIGNMENT, &error, NULL));
    assert_string_equal(error, "1:1: no '=' in front of the data (expected name = [...])");
}

static void
other_encodings_are_read(void **state)
{
    const char utf16[] = "\xff\xfe[\0\"\0\xeb\0\"\0]\0", latin[] = "[\"\xeb\"]";
    g_autoptr(kith_json_file) a = load(utf16, 12, KITH_JSON_PLAIN, NULL, NULL);
    g_autoptr(kith_json_file) b = load(latin, sizeof latin - 1, KITH_JSON_PLAIN, NULL, NULL);
    g_autoptr(kith_json_file) c = load("\xef\xbb\xbf[1]", 6, KITH_JSON_PLAIN, NULL, NULL);

    (void)state;
    assert_string_equal(kith_json_string(kith_json_item(kith_json_root(a), 0)), "\xc3\xab");
    assert_string_equal(kith_json_string(kith_json_item(kith_json_root(b), 0)), "\xc3\xab");
    assert_int_equal(kith_json_length(kith_json_root(c)), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_by_key_and_place),
        cmocka_unit_test(members_come_in_the_order_of_the_file),
        cmocka_unit_test(broken_grammar_is_told_with_its_place),
        cmocka_unit_test(depth_has_a_limit_and_costs_nothing),
        cmocka_unit_test(ids_stay_what_they_are),
        cmocka_unit_test(text_that_cannot_be_is_mended_and_told),
        cmocka_unit_test(repeated_keys_cost_the_lines_and_nothing_else),
        cmocka_unit_test(an_assignment_in_front_is_cut_off),
        cmocka_unit_test(other_encodings_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
