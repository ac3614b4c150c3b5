/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backward.c - layered relaxation on the reversed hops. */
#include "measures/backward.h"
#include <string.h>

/* What one more hop makes cheaper; read from the last round only, so that a round is one hop. */
static bool
one_round(const kith_chain_index *x, const bool *target, const bool *blocked, const int64_t *last,
          int64_t *next)
{
    bool changed = false;

    for (int64_t v = 0; v < x->hops.nodes; v++)
        for (int64_t i = x->back_first[v]; last[v] != INT64_MAX && i < x->back_first[v + 1]; i++) {
            int32_t u = x->back_from[i];

            if (target[u] || (blocked && blocked[u]) || last[v] + x->back_cost[i] >= next[u])
                continue;
            next[u] = last[v] + x->back_cost[i];
            changed = true;
        }
    return changed;
}

void
kith_back_costs(const kith_chain_index *x, const bool *target, const double *end,
                const bool *blocked, int rounds, int64_t *cost)
{
    g_autofree int64_t *last = g_new(int64_t, x->hops.nodes + 1);

    for (int64_t v = 0; v < x->hops.nodes; v++)
        cost[v] = !target[v] || (blocked && blocked[v]) ? INT64_MAX
                  : end                                 ? kith_chain_cost(x, end[v])
                                                        : 0;
    for (int r = 0; r < rounds; r++) {
        memcpy(last, cost, sizeof *last * (size_t)x->hops.nodes);
        if (!one_round(x, target, blocked, last, cost))
            break;
    }
}
