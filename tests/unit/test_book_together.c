/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_book_together.c - several programs at one book: writers wait, readers do not, nothing is
 * lost. */
#include "store/journal.h"
#include "support/books.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { READERS = 4, WRITERS = 2, SECONDS = 3, SEEDS_EACH = 100000 };

/* What children tell by their exit status. */
enum { FINE, FAILED, TOO_SLOW, IDLE };

static int64_t
now(void)
{
    return g_get_monotonic_time();
}

/* One visit of a reader: opens, loads, closes. */
static bool
visit(const char *path, kith_error *err)
{
    g_autoptr(kith_book) book = NULL;
    g_autoptr(kith_builder) b = kith_builder_new();

    return kith_book_open(path, false, &book, err) == KITH_OK &&
           kith_book_load(book, b, err) == KITH_OK;
}

/* Reads until the time is over. @param longest how long one visit may take, in microseconds */
static int
read_until(const char *path, int64_t end, int64_t longest)
{
    int visits = 0;
    kith_error err = {0};

    while (now() < end) {
        int64_t start = now();

        if (!visit(path, &err)) {
            print_error("reader: %s\n", err.message);
            return FAILED;
        }
        if (now() - start > longest) {
            print_error("reader: %d ms\n", (int)((now() - start) / 1000));
            return TOO_SLOW;
        }
        visits++;
    }
    return visits ? FINE : IDLE;
}

/* Adds small files until the time is over and writes their number to `told`. */
static int
write_until(const char *path, guint32 seed, int64_t end, int told)
{
    int n = 0;
    kith_error err = {0};

    while (now() < end) {
        g_autoptr(kith_builder) b = builder_of_file(seed + (guint32)n, 5);
        g_autoptr(kith_book) book = NULL;

        if (kith_book_open(path, true, &book, &err) != KITH_OK ||
            kith_book_add(book, b, &err) != KITH_OK) {
            print_error("writer: %s\n", err.message);
            return FAILED;
        }
        n++;
    }
    if (write(told, &n, sizeof n) != sizeof n)
        return FAILED;
    return n ? FINE : IDLE;
}

static void
assert_children(const pid_t *child, int n)
{
    for (int i = 0; i < n; i++) {
        int status = -1;

        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), FINE);
    }
}

static void
readers_and_writers_get_along(void **state)
{
    const struct book_folder *f = *state;
    int64_t end = now() + SECONDS * G_USEC_PER_SEC;
    pid_t child[READERS + WRITERS];
    int told[2], files = 0;
    kith_book *book = book_open(f->book);

    kith_book_free(book);
    assert_int_equal(pipe(told), 0);
    for (int i = 0; i < READERS + WRITERS; i++) {
        child[i] = fork();
        if (child[i] == 0)
            _exit(i < READERS ? read_until(f->book, end, G_MAXINT64)
                              : write_until(f->book, (guint32)(i * SEEDS_EACH), end, told[1]));
    }
    assert_children(child, READERS + WRITERS);
    for (int i = 0, n; i < WRITERS; i++) {
        assert_int_equal(read(told[0], &n, sizeof n), sizeof n);
        files += n;
    }
    close(told[0]);
    close(told[1]);
    book = book_open(f->book);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), files);
    assert_book_whole(book);
    kith_book_free(book);
    assert_false(kith_journal_pending(f->book));
}

/* In a process of its own, since a fork must not inherit SQLite's idea of who holds what: writes
 * something, and keeps its transaction open for so long. @return once it has begun */
static pid_t
start_slow_writer(const char *path, gulong microseconds)
{
    int begun[2];
    char byte = 0;
    pid_t child;

    assert_int_equal(pipe(begun), 0);
    child = fork();
    if (child == 0) {
        sqlite3 *db = NULL;
        bool good = sqlite3_open(path, &db) == SQLITE_OK &&
                    sqlite3_exec(db, "BEGIN IMMEDIATE; INSERT INTO setting VALUES('slow', 'x')",
                                 NULL, NULL, NULL) == SQLITE_OK &&
                    write(begun[1], &byte, 1) == 1;

        g_usleep(microseconds);
        good = good && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
        _exit(good && sqlite3_close(db) == SQLITE_OK ? FINE : FAILED);
    }
    close(begun[1]);
    assert_int_equal(read(begun[0], &byte, 1), 1);
    close(begun[0]);
    return child;
}

static void
make_book(const char *path)
{
    kith_book *book = book_open(path);

    book_add_file(book, 1, 50);
    kith_book_free(book);
}

static void
a_slow_writer_blocks_no_reader(void **state)
{
    const struct book_folder *f = *state;
    pid_t child[READERS + 1];
    int64_t end;

    make_book(f->book);
    if (!kith_journal_is_local(f->book))
        skip();
    child[READERS] = start_slow_writer(f->book, 2 * G_USEC_PER_SEC);
    end = now() + 2 * G_USEC_PER_SEC;
    for (int i = 0; i < READERS; i++) {
        child[i] = fork();
        if (child[i] == 0)
            _exit(read_until(f->book, end, G_USEC_PER_SEC));
    }
    assert_children(child, READERS + 1);
    assert_false(kith_journal_pending(f->book));
}

static void
a_writer_waits_for_a_slow_one(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = NULL;
    int64_t start;
    pid_t child;

    make_book(f->book);
    child = start_slow_writer(f->book, G_USEC_PER_SEC);
    start = now();
    book = book_open(f->book);
    book_add_file(book, 2, 5);
    assert_true(now() - start >= G_USEC_PER_SEC / 2);
    assert_children(&child, 1);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), 2);
}

/* A reader keeps the log from being emptied: forgetting says so, and the next opening does it. */
static void
what_a_reader_keeps_in_the_log_goes_later(void **state)
{
    const struct book_folder *f = *state;
    kith_book *book = book_open(f->book);
    sqlite3 *reader = NULL;
    kith_error err = {0};

    book_add_file(book, 1, 20);
    if (!kith_journal_is_local(f->book))
        skip();
    assert_int_equal(sqlite3_open(f->book, &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM part", NULL, NULL, NULL),
                     SQLITE_OK);
    book_add_file(book, 2, 20);
    assert_true(kith_journal_pending(f->book));
    sqlite3_busy_timeout(book->db, 50);
    assert_int_equal(kith_journal_empty(book, &err), KITH_ERR_STORE);
    assert_non_null(strstr(err.message, "in use by another program"));
    sqlite3_close(reader);
    kith_book_free(book);
    assert_false(kith_journal_pending(f->book));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BOOK_TEST(readers_and_writers_get_along),
        BOOK_TEST(a_slow_writer_blocks_no_reader),
        BOOK_TEST(a_writer_waits_for_a_slow_one),
        BOOK_TEST(what_a_reader_keeps_in_the_log_goes_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
