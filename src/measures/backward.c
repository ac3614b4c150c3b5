/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backward.c - layered relaxation on the reversed hops. */
#include "measures/backward.h"
#include <math.h>
#include <string.h>

kith_back_hops
kith_back_hops_new(const kith_chain_hops *hops)
{
    kith_back_hops b = {.nodes = hops->nodes};
    int64_t m = hops->first[hops->nodes];
    g_autofree int64_t *fill = NULL;

    b.first = g_new0(int64_t, hops->nodes + 2);
    b.from = g_new(int32_t, m + 1);
    b.cost = g_new(int64_t, m + 1);
    for (int64_t i = 0; i < m; i++)
        b.first[hops->to[i] + 1]++;
    for (int64_t v = 0; v < hops->nodes; v++)
        b.first[v + 1] += b.first[v];
    fill = g_new(int64_t, hops->nodes + 1);
    memcpy(fill, b.first, sizeof *fill * (size_t)hops->nodes);
    for (int32_t v = 0; v < hops->nodes; v++)
        for (int64_t i = hops->first[v]; i < hops->first[v + 1]; i++) {
            int64_t at = fill[hops->to[i]]++;

            b.from[at] = v;
            b.cost[at] = llround(-log(hops->p[i]) * 1e12);
        }
    return b;
}

void
kith_back_hops_clear(kith_back_hops *hops)
{
    g_clear_pointer(&hops->first, g_free);
    g_clear_pointer(&hops->from, g_free);
    g_clear_pointer(&hops->cost, g_free);
}

/* What one more hop makes cheaper; read from the last round only, so that a round is one hop. */
static bool
one_round(const kith_back_hops *h, const bool *target, const bool *blocked, const int64_t *last,
          int64_t *next)
{
    bool changed = false;

    for (int64_t v = 0; v < h->nodes; v++)
        for (int64_t i = h->first[v]; last[v] != INT64_MAX && i < h->first[v + 1]; i++) {
            int32_t u = h->from[i];

            if (target[u] || (blocked && blocked[u]) || last[v] + h->cost[i] >= next[u])
                continue;
            next[u] = last[v] + h->cost[i];
            changed = true;
        }
    return changed;
}

void
kith_back_costs(const kith_back_hops *h, const bool *target, const bool *blocked, int rounds,
                int64_t *cost)
{
    g_autofree int64_t *last = g_new(int64_t, h->nodes + 1);

    for (int64_t v = 0; v < h->nodes; v++)
        cost[v] = target[v] && !(blocked && blocked[v]) ? 0 : INT64_MAX;
    for (int r = 0; r < rounds; r++) {
        memcpy(last, cost, sizeof *last * (size_t)h->nodes);
        if (!one_round(h, target, blocked, last, cost))
            break;
    }
}
