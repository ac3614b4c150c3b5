/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_book.c - what goes into a book comes out again, once, and what is no book is refused. */
#include "store/journal.h"
#include "support/books.h"
#include <grp.h>
#include <kith/load.h>
#include <linux/magic.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
assert_refused(const char *path, kith_status status, const char *message)
{
    g_autoptr(kith_book) book = NULL;
    kith_error err = {0};

    assert_int_equal(kith_book_open(path, false, &book, &err), status);
    assert_null(book);
    assert_non_null(strstr(err.message, message));
    assert_string_equal(err.source, path);
}

static void
assert_load_refused(const char *path, const char *message)
{
    g_autoptr(kith_book) book = NULL;
    g_autoptr(kith_builder) b = builder_of_file(5, 3);
    g_autofree char *before = dump_builder(b), *after = NULL;
    kith_error err = {0};

    assert_ok(kith_book_open(path, false, &book, &err), &err);
    assert_int_equal(kith_book_load(book, b, &err), KITH_ERR_STORE);
    if (!strstr(err.message, message))
        print_error("'%s' says nothing of '%s'\n", err.message, message);
    assert_non_null(strstr(err.message, message));
    after = dump_builder(b);
    assert_string_equal(before, after);
}

static void
a_graph_from_the_book_equals_the_one_from_the_files(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) direct = kith_builder_new();
    g_autofree char *expected = NULL, *found = NULL;
    kith_error err = {0};

    builder_add_file(direct, 1, 60);
    builder_add_file(direct, 2, 40);
    assert_ok(kith_book_add(book, direct, &err), &err);
    builder_add_file(direct, 3, 50);
    book_add_file(book, 3, 50);
    expected = dump_builder(direct);
    found = dump_book(book);
    assert_true(strlen(expected) > 10000);
    assert_string_equal(found, expected);
    g_clear_pointer(&found, g_free);
    g_clear_pointer(&book, kith_book_free);
    found = dump_path(f->book);
    assert_string_equal(found, expected);
}

/* Loads a file into a builder of its own; files that no importer knows are none of this test's business. */
static kith_builder *
load_alone(const char *path)
{
    const kith_load_options options = {.import = {.country = "44"}};
    g_autoptr(kith_builder) b = kith_builder_new();

    return kith_load(path, &options, b, NULL) == KITH_OK ? g_steal_pointer(&b) : NULL;
}

/* Adds a file to the book and to the builder that the book is compared with. @return whether it could be read */
static bool
add_real_file(kith_book *book, kith_builder *direct, const char *path)
{
    const kith_load_options options = {.import = {.country = "44"}};
    g_autoptr(kith_builder) alone = load_alone(path);
    kith_error err = {0};

    if (!alone)
        return false;
    assert_ok(kith_book_add(book, alone, &err), &err);
    assert_ok(kith_load(path, &options, direct, &err), &err);
    return true;
}

static void
real_files_give_the_same_graph_through_the_book(void **state)
{
    static const char *const files[] = {
        "Connections.csv",    "attendance_list.csv", "attendance_matrix.csv",
        "referrals.csv",      "suppliers.csv",       "apple_v3.vcf",
        "android_v21_qp.vcf", "marta_google.ics",    "circle_events.ics"};
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) direct = kith_builder_new();
    g_autofree char *expected = NULL, *found = NULL;
    int read = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path =
            g_build_filename(g_getenv("KITH_ROOT"), "datasets", "tidewell", files[i], NULL);

        read += add_real_file(book, direct, path);
    }
    assert_true(read > 0);
    expected = dump_builder(direct);
    found = dump_book(book);
    assert_string_equal(found, expected);
}

static void
importing_thrice_changes_not_a_byte(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) twice = builder_of_file(1, 30);
    g_autofree char *before = NULL, *after = NULL;
    gsize before_length, after_length;
    kith_error err = {0};

    builder_add_file(twice, 1, 30);
    assert_ok(kith_book_add(book, twice, &err), &err);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), 1);
    assert_ok(kith_book_set(book, "owner", "Pat", &err), &err);
    assert_true(g_file_get_contents(f->book, &before, &before_length, NULL));
    assert_ok(kith_book_set(book, "owner", "Pat", &err), &err);
    book_add_file(book, 1, 30);
    assert_ok(kith_book_add(book, twice, &err), &err);
    assert_true(g_file_get_contents(f->book, &after, &after_length, NULL));
    assert_int_equal(before_length, after_length);
    assert_memory_equal(before, after, before_length);
    assert_int_equal(book_number(book, "SELECT count(*) FROM import"), 1);
}

