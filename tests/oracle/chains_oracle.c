/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chains_oracle.c - see chains_oracle.h. */
#include "oracle/chains_oracle.h"

#include <glib.h>
#include <math.h>

static bool
is_on(const kith_chain *path, int32_t node)
{
    for (int i = 0; i <= path->hops; i++)
        if (path->node[i] == node)
            return true;
    return false;
}

static void
walk(const kith_chain_hops *hops, const kith_chain_query *q, kith_chain *path, GArray *all)
{
    int32_t at = path->node[path->hops];

    if (q->target[at]) {
        kith_chain whole = *path;

        whole.cost += q->end ? llround(-log(q->end[at]) * 1e12) : 0;
        whole.score *= q->end ? q->end[at] : 1;
        g_array_append_val(all, whole);
        return;
    }
    for (int64_t i = hops->first[at]; path->hops < q->max_hops && i < hops->first[at + 1]; i++) {
        kith_chain next = *path;

        if (is_on(path, hops->to[i]) || (q->blocked && q->blocked[hops->to[i]]))
            continue;
        next.p[next.hops] = hops->length ? hops->length[i] : hops->p[i];
        next.cost += llround((hops->length ? hops->length[i] : -log(hops->p[i])) * 1e12);
        next.score = hops->length ? next.score + hops->length[i] : next.score * hops->p[i];
        next.node[++next.hops] = hops->to[i];
        walk(hops, q, &next, all);
    }
}

static gint
by_order(gconstpointer a, gconstpointer b)
{
    return kith_chain_compare(a, b);
}

kith_chains
oracle_chains(const kith_chain_hops *hops, const kith_chain_query *query)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(kith_chain));
    kith_chain start = {.score = hops->length ? 0 : 1, .node = {query->from}};

    if (!query->target[query->from])
        walk(hops, query, &start, all);
    g_array_sort(all, by_order);
    return (kith_chains){g_memdup2(all->data, sizeof(kith_chain) * all->len), all->len};
}
