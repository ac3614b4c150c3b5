/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matrix.c - a packed file's slice for each process. */
#include "petsc/scores.h"
#include <stdlib.h>

#define AT_ONCE 65536 /* ties read at a time */

struct entries {
    PetscInt *row, *column;
    int64_t n, room;
};

static bool
add(struct entries *e, uint64_t from, uint64_t to)
{
    if (e->n && e->row[e->n - 1] == (PetscInt)from && e->column[e->n - 1] == (PetscInt)to)
        return true; /* told once already: the file is sorted */
    if (e->n == e->room) {
        int64_t room = 2 * e->room + AT_ONCE;
        PetscInt *row = realloc(e->row, (size_t)room * sizeof *row);
        PetscInt *column = row ? realloc(e->column, (size_t)room * sizeof *column) : NULL;

        if (row)
            e->row = row;
        if (!row || !column)
            return false;
        e->column = column;
        e->room = room;
    }
    e->row[e->n] = (PetscInt)from;
    e->column[e->n++] = (PetscInt)to;
    return true;
}

static kith_status
read_slice(const kith_packed *packed, int64_t first, int64_t end, struct entries *e,
           kith_error *err)
{
    uint64_t *ends = malloc(2 * AT_ONCE * sizeof *ends);
    kith_status status = ends ? KITH_OK : kith_fail(err, KITH_ERR_NO_MEMORY, "no memory");

    for (int64_t n; status == KITH_OK && first < end; first += n) {
        n = end - first < AT_ONCE ? end - first : AT_ONCE;
        status = kith_packed_read(packed, first, n, ends, NULL, err);
        for (int64_t i = 0; status == KITH_OK && i < n; i++)
            if (ends[2 * i] != ends[2 * i + 1] && !add(e, ends[2 * i], ends[2 * i + 1]))
                status = kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a slice of the ties");
    }
    free(ends);
    return status;
}

static PetscErrorCode
assemble(PetscInt rows, PetscInt n, const struct entries *e, Mat *out)
{
    PetscScalar *ones;

    PetscFunctionBeginUser;
    PetscCall(PetscMalloc1(e->n + 1, &ones));
    for (int64_t i = 0; i < e->n; i++)
        ones[i] = 1;
    PetscCall(MatCreate(PETSC_COMM_WORLD, out));
    PetscCall(MatSetType(*out, MATAIJ));
    PetscCall(MatSetSizes(*out, rows, rows, n, n));
    PetscCall(MatSetPreallocationCOO(*out, e->n, e->row, e->column));
    PetscCall(MatSetValuesCOO(*out, ones, INSERT_VALUES));
    PetscCall(PetscFree(ones));
    PetscFunctionReturn(0);
}

kith_status
matrix_read(const kith_packed *packed, Mat *out, kith_error *err)
{
    struct entries e = {0};
    int64_t nodes = kith_packed_nodes(packed), first, end;
    PetscInt rows = PETSC_DECIDE, n = (PetscInt)nodes, low = 0;
    kith_status status;

    if (nodes > PETSC_MAX_INT)
        return kith_fail(err, KITH_ERR_LIMIT,
                         "more nodes than this PETSc can number (a 64-bit one is needed)");
    PetscSplitOwnership(PETSC_COMM_WORLD, &rows, &n);
    MPI_Scan(&rows, &low, 1, MPIU_INT, MPI_SUM, PETSC_COMM_WORLD);
    low -= rows;
    status = kith_packed_first(packed, low, &first, err);
    if (status == KITH_OK)
        status = kith_packed_first(packed, (int64_t)low + rows, &end, err);
    if (status == KITH_OK)
        status = read_slice(packed, first, end, &e, err);
    if (status == KITH_OK && e.n > PETSC_MAX_INT)
        status = kith_fail(err, KITH_ERR_LIMIT,
                           "more ties in one process than this PETSc can number: use more");
    if (status == KITH_OK && assemble(rows, n, &e, out) != 0)
        status = kith_fail(err, KITH_ERR_INTERNAL, "PETSc could not make the matrix");
    free(e.row);
    free(e.column);
    return status;
}

/* The stored values of one block. */
static PetscErrorCode
set_ones(Mat block)
{
    PetscScalar *value;
    MatInfo info;

    PetscFunctionBeginUser;
    PetscCall(MatGetInfo(block, MAT_LOCAL, &info));
    PetscCall(MatSeqAIJGetArray(block, &value));
    for (PetscInt i = 0; i < (PetscInt)info.nz_used; i++)
        value[i] = 1;
    PetscCall(MatSeqAIJRestoreArray(block, &value));
    PetscFunctionReturn(0);
}

PetscErrorCode
matrix_collapse(Mat ties, Mat *out)
{
    PetscBool whole;
    Mat near, far;

    PetscFunctionBeginUser;
    PetscCall(MatTranspose(ties, MAT_INITIAL_MATRIX, out));
    PetscCall(MatAXPY(*out, 1, ties, DIFFERENT_NONZERO_PATTERN));
    PetscCall(PetscObjectTypeCompare((PetscObject)*out, MATSEQAIJ, &whole));
    if (whole) {
        PetscCall(set_ones(*out));
    } else {
        PetscCall(MatMPIAIJGetSeqAIJ(*out, &near, &far, NULL));
        PetscCall(set_ones(near));
        PetscCall(set_ones(far));
    }
    PetscFunctionReturn(0);
}
