/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edges.c - columns of a plain graph, shared by count. */
#include "base/edges.h"

kith_edges *
kith_edges_new(void)
{
    kith_edges *edges = g_new0(kith_edges, 1);

    edges->references = 1;
    edges->first_line = 1;
    return edges;
}

kith_edges *
kith_edges_ref(kith_edges *edges)
{
    g_atomic_int_inc(&edges->references);
    return edges;
}

void
kith_edges_unref(kith_edges *edges)
{
    if (!edges || !g_atomic_int_dec_and_test(&edges->references))
        return;
    kith_big_free(edges->text);
    kith_big_free(edges->label);
    kith_big_free(edges->from);
    kith_big_free(edges->to);
    kith_big_free(edges->weight);
    kith_big_free(edges->when);
    kith_big_free(edges->line);
    kith_big_free(edges->node_line);
    g_free(edges);
}
