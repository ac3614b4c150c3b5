/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * network.h - the simple graph a measure works on: some nodes, some kinds of ties, no loops, no
 * repeats.
 *
 * Facts between the same two people add up to one edge. Attending together becomes edges with
 * Newman's weight, 1/(n-1) an event of n people (Newman 2001, doi:10.1103/PhysRevE.64.016132),
 * summed over shared events.
 */
#ifndef KITH_MODEL_NETWORK_H
#define KITH_MODEL_NETWORK_H

#include <glib.h>
#include <kith/answer.h>
#include <kith/error.h>
#include <kith/graph.h>
#include <stdbool.h>

typedef enum kith_network_direction {
    KITH_NETWORK_AS_DATA = 0, /* directed when every tie used is */
    KITH_NETWORK_UNDIRECTED,
    KITH_NETWORK_DIRECTED
} kith_network_direction;

typedef struct kith_network_options {
    unsigned nodes;    /* bit set of 1 << kith_node_kind; 0: people */
    unsigned ties;     /* bit set of 1 << kith_tie_kind; 0: all kinds between two people */
    bool together;     /* attending the same event counts */
    int64_t max_party; /* events of more people are left out; 0: 500 */
    kith_network_direction direction;
    const uint8_t *dropped; /* by tie: nonzero leaves it out (resampling); NULL: none */
} kith_network_options;

typedef struct kith_network {
    int64_t n, m;
    bool directed;
    kith_node *node;                      /* vertex -> node, ascending */
    uint32_t *from, *to;                  /* edges sorted by (from, to); undirected: from < to */
    double *weight;                       /* > 0 */
    int64_t loops, repeats, large_events; /* what was left out or added up, for notes */
} kith_network;

/**
 * Picks the network out of a graph. O(facts log facts + pairs who met).
 * @return KITH_ERR_LIMIT beyond 2^32 - 1 vertices
 */
kith_status kith_network_new(const kith_graph *graph, const kith_network_options *options,
                             kith_network **out, kith_error *err);
void kith_network_free(kith_network *network);

/**
 * The same network without directions: one edge a pair if there is a tie either way, the weights of both ways added.
 * @return yours; kith_network_free(). O(m log m)
 */
kith_network *kith_network_collapse(const kith_network *network);

/**
 * Reads a comma list of tie kinds ("knows,met,attended") into the options; "attended" asks for attending together.
 * NULL or "" is the default: every kind between two people, and attending together.
 * @return KITH_ERR_ARGUMENT for an unknown kind
 */
kith_status kith_network_read_ties(const char *list, kith_network_options *options,
                                   kith_error *err);

/** Tells the reader what the network is made of: its size, its direction, and what was left out or added up. */
void kith_network_describe(const kith_network *network, kith_answer *out);

/** The vertex of a node, -1 when it is not in the network. O(log n) */
int64_t kith_network_vertex(const kith_network *network, kith_node node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_network, kith_network_free)

#endif
