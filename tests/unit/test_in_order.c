/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_in_order.c - pieces are handed over in order, each from its place, however many threads there are. */
#include "base/in_order.h"
#include <glib.h>
#include <kith/processors.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PIECES 500
#define MOST 4
#define PLACES 16

struct work {
    int64_t holds[PLACES]; /* the piece that was made there and not handed over, -1 for none */
    int64_t next;
    int wrong;
};

static void
make(void *payload, int64_t piece, int place)
{
    struct work *w = payload;

    if (piece % 7 == 0)
        g_usleep(50); /* so that a later piece is made before */
    g_atomic_int_add(&w->wrong, w->holds[place] != -1);
    w->holds[place] = piece;
}

static void
take(void *payload, int64_t piece, int place)
{
    struct work *w = payload;

    g_atomic_int_add(&w->wrong, w->next++ != piece || w->holds[place] != piece);
    w->holds[place] = -1;
}

static void
pieces_are_taken_in_order_from_their_places(void **state)
{
    (void)state;
    for (int threads = 1; threads <= MOST; threads++) {
        struct work w = {.next = 0};
        const kith_in_order work = {.make = make, .take = take, .payload = &w};

        assert_in_range(kith_in_order_places(threads), threads, PLACES);
        memset(w.holds, 0xff, sizeof w.holds);
        kith_in_order_run(&work, PIECES, threads);
        assert_int_equal(w.next, PIECES);
        assert_int_equal(w.wrong, 0);
    }
}

static void
few_pieces_and_one_processor_start_no_thread(void **state)
{
    (void)state;
    kith_processors_use(3);
    assert_int_equal(kith_in_order_threads(10), 1);
    assert_int_equal(kith_in_order_threads(10000), 3);
    kith_processors_use(1);
    assert_int_equal(kith_in_order_threads(10000), 1);
    kith_processors_use(0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_taken_in_order_from_their_places),
        cmocka_unit_test(few_pieces_and_one_processor_start_no_thread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
