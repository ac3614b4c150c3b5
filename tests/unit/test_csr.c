/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_csr.c - rows of random networks hold the network's edges and nothing else, in rising order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/random.h"
#include "model/csr.h"

#define WITH_ALL (KITH_CSR_WEIGHTS | KITH_CSR_EDGES)

static kith_network *
random_network(kith_random *random, bool directed)
{
    kith_network *net = g_new0(kith_network, 1);
    int64_t n = 1 + (int64_t)kith_random_below(random, 12);

    net->n = n;
    net->directed = directed;
    net->node = g_new0(kith_node, n);
    net->from = g_new0(uint32_t, n * n + 1);
    net->to = g_new0(uint32_t, n * n + 1);
    net->weight = g_new0(double, n *n + 1);
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < n; b++)
            if ((directed ? a != b : a < b) && kith_random_below(random, 3) == 0) {
                net->from[net->m] = a;
                net->to[net->m] = b;
                net->weight[net->m++] = 1 + kith_random_real(random);
            }
    return net;
}

/* How many arcs v -> w the view must hold. */
static int64_t
expected(const kith_network *net, kith_csr_view view, uint32_t v, uint32_t w)
{
    int64_t n = 0;

    for (int64_t i = 0; i < net->m; i++) {
        bool out = net->from[i] == v && net->to[i] == w, in = net->from[i] == w && net->to[i] == v;

        if (!net->directed || view == KITH_CSR_BOTH)
            n += out + in;
        else
            n += view == KITH_CSR_OUT ? out : in;
    }
    return n;
}

static void
check_row(const kith_network *net, const kith_csr *csr, kith_csr_view view, uint32_t v)
{
    g_autofree int64_t *found = g_new0(int64_t, net->n + 1);

    for (int64_t a = csr->first[v]; a < csr->first[v + 1]; a++) {
        uint32_t e = csr->edge[a], w = csr->to[a];

        assert_true((net->from[e] == v && net->to[e] == w) ||
                    (net->from[e] == w && net->to[e] == v));
        assert_true(csr->weight[a] == net->weight[e]);
        assert_true(a == csr->first[v] || csr->to[a - 1] <= w);
        found[w]++;
    }
    for (uint32_t w = 0; w < net->n; w++)
        assert_int_equal(found[w], expected(net, view, v, w));
}

static void
rows_hold_the_edges_of_the_network(void **state)
{
    kith_random random = kith_random_init(7, 0);

    (void)state;
    for (int round = 0; round < 300; round++) {
        g_autoptr(kith_network) net = random_network(&random, round % 2);

        for (int view = KITH_CSR_OUT; view <= KITH_CSR_BOTH; view++) {
            g_autoptr(kith_csr) csr = NULL;

            assert_int_equal(kith_csr_new(net, view, WITH_ALL, &csr, NULL), KITH_OK);
            assert_int_equal(csr->n, net->n);
            assert_int_equal(csr->first[0], 0);
            assert_int_equal(csr->first[csr->n], csr->arcs);
            for (uint32_t v = 0; v < net->n; v++)
                check_row(net, csr, view, v);
        }
    }
}

static void
columns_not_asked_for_are_not_made(void **state)
{
    kith_random random = kith_random_init(7, 1);
    g_autoptr(kith_network) net = random_network(&random, true);
    g_autoptr(kith_csr) csr = NULL;

    (void)state;
    assert_int_equal(kith_csr_new(net, KITH_CSR_BOTH, 0, &csr, NULL), KITH_OK);
    assert_null(csr->weight);
    assert_null(csr->edge);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_hold_the_edges_of_the_network),
        cmocka_unit_test(columns_not_asked_for_are_not_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
