/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/warmth.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A file with these bytes, until the test ends. */
static char *
file_of(const char *text)
{
    char *path = NULL;
    int handle = g_file_open_tmp("kith-constants-XXXXXX", &path, NULL);

    assert_true(handle >= 0 && g_close(handle, NULL));
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* Reads such a file; the message of what is wrong with it, without the path, or "". */
static void
assert_refused(const char *text, const char *message)
{
    g_autofree char *path = file_of(text);
    kith_constants *c = NULL;
    kith_error err = {0};

    assert_int_equal(kith_constants_read(path, &c, &err), KITH_ERR_PARSE);
    assert_null(c);
    assert_string_equal(err.source, path);
    assert_string_equal(err.message, message);
    g_unlink(path);
}

static void
a_file_overrides_what_it_names_and_nothing_else(void **state)
{
    g_autofree char *path = file_of("# ours\n\n in_person = 4 \r\nscale=10.5\n");
    kith_constants *c = NULL;
    kith_warmth_constants usual;

    (void)state;
    kith_warmth_defaults(&usual);
    assert_int_equal(kith_constants_read(path, &c, NULL), KITH_OK);
    assert_true(c->in_person == 4 && c->scale == 10.5);
    usual.in_person = 4;
    usual.scale = 10.5;
    assert_memory_equal(c, &usual, sizeof usual);
    kith_constants_free(c);
    g_unlink(path);
}

static void
what_is_no_constant_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_refused("in_preson = 4\n", "no constant 'in_preson' (did you mean 'in_person'?)");
    assert_refused("zzzzzzzzzz = 4\n", "no constant 'zzzzzzzzzz' (see 'kith help constants')");
    assert_refused("hello\n", "found 'hello' (expected NAME = VALUE)");
    assert_refused("familiar_from = 0.7\n", "familiar_from 0.7 is above strong_from 0.6");
    assert_refused("record_low = 2\n", "record_low 2 is above record_high 1.3");
}

static void
values_out_of_range_are_refused(void **state)
{
    static const char *const bad[] = {"scale = 0\n",    "scale = -1\n",     "scale = nan\n",
                                      "scale = inf\n",  "scale = twelve\n", "scale =\n",
                                      "hop_cap = 1.5\n"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *path = file_of(bad[i]);
        kith_constants *c = NULL;
        kith_error err = {0};

        assert_int_equal(kith_constants_read(path, &c, &err), KITH_ERR_PARSE);
        assert_int_equal(err.line, 1);
        g_unlink(path);
    }
}

static void
a_missing_file_cannot_be_read(void **state)
{
    kith_constants *c = NULL;

    (void)state;
    assert_int_equal(kith_constants_read("/nowhere/kith.conf", &c, NULL), KITH_ERR_IO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_overrides_what_it_names_and_nothing_else),
        cmocka_unit_test(what_is_no_constant_is_refused_with_its_line),
        cmocka_unit_test(values_out_of_range_are_refused),
        cmocka_unit_test(a_missing_file_cannot_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
