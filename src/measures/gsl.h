/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gsl.h - the door to GSL: no handler of its own while we are in it, and failures come home as errors.
 *
 *     GSL_SCOPE();                                the host's handler is off until the block ends
 *     TRY_GSL(gsl_eigen_symmv(m, values, …));     a failure becomes "gsl_eigen_symmv: …"
 */
#ifndef KITH_MEASURES_GSL_H
#define KITH_MEASURES_GSL_H

#include "base/door.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <kith/error.h>

/* All that is asked of GSL, which is opened when one of them is called (base/door.h); each goes by its own name in the code. */
#define KITH_GSL_FUNCTIONS(F)                                                                      \
    F(gsl_cdf_chisq_Pinv)                                                                          \
    F(gsl_cdf_hypergeometric_Q)                                                                    \
    F(gsl_cdf_tdist_Pinv)                                                                          \
    F(gsl_cdf_ugaussian_Pinv)                                                                      \
    F(gsl_eigen_symmv)                                                                             \
    F(gsl_eigen_symmv_alloc)                                                                       \
    F(gsl_eigen_symmv_free)                                                                        \
    F(gsl_eigen_symmv_sort)                                                                        \
    F(gsl_linalg_cholesky_decomp1)                                                                 \
    F(gsl_linalg_cholesky_solve)                                                                   \
    F(gsl_matrix_alloc)                                                                            \
    F(gsl_matrix_calloc)                                                                           \
    F(gsl_matrix_free)                                                                             \
    F(gsl_matrix_get)                                                                              \
    F(gsl_matrix_set)                                                                              \
    F(gsl_matrix_view_array)                                                                       \
    F(gsl_set_error_handler)                                                                       \
    F(gsl_set_error_handler_off)                                                                   \
    F(gsl_sort)                                                                                    \
    F(gsl_stats_mean)                                                                              \
    F(gsl_stats_quantile_from_sorted_data)                                                         \
    F(gsl_stats_sd)                                                                                \
    F(gsl_stats_sd_m)                                                                              \
    F(gsl_stats_variance_m)                                                                        \
    F(gsl_strerror)                                                                                \
    F(gsl_vector_alloc)                                                                            \
    F(gsl_vector_free)                                                                             \
    F(gsl_vector_get)                                                                              \
    F(gsl_vector_view_array)

struct kith_gsl_functions {
    KITH_GSL_FUNCTIONS(KITH_DOOR_MEMBER)
};

const struct kith_gsl_functions *kith_gsl(void);

#define gsl_cdf_chisq_Pinv kith_gsl()->gsl_cdf_chisq_Pinv
#define gsl_cdf_hypergeometric_Q kith_gsl()->gsl_cdf_hypergeometric_Q
#define gsl_cdf_tdist_Pinv kith_gsl()->gsl_cdf_tdist_Pinv
#define gsl_cdf_ugaussian_Pinv kith_gsl()->gsl_cdf_ugaussian_Pinv
#define gsl_eigen_symmv kith_gsl()->gsl_eigen_symmv
#define gsl_eigen_symmv_alloc kith_gsl()->gsl_eigen_symmv_alloc
#define gsl_eigen_symmv_free kith_gsl()->gsl_eigen_symmv_free
#define gsl_eigen_symmv_sort kith_gsl()->gsl_eigen_symmv_sort
#define gsl_linalg_cholesky_decomp1 kith_gsl()->gsl_linalg_cholesky_decomp1
#define gsl_linalg_cholesky_solve kith_gsl()->gsl_linalg_cholesky_solve
#define gsl_matrix_alloc kith_gsl()->gsl_matrix_alloc
#define gsl_matrix_calloc kith_gsl()->gsl_matrix_calloc
#define gsl_matrix_free kith_gsl()->gsl_matrix_free
#define gsl_matrix_get kith_gsl()->gsl_matrix_get
#define gsl_matrix_set kith_gsl()->gsl_matrix_set
#define gsl_matrix_view_array kith_gsl()->gsl_matrix_view_array
#define gsl_set_error_handler kith_gsl()->gsl_set_error_handler
#define gsl_set_error_handler_off kith_gsl()->gsl_set_error_handler_off
#define gsl_sort kith_gsl()->gsl_sort
#define gsl_stats_mean kith_gsl()->gsl_stats_mean
#define gsl_stats_quantile_from_sorted_data kith_gsl()->gsl_stats_quantile_from_sorted_data
#define gsl_stats_sd kith_gsl()->gsl_stats_sd
#define gsl_stats_sd_m kith_gsl()->gsl_stats_sd_m
#define gsl_stats_variance_m kith_gsl()->gsl_stats_variance_m
#define gsl_strerror kith_gsl()->gsl_strerror
#define gsl_vector_alloc kith_gsl()->gsl_vector_alloc
#define gsl_vector_free kith_gsl()->gsl_vector_free
#define gsl_vector_get kith_gsl()->gsl_vector_get
#define gsl_vector_view_array kith_gsl()->gsl_vector_view_array

/* Puts back the handler that stood before. */
void kith_gsl_leave(gsl_error_handler_t **before);

#define GSL_SCOPE()                                                                                \
    __attribute__((cleanup(kith_gsl_leave), unused)) gsl_error_handler_t *gsl_scope_ =             \
        gsl_set_error_handler_off()

/** Turns GSL's code into an error; `call` is the source text, for the function's name. */
kith_status kith_gsl_status(int code, const char *call, kith_error *err);

#define TRY_GSL(call)                                                                              \
    do {                                                                                           \
        kith_status gsl_status_ = kith_gsl_status((call), #call, err);                             \
        if (gsl_status_ != KITH_OK)                                                                \
            return gsl_status_;                                                                    \
    } while (0)

#endif