static void
a_new_file_beside_a_known_one_is_added_alone(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) both = kith_builder_new(), direct = kith_builder_new();
    g_autofree char *expected = NULL, *found = NULL;
    kith_error err = {0};

    book_add_file(book, 7, 20);
    builder_add_file(both, 7, 20);
    builder_add_file(both, 8, 20);
    assert_ok(kith_book_add(book, both, &err), &err);
    builder_add_file(direct, 7, 20);
    builder_add_file(direct, 8, 20);
    expected = dump_builder(direct);
    found = dump_book(book);
    assert_string_equal(found, expected);
}

static void
two_books_load_into_one_builder(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) one = book_open(f->book), two = book_open(f->other);
    g_autoptr(kith_builder) loaded = kith_builder_new(), direct = kith_builder_new();
    g_autofree char *expected = NULL, *found = NULL;
    kith_error err = {0};

    book_add_file(one, 1, 25);
    book_add_file(two, 2, 25);
    assert_ok(kith_book_load(one, loaded, &err), &err);
    assert_ok(kith_book_load(two, loaded, &err), &err);
    builder_add_file(direct, 1, 25);
    builder_add_file(direct, 2, 25);
    expected = dump_builder(direct);
    found = dump_builder(loaded);
    assert_string_equal(found, expected);
}

static void
a_source_is_known_by_its_bytes_and_its_importer(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autofree char *sha = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "content 4", -1);
    bool has = true;
    kith_error err = {0};

    assert_ok(kith_book_has(book, sha, "test", &has, &err), &err);
    assert_false(has);
    book_add_file(book, 4, 2);
    assert_ok(kith_book_has(book, sha, "test", &has, &err), &err);
    assert_true(has);
    assert_ok(kith_book_has(book, sha, NULL, &has, &err), &err);
    assert_true(has);
    assert_ok(kith_book_has(book, sha, "another", &has, &err), &err);
    assert_false(has);
}

static void
settings_are_kept_replaced_and_unset(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autofree char *value = NULL;
    kith_error err = {0};

    assert_ok(kith_book_setting(book, "owner", &value, &err), &err);
    assert_null(value);
    assert_ok(kith_book_set(book, "owner", "pat@example.org", &err), &err);
    assert_ok(kith_book_set(book, "owner", "'; DELETE FROM setting; --", &err), &err);
    assert_ok(kith_book_setting(book, "owner", &value, &err), &err);
    assert_string_equal(value, "'; DELETE FROM setting; --");
    g_clear_pointer(&value, g_free);
    assert_ok(kith_book_set(book, "owner", NULL, &err), &err);
    assert_ok(kith_book_setting(book, "owner", &value, &err), &err);
    assert_null(value);
    assert_int_equal(kith_book_set(book, "", "x", &err), KITH_ERR_ARGUMENT);
}

static void
a_text_of_200_kilobytes_comes_back(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autofree char *text = g_strnfill(200000, '\''), *expected = NULL, *found = NULL;
    kith_error err = {0};
    kith_mention m = kith_builder_mention(b, KITH_PERSON);

    kith_builder_name(b, m, text);
    kith_builder_attribute(b, m, text, text);
    assert_ok(kith_book_add(book, b, &err), &err);
    expected = dump_builder(b);
    found = dump_book(book);
    assert_string_equal(found, expected);
}

