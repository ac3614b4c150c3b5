/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edges.c - columns go into the builder, and out again as rows when rows are needed. */
#include "model/edges.h"
#include "base/base.h"

bool
kith_builder_takes_edges(const kith_builder *b)
{
    return !b->edges && b->current && b->sources->len == 1 && b->mentions->len == 0 &&
           b->attributes->len == 0 && b->facts->len == 0 && b->decisions->len == 0;
}

void
kith_builder_edges(kith_builder *b, kith_edges *edges)
{
    g_assert(kith_builder_takes_edges(b));
    b->edges = kith_edges_ref(edges);
}

/* Mentions are numbered as nodes are. */
void
kith_builder_edges_attribute(kith_builder *b, int64_t node, const char *key, const char *value)
{
    kith_fact_attribute row = {.owner = (uint32_t)node};

    kith_builder_settle(b);
    row.key = kith_pool_put(b->pool, key);
    row.value = kith_pool_put(b->pool, value);
    g_array_append_val(b->attributes, row);
}

/* A mention stands where its label stands first, unless nodes have lines of their own. */
static void
spill_mentions(kith_builder *b, const kith_edges *e)
{
    kith_mention first = b->mentions->len;

    g_array_set_size(b->mentions, (guint)(first + e->nodes));
    for (int64_t i = 0; i < e->nodes; i++)
        *KITH_ROW(b->mentions, kith_fact_mention, first + i) = (kith_fact_mention){
            .line = e->node_line ? e->node_line[i] : UINT32_MAX, .kind = KITH_PERSON};
    for (int64_t i = 0; !e->node_line && i < e->ties; i++) {
        uint32_t line = kith_edges_line(e, i);

        for (int end = 0; end < 2; end++) {
            uint32_t *least =
                &KITH_ROW(b->mentions, kith_fact_mention, first + (end ? e->to[i] : e->from[i]))
                     ->line;

            *least = MIN(*least, line);
        }
    }
    for (int64_t i = 0; i < e->nodes; i++) {
        const char *label = e->text + e->label[i];

        kith_builder_identify(b, first + i, KITH_ID_LABEL, label);
        if (b->current) /* the source goes on: it will name them again */
            kith_builder_know(b, KITH_PERSON, KITH_ID_LABEL, label, first + i);
    }
}

void
kith_builder_spill(kith_builder *b)
{
    g_autoptr(kith_edges) e = g_steal_pointer(&b->edges);
    uint32_t first = b->mentions->len;

    if (e)
        spill_mentions(b, e);
    for (int64_t i = 0; e && i < e->ties; i++) {
        kith_fact_tie row = kith_edges_fact(e, i);

        row.from += first;
        row.to += first;
        g_array_append_val(b->facts, row);
    }
    kith_builder_settle(b);
}
