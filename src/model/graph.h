/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.h - the frozen graph from inside: columns, and rows of one node side by side. */
#ifndef KITH_MODEL_GRAPH_H
#define KITH_MODEL_GRAPH_H

#include "base/edges.h"
#include "model/facts.h"
#include <kith/graph.h>

struct kith_graph {
    kith_edges
        *edges; /* a plain graph as columns: then root … tie_origin and the rows below are NULL */
    gsize edge_ids; /* of such a graph; made when asked for */
    kith_pool *pool;
    int64_t nodes, ties, hidden, looped;
    int64_t kind_first[KITH_NODE_KINDS + 1]; /* nodes are sorted by kind */
    int64_t tie_first[KITH_TIE_KINDS + 1];   /* ties are sorted by kind */
    uint32_t *label, *id, *flags;            /* by node; texts of the pool */
    uint32_t *root;                          /* node -> its first mention in the builder */
    uint8_t *kind;
    kith_time *event_time;
    kith_fact_tie *tie_row; /* from, to are nodes; read them with kith_graph_fact() */
    uint32_t *tie_origin;   /* tie -> fact of the builder */
    GArray *names, *identifiers, *attributes, *tie_attributes; /* rows sorted by owner */
    int64_t *name_first, *identifier_first, *attribute_first;  /* node -> first row; n + 1 long */
    uint32_t *mention_node;                                    /* the builder's mention -> node */
    int64_t mentions;
    GArray *sources;
    GArray *apart; /* pairs of nodes a user called different: smaller << 32 | larger, sorted */
    uint32_t
        *consent_record; /* consents -> who said it by the rules alone; NULL: the node itself */
    kith_node owner;
    kith_time as_of;
};

/* A tie as the builder would have kept it, had it come as a row. */
static inline kith_fact_tie
kith_edges_fact(const kith_edges *e, int64_t i)
{
    kith_time when = e->when ? e->when[i] : KITH_TIME_NONE;

    return (kith_fact_tie){.when = when,
                           .until = KITH_TIME_NONE,
                           .weight = e->weight ? e->weight[i] : 1.0,
                           .amount = __builtin_nan(""),
                           .from = e->from[i],
                           .to = e->to[i],
                           .line = kith_edges_line(e, i),
                           .kind = KITH_TIE,
                           .precision = when == KITH_TIME_NONE ? 0 : KITH_PRECISION_SECOND,
                           .undirected = e->undirected};
}

/**
 * Tie i with its numbers: what kith_graph_tie() gives before texts are looked up. A copy, so that a graph may hold its ties
 * in any form; inlined, so that what is not looked at costs nothing.
 */
static inline kith_fact_tie
kith_graph_fact(const kith_graph *graph, int64_t i)
{
    return graph->edges ? kith_edges_fact(graph->edges, i) : graph->tie_row[i];
}

/** The node that a mention of the builder became. */
static inline uint32_t
kith_graph_mention_node(const kith_graph *graph, int64_t mention)
{
    return graph->edges ? (uint32_t)mention : graph->mention_node[mention];
}

/** The first mention of a node. */
static inline uint32_t
kith_graph_root(const kith_graph *graph, kith_node node)
{
    return graph->edges ? (uint32_t)node : graph->root[node];
}

/** For each tie of kind consents the smallest mention of its person by the rules alone; NULL when nobody was merged. */
uint32_t *kith_certain_consents(const kith_builder *builder, const kith_graph *graph);

/** Whether a user said that these two nodes are not one. O(log n) */
bool kith_graph_told_apart(const kith_graph *graph, kith_node a, kith_node b);

/**
 * Who "me" is: as kith_graph_find(), but a whole name may stand for several people, since files that know only names hold
 * their owner once each. Two with a profile (an address, a number, a link) are never one for their name alone.
 * @param before whether it was said before: then it meant the one known first
 * @param out kith_node each, yours
 * @return KITH_ERR_ARGUMENT when nobody or several may be meant
 */
kith_status kith_graph_find_owner(const kith_graph *graph, const char *who, bool before,
                                  GArray **out, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_graph, kith_graph_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_builder, kith_builder_free)

#endif
