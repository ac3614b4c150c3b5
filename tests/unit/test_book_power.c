/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_book_power.c - every call to the disk fails once, and power fails at every one that changes it.
 *
 * An import, a merge, a forgetting and a taking back, with the log and with the rollback journal: whatever fails, the
 * book holds what it held before or all that comes after, and what was answered with success is there.
 */
#include "support/books.h"
#include "support/fault_vfs.h"
#include <kith/decide.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cmocka.h>

#define NFS_MAGIC 0x6969

static bool far_away;

/* ./run torture takes every call, the suite a share of them. */
static long
step(void)
{
    return g_getenv("KITH_TORTURE") ? 1 : 13;
}

/* Before libc's own: the file system says that it is another machine's when a test wants it to. */
int
statfs(const char *path, struct statfs *out)
{
    int result = (int)syscall(SYS_statfs, path, out);

    if (far_away)
        out->f_type = NFS_MAGIC;
    return result;
}

/* The people of a book. @param graph yours */
static kith_status
load(kith_book *book, kith_builder *b, kith_graph **graph, kith_error *err)
{
    const kith_build_options options = {.as_of = KITH_TIME_NONE, .today = 1764000000};

    TRY(kith_book_load(book, b, err));
    return kith_builder_build(b, &options, graph, err);
}

static kith_status
import(kith_book *book, kith_error *err)
{
    g_autoptr(kith_builder) b = builder_of_file(2, 6);

    return kith_book_add(book, b, err);
}

static kith_status
merge(kith_book *book, kith_error *err)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;

    TRY(load(book, b, &graph, err));
    TRY(kith_decide_merge(b, graph, 0, 1, NULL, NULL, NAN, err));
    return kith_book_decide(book, b, 0, err);
}

static kith_status
forget(kith_book *book, kith_error *err)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    g_autofree kith_mention *mentions = NULL;
    int64_t n;

    TRY(load(book, b, &graph, err));
    n = kith_builder_mentions_of(b, graph, 0, &mentions);
    return kith_book_forget(book, mentions, n, err);
}

static kith_status
take_back(kith_book *book, kith_error *err)
{
    return kith_book_undo_last(book, err);
}

typedef kith_status deed(kith_book *book, kith_error *err);
static deed *const deeds[] = {import, merge, forget, take_back};

/* One deed on one book: what it is before and after. */
struct trial {
    const struct book_folder *f;
    deed *deed;
    char *before, *after, *bytes;
    gsize size;
    long changes; /* calls that change the disk */
};

static void
remove_beside(const char *book)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *path = g_strconcat(book, ends[i], NULL);

        unlink(path);
    }
}

