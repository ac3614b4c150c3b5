/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pair_header.h - which columns of a table are the two ends of a tie, and what tie the words mean. */
#ifndef KITH_IMPORTERS_PAIR_HEADER_H
#define KITH_IMPORTERS_PAIR_HEADER_H

#include "columns.h"
#include <kith/error.h>
#include <kith/source.h>

typedef struct kith_pair_header {
    kith_tie_kind kind;      /* unless a column says otherwise */
    kith_node_kind from, to; /* what the ends of that kind are */
    bool labelled;           /* ends are labels of a graph file; else names of people and firms */
    int sure;                /* for a probe */
    int column[KITH_ROLES];
} kith_pair_header;

/** What the two ends of a tie of this kind are. */
void kith_pair_ends_of(kith_tie_kind kind, kith_node_kind *from, kith_node_kind *to);

/** Reads a header by its words. @return false when no two columns are a pair */
bool kith_pair_header_read(const kith_header *header, kith_pair_header *out);

/**
 * Applies a map such as "Giver=from,Taker=to,Paid=amount" on top.
 * @return KITH_ERR_ARGUMENT for an unknown role, a column that is not there, or a pair that is still not whole
 */
kith_status kith_pair_header_map(const kith_header *header, const char *map, kith_source *source,
                                 kith_pair_header *out, kith_error *err);

#endif
