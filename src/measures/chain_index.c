/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain_index.c - hops as integer costs, forwards and backwards: kith_chain_index of chains.h. */
#include "base/base.h"
#include "measures/chains.h"
#include <math.h>
#include <string.h>

#define SCALE 1e12
#define MOST 1e18 /* what the longest chain may cost: a margin below 2^63 */

void
kith_chain_index_clear(kith_chain_index *index)
{
    g_free(index->cost);
    g_free(index->back_first);
    g_free(index->back_from);
    g_free(index->back_cost);
    *index = (kith_chain_index){0};
}

static double
natural(const kith_chain_hops *hops, int64_t i)
{
    return hops->length ? hops->length[i] : -log(hops->p[i]);
}

/* Values that are in order; the dearest hop. */
static kith_status
check(const kith_chain_hops *hops, double *dearest, kith_error *err)
{
    if (hops->nodes < 0 || hops->nodes >= INT32_MAX)
        return kith_fail(err, KITH_ERR_ARGUMENT, "chains: no such node");
    for (int64_t i = 0; i < hops->first[hops->nodes]; i++) {
        if (hops->length ? !(hops->length[i] >= 0 && isfinite(hops->length[i]))
                         : !(hops->p[i] > 0 && hops->p[i] <= 1))
            return kith_fail(err, KITH_ERR_ARGUMENT, "chains: %s",
                             hops->length ? "a length must be 0 or more, and finite"
                                          : "p must be above 0 and at most 1");
        *dearest = fmax(*dearest, natural(hops, i));
    }
    return KITH_OK;
}

int64_t
kith_chain_cost(const kith_chain_index *index, double p)
{
    return llround(-log(p) * index->scale);
}

static void
turn_round(kith_chain_index *x)
{
    const kith_chain_hops *hops = &x->hops;
    g_autofree int64_t *fill = NULL;

    for (int64_t i = 0; i < hops->first[hops->nodes]; i++)
        x->back_first[hops->to[i] + 1]++;
    for (int64_t v = 0; v < hops->nodes; v++)
        x->back_first[v + 1] += x->back_first[v];
    fill = g_memdup2(x->back_first, sizeof *fill * ((gsize)hops->nodes + 1));
    for (int32_t v = 0; v < hops->nodes; v++)
        for (int64_t i = hops->first[v]; i < hops->first[v + 1]; i++) {
            int64_t at = fill[hops->to[i]]++;

            x->back_from[at] = v;
            x->back_cost[at] = x->cost[i];
        }
}

kith_status
kith_chain_index_init(const kith_chain_hops *hops, kith_chain_index *out, kith_error *err)
{
    g_auto(kith_chain_index) x = {.hops = *hops, .scale = SCALE};
    double dearest = 0;
    gsize n, nodes;

    TRY(check(hops, &dearest, err));
    n = (gsize)hops->first[hops->nodes];
    nodes = (gsize)hops->nodes;
    if (dearest * (double)MAX(nodes, KITH_CHAIN_HOPS) * x.scale > MOST)
        x.scale = MOST / (dearest * (double)MAX(nodes, KITH_CHAIN_HOPS));
    x.cost = g_try_new(int64_t, n + 1);
    x.back_first = g_try_new0(int64_t, nodes + 2);
    x.back_from = g_try_new(int32_t, n + 1);
    x.back_cost = g_try_new(int64_t, n + 1);
    if (!x.cost || !x.back_first || !x.back_from || !x.back_cost)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "chains: no memory for %" G_GSIZE_FORMAT " hops",
                         n);
    for (gsize i = 0; i < n; i++)
        x.cost[i] = llround(natural(hops, (int64_t)i) * x.scale);
    turn_round(&x);
    *out = x;
    x = (kith_chain_index){0};
    return KITH_OK;
}
