/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mentions.c - from a node back to the records it was made of, and to what was said of them. */
#include "model/graph.h"
#include <stdlib.h>

int64_t
kith_builder_mentions_of(const kith_builder *builder, const kith_graph *graph, kith_node node,
                         kith_mention **out)
{
    int64_t n = 0, kept = 0;

    *out = NULL;
    if (builder->pool != graph->pool)
        return 0;
    for (int64_t i = 0; i < graph->mentions; i++)
        n += kith_graph_mention_node(graph, i) == node;
    *out = n ? malloc((size_t)n * sizeof **out) : NULL;
    for (int64_t i = 0; *out && i < graph->mentions; i++)
        if (kith_graph_mention_node(graph, i) == node)
            (*out)[kept++] = i;
    return kept;
}

bool
kith_graph_told_apart(const kith_graph *graph, kith_node a, kith_node b)
{
    uint64_t key = (uint64_t)MIN(a, b) << 32 | (uint64_t)MAX(a, b);
    const uint64_t *keys = (const uint64_t *)(const void *)graph->apart->data;
    guint low = 0, high = graph->apart->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < graph->apart->len && keys[low] == key;
}
