/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * facts.h - what a builder holds: the importers' statements as rows, exactly as a book stores them.
 *
 * Everything is a row in an array; texts are numbers in the pool, mentions are indices. Sparse by
 * design: a file with a thousand attributes on one node costs a thousand rows, not a table.
 */
#ifndef KITH_MODEL_FACTS_H
#define KITH_MODEL_FACTS_H

#include "base/edges.h"
#include "base/numbering.h"
#include "base/pool.h"
#include <kith/builder.h>

typedef struct kith_fact_source {
    uint32_t file, sha256, importer;
    int64_t records, held, warnings;
} kith_fact_source;

typedef struct kith_fact_mention {
    uint32_t source, line, flags;
    uint8_t kind;
} kith_fact_mention;

typedef struct kith_fact_name {
    uint32_t mention, text, given, family;
} kith_fact_name;

typedef struct kith_fact_identifier {
    uint32_t mention, value, written; /* normalised; as written */
    uint8_t kind;
} kith_fact_identifier;

/* An attribute of a mention or, in fact_attributes, of a fact. */
typedef struct kith_fact_attribute {
    uint32_t owner, key, value;
} kith_fact_attribute;

typedef struct kith_fact_moment {
    uint32_t mention;
    uint8_t precision;
    kith_time when;
} kith_fact_moment;

typedef struct kith_fact_tie {
    kith_time when, until;
    double weight, amount;
    uint32_t from, to, source, line;
    uint32_t currency, status, channel, detail;
    uint8_t kind, precision, undirected;
} kith_fact_tie;

/* One entry of the log of decisions; `batch` numbers those made at once. */
typedef struct kith_fact_decision {
    uint32_t a, b;         /* mentions */
    uint32_t rule, reason; /* texts; 0: the user's own word */
    uint32_t batch;
    double score; /* NaN when there is none */
    uint8_t kind; /* kith_decision_kind */
    uint8_t undone;
} kith_fact_decision;

struct kith_builder {
    kith_pool *pool;
    GArray *sources, *mentions, *names, *identifiers, *attributes, *moments, *facts,
        *fact_attributes, *decisions;
    kith_numbering *numbering; /* of the rows' texts; kith_builder_settle() before reading any */
    kith_edges *edges;         /* a plain graph as columns, until rows are needed; NULL: none */
    kith_pool *keys;      /* texts of the keys of the current source; NULL until there is one */
    GHashTable *keyed;    /* packed key -> mention + 1 */
    kith_source *current; /* NULL between sources */
    int64_t owner;        /* the current source's owner mention, -1 when none yet */
    const char *path,
        *label; /* what is read from this path, and members of it, is called so; NULL: as it is */
    char country[8]; /* calling code of national phone numbers */
};

#define KITH_ROW(array, type, i) (&g_array_index(array, type, i))

/* How far the rows go, to cut off again what a file said before it failed. Texts stay in the pool. */
typedef struct kith_builder_mark {
    guint sources, mentions, names, identifiers, attributes, moments, facts, fact_attributes,
        decisions;
} kith_builder_mark;

kith_builder_mark kith_builder_mark_end(kith_builder *builder);
/* Takes back all that was said since. */
void kith_builder_cut(kith_builder *builder, const kith_builder_mark *mark);

/* Gives the texts of all rows their numbers. */
void kith_builder_settle(kith_builder *builder);

/* Settles, and turns columns into mentions and facts; nothing when there are none. */
void kith_builder_spill(kith_builder *builder);

/* Makes kith_builder_keyed() answer with this mention. */
void kith_builder_know(kith_builder *builder, kith_node_kind kind, kith_identifier_kind identifier,
                       const char *value, kith_mention mention);

/* A source row for facts that come from a book rather than from an open file. @return its index */
uint32_t kith_builder_add_source(kith_builder *builder, const kith_fact_source *row);

#endif
