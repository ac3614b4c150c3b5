/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/limits.h"
#include "base/source.h"
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char *folder;

/* A packed file in the test's folder: `filter` or `format` by name, members as (name, content)
 * pairs up to NULL. */
static char *
pack(const char *file, const char *filter, const char *format, const char *const *members,
     size_t size)
{
    char *path = g_build_filename(folder, file, NULL);
    struct archive *a = archive_write_new();

    if (filter != NULL)
        archive_write_add_filter_by_name(a, filter);
    archive_write_set_format_by_name(a, format);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (; *members != NULL; members += 2) {
        struct archive_entry *entry = archive_entry_new();
        size_t length = size > 0 ? size : strlen(members[1]);
        bool link = g_str_has_prefix(members[1], "->");

        archive_entry_set_pathname(entry, members[0]);
        archive_entry_set_filetype(entry, link ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        if (link)
            archive_entry_set_symlink(entry, members[1] + 2);
        else
            archive_entry_set_size(entry, (la_int64_t)length);
        archive_write_header(a, entry);
        if (!link)
            archive_write_data(a, members[1], length);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return path;
}

static char *
read_all(kith_source *source)
{
    GString *out = g_string_new(NULL);
    char buffer[1000];
    size_t got = 1;

    while (got > 0) {
        assert_int_equal(kith_source_read(source, buffer, sizeof buffer, &got, NULL), KITH_OK);
        g_string_append_len(out, buffer, (gssize)got);
    }
    return g_string_free(out, FALSE);
}

static char *
file_hash(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize size;

    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)bytes, size);
}

static void
check_file(const char *path, const char *content)
{
    g_autoptr(kith_source) source = NULL;
    g_autofree char *expected = file_hash(path), *out = NULL, *again = NULL;
    const char *head, *hex;
    kith_error err = {0};
    size_t length;

    if (kith_source_open(path, &source, &err) != KITH_OK)
        fail_msg("%s: %s", path, err.message);
    assert_false(kith_source_is_archive(source));
    assert_int_equal(kith_source_head(source, &head, &length, &err), KITH_OK);
    assert_int_equal(length, MIN(strlen(content), 65536));
    assert_memory_equal(head, content, length);
    assert_int_equal(head[length], 0);
    out = read_all(source);
    assert_string_equal(out, content);
    assert_true(kith_source_rewinds(source));
    assert_int_equal(kith_source_rewind(source, &err), KITH_OK);
    again = read_all(source);
    assert_string_equal(again, content);
    assert_int_equal(kith_source_sha256(source, &hex, &err), KITH_OK);
    assert_string_equal(hex, expected);
}

static void
plain_and_compressed_files_read_the_same(void **state)
{
    static const char *const filters[] = {"gzip", "bzip2", "xz", "zstd"};
    g_autoptr(GString) content = g_string_new(NULL);
    g_autofree char *plain = g_build_filename(folder, "plain.txt", NULL);

    (void)state;
    for (int i = 0; content->len < 300000; i++)
        g_string_append_printf(content, "%d\t%d\n", i * 7919 % 100003, i);
    g_file_set_contents(plain, content->str, -1, NULL);
    check_file(plain, content->str);
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
        const char *members[] = {"x", content->str, NULL};
        g_autofree char *path = pack(filters[i], filters[i], "raw", members, 0);

        check_file(path, content->str);
    }
}

static void
a_hash_does_not_need_the_file_to_be_read(void **state)
{
    const char *members[] = {"a.csv", "from,to\n", "b.csv", "x", NULL};
    g_autofree char *zip = pack("h.zip", NULL, "zip", members, 0),
                    *tgz = pack("h.tgz", "gzip", "ustar", members, 0);
    const char *paths[] = {zip, tgz};

    (void)state;
    for (int i = 0; i < 2; i++) {
        g_autoptr(kith_source) source = NULL, member = NULL;
        g_autofree char *expected = file_hash(paths[i]);
        const char *hex;

        assert_int_equal(kith_source_open(paths[i], &source, NULL), KITH_OK);
        assert_int_equal(kith_source_next_member(source, &member, NULL), KITH_OK);
        assert_int_equal(kith_source_sha256(source, &hex, NULL), KITH_OK);
        assert_string_equal(hex, expected);
        assert_int_equal(kith_source_sha256(source, &hex, NULL), KITH_OK);
        assert_string_equal(hex, expected);
    }
}

