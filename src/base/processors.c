/* SPDX-License-Identifier: GPL-3.0-or-later */
/* processors.c - OpenMP keeps the number, for each thread its own. */
#include "base/processors.h"
#include <glib.h>
#include <omp.h>

#define MOST 1024

void
kith_processors_use(int64_t n)
{
    omp_set_num_threads(n <= 0 ? omp_get_num_procs() : (int)MIN(n, MOST));
}

void
kith_processors_prepare(void)
{
#pragma omp parallel num_threads(1)
    omp_set_num_threads(omp_get_max_threads());
}

bool
kith_processors_spare(void)
{
    return omp_get_max_threads() > 1;
}
