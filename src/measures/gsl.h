/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gsl.h - the door to GSL: no handler of its own while we are in it, and failures come home as errors.
 *
 *     GSL_SCOPE();                                the host's handler is off until the block ends
 *     TRY_GSL(gsl_eigen_symmv(m, values, …));     a failure becomes "gsl_eigen_symmv: …"
 */
#ifndef KITH_MEASURES_GSL_H
#define KITH_MEASURES_GSL_H

#include <gsl/gsl_errno.h>
#include <kith/error.h>

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
