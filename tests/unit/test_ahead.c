/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ahead.c - what a thread reads ahead is the file, in order, and its hash. */
#include "base/ahead.h"
#include "base/input.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SIZE ((size_t)9 << 20) /* long enough to be read ahead */
#define PIECE 50000            /* of a read: an input is read ahead only when some of it was read */

static char *path;
static char *content;

static int
set_up(void **state)
{
    uint32_t x = 1;

    (void)state;
    content = g_malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        content[i] = (char)((x = x * 1664525 + 1013904223) >> 24);
    path = g_strdup_printf("%s/kith-ahead-%d", g_get_tmp_dir(), (int)getpid());
    return !g_file_set_contents(path, content, (gssize)SIZE, NULL);
}

static int
tear_down(void **state)
{
    (void)state;
    g_unlink(path);
    g_free(path);
    g_free(content);
    return 0;
}

static void
assert_hash(const char *hex)
{
    g_autofree char *expected =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)content, SIZE);

    assert_string_equal(hex, expected);
}

static void
all_bytes_come_in_order_and_are_hashed(void **state)
{
    int file = open(path, O_RDONLY);
    kith_sha256 *checksum = kith_sha256_new();
    kith_ahead *ahead = kith_ahead_start(file, checksum);
    g_autofree char *buffer = g_malloc(70001);
    size_t at = 0;
    gssize n;

    (void)state;
    if (ahead) { /* there is a second processor */
        while ((n = kith_ahead_read(ahead, buffer, 1 + at % 70001)) > 0) {
            assert_memory_equal(buffer, content + at, (size_t)n);
            at += (size_t)n;
        }
        assert_int_equal(n, 0);
        assert_int_equal(kith_ahead_read(ahead, buffer, 1), 0);
        assert_int_equal(at, SIZE);
        assert_int_equal(kith_ahead_stop(ahead), 0);
        assert_hash(kith_sha256_hex(checksum));
    }
    kith_sha256_free(checksum);
    close(file);
}

static void
whoever_stops_it_is_told_what_was_read_in_vain(void **state)
{
    int file = open(path, O_RDONLY);
    kith_sha256 *checksum = kith_sha256_new();
    kith_ahead *ahead = kith_ahead_start(file, checksum);
    char buffer[1000];

    (void)state;
    if (ahead) {
        gssize n = kith_ahead_read(ahead, buffer, sizeof buffer);
        size_t left = kith_ahead_stop(ahead);

        assert_int_equal(n, sizeof buffer);
        assert_int_equal(lseek(file, 0, SEEK_CUR), (size_t)n + left);
    }
    assert_int_equal(kith_ahead_stop(NULL), 0);
    kith_sha256_free(checksum);
    close(file);
}

static void
a_failure_is_told_each_time(void **state)
{
    int folder = open(g_get_tmp_dir(), O_RDONLY | O_DIRECTORY);
    kith_sha256 *checksum = kith_sha256_new();
    kith_ahead *ahead = kith_ahead_start(folder, checksum);
    char byte;

    (void)state;
    for (int i = 0; ahead && i < 2; i++) {
        assert_int_equal(kith_ahead_read(ahead, &byte, 1), -1);
        assert_int_equal(errno, EISDIR);
    }
    kith_ahead_stop(ahead);
    kith_sha256_free(checksum);
    close(folder);
}

/* Reads so much that a thread reads ahead. */
static void
read_some(kith_input *input, size_t from, size_t length)
{
    g_autofree char *buffer = g_malloc(length);
    size_t at = 0, got = 1;

    for (; at < length && got > 0; at += got)
        assert_int_equal(kith_input_read(input, buffer + at, MIN(length - at, PIECE), &got, NULL),
                         KITH_OK);
    assert_int_equal(at, length);
    assert_memory_equal(buffer, content + from, length);
}

static void
an_input_that_is_read_ahead_can_be_moved_about(void **state)
{
    g_autoptr(kith_input) input = NULL;
    const size_t far = (size_t)2 << 20;
    const char *hex;

    (void)state;
    assert_int_equal(kith_input_open(path, &input, NULL), KITH_OK);
    read_some(input, 0, far);
    assert_int_equal(kith_input_seek(input, 100, SEEK_CUR), far + 100);
    read_some(input, far + 100, 5000);
    assert_int_equal(kith_input_seek(input, 0, SEEK_SET), 0);
    read_some(input, 0, SIZE);
    assert_int_equal(kith_input_sha256(input, &hex, NULL), KITH_OK);
    assert_hash(hex);
}

static void
an_input_read_in_part_is_hashed_whole(void **state)
{
    g_autoptr(kith_input) input = NULL;
    const char *hex;

    (void)state;
    assert_int_equal(kith_input_open(path, &input, NULL), KITH_OK);
    read_some(input, 0, (size_t)2 << 20);
    assert_int_equal(kith_input_sha256(input, &hex, NULL), KITH_OK);
    assert_hash(hex);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_bytes_come_in_order_and_are_hashed),
        cmocka_unit_test(whoever_stops_it_is_told_what_was_read_in_vain),
        cmocka_unit_test(a_failure_is_told_each_time),
        cmocka_unit_test(an_input_that_is_read_ahead_can_be_moved_about),
        cmocka_unit_test(an_input_read_in_part_is_hashed_whole),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