static void
nobody_else_may_read_a_book(void **state)
{
    const struct book_folder *f = *state;
    struct stat about;
    mode_t old = umask(0);
    g_autoptr(kith_book) book = book_open(f->book);

    umask(old);
    book_add_file(book, 1, 3);
    assert_int_equal(stat(f->book, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
}

/* @param others how many files there are but the book */
static void
assert_files_beside(const struct book_folder *f, int others)
{
    g_autoptr(GDir) dir = g_dir_open(f->path, 0, NULL);
    const char *name;
    int n = 0;

    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(f->path, name, NULL);
        struct stat about;

        assert_int_equal(stat(path, &about), 0);
        assert_int_equal(about.st_mode & 07777, 0600);
        n++;
    }
    assert_int_equal(n, others + 1);
}

static void
a_book_at_rest_is_one_file(void **state)
{
    const struct book_folder *f = *state;
    mode_t old = umask(0);
    kith_book *book = book_open(f->book), *other;
    kith_error err = {0};
    int beside = kith_journal_is_local(f->book) ? 2 : 0;

    book_add_file(book, 1, 30);
    assert_files_beside(f, beside);
    other = book_open(f->book);
    book_add_file(other, 2, 30);
    kith_book_free(other);
    assert_files_beside(f, beside);
    assert_ok(kith_book_undo_last(book, &err), &err);
    assert_false(kith_journal_pending(f->book));
    kith_book_free(book);
    umask(old);
    assert_files_beside(f, 0);
    assert_int_equal(kith_book_open(f->book, false, &book, &err), KITH_OK);
    g_free(dump_book(book));
    kith_book_free(book);
    assert_files_beside(f, 0);
}

static void
only_file_systems_of_this_machine_get_a_log(void **state)
{
    static const int64_t local[] = {EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC,     F2FS_SUPER_MAGIC,
                                    TMPFS_MAGIC,      OVERLAYFS_SUPER_MAGIC, 0x58465342};
    static const int64_t shared[] = {NFS_SUPER_MAGIC,       SMB_SUPER_MAGIC, 0xff534d42, 0xfe534d42,
                                     0x65735546 /* FUSE */, V9FS_MAGIC,      0};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(local); i++)
        assert_true(kith_journal_type_is_local(local[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(shared); i++)
        assert_false(kith_journal_type_is_local(shared[i]));
    assert_false(kith_journal_is_local("/nowhere/our.kith"));
}

static void
assert_journal(kith_book *book, const char *mode)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    assert_int_equal(kith_sql_prepare(book, "PRAGMA journal_mode", &query, NULL), KITH_OK);
    assert_int_equal(kith_sql_step(book, query, &row, NULL), KITH_OK);
    assert_string_equal((const char *)sqlite3_column_text(query, 0), mode);
}

/* Deciding twice after one loading asks for this. */
static void
bringing_the_log_home_is_no_change_by_another(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book), other = book_open(f->book);
    int64_t before = book_number(book, "PRAGMA data_version");
    kith_error err = {0};

    assert_ok(kith_book_set(book, "owner", "Pat", &err), &err);
    book_add_file(book, 1, 10);
    assert_int_equal(book_number(book, "PRAGMA data_version"), before);
    book_add_file(other, 2, 10);
    assert_int_not_equal(book_number(book, "PRAGMA data_version"), before);
}

/* A book that was copied to a share. */
static void
a_log_is_turned_back_without_shared_memory(void **state)
{
    const struct book_folder *f = *state;
    kith_book far = {.path = f->book};
    kith_error err = {0};

    kith_book_free(book_open(f->book));
    assert_int_equal(sqlite3_open(f->book, &far.db), SQLITE_OK);
    assert_ok(kith_journal_prepare(&far, false, &err), &err);
    assert_int_equal(book_number(&far, "SELECT count(*) FROM import"), 0);
    if (kith_journal_is_local(f->book))
        assert_files_beside(f, 1); /* the log, but no shared memory */
    assert_ok(kith_journal_use(&far, false, &err), &err);
    assert_int_equal(book_number(&far, "SELECT count(*) FROM import"), 0);
    assert_journal(&far, "delete");
    assert_files_beside(f, 0);
    tamper(f->book, "INSERT INTO setting VALUES('a', 'b')"); /* nobody holds it */
    sqlite3_close(far.db);
}

