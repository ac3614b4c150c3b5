/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ig.h - the one door to igraph.
 *
 *     IG_SCOPE();                                  our handlers until the block ends, then the host's again
 *     g_auto(igraph_t) g = {0};
 *     TRY(kith_ig_graph(network, &g, err));
 *     TRY_IG(igraph_pagerank(&g, …));              a failure becomes a kith_error with igraph's own sentence
 *
 * igraph 0.10.2 calls its error handler once per unwinding step: ours keeps the first message, copies it, then frees
 * what igraph had pending. It is not thread-safe: call it from one thread. `{0}` may be cleared for every type below.
 */
#ifndef KITH_MODEL_IG_H
#define KITH_MODEL_IG_H

#include "model/network.h"
#include <glib.h>
#include <igraph/igraph.h>
#include <kith/error.h>

/* What stood before our handlers were set. */
typedef struct kith_ig_scope {
    igraph_error_handler_t *error;
    igraph_warning_handler_t *warning;
    igraph_interruption_handler_t *interruption;
} kith_ig_scope;

kith_ig_scope kith_ig_enter(void);
void kith_ig_leave(kith_ig_scope *scope);

#define IG_SCOPE()                                                                                 \
    __attribute__((cleanup(kith_ig_leave), unused)) kith_ig_scope ig_scope_ = kith_ig_enter()

/* Turns igraph's code and the message our handler kept into an error. @param call the source text, for the name */
kith_status kith_ig_status(igraph_error_t code, const char *call, kith_error *err);

#define TRY_IG(call)                                                                               \
    do {                                                                                           \
        kith_status ig_status_ = kith_ig_status((call), #call, err);                               \
        if (ig_status_ != KITH_OK)                                                                 \
            return ig_status_;                                                                     \
    } while (0)

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(igraph_t, igraph_destroy)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(igraph_vector_t, igraph_vector_destroy)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(igraph_vector_int_t, igraph_vector_int_destroy)

/** An igraph_t of a network: vertex i is vertex i, edge i is edge i. Needs IG_SCOPE(). @param out yours */
kith_status kith_ig_graph(const kith_network *network, igraph_t *out, kith_error *err);

#endif
