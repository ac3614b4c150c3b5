/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mentions.c - from a node back to the records it was made of. */
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
        n += graph->mention_node[i] == node;
    *out = n ? malloc((size_t)n * sizeof **out) : NULL;
    for (int64_t i = 0; *out && i < graph->mentions; i++)
        if (graph->mention_node[i] == node)
            (*out)[kept++] = i;
    return kept;
}
