/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tellings.h - ties of a graph as ways for word to go, each with its chance.
 *
 * Word goes along a tie with a direction, both ways over one without. Somebody who follows another hears
 * from them, so it goes against ties when all of them are `follows`. Several facts between two people are one
 * way: it fails when all of them fail.
 */
#ifndef KITH_MEASURES_TELLINGS_H
#define KITH_MEASURES_TELLINGS_H

#include "measures/cascade.h"
#include "model/network.h"

typedef struct kith_tellings_options {
    const char *ties; /* comma list of kinds, NULL: all */
    const char
        *probability; /* a number, weighted-cascade, warmth, weight, or a column of the ties */
    const char *flow; /* auto, along, against, both */
    bool weighted;    /* a number p is the chance of each unit of weight */
} kith_tellings_options;

typedef struct kith_tellings {
    kith_network *network;
    GArray *arc; /* kith_cascade_arc, sorted by (from, to), p > 0 */
    kith_csr *
        rows; /* who hears -> who tells: instead of arc, when all who tell somebody have one chance */
    float *chance;      /* with rows, by who hears */
    bool against;       /* the ties' direction was turned */
    int64_t unlabelled; /* ties without a value in the column asked for */
} kith_tellings;

/**
 * Reads them.
 * @return KITH_ERR_ARGUMENT for a probability outside 0 - 1 or an unknown word, KITH_ERR_NOT_FOUND when there are no
 * people, no ties, or none with a value in that column
 */
kith_status kith_tellings_read(const kith_graph *graph, const kith_tellings_options *options,
                               kith_tellings *out, kith_error *err);
void kith_tellings_clear(kith_tellings *tellings);

/** As a cascade, every chance times a factor (at most 1). @param out yours */
kith_status kith_tellings_cascade(const kith_tellings *tellings, kith_cascade_model model,
                                  double factor, kith_cascade **out, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_tellings, kith_tellings_clear)

#endif
