/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_book_faults.c - full disks, kills, other writers and damaged pages: the book stays whole or
 * says so. */
#include "support/books.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
damaged_pages_are_told_not_trusted(void **state)
{
    const struct book_folder *f = *state;
    g_autofree char *good = NULL;
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    gsize length;
    kith_book *made = book_open(f->book);
    int refused = 0;

    book_add_file(made, 1, 200);
    kith_book_free(made);
    assert_true(g_file_get_contents(f->book, &good, &length, NULL));
    for (int round = 0; round < 200; round++) {
        g_autofree char *bad = g_memdup2(good, length);
        g_autoptr(kith_book) book = NULL;
        g_autoptr(kith_builder) b = kith_builder_new();
        gsize kept = round % 4 ? length : (gsize)g_rand_int_range(rand, 1, (gint32)length);
        kith_status status;

        for (int i = 0; i < 20; i++)
            bad[g_rand_int_range(rand, 100, (gint32)length)] = (char)g_rand_int(rand);
        assert_true(g_file_set_contents(f->book, bad, (gssize)kept, NULL));
        status = kith_book_open(f->book, false, &book, NULL);
        if (status == KITH_OK)
            status = kith_book_load(book, b, NULL);
        refused += status != KITH_OK;
        assert_true(status == KITH_OK || status == KITH_ERR_STORE || status == KITH_ERR_IO);
        g_free(dump_builder(b));
    }
    assert_true(refused > 100);
}

static void
a_full_disk_leaves_the_old_content(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) large = builder_of_file(2, 2000);
    g_autofree char *before = NULL, *after = NULL;
    kith_error err = {0};

    book_add_file(book, 1, 30);
    before = dump_book(book);
    book_number(book, "PRAGMA max_page_count = 40");
    assert_int_equal(kith_book_add(book, large, &err), KITH_ERR_IO);
    assert_non_null(strstr(err.message, "full"));
    after = dump_book(book);
    assert_string_equal(before, after);
    assert_book_whole(book);
    book_number(book, "PRAGMA max_page_count = 100000000");
    assert_ok(kith_book_add(book, large, &err), &err);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), 2);
}

/* So many rows that most are written by the thread beside. */
static void
a_disk_full_behind_many_rows_leaves_the_old_content(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) large = builder_of_file(2, 30000), both = builder_of_file(1, 30);
    g_autofree char *before = NULL, *after = NULL, *expected = NULL, *found = NULL;
    kith_error err = {0};

    book_add_file(book, 1, 30);
    before = dump_book(book);
    for (int pages = 40; pages < 1840; pages += 450) {
        g_autofree char *most = g_strdup_printf("PRAGMA max_page_count = %d", pages);

        err = (kith_error){0};
        book_number(book, most);
        assert_int_equal(kith_book_add(book, large, &err), KITH_ERR_IO);
        assert_non_null(strstr(err.message, "full"));
        g_free(after);
        after = dump_book(book);
        assert_string_equal(before, after);
    }
    err = (kith_error){0};
    book_number(book, "PRAGMA max_page_count = 100000000");
    assert_ok(kith_book_add(book, large, &err), &err);
    assert_book_whole(book);
    builder_add_file(both, 2, 30000);
    expected = dump_builder(both);
    found = dump_book(book);
    assert_string_equal(found, expected);
}

static void
a_failing_write_leaves_the_old_content(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) large = builder_of_file(2, 2000);
    g_autofree char *before = NULL, *after = NULL;
    struct rlimit old, small = {100000, RLIM_INFINITY};
    kith_error err = {0};

    book_add_file(book, 1, 30);
    before = dump_book(book);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(kith_book_add(book, large, &err), KITH_ERR_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    after = dump_book(book);
    assert_string_equal(before, after);
    assert_book_whole(book);
}

static void
a_book_that_cannot_be_made_leaves_no_file(void **state)
{
    const struct book_folder *f = *state;
    struct rlimit old, none = {0, RLIM_INFINITY};
    g_autoptr(kith_book) book = NULL;
    kith_error err = {0};

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    none.rlim_max = old.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    assert_int_equal(kith_book_open(f->book, true, &book, &err), KITH_ERR_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(g_file_test(f->book, G_FILE_TEST_EXISTS));
}

static void
a_tie_into_a_known_source_fails_whole(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) b = builder_of_file(1, 5);
    g_autofree char *before = NULL, *after = NULL;
    kith_fact fact = KITH_FACT_INIT;
    kith_error err = {0};

    book_add_file(book, 1, 5);
    before = dump_book(book);
    builder_add_file(b, 2, 5);
    assert_ok(kith_builder_fact(b, &fact, &err), &err);
    assert_int_equal(kith_book_add(book, b, &err), KITH_ERR_ARGUMENT);
    after = dump_book(book);
    assert_string_equal(before, after);
}