/* What a user who may only read gets to see. @return the exit status of a process of its own */
static int
read_only_visit(const struct book_folder *f, const char *expected)
{
    g_autoptr(kith_book) book = NULL;
    g_autofree char *found = NULL;
    kith_error err = {0};

    if (geteuid() == 0 && (setgroups(0, NULL) || setgid(65534) || setuid(65534)))
        return 2;
    if (kith_book_open(f->book, false, &book, &err) != KITH_OK) {
        print_error("%s\n", err.message);
        return 3;
    }
    found = dump_book(book);
    if (strcmp(found, expected) != 0)
        return 4;
    return kith_book_set(book, "owner", "Pat", &err) == KITH_ERR_IO &&
                   strstr(err.message, "read-only")
               ? 0
               : 5;
}

static void
a_book_that_may_only_be_read_can_be_read(void **state)
{
    static const mode_t modes[][2] = {{0500, 0400}, {0500, 0600}, {0700, 0400}};
    const struct book_folder *f = *state;
    g_autofree char *expected = NULL;
    kith_book *book = book_open(f->book);

    book_add_file(book, 1, 30);
    kith_book_free(book);
    expected = dump_path(f->book);
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        int status = -1;
        pid_t child;

        assert_int_equal(chmod(f->path, modes[i][0]) + chmod(f->book, modes[i][1]), 0);
        if (geteuid() == 0)
            assert_int_equal(chown(f->path, 65534, 65534) + chown(f->book, 65534, 65534), 0);
        child = fork();
        if (child == 0)
            _exit(read_only_visit(f, expected));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_int_equal(chmod(f->path, 0700) + chmod(f->book, 0600), 0);
    assert_files_beside(f, 0);
}

static void
odd_file_names_are_only_names(void **state)
{
    static const char *const names[] = {":memory:", "file:x?mode=memory", "a'b", "ü.kith"};
    const struct book_folder *f = *state;
    g_autofree char *here = g_get_current_dir();

    assert_int_equal(chdir(f->path), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(kith_book) book = book_open(names[i]);

        assert_non_null(book);
        assert_true(g_file_test(names[i], G_FILE_TEST_IS_REGULAR));
    }
    assert_int_equal(chdir(here), 0);
}

static void
a_book_is_recognised_by_its_first_bytes(void **state)
{
    const struct book_folder *f = *state;
    g_autofree char *bytes = NULL;
    gsize length;

    kith_book_free(book_open(f->book));
    assert_true(g_file_get_contents(f->book, &bytes, &length, NULL));
    assert_true(kith_book_probe(bytes, length));
    assert_false(kith_book_probe(bytes, 71));
    bytes[68]++;
    assert_false(kith_book_probe(bytes, length));
    assert_false(kith_book_probe("", 0));
}

static void
what_is_no_book_is_refused(void **state)
{
    const struct book_folder *f = *state;

    assert_refused(f->book, KITH_ERR_IO, "cannot open");
    assert_refused(f->path, KITH_ERR_IO, "not a file");
    assert_true(g_file_set_contents(f->book, "", 0, NULL));
    assert_refused(f->book, KITH_ERR_STORE, "empty");
    assert_true(g_file_set_contents(f->book, "name,email\nPat,pat@example.org\n", -1, NULL));
    assert_refused(f->book, KITH_ERR_STORE, "not a kith book");
    tamper(f->other, "CREATE TABLE x(y); PRAGMA user_version = 1");
    assert_refused(f->other, KITH_ERR_STORE, "no kith book");
}

static void
a_file_that_is_no_book_is_never_changed(void **state)
{
    const struct book_folder *f = *state;
    g_autofree char *csv = g_strnfill(5000, 'x'), *after = NULL;
    g_autoptr(kith_book) book = NULL;
    kith_error err = {0};

    assert_true(g_file_set_contents(f->book, csv, -1, NULL));
    assert_int_equal(kith_book_open(f->book, true, &book, &err), KITH_ERR_STORE);
    assert_true(g_file_get_contents(f->book, &after, NULL, NULL));
    assert_string_equal(csv, after);
    /* SQLite takes a short one for an empty database. */
    g_clear_pointer(&after, g_free);
    err = (kith_error){0};
    assert_true(g_file_set_contents(f->book, "my notes\n", -1, NULL));
    assert_int_equal(kith_book_open(f->book, true, &book, &err), KITH_ERR_STORE);
    assert_non_null(strstr(err.message, "not a kith book"));
    assert_true(g_file_get_contents(f->book, &after, NULL, NULL));
    assert_string_equal(after, "my notes\n");
}

