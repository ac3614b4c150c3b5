/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * known.h - contacts up to a moment as a network of people with the warmth of each tie at that moment.
 *
 * A dated row of a plain graph file counts as a message when it has a direction, as a call of two when it has none.
 */
#ifndef KITH_MEASURES_KNOWN_H
#define KITH_MEASURES_KNOWN_H

#include "measures/contacts.h"

typedef struct kith_known {
    int64_t n, arcs; /* each tie in both rows */
    int32_t *node;   /* vertex -> node */
    int32_t *vertex; /* node -> vertex, -1 */
    int64_t *first;
    uint32_t *to;     /* ascending */
    float *warmth;    /* by arc: the mean of both directions */
    double *strength; /* by vertex: its warmths added up */
} kith_known;

/** The contacts [0, n) of a list sorted by time, as of `split`. @param out yours */
void kith_known_build(const kith_graph *graph, const kith_contact *contact, int64_t n,
                      kith_time split, kith_known *out);
void kith_known_clear(kith_known *known);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_known, kith_known_clear)

#endif
