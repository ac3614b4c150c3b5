/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gsl.c - GSL's codes in our words. */
#include "measures/gsl.h"
#include <string.h>

KITH_DOOR_TABLE(kith_gsl, struct kith_gsl_functions, KITH_LIBRARY_GSL, KITH_GSL_FUNCTIONS)

void
kith_gsl_leave(gsl_error_handler_t **before)
{
    gsl_set_error_handler(*before);
}

kith_status
kith_gsl_status(int code, const char *call, kith_error *err)
{
    kith_status status = code == GSL_ENOMEM                          ? KITH_ERR_NO_MEMORY
                         : code == GSL_EINVAL || code == GSL_EBADLEN ? KITH_ERR_ARGUMENT
                                                                     : KITH_ERR_NUMERIC;

    if (code == GSL_SUCCESS)
        return KITH_OK;
    return kith_fail(err, status, "%.*s: %s", (int)strcspn(call, "("), call, gsl_strerror(code));
}
