/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * triangles.h - what each tie has in common at its ends, in one sweep over the triangles.
 *
 * Clustering, constraint, effective size and embeddedness all ask of a tie x - y: over the contacts z of both, what do
 * x - z and z - y weigh? Three sums by tie answer all of them.
 */
#ifndef KITH_MEASURES_TRIANGLES_H
#define KITH_MEASURES_TRIANGLES_H

#include "measures/work.h"
#include "model/network.h"

typedef struct kith_triangles {
    uint32_t *common; /* by edge: how many contacts both ends have; its embeddedness */
    double *
        product; /* by edge: sum over them of w(x, z) w(z, y); NULL without weights, for it is `common` then */
    double *passed;    /* by edge: the same, each divided by the strength of z */
    double *strength;  /* by vertex: sum of weights */
    double *strongest; /* by vertex: the largest weight */
    int64_t *degree;   /* by vertex */
} kith_triangles;

/**
 * Sweeps an undirected network without loops and repeats.
 * @param weighted  false: every tie weighs 1
 * @param out       yours; kith_triangles_free()
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(m sqrt(m)): each triangle is met twice, from the vertex of fewest ties
 * and from the middle one (Latapy 2008, doi:10.1016/j.tcs.2008.07.017), so that every sum belongs to one thread
 */
kith_status kith_triangles_new(const kith_network *network, bool weighted, kith_work *work,
                               kith_triangles **out, kith_error *err);
void kith_triangles_free(kith_triangles *triangles);

/** Share of pairs of contacts who have a tie; 0 below two contacts. @param out  n long */
void kith_triangles_clustering(const kith_triangles *t, const kith_network *network, double *out);

/** Burt's constraint: sum over contacts y of ((w(x, y) + passed(x, y)) / strength(x))^2; NaN for who has none. */
void kith_triangles_constraint(const kith_triangles *t, const kith_network *network, bool weighted,
                               double *out);

/**
 * Burt's effective size: contacts, less what they have in common: for each contact y the sum over common z of
 * w(x, z) / strength(x) * w(y, z) / strongest(y). Without weights that is degree - 2 ties among contacts / degree.
 */
void kith_triangles_effective_size(const kith_triangles *t, const kith_network *network,
                                   double *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_triangles, kith_triangles_free)

#endif
