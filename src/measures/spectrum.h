/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spectrum.h - the largest eigenvalue of a symmetric matrix and its vector, the same on every run.
 *
 * Lanczos with full reorthogonalisation, restarted from the best vector so far; it never starts from a random vector, and
 * adds in one order. Lanczos 1950, doi:10.6028/jres.045.026.
 */
#ifndef KITH_MEASURES_SPECTRUM_H
#define KITH_MEASURES_SPECTRUM_H

#include "measures/work.h"

/* A symmetric matrix, known by what it makes of a vector. */
typedef struct kith_matrix {
    int64_t n;
    void (*multiply)(const void *data, const double *x, double *out);
    const void *data;
} kith_matrix;

/**
 * The leading eigenpair.
 * @param vector  n long: where to start, not at right angles to the answer; becomes the eigenvector, of length 1. When
 * several belong to the eigenvalue, it is what they have of the start
 * @return KITH_ERR_NUMERIC when it does not settle, KITH_ERR_NO_MEMORY, KITH_ERR_CANCELLED. One product a step
 */
kith_status kith_spectrum_leading(const kith_matrix *matrix, kith_work *work, double *eigenvalue,
                                  double *vector, kith_error *err);

#endif
