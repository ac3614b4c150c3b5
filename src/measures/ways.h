/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ways.h - through which channel to reach somebody who did not forbid it, and whom to ask at a firm.
 *
 * A one-to-one call or mail is allowed unless the person took their permission for that channel back or the address
 * bounced; mailings and matching need more (consent.h). A firm is reached through the person working there who is warmest
 * to the owner of the files, else the first by name, else by its own address.
 */
#ifndef KITH_MEASURES_WAYS_H
#define KITH_MEASURES_WAYS_H

#include "measures/ties.h"
#include <glib.h>
#include <kith/answer.h>
#include <kith/table.h>

typedef struct kith_ways {
    const kith_graph *graph;
    const kith_warm_network *net; /**< borrowed; NULL: nobody is warm */
    uint8_t *refused;             /**< by node: bits of channels */
    bool recorded;                /**< whether anybody's permission is recorded, either way */
    int64_t *first;               /**< organisation -> its people; nodes + 1 long */
    int32_t *person;              /**< who works there now, ascending for each */
} kith_ways;

/** @param net may be NULL @return yours; kith_ways_free() */
kith_ways *kith_ways_new(const kith_graph *graph, const kith_warm_network *net);
void kith_ways_free(kith_ways *ways);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_ways, kith_ways_free)

/** "phone +44…", "email …" or a profile link, the first that is not forbidden; NULL for none. @return yours */
char *kith_way_to(const kith_ways *ways, kith_node who);

/** Says what is assumed where nobody's permission is recorded; nothing where some is. */
void kith_ways_assume(const kith_ways *ways, kith_answer *out);

/** Whom to ask about a node: a person is asked themselves; -1 when nobody is known at a firm. */
kith_node kith_way_contact(const kith_ways *ways, kith_node about);

/** The one organisation somebody works at, -1 for none or several. */
kith_node kith_way_employer(const kith_graph *graph, kith_node who);

/** Sets the cells of whom to ask and through what, the columns side by side. */
void kith_way_tell(const kith_ways *ways, kith_node about, kith_table *table, int column);

#endif
