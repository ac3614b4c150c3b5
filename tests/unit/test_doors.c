/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_doors.c - GSL's and igraph's failures come home as errors, and their handlers are as they were. */
#include "base/base.h"
#include "measures/gsl.h"
#include "model/ig.h"
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
our_handler(const char *reason, const char *file, int line, int number)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)number;
}

static kith_status
factor(gsl_matrix *m, kith_error *err)
{
    GSL_SCOPE();

    TRY_GSL(gsl_linalg_cholesky_decomp1(m));
    return KITH_OK;
}

static void
a_failure_of_gsl_is_an_error_and_its_handler_is_put_back(void **state)
{
    gsl_matrix *m = gsl_matrix_calloc(2, 2);
    kith_error err = {0};
    gsl_error_handler_t *host = gsl_set_error_handler(our_handler);

    (void)state;
    gsl_matrix_set(m, 0, 0, -1);
    assert_int_equal(factor(m, &err), KITH_ERR_NUMERIC);
    assert_non_null(strstr(err.message, "gsl_linalg_cholesky_decomp1: "));
    assert_ptr_equal(gsl_set_error_handler(host), our_handler);
    gsl_matrix_free(m);
}

static void
igraph_handler(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)code;
}

static kith_status
rank(double damping, kith_error *err)
{
    g_auto(igraph_t) g = {0};
    g_auto(igraph_vector_t) score = {0};
    IG_SCOPE();

    TRY_IG(igraph_empty(&g, 3, IGRAPH_DIRECTED));
    TRY_IG(igraph_vector_init(&score, 0));
    TRY_IG(igraph_pagerank(&g, IGRAPH_PAGERANK_ALGO_PRPACK, &score, NULL, igraph_vss_all(), true,
                           damping, NULL, NULL));
    return KITH_OK;
}

static void
a_failure_of_igraph_is_an_error_and_its_handler_is_put_back(void **state)
{
    kith_error err = {0};
    igraph_error_handler_t *host = igraph_set_error_handler(igraph_handler);

    (void)state;
    assert_int_equal(rank(0.85, &err), KITH_OK);
    assert_int_not_equal(rank(7, &err), KITH_OK);
    assert_non_null(strstr(err.message, "igraph_pagerank: "));
    assert_ptr_equal(igraph_set_error_handler(host), igraph_handler);
    assert_int_equal(rank(0.85, NULL), KITH_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_of_gsl_is_an_error_and_its_handler_is_put_back),
        cmocka_unit_test(a_failure_of_igraph_is_an_error_and_its_handler_is_put_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
