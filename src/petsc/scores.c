/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scores.c - which matrix each measure multiplies by; SLEPc for what is an eigenvector. */
#include "petsc/scores.h"
#include <slepceps.h>

#define DAMPING 0.85
#define KATZ_SHARE 0.85
#define SMALL 1e-13 /* of a sweep's change, in all */
#define MOST_SWEEPS 5000

static PetscErrorCode
scale_to_one(Vec x)
{
    PetscReal most;

    PetscFunctionBeginUser;
    PetscCall(VecAbs(x));
    PetscCall(VecMax(x, NULL, &most));
    if (most > 0)
        PetscCall(VecScale(x, 1 / most));
    PetscFunctionReturn(0);
}

/* x = next, and how far they were apart. */
static PetscErrorCode
take_over(Vec x, Vec next, PetscReal *change)
{
    PetscFunctionBeginUser;
    PetscCall(VecAXPY(x, -1, next));
    PetscCall(VecNorm(x, NORM_1, change));
    PetscCall(VecCopy(next, x));
    PetscFunctionReturn(0);
}

/* 1 / ties out; 0 where there is none, which `idle` marks with 1. */
static PetscErrorCode
count_out(Mat ties, Vec share, Vec idle)
{
    PetscScalar *out, *none;
    PetscInt n;

    PetscFunctionBeginUser;
    PetscCall(MatGetRowSum(ties, share));
    PetscCall(VecGetLocalSize(share, &n));
    PetscCall(VecGetArray(share, &out));
    PetscCall(VecGetArray(idle, &none));
    for (PetscInt i = 0; i < n; i++) {
        none[i] = out[i] == 0;
        out[i] = out[i] == 0 ? 0 : 1 / out[i];
    }
    PetscCall(VecRestoreArray(share, &out));
    PetscCall(VecRestoreArray(idle, &none));
    PetscFunctionReturn(0);
}

PetscErrorCode
score_pagerank(Mat ties, Vec x)
{
    Vec share, idle, flow, next;
    PetscReal change = 1;
    PetscScalar jump;
    PetscInt n;

    PetscFunctionBeginUser;
    PetscCall(VecDuplicate(x, &share));
    PetscCall(VecDuplicate(x, &idle));
    PetscCall(VecDuplicate(x, &flow));
    PetscCall(VecDuplicate(x, &next));
    PetscCall(count_out(ties, share, idle));
    PetscCall(VecGetSize(x, &n));
    PetscCall(VecSet(x, 1 / (PetscReal)n));
    for (int i = 0; i < MOST_SWEEPS && change > SMALL; i++) {
        PetscCall(VecDot(x, idle, &jump));
        PetscCall(VecPointwiseMult(flow, x, share));
        PetscCall(MatMultTranspose(ties, flow, next));
        PetscCall(VecScale(next, DAMPING));
        PetscCall(VecShift(next, (DAMPING * jump + 1 - DAMPING) / (PetscReal)n));
        PetscCall(take_over(x, next, &change));
    }
    PetscCall(VecSum(x, &jump));
    PetscCall(VecScale(x, 1 / jump));
    PetscCall(VecDestroy(&share));
    PetscCall(VecDestroy(&idle));
    PetscCall(VecDestroy(&flow));
    PetscCall(VecDestroy(&next));
    PetscFunctionReturn(0);
}

