/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_work.c - long work: told how far it is, stopped when asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "measures/work.h"
#include <omp.h>

struct listener {
    int calls, stop_at;
    double last;
    bool back;
};

static bool
listen(void *payload, double done)
{
    struct listener *l = payload;

    l->back |= done < l->last;
    l->last = done;
    return ++l->calls != l->stop_at;
}

static kith_work
work_for(struct listener *l)
{
    kith_question question = {.threads = 2, .progress = listen, .payload = l};

    return kith_work_of(&question);
}

static void
nobody_to_tell_is_fine(void **state)
{
    (void)state;
    kith_work_share(NULL, 0, 1);
    kith_work_begin(NULL, 3);
    assert_true(kith_work_step(NULL, 1));
    assert_int_equal(kith_work_end(NULL, NULL), KITH_OK);
    assert_true(kith_work_threads(NULL) >= 1);
}

static void
the_bar_goes_from_part_to_part_and_never_back(void **state)
{
    struct listener l = {0};
    kith_work work = work_for(&l);

    (void)state;
    kith_work_share(&work, 0, 0.5);
    kith_work_begin(&work, 4);
    assert_true(l.last == 0);
    for (int i = 0; i < 8; i++) { /* more steps than were foretold */
        assert_true(kith_work_step(&work, 1));
        g_usleep(25000);
    }
    assert_true(l.last == 0.5);
    kith_work_share(&work, 0.2, 1);
    kith_work_begin(&work, 2);
    assert_true(l.last == 0.5);
    assert_false(l.back);
    assert_int_equal(kith_work_end(&work, NULL), KITH_OK);
}

static void
a_stop_is_heard_by_every_thread(void **state)
{
    struct listener l = {.stop_at = 3};
    kith_work work = work_for(&l);
    kith_error err = {0};
    int made = 0;

    (void)state;
    kith_work_begin(&work, 1000000);
#pragma omp parallel for num_threads(2) reduction(+ : made)
    for (int i = 0; i < 1000000; i++)
        if (kith_work_step(&work, 1)) {
            made++;
            g_usleep(100);
        }
    assert_true(made < 1000000);
    assert_int_equal(l.calls, 3);
    assert_int_equal(kith_work_end(&work, &err), KITH_ERR_CANCELLED);
    assert_string_equal(err.message, "stopped");
    kith_work_begin(&work, 1);
    assert_false(kith_work_step(&work, 1));
}

static void
threads_are_as_asked_but_no_more_than_cores(void **state)
{
    kith_question question = {.threads = 1};
    kith_work work = kith_work_of(&question);

    (void)state;
    assert_int_equal(kith_work_threads(&work), 1);
    work.threads = 100000;
    assert_true(kith_work_threads(&work) <= MAX(omp_get_num_procs(), omp_get_max_threads()));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_to_tell_is_fine),
        cmocka_unit_test(the_bar_goes_from_part_to_part_and_never_back),
        cmocka_unit_test(a_stop_is_heard_by_every_thread),
        cmocka_unit_test(threads_are_as_asked_but_no_more_than_cores),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