static void
a_newer_book_is_refused(void **state)
{
    const struct book_folder *f = *state;

    kith_book_free(book_open(f->book));
    tamper(f->book, "PRAGMA user_version = 5");
    assert_refused(f->book, KITH_ERR_STORE,
                   "made by a newer kith (book version 5, this kith knows 4)");
    tamper(f->book, "PRAGMA user_version = 0");
    assert_refused(f->book, KITH_ERR_STORE, "no version");
}

static void
objects_that_kith_never_makes_are_refused(void **state)
{
    static const char *const hostile[] = {
        "CREATE TRIGGER t AFTER INSERT ON part BEGIN DELETE FROM source; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE extra(x)",
        "CREATE INDEX i ON part(kind)",
        "DROP TABLE forgotten",
        "DROP TABLE forgotten; CREATE VIEW forgotten AS SELECT x'00' AS hash",
        "ALTER TABLE part ADD COLUMN y INTEGER",
    };
    const struct book_folder *f = *state;

    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
        remove(f->book);
        kith_book_free(book_open(f->book));
        tamper(f->book, hostile[i]);
        assert_refused(f->book, KITH_ERR_STORE, i == 4 ? "a table is missing" : "did not make");
    }
}

/* Every damage, done to a book of its own, is told when it is loaded. */
static void
refuse_each(const struct book_folder *f, const char *const damage[][2], size_t n,
            void (*harm)(const char *path, const char *sql))
{
    for (size_t i = 0; i < n; i++) {
        kith_book *book;

        remove(f->book);
        book = book_open(f->book);
        book_add_file(book, 1, 10);
        kith_book_free(book);
        harm(f->book, damage[i][0]);
        assert_load_refused(f->book, damage[i][1]);
    }
}

static void
rows_that_do_not_fit_together_are_refused(void **state)
{
    static const char *const damage[][2] = {
        {"DELETE FROM text WHERE id = 3", "a text is missing"},
        {"DELETE FROM mention WHERE id = 2", "is missing"},
        {"UPDATE mention SET kind = 99", "out of range"},
        {"UPDATE mention SET line = -1", "out of range"},
        {"UPDATE mention SET source = 4611686018427387904", "source is missing"},
        {"UPDATE fact SET weight = 0 WHERE id = 1", "weight"},
        {"UPDATE fact SET weight = 9e999 WHERE id = 1", "weight"},
        {"UPDATE fact SET from_mention = -9223372036854775808", "is missing"},
        {"UPDATE fact SET to_mention = 9223372036854775807", "is missing"},
        {"UPDATE fact_attribute SET fact = 100000", "owner is missing"},
        {"UPDATE identifier SET kind = 200", "out of range"},
        {"UPDATE moment SET precision = 77", "out of range"},
        {"INSERT INTO mention VALUES(-5, 1, 1, 0, 0)", "out of range"},
    };

    refuse_each(*state, damage, G_N_ELEMENTS(damage), tamper_rows);
}

static void
parts_that_cannot_be_read_are_refused(void **state)
{
    static const char *const damage[][2] = {
        {"UPDATE part SET rows = rows + 1 WHERE kind = 0", "missing"},
        {"UPDATE part SET rows = rows - 1 WHERE kind = 0", "missing"},
        {"UPDATE part SET rows = 0 WHERE kind = 1", "cannot be read"},
        {"UPDATE part SET rows = 1000000 WHERE kind = 1", "cannot be read"},
        {"UPDATE part SET data = CAST(data || x'00' AS BLOB) WHERE kind = 2", "cannot be read"},
        {"UPDATE part SET data = substr(data, 1, length(data) - 1) WHERE kind = 0", "missing"},
        {"UPDATE part SET data = x'' WHERE kind = 6", "cannot be read"},
        {"INSERT INTO part SELECT 1000, import, kind, rows, last, data FROM part WHERE kind = 1",
         "out of range"},
        {"DELETE FROM part WHERE kind = 0", "is missing"},
    };

    refuse_each(*state, damage, G_N_ELEMENTS(damage), tamper);
}

