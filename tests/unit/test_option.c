/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include <kith/option.h>
#include <kith/time.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct values {
    double damping;
    int64_t max_hops;
    bool all;
    const char *to, *by;
    kith_time since;
};

static const kith_option table[] = {
    KITH_OPTION_REAL(struct values, damping, "0.85", 0, 1, "chance of going on"),
    KITH_OPTION_INT(struct values, max_hops, 'm', "3", 1, 4, "longest chain"),
    KITH_OPTION_FLAG(struct values, all, "everyone"),
    KITH_OPTION_TEXT(struct values, to, 't', "WHO", NULL, true, "who"),
    KITH_OPTION_CHOICE(struct values, by, "degree", "degree|pagerank", "measure"),
    KITH_OPTION_DATE(struct values, since, "first day"),
    KITH_OPTION_END,
};

static void
refuse(const char *name, const char *text, const char *message)
{
    struct values v;
    kith_error err = {0};

    kith_options_init(table, &v);
    assert_int_equal(kith_options_set(table, &v, name, text, &err), KITH_ERR_ARGUMENT);
    assert_string_equal(err.message, message);
    assert_true(v.damping == 0.85 && v.max_hops == 3 && !v.all && v.since == KITH_TIME_NONE);
}

static void
a_table_fills_its_defaults(void **state)
{
    struct values v;

    (void)state;
    memset(&v, 0x55, sizeof v);
    kith_options_init(table, &v);
    assert_true(v.damping == 0.85);
    assert_int_equal(v.max_hops, 3);
    assert_false(v.all);
    assert_null(v.to);
    assert_string_equal(v.by, "degree");
    assert_true(v.since == KITH_TIME_NONE);
}

static void
values_are_set_from_text_and_written_back(void **state)
{
    static const char *const texts[][3] = {
        {"damping", "0.5", "0.5"},      {"max-hops", "4", "4"},
        {"all", "TRUE", "yes"},         {"to", "Dana", "Dana"},
        {"by", "pagerank", "pagerank"}, {"since", "2026-02-01", "2026-02-01"}};
    struct values v;
    char out[32];

    (void)state;
    kith_options_init(table, &v);
    assert_string_equal(kith_option_text(&table[3], &v, out, sizeof out), "");
    assert_string_equal(kith_option_text(&table[5], &v, out, sizeof out), "");
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_int_equal(kith_options_set(table, &v, texts[i][0], texts[i][1], NULL), KITH_OK);
        assert_string_equal(kith_option_text(&table[i], &v, out, sizeof out), texts[i][2]);
    }
    assert_string_equal(kith_option_text(&table[4], &v, out, 5), "page");
}

static void
dash_and_underscore_are_the_same(void **state)
{
    (void)state;
    assert_ptr_equal(kith_options_find(table, "max-hops"), &table[1]);
    assert_ptr_equal(kith_options_find(table, "max_hops"), &table[1]);
    assert_null(kith_options_find(table, "max"));
    assert_null(kith_options_find(NULL, "max"));
}

static void
a_bad_value_says_what_was_expected(void **state)
{
    (void)state;
    refuse("damping", "1.5", "bad damping '1.5' (expected a number from 0 to 1)");
    refuse("damping", "nan", "bad damping 'nan' (expected a number from 0 to 1)");
    refuse("damping", "0,5", "bad damping '0,5' (expected a number from 0 to 1)");
    refuse("max-hops", "2.5", "bad max-hops '2.5' (expected a whole number from 1 to 4)");
    refuse("max-hops", "99999999999999999999",
           "bad max-hops '99999999999999999999' (expected a whole number from 1 to 4)");
    refuse("all", "maybe", "bad all 'maybe' (expected yes or no)");
    refuse("by", "rank", "bad by 'rank' (expected degree, pagerank)");
    refuse("since", "01/02/2026", "bad since '01/02/2026' (expected YYYY-MM-DD)");
}

static void
an_unknown_name_suggests_the_nearest(void **state)
{
    (void)state;
    refuse("max-hop", "1", "unknown option 'max-hop' (did you mean 'max-hops'?)");
    refuse("dampign", "1", "unknown option 'dampign' (did you mean 'damping'?)");
    refuse("frobnicate", "1", "unknown option 'frobnicate'");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_fills_its_defaults),
        cmocka_unit_test(values_are_set_from_text_and_written_back),
        cmocka_unit_test(dash_and_underscore_are_the_same),
        cmocka_unit_test(a_bad_value_says_what_was_expected),
        cmocka_unit_test(an_unknown_name_suggests_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