static void
check_members(const char *path)
{
    static const char *const names[] = {"a.csv", "sub/b.csv"}, *const texts[] = {"from,to\n", "x"};
    g_autoptr(kith_source) source = NULL, end = NULL;
    kith_error err = {0};

    assert_int_equal(kith_source_open(path, &source, &err), KITH_OK);
    assert_true(kith_source_is_archive(source));
    for (int i = 0; i < 2; i++) {
        g_autofree char *name = g_strdup_printf("%s!%s", path, names[i]), *out = NULL,
                        *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256, texts[i], -1);
        g_autoptr(kith_source) member = NULL;
        const char *hex;

        assert_int_equal(kith_source_next_member(source, &member, &err), KITH_OK);
        assert_string_equal(kith_source_name(member), name);
        out = read_all(member);
        assert_string_equal(out, texts[i]);
        assert_int_equal(kith_source_sha256(member, &hex, &err), KITH_OK);
        assert_string_equal(hex, expected); /* known again as a loose file */
    }
    assert_int_equal(kith_source_next_member(source, &end, &err), KITH_OK);
    assert_null(end);
}

static void
archives_yield_their_members_in_order(void **state)
{
    const char *members[] = {"a.csv", "from,to\n", "sub/b.csv", "x", NULL};
    g_autofree char *zip = pack("m.zip", NULL, "zip", members, 0),
                    *tar = pack("m.tar", NULL, "ustar", members, 0),
                    *tgz = pack("m.tgz", "gzip", "ustar", members, 0);

    (void)state;
    check_members(zip);
    check_members(tar);
    check_members(tgz);
}

static void
listen(void *payload, bool held, const char *source, int64_t line, int64_t column,
       const char *reason)
{
    (void)held;
    (void)source;
    (void)line;
    (void)column;
    g_string_append_printf(payload, "%s\n", reason);
}

static void
hostile_members_are_left_out_and_told(void **state)
{
    const char *inner[] = {"x", "y", NULL};
    g_autofree char *nested_path = pack("n.gz", "gzip", "raw", inner, 0), *nested = NULL,
                    *path = NULL;
    g_autoptr(GString) heard = g_string_new(NULL);
    g_autoptr(kith_source) source = NULL, member = NULL, end = NULL;
    const char *members[] = {
        "../up.csv",     "a",        "/abs.csv", "b",  "__MACOSX/._c", "c", "link.csv",
        "->/etc/passwd", "good.csv", "d",        NULL, NULL,           NULL};

    (void)state;
    assert_true(g_file_get_contents(nested_path, &nested, NULL, NULL));
    path = pack("hostile.zip", NULL, "zip", members, 0);
    assert_int_equal(kith_source_open(path, &source, NULL), KITH_OK);
    kith_source_listen(source, listen, heard);
    assert_int_equal(kith_source_next_member(source, &member, NULL), KITH_OK);
    assert_true(g_str_has_suffix(kith_source_name(member), "!good.csv"));
    assert_int_equal(kith_source_next_member(source, &end, NULL), KITH_OK);
    assert_null(end);
    assert_string_equal(heard->str, "'../up.csv' left out: a name that leaves the archive\n"
                                    "'/abs.csv' left out: an absolute name\n"
                                    "'__MACOSX/._c' left out: the Finder's notes, not data\n"
                                    "'link.csv' left out: a link or device\n");
    assert_int_equal(kith_source_warnings(source), 4);
}

static void
an_archive_within_an_archive_is_left_out(void **state)
{
    const char *members[] = {"in.zip", "PK\x03\x04 and so on", "good.csv", "d", NULL};
    g_autofree char *path = pack("nest.tar", NULL, "ustar", members, 0);
    g_autoptr(kith_source) source = NULL, member = NULL;
    g_autoptr(GString) heard = g_string_new(NULL);

    (void)state;
    assert_int_equal(kith_source_open(path, &source, NULL), KITH_OK);
    kith_source_listen(source, listen, heard);
    assert_int_equal(kith_source_next_member(source, &member, NULL), KITH_OK);
    assert_true(g_str_has_suffix(kith_source_name(member), "!good.csv"));
    assert_string_equal(heard->str, "'in.zip' left out: an archive within an archive\n");
}

static kith_status
open_and_read(const char *path, kith_error *err)
{
    g_autoptr(kith_source) source = NULL;
    g_autofree char *buffer = g_malloc(1 << 16);
    size_t got = 1;

    TRY(kith_source_open(path, &source, err));
    while (got > 0)
        TRY(kith_source_read(source, buffer, 1 << 16, &got, err));
    return KITH_OK;
}