static void
restore(const struct trial *t)
{
    remove_beside(t->f->book);
    assert_true(g_file_set_contents_full(t->f->book, t->bytes, (gssize)t->size,
                                         G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* @return whether it was answered with success; a failure has its reason */
static bool
act(const struct trial *t)
{
    g_autoptr(kith_book) book = NULL;
    kith_error err = {0};
    kith_status status = kith_book_open(t->f->book, false, &book, &err);

    if (status == KITH_OK)
        status = t->deed(book, &err);
    assert_true(status == KITH_OK || (err.message[0] && !strchr(err.message, '\n')));
    return status == KITH_OK;
}

static void
begin(struct trial *t, const struct book_folder *f, deed *what)
{
    const struct fault_plan count = {.calls = FAULT_CHANGES};

    *t = (struct trial){.f = f, .deed = what};
    remove_beside(f->book);
    unlink(f->book);
    {
        g_autoptr(kith_book) book = book_open(f->book);

        book_add_file(book, 1, 6);
    }
    assert_true(g_file_get_contents(f->book, &t->bytes, &t->size, NULL));
    t->before = dump_path(f->book);
    fault_vfs_plan(&count);
    assert_true(act(t));
    t->changes = fault_vfs_seen();
    fault_vfs_plan(NULL);
    t->after = dump_path(f->book);
    assert_string_not_equal(t->before, t->after);
}

static void
end(struct trial *t)
{
    g_free(t->before);
    g_free(t->after);
    g_free(t->bytes);
}

static int
count_files(const struct book_folder *f)
{
    g_autoptr(GDir) dir = g_dir_open(f->path, 0, NULL);
    int files = 0;

    while (g_dir_read_name(dir))
        files++;
    return files;
}

/* Opened again without faults, the book is whole, and the next change takes along whatever stayed beside it. */
static void
check(const struct trial *t, bool done, long n)
{
    g_autofree char *found = dump_path(t->f->book);
    kith_book *book = book_open(t->f->book);
    kith_error err = {0};

    assert_book_whole(book);
    assert_ok(kith_book_set(book, "colour", "red", &err), &err);
    kith_book_free(book);
    assert_int_equal(count_files(t->f), 1);
    if (strcmp(found, t->after) != 0 && (done || strcmp(found, t->before) != 0)) {
        print_error("call %ld, answered %s: the book holds neither\n", n, done ? "well" : "badly");
        fail();
    }
}

/* The calls that the plan counts fail in turn. @return how many there are, when none failed */
static long
each_call(const struct trial *t, struct fault_plan plan)
{
    for (plan.at = 1;; plan.at += step()) {
        bool done;
        long calls;

        restore(t);
        fault_vfs_plan(&plan);
        done = act(t);
        calls = fault_vfs_seen();
        fault_vfs_plan(NULL);
        check(t, done, plan.at);
        if (calls < plan.at)
            return calls;
    }
}

static void
fail_each_call(const struct book_folder *f)
{
    static const struct fault_plan plans[] = {
        {.calls = FAULT_ALL},
        {.calls = FAULT_CHANGES, .sticky = true, .torn = true},
        {.calls = FAULT_WRITE, .full = true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
        struct trial t;

        begin(&t, f, deeds[i]);
        for (size_t p = 0; p < G_N_ELEMENTS(plans); p++)
            assert_true(each_call(&t, plans[p]) > 3);
        end(&t);
    }
}

static void
cut_power(const struct trial *t, long at, guint32 seed)
{
    struct fault_plan plan = {
        .calls = FAULT_CHANGES, .at = at, .sticky = true, .model = disk_new()};
    bool done;

    restore(t);
    fault_vfs_plan(&plan);
    done = act(t);
    fault_vfs_plan(NULL);
    remove_beside(t->f->book);
    disk_cut(plan.model, seed);
    disk_free(plan.model);
    check(t, done, at);
}

static void
cut_power_everywhere(const struct book_folder *f)
{
    const guint32 seeds = g_getenv("KITH_TORTURE") ? 5 : 1;

    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
        struct trial t;

        begin(&t, f, deeds[i]);
        for (long at = 1; at <= t.changes; at += step())
            for (guint32 seed = (guint32)at; seed < (guint32)at + seeds; seed++)
                cut_power(&t, at, seed);
        assert_true(t.changes > 5);
        end(&t);
    }
}

static void
a_failing_call_leaves_before_or_after(void **state)
{
    far_away = false;
    fail_each_call(*state);
}

static void
a_failing_call_leaves_before_or_after_far_away(void **state)
{
    far_away = true;
    fail_each_call(*state);
}

static void
a_power_cut_leaves_before_or_after(void **state)
{
    far_away = false;
    cut_power_everywhere(*state);
}

static void
a_power_cut_leaves_before_or_after_far_away(void **state)
{
    far_away = true;
    cut_power_everywhere(*state);
}

/* Where the log cannot be trusted there is none. */
static void
far_away_there_is_no_log(void **state)
{
    const struct book_folder *f = *state;
    g_autofree char *log = g_strconcat(f->book, "-wal", NULL);

    for (int i = 0; i < 2; i++) {
        g_autoptr(kith_book) book = NULL;

        far_away = i;
        book = book_open(f->book);
        book_add_file(book, (guint32)i, 5);
        assert_int_equal(g_file_test(log, G_FILE_TEST_EXISTS), !far_away);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BOOK_TEST(a_failing_call_leaves_before_or_after),
        BOOK_TEST(a_failing_call_leaves_before_or_after_far_away),
        BOOK_TEST(a_power_cut_leaves_before_or_after),
        BOOK_TEST(a_power_cut_leaves_before_or_after_far_away),
        BOOK_TEST(far_away_there_is_no_log),
    };

    fault_vfs_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
