/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sample.h - betweenness from some sources, with its standard error, where all of them are too many.
 *
 * Sources are drawn without repeats, in batches of the same size; the estimate is the mean of the batches', scaled to all
 * sources, and the error what the batches differ by. Brandes & Pich 2007, doi:10.1142/S0218127407018403.
 */
#ifndef KITH_MEASURES_SAMPLE_H
#define KITH_MEASURES_SAMPLE_H

#include "measures/brandes.h"

enum { KITH_SAMPLE_BATCHES = 8, KITH_SAMPLE_SOURCES = 256 };

/**
 * Estimates the betweenness of everybody in an undirected network: each pair once, without its ends, not normalised.
 * @param score, error  n long, filled; exact, and errors 0, when there are no more vertices than sources
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(KITH_SAMPLE_SOURCES * arcs)
 */
kith_status kith_betweenness_sample(const kith_csr *rows, uint64_t seed, kith_work *work,
                                    double *score, double *error, kith_error *err);

#endif
