/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spectrum.c - restarted Lanczos. */
#include "measures/spectrum.h"
#include "base/base.h"
#include "measures/gsl.h"
#include <math.h>
#include <string.h>

#define STEPS 24
#define RESTARTS 1000
#define PRECISION 1e-13
#define SAME 1e-12 /* eigenvalues that only rounding tells apart */

struct lanczos {
    const kith_matrix *matrix;
    kith_work *work;
    int64_t n;
    int steps;     /* basis vectors in use */
    double *basis; /* STEPS + 1 vectors of n */
    double diagonal[STEPS], beside[STEPS];
};

static double
dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;

    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void
subtract(double *a, double share, const double *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        a[i] -= share * b[i];
}

static double
make_unit(double *a, int64_t n)
{
    double length = sqrt(dot(a, a, n));

    for (int64_t i = 0; length > 0 && i < n; i++)
        a[i] /= length;
    return length;
}

/* Extends the basis from its first vector until STEPS or until nothing new comes. @return false on overflow */
static bool
extend(struct lanczos *l)
{
    double scale = 0;

    for (l->steps = 0; l->steps < STEPS && kith_work_step(l->work, 1);) {
        int j = l->steps++;
        double *next = l->basis + (j + 1) * l->n;

        l->matrix->multiply(l->matrix->data, l->basis + j * l->n, next);
        l->diagonal[j] = dot(next, l->basis + j * l->n, l->n);
        for (int again = 0; again < 2; again++)
            for (int k = 0; k <= j; k++)
                subtract(next, dot(next, l->basis + k * l->n, l->n), l->basis + k * l->n, l->n);
        l->beside[j] = make_unit(next, l->n);
        if (!isfinite(l->diagonal[j]) || !isfinite(l->beside[j]))
            return false;
        scale = MAX(scale, fabs(l->diagonal[j]) + l->beside[j]);
        if (l->beside[j] <= 1e-14 * scale) {
            l->beside[j] = 0;
            break;
        }
    }
    return true;
}

/* What the small problem is solved with; all of it freed together, NULLs included. */
struct small {
    gsl_matrix *matrix, *vectors;
    gsl_vector *values;
    gsl_eigen_symmv_workspace *work;
};

static void
small_clear(struct small *s)
{
    gsl_eigen_symmv_free(s->work);
    gsl_vector_free(s->values);
    gsl_matrix_free(s->matrix);
    gsl_matrix_free(s->vectors);
}

static kith_status
small_init(struct small *s, size_t k, kith_error *err)
{
    s->matrix = gsl_matrix_calloc(k, k);
    s->vectors = gsl_matrix_alloc(k, k);
    s->values = gsl_vector_alloc(k);
    s->work = gsl_eigen_symmv_alloc(k);
    if (!s->matrix || !s->vectors || !s->values || !s->work)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %zu eigenvectors", k);
    return KITH_OK;
}

static void
fill_small(const struct lanczos *l, gsl_matrix *matrix)
{
    for (size_t i = 0; i < (size_t)l->steps; i++) {
        gsl_matrix_set(matrix, i, i, l->diagonal[i]);
        if (i + 1 < (size_t)l->steps) {
            gsl_matrix_set(matrix, i, i + 1, l->beside[i]);
            gsl_matrix_set(matrix, i + 1, i, l->beside[i]);
        }
    }
}

/* What all vectors of the largest eigenvalue have of the first one of the basis, of length 1. */
static void
project_first(const struct small *s, size_t k, double coordinate[STEPS])
{
    double largest = gsl_vector_get(s->values, 0), length;

    memset(coordinate, 0, STEPS * sizeof *coordinate);
    for (size_t v = 0; v < k && largest - gsl_vector_get(s->values, v) <= SAME * fabs(largest); v++)
        for (size_t i = 0; i < k; i++)
            coordinate[i] += gsl_matrix_get(s->vectors, 0, v) * gsl_matrix_get(s->vectors, i, v);
    length = sqrt(dot(coordinate, coordinate, (int64_t)k));
    for (size_t i = 0; i < k; i++)
        coordinate[i] = length > 0 ? coordinate[i] / length : gsl_matrix_get(s->vectors, i, 0);
}

/* The largest eigenvalue of the small tridiagonal matrix, and its vector's coordinates in the basis. */
static kith_status
solve_small(const struct lanczos *l, double *largest, double coordinate[STEPS], kith_error *err)
{
    size_t k = (size_t)l->steps;
    __attribute__((cleanup(small_clear))) struct small s = {0};
    GSL_SCOPE();

    TRY(small_init(&s, k, err));
    fill_small(l, s.matrix);
    TRY_GSL(gsl_eigen_symmv(s.matrix, s.values, s.vectors, s.work));
    TRY_GSL(gsl_eigen_symmv_sort(s.values, s.vectors, GSL_EIGEN_SORT_VAL_DESC));
    *largest = gsl_vector_get(s.values, 0);
    project_first(&s, k, coordinate);
    return KITH_OK;
}

static void
combine(const struct lanczos *l, const double coordinate[STEPS], double *vector)
{
    memset(vector, 0, (size_t)l->n * sizeof *vector);
    for (int k = 0; k < l->steps; k++)
        subtract(vector, -coordinate[k], l->basis + k * l->n, l->n);
    make_unit(vector, l->n);
}

kith_status
kith_spectrum_leading(const kith_matrix *matrix, kith_work *work, double *eigenvalue,
                      double *vector, kith_error *err)
{
    int64_t n = matrix->n;
    g_autofree double *basis = g_try_new(double, (STEPS + 1) * (gsize)n + 1);
    struct lanczos l = {.matrix = matrix, .work = work, .n = n, .basis = basis};
    double coordinate[STEPS];

    if (!basis)
        return kith_fail(err, KITH_ERR_NO_MEMORY,
                         "no memory for the eigenvector of %" G_GINT64_FORMAT " people", n);
    kith_work_begin(work, 3 * STEPS);
    make_unit(vector, n);
    for (int i = 0; i < RESTARTS; i++) {
        memcpy(basis, vector, (size_t)n * sizeof *basis);
        if (!extend(&l))
            return kith_fail(err, KITH_ERR_NUMERIC, "the eigenvector leaves the range of numbers");
        TRY(kith_work_end(work, err));
        TRY(solve_small(&l, eigenvalue, coordinate, err));
        combine(&l, coordinate, vector);
        if (l.beside[l.steps - 1] * fabs(coordinate[l.steps - 1]) <= PRECISION * fabs(*eigenvalue))
            return KITH_OK;
    }
    return kith_fail(err, KITH_ERR_NUMERIC, "the eigenvector did not settle in %d rounds",
                     RESTARTS);
}
