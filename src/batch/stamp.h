/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stamp.h - whether the tables in a batch's folder are still those of its plan and segments.
 *
 * A stamp is a hash over kith's version, the bytes of plan.json, the name and size of every segment, and the size, time of
 * change and inode of every table. Segments only ever grow, so one of the same size is the same.
 */
#ifndef KITH_BATCH_STAMP_H
#define KITH_BATCH_STAMP_H

#include "batch/plan.h"

bool kith_stamp_holds(const kith_plan *plan);
/** Stamps the folder; where that fails, tables are just written again. */
void kith_stamp_set(const kith_plan *plan);

#endif