/* Of a symmetric matrix. @param vector  where to start, and the answer */
static PetscErrorCode
leading(Mat symmetric, PetscReal *eigenvalue, Vec vector)
{
    PetscScalar value = 0;
    PetscReal norm;
    EPS solver;
    PetscInt found;

    PetscFunctionBeginUser;
    *eigenvalue = 0;
    PetscCall(VecNorm(vector, NORM_2, &norm));
    if (norm == 0)
        PetscFunctionReturn(0);
    PetscCall(EPSCreate(PETSC_COMM_WORLD, &solver));
    PetscCall(EPSSetOperators(solver, symmetric, NULL));
    PetscCall(EPSSetProblemType(solver, EPS_HEP));
    PetscCall(EPSSetWhichEigenpairs(solver, EPS_LARGEST_REAL));
    PetscCall(EPSSetDimensions(solver, 1, PETSC_DEFAULT, PETSC_DEFAULT));
    PetscCall(EPSSetTolerances(solver, 1e-13, MOST_SWEEPS));
    PetscCall(EPSSetInitialSpace(solver, 1, &vector));
    PetscCall(EPSSolve(solver));
    PetscCall(EPSGetConverged(solver, &found));
    PetscCheck(found > 0, PETSC_COMM_WORLD, PETSC_ERR_NOT_CONVERGED, "no eigenvector was found");
    PetscCall(EPSGetEigenpair(solver, 0, &value, NULL, vector, NULL));
    PetscCall(EPSDestroy(&solver));
    *eigenvalue = PetscRealPart(value);
    PetscFunctionReturn(0);
}

static PetscErrorCode
leading_of_collapse(Mat ties, PetscReal *eigenvalue, Vec vector)
{
    Mat both;

    PetscFunctionBeginUser;
    PetscCall(matrix_collapse(ties, &both));
    PetscCall(MatGetRowSum(both, vector));
    PetscCall(leading(both, eigenvalue, vector));
    PetscCall(MatDestroy(&both));
    PetscFunctionReturn(0);
}

PetscErrorCode
score_eigenvector(Mat ties, Vec out)
{
    PetscReal eigenvalue;

    PetscFunctionBeginUser;
    PetscCall(leading_of_collapse(ties, &eigenvalue, out));
    PetscCall(scale_to_one(out));
    PetscFunctionReturn(0);
}

PetscErrorCode
score_katz(Mat ties, Vec x)
{
    PetscReal eigenvalue, change = 1, size = 1;
    Vec next;

    PetscFunctionBeginUser;
    PetscCall(leading_of_collapse(ties, &eigenvalue, x));
    PetscCall(VecDuplicate(x, &next));
    PetscCall(VecSet(x, 1));
    for (int i = 0; i < MOST_SWEEPS && eigenvalue > 0 && change > SMALL * size; i++) {
        PetscCall(MatMultTranspose(ties, x, next));
        PetscCall(VecScale(next, KATZ_SHARE / eigenvalue));
        PetscCall(VecShift(next, 1));
        PetscCall(take_over(x, next, &change));
        PetscCall(VecNorm(x, NORM_1, &size));
    }
    PetscCall(VecDestroy(&next));
    PetscCall(scale_to_one(x));
    PetscFunctionReturn(0);
}

/* Starts from the ties in, where Kleinberg's rounds from equal hubs come to first. */
static PetscErrorCode
authorities(Mat ties, Vec x)
{
    PetscReal eigenvalue;
    Vec ones;
    Mat back;

    PetscFunctionBeginUser;
    PetscCall(VecDuplicate(x, &ones));
    PetscCall(VecSet(ones, 1));
    PetscCall(MatMultTranspose(ties, ones, x));
    PetscCall(MatCreateNormal(ties, &back)); /* A' A, never formed */
    PetscCall(leading(back, &eigenvalue, x));
    PetscCall(MatDestroy(&back));
    PetscCall(VecDestroy(&ones));
    PetscFunctionReturn(0);
}

PetscErrorCode
score_authority(Mat ties, Vec out)
{
    PetscFunctionBeginUser;
    PetscCall(authorities(ties, out));
    PetscCall(scale_to_one(out));
    PetscFunctionReturn(0);
}

PetscErrorCode
score_hub(Mat ties, Vec out)
{
    Vec authority;

    PetscFunctionBeginUser;
    PetscCall(VecDuplicate(out, &authority));
    PetscCall(authorities(ties, authority));
    PetscCall(MatMult(ties, authority, out));
    PetscCall(VecDestroy(&authority));
    PetscCall(scale_to_one(out));
    PetscFunctionReturn(0);
}
