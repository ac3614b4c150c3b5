/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.h - where to draw each vertex of a network, so that those who are tied are near.
 *
 * Springs pull along ties, and everybody pushes everybody away (Fruchterman & Reingold 1991,
 * doi:10.1002/spe.4380211102; the force model of Hu 2005, Mathematica J. 10:37). The network is
 * halved again and again by joining neighbours, the smallest is laid out from random places, and
 * each larger one starts from the places of the one below. Pushes from afar are taken together in a
 * quadtree (Barnes & Hut 1986, doi:10.1038/324446a0). Disconnected parts are laid out by
 * themselves, turned so that they are wider than high, and packed side by side, the largest first.
 *
 * The same network, options and seed give the same places to the bit, on any number of threads.
 */
#ifndef KITH_MEASURES_LAYOUT_H
#define KITH_MEASURES_LAYOUT_H

#include "model/csr.h"
#include <stdbool.h>

/* What is asked for; {0} is a square of side 1, seed 0 and one thread. */
typedef struct kith_layout_options {
    double width, height;  /* the box to fill, from (0, 0); 0: 1 */
    const uint32_t *group; /* by vertex: ties within a group pull harder; NULL: none */
    int64_t seed, threads;
    /* Told how far the work is, in [0, 1]; returning false asks to stop. May be NULL. */
    bool (*progress)(void *payload, double done);
    void *payload;
} kith_layout_options;

/**
 * Places every vertex inside the box; no two at the same point as long as floats can tell points apart.
 * @param csr  each tie in both rows (KITH_CSR_BOTH of a directed network); weights pull harder when
 *             there are any: the square root of weight / mean weight, between a quarter and four
 * @param xy   x and y of each vertex, 2 n long, filled
 * @return KITH_ERR_ARGUMENT for a box that is not finite and > 0, KITH_ERR_CANCELLED when progress()
 * says stop, KITH_ERR_NO_MEMORY
 * About 100 iterations of O(n log n + arcs), and 30 bytes a vertex, 16 an arc.
 */
kith_status kith_layout(const kith_csr *csr, const kith_layout_options *options, float *xy,
                        kith_error *err);

#endif
