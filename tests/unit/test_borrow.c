/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_borrow.c - a process that borrows memory has all else of its own, and takes a lender with it when it dies. */
#include "batch/borrow.h"
#include <errno.h>
#include <glib.h>
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

#define TOLD 7

struct seen {
    _Atomic pid_t group;
    pid_t self, own_group, told, started;
    char *words;
};

static int
look(void *payload)
{
    struct seen *s = payload;
    struct rlimit least = {5, 5};

    s->self = getpid();
    s->own_group = getpgrp();
    s->told = atomic_load(&s->group);
    s->words = g_strdup_printf("written by %s", "the borrower");
    setrlimit(RLIMIT_CPU, &least);
    return TOLD;
}

static void
a_borrower_has_its_own_number_group_and_limits_and_its_lenders_memory(void **state)
{
    kith_borrow memory = {0};
    struct rlimit before, after;
    struct seen s[2] = {{0}, {0}};

    (void)state;
    assert_true(kith_borrow_init(&memory));
    getrlimit(RLIMIT_CPU, &before);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(kith_borrow_run(&memory, look, &s[i], &s[i].group), TOLD);
        assert_true(s[i].self > 0 && s[i].self != getpid());
        assert_int_equal(s[i].own_group, s[i].self);
        assert_int_equal(s[i].told, s[i].self);
        assert_int_equal(s[i].group, 0);
        assert_string_equal(s[i].words, "written by the borrower");
        g_free(s[i].words);
    }
    getrlimit(RLIMIT_CPU, &after);
    assert_int_equal(before.rlim_cur, after.rlim_cur);
    assert_int_not_equal(s[0].self, s[1].self);
    kith_borrow_clear(&memory);
    kith_borrow_clear(&memory);
}

/* What it starts stays in its group, and would sleep longer than any test. */
static int
start_another(void *payload)
{
    struct seen *s = payload;
    pid_t another = fork();

    if (another == 0) {
        sleep(3600);
        _exit(0);
    }
    s->started = another;
    return 0;
}

static bool
ends_soon(pid_t process)
{
    for (int i = 0; i < 1000; i++) {
        char *path = g_strdup_printf("/proc/%d/stat", (int)process), *text = NULL;
        bool gone = !g_file_get_contents(path, &text, NULL, NULL) || strstr(text, ") Z ");

        g_free(text);
        g_free(path);
        if (gone)
            return true;
        g_usleep(10000);
    }
    return false;
}

static void
what_a_borrower_started_ends_with_it(void **state)
{
    kith_borrow memory = {0};
    struct seen s = {0};

    (void)state;
    assert_true(kith_borrow_init(&memory));
    assert_int_equal(kith_borrow_run(&memory, start_another, &s, &s.group), 0);
    assert_true(s.started > 0);
    assert_true(ends_soon(s.started));
    kith_borrow_clear(&memory);
}

static int
die(void *payload)
{
    kill(getpid(), *(int *)payload);
    return 0;
}

/* A lender of its own for each, since it does not come back. */
static int
end_of_lender(int (*work)(void *), void *payload)
{
    pid_t lender = fork();
    int status = 0;

    if (lender == 0) {
        _Atomic pid_t group = 0;
        kith_borrow memory = {0};
        struct rlimit none = {0, 0};

        setrlimit(RLIMIT_CORE, &none);
        signal(SIGSEGV, SIG_DFL); /* the test program catches it */
        if (!kith_borrow_init(&memory))
            _exit(99);
        kith_borrow_run(&memory, work, payload, &group);
        _exit(98);
    }
    assert_true(lender > 0);
    while (waitpid(lender, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static void
a_lender_dies_of_what_its_borrower_died_of(void **state)
{
    int numbers[] = {SIGSEGV, SIGABRT, SIGKILL, SIGTERM, SIGXCPU};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        int status = end_of_lender(die, &numbers[i]);

        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), numbers[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_borrower_has_its_own_number_group_and_limits_and_its_lenders_memory),
        cmocka_unit_test(what_a_borrower_started_ends_with_it),
        cmocka_unit_test(a_lender_dies_of_what_its_borrower_died_of),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
