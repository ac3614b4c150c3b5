/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char *folder;

static int
files_in_folder(void)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    int n = 0;

    while (g_dir_read_name(dir) != NULL)
        n++;
    g_dir_close(dir);
    return n;
}

static void
check_content(const char *path, const char *expected)
{
    g_autofree char *content = NULL;

    assert_true(g_file_get_contents(path, &content, NULL, NULL));
    assert_string_equal(content, expected);
}

static void
a_file_appears_whole_with_private_permissions(void **state)
{
    g_autofree char *path = g_build_filename(folder, "out.txt", NULL);
    g_autoptr(kith_sink) sink = NULL;
    struct stat st;

    (void)state;
    assert_int_equal(kith_sink_open(path, &sink, NULL), KITH_OK);
    kith_sink_text(sink, "one ");
    kith_sink_printf(sink, "%d %s", 2, "three");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_int_equal(kith_sink_commit(sink, NULL), KITH_OK);
    check_content(path, "one 2 three");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(files_in_folder(), 1);
    g_unlink(path);
}

static void
without_a_commit_nothing_is_left_behind(void **state)
{
    g_autofree char *path = g_build_filename(folder, "out.txt", NULL);
    kith_sink *sink = NULL;

    (void)state;
    g_file_set_contents(path, "old", -1, NULL);
    assert_int_equal(kith_sink_open(path, &sink, NULL), KITH_OK);
    kith_sink_text(sink, "new");
    kith_sink_free(sink);
    check_content(path, "old");
    assert_int_equal(files_in_folder(), 1);
    g_unlink(path);
    kith_sink_free(NULL);
}

static void
large_output_is_written_in_full(void **state)
{
    g_autofree char *path = g_build_filename(folder, "out.txt", NULL),
                    *big = g_strnfill(1000003, 'x');
    g_autoptr(kith_sink) sink = NULL;

    (void)state;
    assert_int_equal(kith_sink_open(path, &sink, NULL), KITH_OK);
    kith_sink_text(sink, "");
    kith_sink_text(sink, big);
    assert_int_equal(kith_sink_commit(sink, NULL), KITH_OK);
    check_content(path, big);
    g_unlink(path);
}

static void
a_link_is_replaced_and_its_target_left_alone(void **state)
{
    g_autofree char *target = g_build_filename(folder, "target", NULL),
                    *path = g_build_filename(folder, "link", NULL);
    g_autoptr(kith_sink) sink = NULL;

    (void)state;
    g_file_set_contents(target, "old", -1, NULL);
    assert_int_equal(symlink(target, path), 0);
    assert_int_equal(kith_sink_open(path, &sink, NULL), KITH_OK);
    kith_sink_text(sink, "new");
    assert_int_equal(kith_sink_commit(sink, NULL), KITH_OK);
    check_content(target, "old");
    check_content(path, "new");
    assert_false(g_file_test(path, G_FILE_TEST_IS_SYMLINK));
    g_unlink(target);
    g_unlink(path);
}

static void
devices_are_written_as_they_are(void **state)
{
    g_autoptr(kith_sink) sink = NULL, full = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_sink_open("/dev/null", &sink, NULL), KITH_OK);
    kith_sink_text(sink, "x");
    assert_int_equal(kith_sink_commit(sink, NULL), KITH_OK);
    assert_int_equal(kith_sink_open("/dev/full", &full, NULL), KITH_OK);
    kith_sink_text(full, "x");
    assert_int_equal(kith_sink_commit(full, &err), KITH_ERR_IO);
    assert_string_equal(err.message, "cannot write: No space left on device");
}

static void
a_reader_that_left_is_no_reason_for_a_message(void **state)
{
    g_autofree char *path = NULL;
    g_autoptr(kith_sink) sink = NULL;
    kith_error err = {0};
    int ends[2];

    (void)state;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    path = g_strdup_printf("/dev/fd/%d", ends[1]);
    assert_int_equal(kith_sink_open(path, &sink, NULL), KITH_OK);
    close(ends[0]);
    kith_sink_text(sink, "x");
    assert_int_equal(kith_sink_commit(sink, &err), KITH_ERR_IO);
    assert_string_equal(err.message, "");
    close(ends[1]);
}

static void
a_place_that_cannot_be_written_is_named(void **state)
{
    kith_sink *sink = NULL;
    kith_error err = {0}, missing = {0};
    g_autofree char *expected = g_strdup_printf("%s is a directory", folder),
                    *path = g_build_filename(folder, "none", "out", NULL);

    (void)state;
    assert_int_equal(kith_sink_open(folder, &sink, &err), KITH_ERR_IO);
    assert_string_equal(err.message, expected);
    assert_int_equal(kith_sink_open(path, &sink, &missing), KITH_ERR_IO);
    assert_non_null(strstr(missing.message, "No such file or directory"));
    assert_null(sink);
}

static void
what_cannot_be_made_is_told_and_nothing_is_written(void **state)
{
    g_autofree char *path = g_build_filename(folder, "half.html", NULL);
    g_autoptr(kith_sink) sink = NULL, memory = kith_sink_to_memory();
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_sink_open(path, &sink, NULL), KITH_OK);
    kith_sink_text(sink, "one half");
    kith_sink_fail(sink, KITH_ERR_NO_MEMORY, "no room for the other");
    kith_sink_fail(sink, KITH_ERR_IO, "not the reason");
    kith_sink_text(sink, "the other");
    assert_int_equal(kith_sink_commit(sink, &err), KITH_ERR_NO_MEMORY);
    assert_string_equal(err.message, "no room for the other");
    g_clear_pointer(&sink, kith_sink_free);
    assert_int_equal(files_in_folder(), 0);
    kith_sink_fail(memory, KITH_ERR_NO_MEMORY, "no room");
    assert_int_equal(kith_sink_commit(memory, NULL), KITH_ERR_NO_MEMORY);
}

static void
memory_keeps_the_bytes(void **state)
{
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    size_t size;

    (void)state;
    kith_sink_write(sink, "a\0b", 3);
    setlocale(LC_ALL, "de_DE.UTF-8");
    kith_sink_printf(sink, "%.1f", 1.5);
    setlocale(LC_ALL, "C");
    assert_int_equal(kith_sink_commit(sink, NULL), KITH_OK);
    assert_memory_equal(kith_sink_bytes(sink, &size), "a\0b1.5", 6);
    assert_int_equal(size, 6);
    assert_int_equal(kith_sink_terminal_width(sink), 0);
    kith_sink_set_terminal(sink, 80, true);
    assert_int_equal(kith_sink_terminal_width(sink), 80);
    assert_true(kith_sink_colour(sink));
}

static int
make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("kith-XXXXXX", NULL);
    return folder == NULL;
}

static int
drop_folder(void **state)
{
    (void)state;
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_appears_whole_with_private_permissions),
        cmocka_unit_test(without_a_commit_nothing_is_left_behind),
        cmocka_unit_test(large_output_is_written_in_full),
        cmocka_unit_test(a_link_is_replaced_and_its_target_left_alone),
        cmocka_unit_test(devices_are_written_as_they_are),
        cmocka_unit_test(a_reader_that_left_is_no_reason_for_a_message),
        cmocka_unit_test(a_place_that_cannot_be_written_is_named),
        cmocka_unit_test(what_cannot_be_made_is_told_and_nothing_is_written),
        cmocka_unit_test(memory_keeps_the_bytes),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
