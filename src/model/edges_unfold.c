/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edges_unfold.c - a graph of columns as a graph of rows. */
#include "model/edges.h"

static void
unfold_nodes(const kith_graph *g, kith_graph *out)
{
    out->label = g_new(uint32_t, g->nodes + 1);
    out->id = g_new(uint32_t, g->nodes + 1);
    out->root = g_new(uint32_t, g->nodes + 1);
    out->mention_node = g_new(uint32_t, g->nodes + 1);
    out->flags = g_new0(uint32_t, g->nodes + 1);
    out->kind = g_new0(uint8_t, g->nodes + 1);
    out->event_time = g_new(kith_time, g->nodes + 1);
    out->name_first = g_new0(int64_t, g->nodes + 2);
    out->attribute_first =
        g->attributes ? g_memdup2(g->attribute_first, sizeof(int64_t) * (gsize)(g->nodes + 2))
                      : g_new0(int64_t, g->nodes + 2);
    out->identifier_first = g_new0(int64_t, g->nodes + 2);
    out->identifiers = g_array_new(FALSE, FALSE, sizeof(kith_fact_identifier));
    for (int64_t i = 0; i < g->nodes; i++) {
        kith_fact_identifier row = {.mention = (uint32_t)i, .kind = KITH_ID_LABEL};

        row.value = row.written = kith_pool_put(g->pool, kith_graph_label(g, i));
        out->label[i] = row.value;
        out->id[i] = kith_pool_put(g->pool, kith_graph_id(g, i));
        out->root[i] = out->mention_node[i] = (uint32_t)i;
        out->flags[i] = g->flags[i];
        out->event_time[i] = KITH_TIME_NONE;
        out->identifier_first[i + 1] = i + 1;
        g_array_append_val(out->identifiers, row);
    }
}

static void
unfold_ties(const kith_graph *g, kith_graph *out)
{
    out->tie_row = g_new(kith_fact_tie, g->ties + 1);
    out->tie_origin = g_new(uint32_t, g->ties + 1);
    for (int64_t i = 0; i < g->ties; i++) {
        out->tie_row[i] = kith_graph_fact(g, i);
        out->tie_origin[i] = (uint32_t)i;
    }
}

kith_graph *
kith_edges_unfold(const kith_graph *g)
{
    kith_graph *out = g_new0(kith_graph, 1);

    out->pool = kith_pool_ref(g->pool);
    out->nodes = out->mentions = g->nodes;
    out->ties = g->ties;
    out->hidden = g->hidden;
    out->owner = g->owner;
    out->as_of = g->as_of;
    for (int k = 0; k <= KITH_NODE_KINDS; k++)
        out->kind_first[k] = g->kind_first[k];
    for (int k = 0; k <= KITH_TIE_KINDS; k++)
        out->tie_first[k] = g->tie_first[k];
    out->names = g_array_new(FALSE, FALSE, sizeof(kith_fact_name));
    out->attributes = g->attributes ? g_array_ref(g->attributes)
                                    : g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));
    out->tie_attributes = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));
    out->sources = g_array_ref(g->sources);
    out->apart = g_array_ref(g->apart);
    unfold_nodes(g, out);
    unfold_ties(g, out);
    return out;
}
