/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * freeze.h - what the parts of freezing share: names and identifiers on their way to nodes.
 *
 * freeze_nodes.c gathers mentions into nodes and puts them in order, freeze_rows.c gives nodes their names, identifiers and
 * attributes, freeze_ties.c places the ties; freeze.c runs them.
 */
#ifndef KITH_MODEL_FREEZE_H
#define KITH_MODEL_FREEZE_H

#include "model/graph.h"
#include <string.h>

/* A node on its way: what orders it. */
typedef struct kith_draft {
    uint32_t root; /* smallest mention */
    uint32_t label;
    uint32_t key; /* its identifiers, joined: orders namesakes */
    uint8_t kind;
} kith_draft;

typedef struct kith_freezer {
    const kith_builder *b;
    kith_graph *g;
    uint32_t *root;    /* mention -> root mention */
    uint32_t *node_of; /* root mention -> node */
    kith_draft *draft;
    uint32_t drafts;
} kith_freezer;

/* One name a node was given, and how often. */
typedef struct kith_called {
    uint32_t root, text;
    uint32_t given, family;
    uint32_t times;
} kith_called;

/* One identifier of a node. */
typedef struct kith_known {
    uint32_t root, value, written;
    uint8_t kind;
} kith_known;

static inline uint32_t
kith_freeze_node_of(const kith_freezer *f, uint32_t mention)
{
    return f->node_of[f->root[mention]];
}

static inline int
kith_freeze_compare_u32(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static inline int
kith_freeze_compare_text(const kith_pool *pool, uint32_t a, uint32_t b)
{
    const char *s = kith_pool_get(pool, a), *t = kith_pool_get(pool, b);

    return a == b ? 0 : strcmp(s ? s : "", t ? t : "");
}

/* All names by root, the shown one first; all identifiers by root, without repeats. Yours. */
GArray *kith_freeze_gather_names(const kith_freezer *f);
GArray *kith_freeze_gather_identifiers(const kith_freezer *f);
int kith_freeze_compare_known(const void *a, const void *b, void *pool);

/* Nodes: drafted from their mentions, placed in order, given readable ids. Flags are by root. */
void kith_freeze_draft_nodes(kith_freezer *f, const GArray *names, const GArray *known,
                             const uint32_t *flags);
void kith_freeze_place_nodes(kith_freezer *f, const uint32_t *flags);
void kith_freeze_name_ids(kith_freezer *f);

/* What belongs to nodes, in node order. */
void kith_freeze_place_names(kith_freezer *f, GArray *names);
void kith_freeze_place_identifiers(kith_freezer *f, GArray *known);
void kith_freeze_place_attributes(kith_freezer *f);
/* Sorts attributes by owner, key and value and drops repeats. @return rows */
GArray *kith_freeze_tidy_attributes(GArray *rows, kith_pool *pool);

/* Node -> its first row, n + 1 long; each row of that size begins with its node. */
int64_t *kith_freeze_first_rows(int64_t nodes, const GArray *rows, size_t size);

/* The as-of moment as asked or as the data decide, and the ties that are visible then. */
kith_time kith_freeze_decide_as_of(const kith_builder *b, const kith_build_options *options);
void kith_freeze_place_ties(kith_freezer *f);

#endif
