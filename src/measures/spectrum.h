/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spectrum.h - the largest eigenvalue of an undirected network and its vector, the same on every
 * run.
 *
 * Lanczos with full reorthogonalisation, restarted from the best vector so far; it starts from
 * degrees, never from a random vector, and adds in one order. Lanczos 1950,
 * doi:10.6028/jres.045.026.
 */
#ifndef KITH_MEASURES_SPECTRUM_H
#define KITH_MEASURES_SPECTRUM_H

#include "model/network.h"

/**
 * The leading eigenpair of the (weighted) adjacency matrix.
 * @param inside   marks the vertices of one component; NULL for all
 * @param vector   n long, filled with the eigenvector, of length 1, 0 outside
 * @return KITH_ERR_NUMERIC when it does not settle, KITH_ERR_NO_MEMORY. O(m) a step
 */
kith_status kith_spectrum_leading(const kith_network *network, bool weighted, const uint8_t *inside,
                                  double *eigenvalue, double *vector, kith_error *err);

#endif
