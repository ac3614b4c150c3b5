/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.c - what can be asked of the frozen graph. */
#include "model/edges.h"
#include <stdlib.h>

void
kith_graph_free(kith_graph *g)
{
    if (!g)
        return;
    kith_edges_ids_free(g->edge_ids);
    kith_edges_unref(g->edges);
    g_free(g->root);
    g_free(g->label);
    g_free(g->id);
    g_free(g->flags);
    g_free(g->kind);
    g_free(g->event_time);
    g_free(g->tie_row);
    g_free(g->tie_origin);
    g_free(g->mention_node);
    g_free(g->consent_record);
    g_free(g->name_first);
    g_free(g->identifier_first);
    g_free(g->attribute_first);
    g_clear_pointer(&g->names, g_array_unref);
    g_clear_pointer(&g->identifiers, g_array_unref);
    g_clear_pointer(&g->attributes, g_array_unref);
    g_clear_pointer(&g->tie_attributes, g_array_unref);
    g_clear_pointer(&g->sources, g_array_unref);
    g_clear_pointer(&g->apart, g_array_unref);
    g_clear_pointer(&g->pool, kith_pool_unref);
    g_free(g);
}

static bool
is_node(const kith_graph *g, kith_node node)
{
    return node >= 0 && node < g->nodes;
}

int64_t
kith_graph_nodes(const kith_graph *g)
{
    return g->nodes;
}

int64_t
kith_graph_count(const kith_graph *g, kith_node_kind kind)
{
    return (unsigned)kind < KITH_NODE_KINDS ? g->kind_first[kind + 1] - g->kind_first[kind] : 0;
}

int64_t
kith_graph_ties(const kith_graph *g)
{
    return g->ties;
}

/* Two ends, and for a plain graph's ties the relation the file names: "mentions" and "replies to" are two. */
struct pair {
    uint64_t ends;
    uint32_t relation;
};

static int
compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->ends != y->ends)
        return x->ends < y->ends ? -1 : 1;
    return x->relation < y->relation ? -1 : x->relation > y->relation;
}

int64_t
kith_graph_distinct(const kith_graph *g, kith_tie_kind kind)
{
    g_autofree struct pair *pairs = NULL;
    int64_t first, n, distinct = 0;

    if (g->edges)
        return kind == KITH_TIE ? kith_edges_distinct(g->edges) : 0;
    kith_graph_tie_range(g, kind, &first, &n);
    pairs = g_new(struct pair, n + 1);
    for (int64_t i = 0; i < n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, first + i);
        bool swap = (kith_tie_kind_is_mutual(kind) || t.undirected) && t.from > t.to;

        pairs[i].ends = swap ? (uint64_t)t.to << 32 | t.from : (uint64_t)t.from << 32 | t.to;
        pairs[i].relation = kind == KITH_TIE ? t.detail : 0;
    }
    qsort(pairs, (size_t)n, sizeof *pairs, compare_pairs);
    for (int64_t i = 0; i < n; i++)
        distinct += i == 0 || compare_pairs(&pairs[i], &pairs[i - 1]) != 0;
    return distinct;
}

kith_node_kind
kith_graph_kind(const kith_graph *g, kith_node node)
{
    return is_node(g, node) ? g->kind[node] : KITH_NODE_KINDS;
}

const char *
kith_graph_label(const kith_graph *g, kith_node node)
{
    if (!is_node(g, node))
        return "";
    return g->edges ? kith_edges_label(g->edges, node) : kith_pool_get(g->pool, g->label[node]);
}

const char *
kith_graph_id(const kith_graph *g, kith_node node)
{
    if (!is_node(g, node))
        return "";
    return g->edges ? kith_edges_id(g, node) : kith_pool_get(g->pool, g->id[node]);
}

unsigned
kith_graph_flags(const kith_graph *g, kith_node node)
{
    return is_node(g, node) ? g->flags[node] : 0;
}

bool
kith_graph_attribute_at(const kith_graph *g, kith_node node, int64_t i, const char **key,
                        const char **value)
{
    const kith_fact_attribute *row;

    if (!is_node(g, node) || i < 0 || !g->attributes ||
        g->attribute_first[node] + i >= g->attribute_first[node + 1])
        return false;
    row = KITH_ROW(g->attributes, kith_fact_attribute, g->attribute_first[node] + i);
    *key = kith_pool_get(g->pool, row->key);
    *value = kith_pool_get(g->pool, row->value);
    return true;
}

