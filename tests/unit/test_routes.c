/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/routes.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 8

/* A small graph with lengths; every pair of nodes may have a tie. */
typedef struct small {
    int n;
    int64_t first[MOST + 1];
    int32_t to[MOST * MOST];
    double length[MOST * MOST];
    bool blocked[MOST];
    kith_chain_index index;
} small;

static void
random_graph(GRand *dice, small *g)
{
    double density = g_rand_double_range(dice, 0.1, 1);
    int levels = g_rand_int_range(dice, 1, 6);
    int64_t m = 0;
    kith_chain_hops hops;

    memset(g, 0, sizeof *g);
    g->n = g_rand_int_range(dice, 2, MOST + 1);
    for (int v = 0; v < g->n; v++) {
        g->first[v] = m;
        g->blocked[v] = g_rand_int_range(dice, 0, 10) == 0;
        for (int w = 0; w < g->n; w++)
            if (v != w && g_rand_double(dice) < density) {
                g->to[m] = w;
                g->length[m++] = g_rand_int_range(dice, 0, levels) * 0.5;
            }
    }
    g->first[g->n] = m;
    hops = (kith_chain_hops){.nodes = g->n, .first = g->first, .to = g->to, .length = g->length};
    assert_int_equal(kith_chain_index_init(&hops, &g->index, NULL), KITH_OK);
}

/* One simple path. */
typedef struct path {
    int64_t cost;
    int32_t hops;
    int32_t node[MOST];
} path;

static void
walk(const small *g, path at, int32_t end, GArray *all)
{
    int32_t v = at.node[at.hops];

    if (v == end) {
        g_array_append_val(all, at);
        return;
    }
    for (int64_t i = g->first[v]; i < g->first[v + 1]; i++) {
        path next = at;
        bool again = g->blocked[g->to[i]];

        for (int j = 0; j <= at.hops; j++)
            again = again || at.node[j] == g->to[i];
        if (again)
            continue;
        next.cost += g->index.cost[i];
        next.node[++next.hops] = g->to[i];
        walk(g, next, end, all);
    }
}

static gint
forwards(gconstpointer a, gconstpointer b)
{
    const path *x = a, *y = b;

    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->hops != y->hops)
        return x->hops - y->hops;
    for (int i = 0; i <= x->hops; i++)
        if (x->node[i] != y->node[i])
            return x->node[i] - y->node[i];
    return 0;
}

/* Compared from the far end on. */
static gint
backwards(gconstpointer a, gconstpointer b)
{
    const path *x = a, *y = b;

    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->hops != y->hops)
        return x->hops - y->hops;
    for (int i = x->hops; i >= 0; i--)
        if (x->node[i] != y->node[i])
            return x->node[i] - y->node[i];
    return 0;
}

/* All simple paths from 0 to 1, in order. */
static GArray *
all_paths(const small *g, bool towards)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(path));
    path start = {.node = {0}};

    if (!g->blocked[0] && !g->blocked[1])
        walk(g, start, 1, all);
    g_array_sort(all, towards ? forwards : backwards);
    return all;
}

static void
assert_same(const small *g, const kith_route *route, const path *expected)
{
    double length = 0;

    assert_int_equal(route->cost, expected->cost);
    assert_int_equal(route->hops, expected->hops);
    for (int i = 0; i <= route->hops; i++)
        assert_int_equal(route->node[i], expected->node[i]);
    for (int i = 0; i < route->hops; i++)
        for (int64_t h = g->first[route->node[i]]; h < g->first[route->node[i] + 1]; h++)
            length += g->to[h] == route->node[i + 1] ? g->length[h] : 0;
    assert_float_equal(route->score, length, 1e-12);
}

/* Many equal lengths, ties of no length at all, and people left out. */
static void
the_k_best_routes_are_those_of_exhaustive_search(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261125);
    int64_t compared = 0;

    (void)state;
    for (int round = 0; round < 5000; round++) {
        bool towards = round % 2 == 0;
        int64_t k = g_rand_int_range(dice, 1, 30);
        small g;

        random_graph(dice, &g);
        {
            g_auto(kith_tree) tree = {0};
            g_autoptr(kith_route_search) search = NULL;
            g_autoptr(GArray) all = all_paths(&g, towards);

            g.blocked[towards ? 1 : 0] = false;
            assert_int_equal(
                kith_tree_grow(&g.index, towards ? 1 : 0, towards, g.blocked, &tree, NULL),
                KITH_OK);
            assert_int_equal(kith_route_search_new(&tree, &search, NULL), KITH_OK);
            for (int again = 0; again < 2; again++) { /* a search may be used twice */
                g_auto(kith_routes) out = {0};

                assert_int_equal(
                    kith_routes_best(search, towards ? 0 : 1, all->len > 0 ? k : 1, &out, NULL),
                    KITH_OK);
                if (all->len > 0)
                    assert_int_equal(out.n, MIN(k, all->len));
                for (int64_t i = 0; all->len > 0 && i < out.n; i++, compared++)
                    assert_same(&g, &out.at[i], &g_array_index(all, path, i));
            }
        }
        kith_chain_index_clear(&g.index);
    }
    assert_true(compared > 20000);
}

static void
a_tree_holds_the_cheapest_way_of_everybody(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);

    (void)state;
    for (int round = 0; round < 2000; round++) {
        small g;

        random_graph(dice, &g);
        {
            g_auto(kith_tree) tree = {0};
            g_autoptr(GArray) all = all_paths(&g, true);

            assert_int_equal(kith_tree_grow(&g.index, 1, true, g.blocked, &tree, NULL), KITH_OK);
            if (all->len > 0) {
                assert_int_equal(tree.way[0].cost, g_array_index(all, path, 0).cost);
                assert_int_equal(tree.way[0].hops, g_array_index(all, path, 0).hops);
            } else if (!g.blocked[0] && !g.blocked[1]) {
                assert_true(tree.way[0].cost == INT64_MAX && tree.way[0].next == -1);
            }
        }
        kith_chain_index_clear(&g.index);
    }
}

static void
bad_arguments_are_refused(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(6);
    g_auto(kith_tree) tree = {0};
    g_autoptr(kith_route_search) search = NULL;
    g_auto(kith_routes) out = {0};
    small g;

    (void)state;
    random_graph(dice, &g);
    assert_int_equal(kith_tree_grow(&g.index, g.n, true, NULL, &tree, NULL), KITH_ERR_ARGUMENT);
    assert_int_equal(kith_tree_grow(&g.index, 0, true, NULL, &tree, NULL), KITH_OK);
    assert_int_equal(kith_route_search_new(&tree, &search, NULL), KITH_OK);
    assert_int_equal(kith_routes_best(search, -1, 1, &out, NULL), KITH_ERR_ARGUMENT);
    assert_int_equal(kith_routes_best(search, 1, 0, &out, NULL), KITH_ERR_ARGUMENT);
    assert_int_equal(kith_routes_best(search, 0, 1, &out, NULL), KITH_OK);
    assert_int_equal(out.n, 0);
    kith_chain_index_clear(&g.index);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_k_best_routes_are_those_of_exhaustive_search),
        cmocka_unit_test(a_tree_holds_the_cheapest_way_of_everybody),
        cmocka_unit_test(bad_arguments_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