static void
compressed_data_that_ends_early_is_an_error(void **state)
{
    static const char *const filters[] = {"gzip", "bzip2", "xz", "zstd"};
    g_autoptr(GString) content = g_string_new(NULL);

    (void)state;
    for (int i = 0; content->len < 300000; i++)
        g_string_append_printf(content, "%d,%d\n", i * 7919 % 100003, i);
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
        const char *members[] = {"x", content->str, NULL};
        g_autofree char *path = pack("cut", filters[i], "raw", members, 0);
        kith_error err = {0};
        struct stat st;

        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(truncate(path, st.st_size / 2), 0);
        assert_int_equal(open_and_read(path, &err), KITH_ERR_PARSE);
        assert_string_equal(err.message, "compressed data ends early");
        assert_string_equal(err.source, path);
    }
}

static void
a_bomb_meets_the_ratio_limit(void **state)
{
    g_autofree char *same = g_strnfill(40 << 20, 'x'), *gz = NULL, *zip = NULL;
    const char *members[] = {"x", same, NULL};
    g_autoptr(kith_source) source = NULL, member = NULL;
    kith_error err = {0}, zip_err = {0};
    char buffer[65536];
    size_t got = 1;
    kith_status status = KITH_OK;

    (void)state;
    gz = pack("bomb.gz", "gzip", "raw", members, 40 << 20);
    zip = pack("bomb.zip", NULL, "zip", members, 40 << 20);
    assert_int_equal(open_and_read(gz, &err), KITH_ERR_LIMIT);
    assert_string_equal(err.message, "unpacks to more than 200 times its size (the limit 'ratio', "
                                     "see 'kith limits')");
    assert_int_equal(kith_source_open(zip, &source, NULL), KITH_OK);
    assert_int_equal(kith_source_next_member(source, &member, NULL), KITH_OK);
    while (status == KITH_OK && got > 0)
        status = kith_source_read(member, buffer, sizeof buffer, &got, &zip_err);
    assert_int_equal(status, KITH_ERR_LIMIT);
}

static void
what_is_no_file_is_refused_by_name(void **state)
{
    g_autofree char *fifo = g_build_filename(folder, "fifo", NULL),
                    *missing = g_build_filename(folder, "none", NULL),
                    *expected = g_strdup_printf("%s is a directory", folder);
    kith_source *source = NULL;
    kith_error err = {0}, fifo_err = {0}, missing_err = {0}, device_err = {0};

    (void)state;
    assert_int_equal(kith_source_open(folder, &source, &err), KITH_ERR_IO);
    assert_string_equal(err.message, expected);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(kith_source_open(fifo, &source, &fifo_err), KITH_ERR_IO);
    assert_non_null(strstr(fifo_err.message, "is not a regular file"));
    assert_int_equal(kith_source_open(missing, &source, &missing_err), KITH_ERR_IO);
    assert_non_null(strstr(missing_err.message, "No such file or directory"));
    assert_int_equal(kith_source_open("/dev/zero", &source, &device_err), KITH_ERR_IO);
    assert_null(source);
}

static void
damaged_and_empty_archives_are_errors(void **state)
{
    static const char end_only[22] = "PK\x05\x06";
    g_autofree char *junk = g_build_filename(folder, "junk.csv", NULL),
                    *none = g_build_filename(folder, "none.zip", NULL);
    kith_error err = {0}, none_err = {0};
    kith_source *source = NULL;

    (void)state;
    g_file_set_contents(junk, "PK\x03\x04\x14\x00\x06\x00 this is no archive at all", 34, NULL);
    g_file_set_contents(none, end_only, sizeof end_only, NULL);
    assert_int_equal(kith_source_open(junk, &source, &err), KITH_ERR_PARSE);
    assert_string_equal(err.message, "looks like an archive, but ends early");
    assert_int_equal(kith_source_open(none, &source, &none_err), KITH_ERR_PARSE);
    assert_string_equal(none_err.message, "the archive is empty");
}

