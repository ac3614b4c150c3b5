/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_door.c - a library's functions are found under their names; one that is not there ends the process and says so. */
#include "base/door.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define SOME(F) F(cos) F(fabs) F(floor)
KITH_DOOR(mathematics, "libm.so.6", SOME)

static void *
open_it(void *nothing)
{
    (void)nothing;
    return (void *)mathematics();
}

static void
functions_are_found_under_their_names(void **state)
{
    GThread *thread[4];

    (void)state;
    for (int i = 0; i < 4; i++)
        thread[i] = g_thread_new("door", open_it, NULL);
    for (int i = 0; i < 4; i++)
        assert_ptr_equal(g_thread_join(thread[i]), mathematics());
    assert_true(mathematics()->cos(0) > 0.999);
    assert_true(mathematics()->fabs(-2.5) > 2.4);
    assert_true(mathematics()->floor(2.5) < 2.1);
}

/* What a process says that opens that, and whether it dies of it. */
static char *
words_of(const char *library, const char *name, bool *died)
{
    char text[512] = "";
    void *table[1];
    int end[2], status;
    ssize_t n;
    pid_t child;

    assert_int_equal(pipe(end), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(end[1], STDERR_FILENO);
        kith_door_open(library, &name, 1, table);
        _exit(0);
    }
    close(end[1]);
    for (size_t at = 0; (n = read(end[0], text + at, sizeof text - 1 - at)) > 0;)
        at += (size_t)n;
    close(end[0]);
    waitpid(child, &status, 0);
    *died = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return g_strdup(text);
}

static void
what_is_not_there_ends_the_process(void **state)
{
    bool died;
    g_autofree char *library = words_of("libnothing.so.99", "cos", &died), *name = NULL;

    (void)state;
    assert_true(died);
    assert_non_null(strstr(library, "libnothing.so.99"));
    name = words_of("libm.so.6", "no_such_function", &died);
    assert_true(died);
    assert_non_null(strstr(name, "no_such_function"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_are_found_under_their_names),
        cmocka_unit_test(what_is_not_there_ends_the_process),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