static void
a_writer_that_may_not_wait_is_told(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) one = book_open(f->book), two = book_open(f->book);
    g_autoptr(kith_builder) b = builder_of_file(1, 5);
    kith_error err = {0};

    assert_ok(kith_sql_begin(one, &err), &err);
    sqlite3_busy_timeout(two->db, 50);
    assert_int_equal(kith_book_add(two, b, &err), KITH_ERR_STORE);
    assert_non_null(strstr(err.message, "in use by another program"));
    err = (kith_error){0};
    assert_ok(kith_sql_end(one, KITH_OK, &err), &err);
    assert_ok(kith_book_add(two, b, &err), &err);
}

/* Several programs add files at once; `files` each, none of them lost. */
static void
writers_wait_for_one_another(void **state)
{
    enum { writers = 4, files = 5 };
    const struct book_folder *f = *state;
    pid_t child[writers];
    g_autoptr(kith_book) book = NULL;

    for (guint32 w = 0; w < writers; w++) {
        child[w] = fork();
        if (child[w] == 0) {
            kith_book *own = NULL;
            bool good = kith_book_open(f->book, true, &own, NULL) == KITH_OK;

            for (guint32 i = 0; good && i < files; i++) {
                g_autoptr(kith_builder) b = builder_of_file(w * files + i, 50);

                good = kith_book_add(own, b, NULL) == KITH_OK;
            }
            kith_book_free(own);
            _exit(good ? 0 : 1);
        }
    }
    for (int w = 0; w < writers; w++) {
        int status = -1;

        assert_int_equal(waitpid(child[w], &status, 0), child[w]);
        assert_int_equal(status, 0);
    }
    book = book_open(f->book);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), writers * files);
    assert_book_whole(book);
}

/* Adds file after file until it is killed. */
static _Noreturn void
add_until_killed(const char *path, guint32 first)
{
    kith_book *book = book_open(path);

    for (guint32 i = first;; i++) {
        kith_builder *b = builder_of_file(i, 40);

        if (kith_book_add(book, b, NULL) != KITH_OK)
            _exit(1);
        kith_builder_free(b);
    }
}

static guint32
files_in(const char *path)
{
    g_autoptr(kith_book) book = book_open(path);

    return (guint32)book_number(book, "SELECT count(*) FROM source");
}

/* However slow the machine, and whatever else watches what it does. */
static void
wait_for_more_than(guint32 files, const char *path)
{
    for (int i = 0; i < 1000 && files_in(path) <= files; i++)
        g_usleep(100000);
}

static void
a_kill_at_any_moment_leaves_whole_files(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_builder) direct = kith_builder_new();
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    g_autofree char *expected = NULL, *found = NULL;
    guint32 whole = 0;

    for (int round = 0; round < 50; round++) {
        pid_t child = fork();
        g_autoptr(kith_book) book = NULL;
        guint32 sources;

        if (child == 0)
            add_until_killed(f->book, whole);
        if (round < 49)
            g_usleep((gulong)g_rand_int_range(rand, 0, 30000));
        else
            wait_for_more_than(whole, f->book);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        book = book_open(f->book);
        assert_book_whole(book);
        sources = (guint32)book_number(book, "SELECT count(*) FROM source");
        assert_true(sources >= whole);
        for (; whole < sources; whole++)
            builder_add_file(direct, whole, 40);
    }
    assert_true(whole > 0);
    expected = dump_builder(direct);
    found = dump_path(f->book);
    assert_string_equal(found, expected);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BOOK_TEST(damaged_pages_are_told_not_trusted),
        BOOK_TEST(a_full_disk_leaves_the_old_content),
        BOOK_TEST(a_disk_full_behind_many_rows_leaves_the_old_content),
        BOOK_TEST(a_failing_write_leaves_the_old_content),
        BOOK_TEST(a_book_that_cannot_be_made_leaves_no_file),
        BOOK_TEST(a_tie_into_a_known_source_fails_whole),
        BOOK_TEST(a_writer_that_may_not_wait_is_told),
        BOOK_TEST(writers_wait_for_one_another),
        BOOK_TEST(a_kill_at_any_moment_leaves_whole_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
