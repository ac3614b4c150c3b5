/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_contacts.c - word in time against trying every path, who preceded whom, and the verb that tells of both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/contacts.h"
#include "measures/precede.h"
#include "measures/random.h"

extern const kith_pass kith_pass_spread;

static void
call(kith_builder *b, int from, int to, kith_time when, bool undirected)
{
    kith_fact fact = KITH_FACT_INIT;
    char name[2][16];

    snprintf(name[0], sizeof name[0], "p%02d", from);
    snprintf(name[1], sizeof name[1], "p%02d", to);
    fact.kind = KITH_TIE;
    fact.from = small_person(b, name[0]);
    fact.to = small_person(b, name[1]);
    fact.when = when;
    fact.precision = KITH_PRECISION_SECOND;
    fact.undirected = undirected;
    small_fact(b, &fact);
}

/* The slow obvious version: earlier arrivals are spread until none gets earlier. */
static void
arrive_slowly(const kith_contacts *c, int64_t n, kith_node from, bool same_moment, double *when)
{
    bool moved = true;

    for (int64_t i = 0; i < n; i++)
        when[i] = INFINITY;
    when[from] = -INFINITY;
    while (moved) {
        moved = false;
        for (guint i = 0; i < c->contact->len; i++) {
            const kith_contact *k = &g_array_index(c->contact, kith_contact, i);
            bool in_time =
                same_moment ? when[k->from] <= (double)k->when : when[k->from] < (double)k->when;

            if (in_time && (double)k->when < when[k->to]) {
                when[k->to] = (double)k->when;
                moved = true;
            }
        }
    }
}

static void
arrivals_are_the_earliest_there_are(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        kith_random random = kith_random_init(21, (uint64_t)round);
        g_autoptr(kith_builder) b = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_auto(kith_contacts) c = {0};
        double slow[16];

        for (int i = 0; i < 18; i++) {
            int from = (int)kith_random_below(&random, 9), to = (int)kith_random_below(&random, 9);

            if (from != to)
                call(b, from, to, 1000 + (kith_time)kith_random_below(&random, 8), round % 2);
        }
        g = small_build(b);
        assert_int_equal(kith_contacts_read(g, NULL, false, &c, NULL), KITH_OK);
        for (int same = 0; same < 2; same++) {
            g_auto(kith_arrivals) a = {0};

            arrive_slowly(&c, kith_graph_nodes(g), 0, same, slow);
            kith_arrivals_from(&c, kith_graph_nodes(g), 0, KITH_TIME_NONE, same, &a);
            for (int64_t v = 1; v < kith_graph_nodes(g); v++) {
                assert_int_equal(a.hops[v] > 0, isfinite(slow[v]));
                if (a.hops[v] > 0)
                    assert_true((double)a.when[v] == slow[v]);
            }
        }
    }
}

static void
word_does_not_go_back_in_time(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_auto(kith_contacts) c = {0};
    g_auto(kith_arrivals) a = {0}, late = {0};

    (void)state;
    call(b, 0, 1, 200, true);
    call(b, 1, 2, 100, true);
    call(b, 1, 3, 300, true);
    g = small_build(b);
    assert_int_equal(kith_contacts_read(g, NULL, false, &c, NULL), KITH_OK);
    kith_arrivals_from(&c, 4, 0, KITH_TIME_NONE, false, &a);
    assert_int_equal(a.reached, 3);
    assert_int_equal(a.hops[2], -1);
    assert_int_equal(a.hops[3], 2);
    assert_int_equal(a.via[3], 1);
    kith_arrivals_from(&c, 4, 0, 250, false, &late);
    assert_int_equal(late.reached, 1);
}

static void
those_who_came_after_a_contact_are_counted_beside_chance(void **state)
{
    kith_cascade_arc arc[40];
    double when[21];
    g_autoptr(kith_cascade) c = NULL;
    g_auto(kith_precede) p = {0};

    (void)state;
    for (uint32_t i = 0; i < 20; i++)
        arc[i] = (kith_cascade_arc){i, i + 1, 1};
    for (int i = 0; i < 21; i++)
        when[i] = i == 7 ? (double)NAN : i;
    assert_int_equal(kith_cascade_new(KITH_CASCADE_IC, 21, arc, 20, &c, NULL), KITH_OK);
    assert_int_equal(kith_precede_count(c, when, 500, 1, NULL, &p, NULL), KITH_OK);
    assert_int_equal(p.adopters, 20);
    assert_int_equal(p.led, 18); /* all but the first, and the one after who never did */
    assert_int_equal(p.first[3], 2);
    assert_int_equal(p.first[8], -1);
    assert_true(fabs(p.expected - 9) < 0.5); /* 18 pairs, each in order half of the time */
    assert_true(p.share < 0.01);
}

static void
bad_questions_are_told_why(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) answer = NULL;
    kith_error err = {0};

    (void)state;
    small_edge(b, "a", "b", 1);
    g = small_build(b);
    assert_int_equal(small_ask(&kith_pass_spread, g, NULL, &answer, &err), KITH_ERR_ARGUMENT);
    err = (kith_error){0};
    assert_int_equal(
        small_ask(&kith_pass_spread, g, (const char *[]){"from", "a", NULL}, &answer, &err),
        KITH_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "no dated ties"));
    g_clear_pointer(&answer, kith_answer_free);
    err = (kith_error){0};
    assert_int_equal(
        small_ask(&kith_pass_spread, g, (const char *[]){"adopted", "month", NULL}, &answer, &err),
        KITH_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "'month'"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrivals_are_the_earliest_there_are),
        cmocka_unit_test(word_does_not_go_back_in_time),
        cmocka_unit_test(those_who_came_after_a_contact_are_counted_beside_chance),
        cmocka_unit_test(bad_questions_are_told_why),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
