/* SPDX-License-Identifier: GPL-3.0-or-later */
/* miss.c - see miss.h. */
#include "measures/miss.h"

static bool
is_blocked(const kith_chain_query *q, int64_t node)
{
    return q->blocked && q->blocked[node];
}

/* Breadth first; 0 when no target is met. */
static int64_t
shortest(const kith_chain_hops *hops, const kith_chain_query *q)
{
    g_autofree int32_t *queue = g_new(int32_t, (gsize)hops->nodes + 1);
    g_autofree int32_t *depth = g_new0(int32_t, (gsize)hops->nodes + 1); /* hops + 1; 0 unseen */
    int64_t head = 0, tail = 0;

    queue[tail++] = q->from;
    depth[q->from] = 1;
    while (head < tail) {
        int32_t at = queue[head++];

        if (q->target[at])
            return depth[at] - 1;
        for (int64_t i = hops->first[at]; i < hops->first[at + 1]; i++) {
            int32_t next = hops->to[i];

            if (depth[next] > 0 || is_blocked(q, next))
                continue;
            depth[next] = depth[at] + 1;
            queue[tail++] = next;
        }
    }
    return 0;
}

/* The best hop from outside into the targets, among those that may or may not be on a chain. */
static bool
find_bridge(const kith_chain_index *index, const kith_chain_query *q, bool blocked,
            kith_chain_miss *out)
{
    const kith_chain_hops *hops = &index->hops;
    int64_t best = INT64_MAX;

    for (int32_t v = 0; v < hops->nodes; v++) {
        if (v == q->from || q->target[v] || is_blocked(q, v) != blocked)
            continue;
        for (int64_t i = hops->first[v]; i < hops->first[v + 1]; i++) {
            if (!q->target[hops->to[i]] || is_blocked(q, hops->to[i]) || index->cost[i] >= best)
                continue;
            best = index->cost[i];
            out->bridge = v;
            out->target = hops->to[i];
        }
    }
    return best < INT64_MAX;
}

kith_chain_miss
kith_chains_miss(const kith_chain_index *index, const kith_chain_query *q)
{
    kith_chain_miss out = {.all_blocked = true, .bridge = -1, .target = -1};

    for (int64_t v = 0; v < index->hops.nodes; v++)
        if (q->target[v] && !is_blocked(q, v))
            out.all_blocked = false;
    out.hops = shortest(&index->hops, q);
    if (!find_bridge(index, q, false, &out))
        out.bridge_blocked = find_bridge(index, q, true, &out);
    return out;
}
