/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resample.h - how far a rank depends on a few facts: the ranking again and again without a tenth
 * of them.
 *
 * Resample i drops exactly a tenth (rounded, at least one) of the facts a network is made of, drawn
 * from stream i of the seed; everybody stays in the network. The ranges are no confidence
 * intervals: they answer "would the list be the same if some records had been missing".
 */
#ifndef KITH_MEASURES_RESAMPLE_H
#define KITH_MEASURES_RESAMPLE_H

#include "measures/centrality.h"

typedef struct kith_resample {
    int64_t done;        /* resamples made: 0 when the work is out of proportion */
    int64_t *low, *high; /* by person ranked: 5th and 95th centile rank */
    double *
        top5; /* in how many they are among the first five; equals share what is left of the five places */
} kith_resample;

typedef struct kith_resample_plan {
    const kith_graph *graph;
    const kith_network_options *picked;
    const kith_centrality *measure;
    bool weighted;
    const int64_t *ranked; /* vertices that are ranked */
    const double *score; /* of the whole network, by vertex: who has NaN here is ranked last in all
                            resamples */
    int64_t n, wanted, seed;
    kith_work *work; /* may be NULL */
} kith_resample_plan;

/** How many resamples fit into the work that is allowed: all that are wanted, fewer, or 0 below 20.
 */
int64_t kith_resample_affordable(const kith_resample_plan *plan, const kith_network *network);

/**
 * Ranks on resamples.
 * @param network  the whole network: its size decides how many resamples are made
 * @param out      yours; kith_resample_free()
 * @return KITH_ERR_CANCELLED when asked to stop; whatever the measure returns
 */
kith_status kith_resample_ranks(const kith_resample_plan *plan, const kith_network *network,
                                kith_resample **out, kith_error *err);
void kith_resample_free(kith_resample *resample);

#endif
