/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * needs.h - what people and firms need, what they offer, and who offers what another needs.
 *
 * Written down as an attribute ("needs: packaging; delivery", "offers: printing"), as a tie to a topic with the status
 * needs or offers, or, for offers, as the product of a sale. Words match when they fold to the same text.
 */
#ifndef KITH_MEASURES_NEEDS_H
#define KITH_MEASURES_NEEDS_H

#include <glib.h>
#include <kith/graph.h>
#include <stdbool.h>

typedef struct kith_need {
    kith_node who;
    char *word; /**< folded; owned by the table */
} kith_need;

/** Two tables, each kept twice: by who, and by word. */
typedef struct kith_needs {
    const kith_graph *graph;
    GArray *needs, *offers; /**< of kith_need, by (who, word), distinct */
    GArray *offers_by_word; /**< the same rows by (word, who) */
    GStringChunk *words;
} kith_needs;

/** @return yours; kith_needs_free(). O(n log n) in words */
kith_needs *kith_needs_new(const kith_graph *graph);
void kith_needs_free(kith_needs *needs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_needs, kith_needs_free)

/** The rows of one node: first, and how many. @param table needs->needs or needs->offers */
const kith_need *kith_needs_of(const GArray *table, kith_node who, guint *n);
/** Who offers a word; ascending. @return the first of n rows */
const kith_need *kith_needs_offering(const kith_needs *needs, const char *word, guint *n);
/** How many of the words that a needs, b offers. @param word set to the first of them; may be NULL */
guint kith_needs_met(const kith_needs *needs, kith_node a, kith_node b, const char **word);

#endif
