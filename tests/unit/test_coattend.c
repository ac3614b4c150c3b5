/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_coattend.c - rewired guest lists against all lists there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/nets.h"
#include "../support/small.h"
#include "measures/coattend.h"

#define PEOPLE 4
#define EVENTS 4

static int
in_common(unsigned a, unsigned b)
{
    return __builtin_popcount(a & b);
}

/* Over all tables with these margins, how often two people share at least so many events. */
static double
slow_p(const unsigned *row, int a, int b)
{
    int seen = 0, hits = 0;

    for (unsigned code = 0; code < 1u << (PEOPLE * EVENTS); code++) {
        bool same = true;
        unsigned other[PEOPLE];

        for (int p = 0; p < PEOPLE; p++) {
            other[p] = code >> (p * EVENTS) & ((1u << EVENTS) - 1);
            same = same && __builtin_popcount(other[p]) == __builtin_popcount(row[p]);
        }
        for (int e = 0; same && e < EVENTS; e++) {
            int theirs = 0, ours = 0;

            for (int p = 0; p < PEOPLE; p++) {
                theirs += other[p] >> e & 1;
                ours += row[p] >> e & 1;
            }
            same = theirs == ours;
        }
        seen += same;
        hits += same && in_common(other[a], other[b]) >= in_common(row[a], row[b]);
    }
    return (double)hits / seen;
}

static bool
collect(void *payload, const kith_projection_pair *pairs, int64_t n)
{
    g_array_append_vals(payload, pairs, (guint)n);
    return true;
}

static GArray *
test_rows(const unsigned *row, int64_t lists, int64_t threads)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(kith_projection_pair));
    kith_projection_options options = {.filter = KITH_PROJECTION_ALL};
    uint32_t member[16], group[16];
    g_autoptr(kith_twomode) t = NULL;
    kith_work work = {.threads = threads};
    int64_t n = 0;

    for (uint32_t p = 0; p < PEOPLE; p++)
        for (uint32_t e = 0; e < EVENTS; e++)
            if (row[p] >> e & 1) {
                member[n] = p;
                group[n++] = e;
            }
    assert_int_equal(kith_twomode_new(PEOPLE, EVENTS, member, group, n, &t, NULL), KITH_OK);
    assert_int_equal(kith_projection_run(t, &options, collect, pairs, NULL, NULL, NULL), KITH_OK);
    assert_int_equal(kith_coattend_test(t, (kith_projection_pair *)(void *)pairs->data, pairs->len,
                                        lists, 1, &work, NULL),
                     KITH_OK);
    return pairs;
}

static void
p_is_the_share_of_all_lists_with_the_same_margins(void **state)
{
    static const unsigned rows[][PEOPLE] = {{3, 3, 12, 12}, {7, 7, 8, 1}, {3, 7, 14, 8}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GArray) pairs = test_rows(rows[i], 4000, 1);

        for (guint k = 0; k < pairs->len; k++) {
            const kith_projection_pair *p = &g_array_index(pairs, kith_projection_pair, k);

            assert_float_equal(p->p, slow_p(rows[i], (int)p->a, (int)p->b), 0.03);
        }
    }
}

static void
threads_change_no_p(void **state)
{
    static const unsigned rows[PEOPLE] = {3, 7, 14, 8};
    g_autoptr(GArray) one = test_rows(rows, 500, 1), four = test_rows(rows, 500, 4);

    (void)state;
    assert_int_equal(one->len, four->len);
    for (guint i = 0; i < one->len; i++) { /* not by bytes: there are some between the fields */
        const kith_projection_pair *x = &g_array_index(one, kith_projection_pair, i),
                                   *y = &g_array_index(four, kith_projection_pair, i);

        assert_true(x->a == y->a && x->b == y->b && x->p == y->p);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_is_the_share_of_all_lists_with_the_same_margins),
        cmocka_unit_test(threads_change_no_p),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
