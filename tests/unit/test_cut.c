/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_cut.c - cuts, disjoint routes and dominators against removing people and looking. */
#include "measures/dominators.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 8

struct small {
    int n;
    bool hop[MOST][MOST];
    int64_t first[MOST + 1];
    int32_t to[MOST * MOST];
};

static kith_hops
pack(struct small *s)
{
    int64_t m = 0;

    for (int v = 0; v < s->n; v++) {
        s->first[v] = m;
        for (int w = 0; w < s->n; w++)
            if (s->hop[v][w])
                s->to[m++] = w;
    }
    s->first[s->n] = m;
    return (kith_hops){.nodes = s->n, .first = s->first, .to = s->to};
}

/* Whether b can be reached from a without the people in the bit set, the hop a -> b itself left out on request. */
static bool
reachable(const struct small *s, int a, int b, unsigned without, bool direct)
{
    bool seen[MOST] = {false};
    int queue[MOST], n = 0;

    queue[n++] = a;
    seen[a] = true;
    for (int i = 0; i < n; i++)
        for (int w = 0; w < s->n; w++) {
            int v = queue[i];

            if (!s->hop[v][w] || seen[w] || without & 1u << w || (!direct && v == a && w == b))
                continue;
            seen[w] = true;
            queue[n++] = w;
        }
    return seen[b];
}

static int
smallest_cut(const struct small *s, int a, int b)
{
    int best = MOST;

    for (unsigned set = 0; set < 1u << s->n; set++)
        if (!(set & (1u << a | 1u << b)) && __builtin_popcount(set) < best &&
            !reachable(s, a, b, set, false))
            best = __builtin_popcount(set);
    return best;
}

static void
random_small(GRand *random, struct small *s)
{
    double density = g_rand_double(random);

    memset(s, 0, sizeof *s);
    s->n = g_rand_int_range(random, 2, MOST + 1);
    for (int v = 0; v < s->n; v++)
        for (int w = 0; w < s->n; w++)
            s->hop[v][w] = v != w && g_rand_double(random) < density;
}

static void
check_routes(const struct small *s, const kith_cut *cut, int a, int b)
{
    unsigned used = 0;

    for (guint r = 0; r < cut->routes->len; r++) {
        const GArray *route = cut->routes->pdata[r];

        assert_int_equal(g_array_index(route, int32_t, 0), a);
        assert_int_equal(g_array_index(route, int32_t, route->len - 1), b);
        assert_true(route->len > 2);
        for (guint i = 0; i + 1 < route->len; i++) {
            int v = g_array_index(route, int32_t, i), w = g_array_index(route, int32_t, i + 1);

            assert_true(s->hop[v][w]);
            if (i > 0) {
                assert_false(used & 1u << v);
                used |= 1u << v;
            }
        }
    }
}

static void
a_cut_is_smallest_and_has_as_many_disjoint_routes(void **state)
{
    GRand *random = g_rand_new_with_seed(11);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct small s;
        kith_hops hops;
        g_auto(kith_cut) cut = {0};
        unsigned set = 0;

        random_small(random, &s);
        hops = pack(&s);
        assert_int_equal(kith_cut_between(&hops, 0, s.n - 1, &cut, NULL), KITH_OK);
        assert_int_equal(cut.n, smallest_cut(&s, 0, s.n - 1));
        assert_int_equal(cut.direct, s.hop[0][s.n - 1]);
        for (int64_t i = 0; i < cut.n; i++)
            set |= 1u << cut.member[i];
        assert_false(reachable(&s, 0, s.n - 1, set, false));
        check_routes(&s, &cut, 0, s.n - 1);
    }
    g_rand_free(random);
}

static void
a_dominator_is_whom_nobody_can_go_around(void **state)
{
    GRand *random = g_rand_new_with_seed(12);

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct small s;
        kith_hops hops;
        int32_t idom[MOST];

        random_small(random, &s);
        hops = pack(&s);
        kith_dominators(&hops, 0, idom);
        for (int v = 1; v < s.n; v++) {
            bool there = reachable(&s, 0, v, 0, true);

            assert_int_equal(idom[v] != -1, there);
            for (int d = 1; there && d < s.n; d++) {
                bool in_tree = false;

                for (int up = idom[v]; up != 0; up = idom[up])
                    in_tree = in_tree || up == d;
                if (d != v)
                    assert_int_equal(in_tree, !reachable(&s, 0, v, 1u << d, true));
            }
        }
    }
    g_rand_free(random);
}

static void
neighbours_are_told_apart_from_the_cut(void **state)
{
    struct small s = {.n = 3};
    kith_hops hops;
    g_auto(kith_cut) cut = {0};

    (void)state;
    s.hop[0][2] = s.hop[0][1] = s.hop[1][2] = true;
    hops = pack(&s);
    assert_int_equal(kith_cut_between(&hops, 0, 2, &cut, NULL), KITH_OK);
    assert_true(cut.direct);
    assert_int_equal(cut.n, 1);
    assert_int_equal(cut.member[0], 1);
}

static void
the_same_person_twice_is_refused(void **state)
{
    struct small s = {.n = 2};
    kith_hops hops = pack(&s);
    g_auto(kith_cut) cut = {0};
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_cut_between(&hops, 1, 1, &cut, &err), KITH_ERR_ARGUMENT);
    assert_string_equal(err.message, "a cut needs two different people");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_is_smallest_and_has_as_many_disjoint_routes),
        cmocka_unit_test(a_dominator_is_whom_nobody_can_go_around),
        cmocka_unit_test(neighbours_are_told_apart_from_the_cut),
        cmocka_unit_test(the_same_person_twice_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
