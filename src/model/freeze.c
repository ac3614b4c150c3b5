/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * freeze.c - facts become a graph.
 *
 * Mentions are gathered into nodes, nodes get the name most of their records use, then everything
 * is put in an order that depends on what was said and never on who said it first: nodes by kind,
 * name and identifiers, ties by kind, ends and time. Splitting a file in two or shuffling its rows
 * gives the same graph.
 */
#include "model/freeze.h"
#include "base/base.h"
#include "model/decisions.h"
#include "model/edges.h"
#include "model/identity.h"
#include <stdlib.h>

static uint32_t *
gather_flags(const kith_freezer *f)
{
    uint32_t *flags = g_new0(uint32_t, f->b->mentions->len + 1);

    for (guint i = 0; i < f->b->mentions->len; i++)
        flags[f->root[i]] |= KITH_ROW(f->b->mentions, kith_fact_mention, i)->flags;
    /* Known by more than an id in one place is known by more than an id. */
    for (guint i = 0; i < f->b->mentions->len; i++)
        if (!(KITH_ROW(f->b->mentions, kith_fact_mention, i)->flags & KITH_FLAG_STUB))
            flags[f->root[i]] &= ~(uint32_t)KITH_FLAG_STUB;
    return flags;
}

/* Kept for what goes back from a node to its records. */
static void
place_mentions(kith_freezer *f)
{
    kith_graph *g = f->g;

    g->mentions = f->b->mentions->len;
    g->mention_node = g_new(uint32_t, g->mentions + 1);
    for (int64_t i = 0; i < g->mentions; i++)
        g->mention_node[i] = kith_freeze_node_of(f, (uint32_t)i);
}

static int
compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void
place_apart(kith_freezer *f)
{
    g_autoptr(GArray) said = kith_decisions_in_force(f->b);

    f->g->apart = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (guint i = 0; i < said->len; i++) {
        const kith_fact_decision *d = KITH_ROW(said, kith_fact_decision, i);
        uint64_t a = kith_freeze_node_of(f, d->a), b = kith_freeze_node_of(f, d->b),
                 key = MIN(a, b) << 32 | MAX(a, b);

        if (d->kind != KITH_DECIDED_MERGE && a != b)
            g_array_append_val(f->g->apart, key);
    }
    if (f->g->apart->len)
        qsort(f->g->apart->data, f->g->apart->len, sizeof(uint64_t), compare_keys);
}

static kith_graph *
freeze(kith_builder *b, const kith_build_options *options, const GArray *owner)
{
    kith_freezer f = {.b = b, .g = g_new0(kith_graph, 1)};
    g_autofree uint32_t *root = kith_identity_resolve(b, owner);
    g_autofree uint32_t *node = g_new0(uint32_t, b->mentions->len + 1);
    g_autofree uint32_t *flags = NULL;
    g_autoptr(GArray) names = NULL;
    g_autoptr(GArray) known = NULL;

    f.root = root;
    f.node_of = node;
    flags = gather_flags(&f);
    if (owner && owner->len)
        flags[root[g_array_index(owner, int64_t, 0)]] |= KITH_FLAG_OWNER;
    f.g->pool = kith_pool_ref(b->pool);
    names = kith_freeze_gather_names(&f);
    known = kith_freeze_gather_identifiers(&f);
    kith_freeze_draft_nodes(&f, names, known, flags);
    kith_freeze_place_nodes(&f, flags);
    kith_freeze_name_ids(&f);
    kith_freeze_place_names(&f, names);
    kith_freeze_place_identifiers(&f, known);
    kith_freeze_place_attributes(&f);
    place_mentions(&f);
    place_apart(&f);
    f.g->as_of = kith_freeze_decide_as_of(b, options);
    kith_freeze_place_ties(&f);
    f.g->consent_record = kith_certain_consents(b, f.g);
    f.g->sources = g_array_copy(b->sources);
    g_free(f.draft);
    return f.g;
}

/* The owner that the files themselves know. */
static void
add_known_owner(const kith_builder *b, GArray *out)
{
    for (guint i = 0; i < b->mentions->len; i++)
        if (KITH_ROW(b->mentions, kith_fact_mention, i)->flags & KITH_FLAG_OWNER) {
            int64_t mention = i;

            g_array_append_val(out, mention);
            return;
        }
}

kith_status
kith_builder_build(kith_builder *b, const kith_build_options *options, kith_graph **out,
                   kith_error *err)
{
    g_autoptr(kith_graph) graph = NULL;

    kith_builder_settle(b);
    if (b->edges && b->decisions->len == 0 && !(options->owner && *options->owner))
        return kith_edges_freeze(b, options, out, err);
    kith_builder_spill(b);
    graph = freeze(b, options, NULL);
    if (options->owner && *options->owner) {
        g_autoptr(GArray) me = NULL;
        g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(int64_t));

        TRY(kith_graph_find_owner(graph, options->owner, options->owner_before, &me, err));
        for (guint i = 0; i < me->len; i++) {
            int64_t mention = graph->root[g_array_index(me, kith_node, i)];

            g_array_append_val(mentions, mention);
        }
        add_known_owner(b, mentions);
        g_clear_pointer(&graph, kith_graph_free);
        graph = freeze(b, options, mentions);
    }
    *out = g_steal_pointer(&graph);
    return KITH_OK;
}