static void
standard_input_may_be_a_pipe(void **state)
{
    const char *members[] = {"a.csv", "from,to\n", "sub/b.csv", "x", NULL};
    g_autofree char *path = pack("p.zip", NULL, "zip", members, 0), *bytes = NULL,
                    *expected = file_hash(path), *out = NULL;
    g_autoptr(kith_source) source = NULL, member = NULL;
    int ends[2], saved = dup(0);
    const char *hex;
    gsize size;

    (void)state;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, size), size);
    close(ends[1]);
    dup2(ends[0], 0);
    close(ends[0]);
    assert_int_equal(kith_source_open("-", &source, NULL), KITH_OK);
    dup2(saved, 0);
    close(saved);
    assert_false(kith_source_rewinds(source));
    assert_int_equal(kith_source_next_member(source, &member, NULL), KITH_OK);
    out = read_all(member);
    assert_string_equal(out, "from,to\n");
    assert_int_equal(kith_source_rewind(member, NULL), KITH_ERR_ARGUMENT);
    assert_int_equal(kith_source_sha256(source, &hex, NULL), KITH_OK);
    assert_string_equal(hex, expected);
}

static void
memory_is_a_source_like_any_other(void **state)
{
    g_autoptr(kith_source) source = kith_source_from_memory("m", "hello", 5);
    g_autofree char *out = NULL,
                    *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "hello", -1);
    const char *head, *hex;
    size_t length;

    (void)state;
    assert_int_equal(kith_source_head(source, &head, &length, NULL), KITH_OK);
    assert_string_equal(head, "hello");
    out = read_all(source);
    assert_string_equal(out, "hello");
    assert_int_equal(kith_source_sha256(source, &hex, NULL), KITH_OK);
    assert_string_equal(hex, expected);
}

/* Readers make buffers of that size: one byte less and they would take a line for cut, or the end for there. */
static void
a_short_source_asks_for_little_room_and_any_other_for_all(void **state)
{
    g_autoptr(kith_source) shorter = kith_source_from_memory("a", "one\ntwo\n", 8);
    g_autofree char *bytes = g_strnfill(70000, 'x');
    g_autoptr(kith_source) longer = kith_source_from_memory("b", bytes, 70000);
    const char *const member[] = {"a.csv", "Name\nAna\n", NULL};
    g_autofree char *path = pack("room.gz", "gzip", "raw", member, 0);
    g_autoptr(kith_source) packed = NULL;
    char buffer[8];
    size_t got;

    (void)state;
    assert_int_equal(kith_source_open(path, &packed, NULL), KITH_OK);
    assert_int_equal(kith_source_room(shorter, 1000), 9);
    assert_int_equal(kith_source_room(shorter, 5), 5);
    assert_int_equal(kith_source_room(longer, 1 << 20), 1 << 20);
    assert_int_equal(kith_source_room(packed, 1000), 1000);
    assert_int_equal(kith_source_read(shorter, buffer, 4, &got, NULL), KITH_OK);
    assert_int_equal(kith_source_room(shorter, 1000), 9);
}

static void
an_error_carries_the_place_being_read(void **state)
{
    g_autoptr(kith_source) source = kith_source_from_memory("fair.csv", "", 0);
    kith_error err = {0};

    (void)state;
    kith_source_at(source, 3, 21);
    kith_source_record(source);
    assert_int_equal(kith_source_fail(source, &err, "bad date '%s'", "x"), KITH_ERR_PARSE);
    assert_string_equal(err.source, "fair.csv");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 21);
    assert_int_equal(kith_source_records(source), 1);
    kith_source_hold(source, "declined");
    assert_int_equal(kith_source_held(source), 1);
    kith_source_free(NULL);
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
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;

    (void)state;
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        g_unlink(path);
    }
    g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_compressed_files_read_the_same),
        cmocka_unit_test(a_hash_does_not_need_the_file_to_be_read),
        cmocka_unit_test(archives_yield_their_members_in_order),
        cmocka_unit_test(hostile_members_are_left_out_and_told),
        cmocka_unit_test(an_archive_within_an_archive_is_left_out),
        cmocka_unit_test(compressed_data_that_ends_early_is_an_error),
        cmocka_unit_test(a_bomb_meets_the_ratio_limit),
        cmocka_unit_test(what_is_no_file_is_refused_by_name),
        cmocka_unit_test(damaged_and_empty_archives_are_errors),
        cmocka_unit_test(standard_input_may_be_a_pipe),
        cmocka_unit_test(memory_is_a_source_like_any_other),
        cmocka_unit_test(a_short_source_asks_for_little_room_and_any_other_for_all),
        cmocka_unit_test(an_error_carries_the_place_being_read),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