const char *
kith_graph_attribute(const kith_graph *g, kith_node node, const char *key)
{
    const char *k, *v;

    for (int64_t i = 0; kith_graph_attribute_at(g, node, i, &k, &v); i++)
        if (g_str_equal(k, key))
            return v;
    return NULL;
}

bool
kith_graph_identifier_at(const kith_graph *g, kith_node node, int64_t i, kith_identifier_kind *kind,
                         const char **value)
{
    const kith_fact_identifier *row;

    if (g->edges && is_node(g, node) && i == 0) {
        *kind = KITH_ID_LABEL;
        *value = kith_edges_label(g->edges, node);
        return true;
    }
    if (!is_node(g, node) || i < 0 || g->edges ||
        g->identifier_first[node] + i >= g->identifier_first[node + 1])
        return false;
    row = KITH_ROW(g->identifiers, kith_fact_identifier, g->identifier_first[node] + i);
    *kind = row->kind;
    *value = kith_pool_get(g->pool, row->value);
    return true;
}

const char *
kith_graph_name_at(const kith_graph *g, kith_node node, int64_t i)
{
    if (!is_node(g, node) || i < 0 || g->edges ||
        g->name_first[node] + i >= g->name_first[node + 1])
        return NULL;
    return kith_pool_get(g->pool,
                         KITH_ROW(g->names, kith_fact_name, g->name_first[node] + i)->text);
}

kith_time
kith_graph_event_time(const kith_graph *g, kith_node node)
{
    return is_node(g, node) && g->event_time ? g->event_time[node] : KITH_TIME_NONE;
}

/* Most ties have none of most texts. */
static inline const char *
text_of(const kith_graph *g, uint32_t number)
{
    return number ? kith_pool_get(g->pool, number) : NULL;
}

void
kith_graph_tie(const kith_graph *g, int64_t i, kith_tie *out)
{
    const kith_fact_tie t = kith_graph_fact(g, i);
    const kith_fact_source *source = KITH_ROW(g->sources, kith_fact_source, t.source);

    *out = (kith_tie){.kind = t.kind,
                      .from = t.from,
                      .to = t.to,
                      .when = t.when,
                      .until = t.until,
                      .precision = t.precision,
                      .weight = t.weight,
                      .amount = t.amount,
                      .currency = text_of(g, t.currency),
                      .status = text_of(g, t.status),
                      .channel = text_of(g, t.channel),
                      .detail = text_of(g, t.detail),
                      .undirected = t.undirected,
                      .source = text_of(g, source->file),
                      .line = t.line};
}

void
kith_graph_tie_range(const kith_graph *g, kith_tie_kind kind, int64_t *first, int64_t *n)
{
    bool known = (unsigned)kind < KITH_TIE_KINDS;

    *first = known ? g->tie_first[kind] : g->ties;
    *n = known ? g->tie_first[kind + 1] - g->tie_first[kind] : 0;
}

bool
kith_graph_tie_attribute_at(const kith_graph *g, int64_t tie, int64_t i, const char **key,
                            const char **value)
{
    int64_t low = 0, high = g->tie_attributes->len;
    const kith_fact_attribute *row;

    while (low < high) {
        int64_t middle = (low + high) / 2;

        if (KITH_ROW(g->tie_attributes, kith_fact_attribute, middle)->owner < tie)
            low = middle + 1;
        else
            high = middle;
    }
    if (i < 0 || low + i >= g->tie_attributes->len)
        return false;
    row = KITH_ROW(g->tie_attributes, kith_fact_attribute, low + i);
    if (row->owner != tie)
        return false;
    *key = kith_pool_get(g->pool, row->key);
    *value = kith_pool_get(g->pool, row->value);
    return true;
}

kith_node
kith_graph_owner(const kith_graph *g)
{
    return g->owner;
}

kith_time
kith_graph_as_of(const kith_graph *g)
{
    return g->as_of;
}

int64_t
kith_graph_hidden(const kith_graph *g)
{
    return g->hidden;
}

int64_t
kith_graph_sources(const kith_graph *g)
{
    return g->sources->len;
}

void
kith_graph_source(const kith_graph *g, int64_t i, kith_source_info *out)
{
    const kith_fact_source *row = KITH_ROW(g->sources, kith_fact_source, i);

    *out = (kith_source_info){.file = kith_pool_get(g->pool, row->file),
                              .sha256 = kith_pool_get(g->pool, row->sha256),
                              .importer = kith_pool_get(g->pool, row->importer),
                              .records = row->records,
                              .held = row->held,
                              .warnings = row->warnings};
}
