/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scores.h - measures that are linear algebra, over all processes of an MPI job.
 *
 * Row i of the matrix are the ties from node i: 1 where there is one or more, loops left out, as in `kith influencers`.
 * Every process has the rows of a stretch of nodes, and reads those alone from the packed file.
 */
#ifndef KITH_PETSC_SCORES_H
#define KITH_PETSC_SCORES_H

#include <kith/kith.h>
#include <petscmat.h>

/** The ties of a packed file. Collective. @param out yours; MatDestroy() */
kith_status matrix_read(const kith_packed *packed, Mat *out, kith_error *err);
/** Each tie both ways, still 1. Collective. @param out yours */
PetscErrorCode matrix_collapse(Mat ties, Mat *out);

/** Share of attention, damping 0.85, nodes without a tie out jump anywhere; sums to 1. Error below 1e-11 in all. */
PetscErrorCode score_pagerank(Mat ties, Vec out);
/** Leading eigenvector of the collapse, maximum 1. */
PetscErrorCode score_eigenvector(Mat ties, Vec out);
/** x = 1 + a A' x, a = 0.85 / (largest eigenvalue of the collapse); maximum 1. */
PetscErrorCode score_katz(Mat ties, Vec out);
/** Kleinberg's hubs and authorities, maximum 1. */
PetscErrorCode score_hub(Mat ties, Vec out);
PetscErrorCode score_authority(Mat ties, Vec out);

#endif