static void
books_of_earlier_versions_are_brought_up_to_date(void **state)
{
    static const char *const files[] = {"referrals.csv", "apple_v3.vcf"};
    const struct book_folder *f = *state;
    g_autoptr(kith_book) now = book_open(f->other);
    g_autoptr(kith_builder) direct = kith_builder_new();
    g_autofree char *expected = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        /* As the book has it: the test runs where the project is. */
        g_autofree char *path = g_build_filename("datasets", "tidewell", files[i], NULL);

        assert_true(add_real_file(now, direct, path));
    }
    expected = dump_builder(direct);
    for (int version = 1; version < KITH_BOOK_VERSION; version++) {
        g_autoptr(kith_book) book = NULL;
        g_autofree char *found = NULL;
        kith_error err = {0};

        remove(f->book);
        book_make_old(f->book, version);
        assert_ok(kith_book_open(f->book, false, &book, &err), &err);
        assert_int_equal(book_number(book, "PRAGMA user_version"), KITH_BOOK_VERSION);
        assert_int_equal(book_number(book, "PRAGMA freelist_count"), 0);
        found = dump_book(book);
        assert_string_equal(found, expected);
        assert_ok(kith_book_undo_last(book, &err), &err);
        assert_int_equal(book_number(book, "SELECT count(*) FROM part"), 0);
    }
}

/* An old book comes from anyone as well. */
static void
an_old_book_that_was_tampered_with_is_refused_as_it_is(void **state)
{
    static const char *const damage[][2] = {
        {"UPDATE text SET value = 'a' || char(0) || 'b' WHERE id = 5", "NUL"},
        {"DELETE FROM source; DELETE FROM import", "belong to no import"},
        {"CREATE TABLE part(id INTEGER PRIMARY KEY)", "did not make"},
        {"DROP TABLE text; CREATE VIEW text AS SELECT 1 AS id, 'x' AS value", "did not make"},
        {"DROP TABLE moment", "a table is missing"},
    };
    const struct book_folder *f = *state;

    for (size_t i = 0; i < G_N_ELEMENTS(damage); i++) {
        g_autofree char *before = NULL, *after = NULL;
        gsize length, now;

        remove(f->book);
        book_make_old(f->book, 3);
        tamper(f->book, damage[i][0]);
        assert_true(g_file_get_contents(f->book, &before, &length, NULL));
        assert_refused(f->book, KITH_ERR_STORE, damage[i][1]);
        assert_true(g_file_get_contents(f->book, &after, &now, NULL));
        assert_int_equal(now, length);
        assert_memory_equal(before, after, length);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BOOK_TEST(a_graph_from_the_book_equals_the_one_from_the_files),
        BOOK_TEST(real_files_give_the_same_graph_through_the_book),
        BOOK_TEST(importing_thrice_changes_not_a_byte),
        BOOK_TEST(a_new_file_beside_a_known_one_is_added_alone),
        BOOK_TEST(two_books_load_into_one_builder),
        BOOK_TEST(a_source_is_known_by_its_bytes_and_its_importer),
        BOOK_TEST(settings_are_kept_replaced_and_unset),
        BOOK_TEST(a_text_of_200_kilobytes_comes_back),
        BOOK_TEST(nobody_else_may_read_a_book),
        BOOK_TEST(a_book_at_rest_is_one_file),
        BOOK_TEST(only_file_systems_of_this_machine_get_a_log),
        BOOK_TEST(bringing_the_log_home_is_no_change_by_another),
        BOOK_TEST(a_log_is_turned_back_without_shared_memory),
        BOOK_TEST(a_book_that_may_only_be_read_can_be_read),
        BOOK_TEST(odd_file_names_are_only_names),
        BOOK_TEST(a_book_is_recognised_by_its_first_bytes),
        BOOK_TEST(what_is_no_book_is_refused),
        BOOK_TEST(a_file_that_is_no_book_is_never_changed),
        BOOK_TEST(a_newer_book_is_refused),
        BOOK_TEST(objects_that_kith_never_makes_are_refused),
        BOOK_TEST(rows_that_do_not_fit_together_are_refused),
        BOOK_TEST(parts_that_cannot_be_read_are_refused),
        BOOK_TEST(books_of_earlier_versions_are_brought_up_to_date),
        BOOK_TEST(an_old_book_that_was_tampered_with_is_refused_as_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
