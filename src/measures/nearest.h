/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nearest.h - from one vertex to all others by length, nearest first: Dijkstra with a heap of four.
 *
 * Dijkstra 1959, doi:10.1007/BF01386390. One room serves many sources; what one search leaves is cleared by the next, in
 * time proportional to what it touched.
 */
#ifndef KITH_MEASURES_NEAREST_H
#define KITH_MEASURES_NEAREST_H

#include "measures/rounds.h"
#include "model/csr.h"

typedef struct kith_nearest {
    double *distance; /* by vertex; INFINITY out of reach */
    uint32_t *order;  /* those within reach, nearest first, the source foremost */
    int64_t reached;
    uint32_t *heap, *place; /* private */
    int64_t waiting;
} kith_nearest;

/** Takes room for n vertices from a shelf. @param nearest  all zeros */
void kith_nearest_furnish(kith_nearest *nearest, int64_t n, kith_shelf *shelf);

/**
 * Searches from a vertex. Equal distances come in one order on every run.
 * @param lengths  rows out, their weights the lengths of arcs, > 0
 * @return false when asked to stop. O((arcs + n) log n) within reach
 */
bool kith_nearest_from(kith_nearest *nearest, const kith_csr *lengths, uint32_t source,
                       kith_work *work);

#endif
