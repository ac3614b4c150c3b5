/* SPDX-License-Identifier: GPL-3.0-or-later */
/* condor.h - a batch told to HTCondor. */
#ifndef KITH_BATCH_CONDOR_H
#define KITH_BATCH_CONDOR_H

#include "batch/plan.h"

/** Writes what condor_submit reads. @return KITH_ERR_ARGUMENT for a path that cannot be written there */
kith_status kith_condor_write(const kith_plan *plan, const char *program, int64_t shards,
                              kith_sink *sink, kith_error *err);

#endif
