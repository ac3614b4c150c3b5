/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slurm.h - a batch as a Slurm job array: one array task a shard, and a collector that waits for all of them.
 *
 * Inside a shard runs the same crew as on one machine, with its own clock, limits and record of results; Slurm's states are
 * only hints. A shard that is told to end (TERM a minute before its time is up) finishes what it is at; what is missing
 * then is submitted again by `kith batch retry`.
 */
#ifndef KITH_BATCH_SLURM_H
#define KITH_BATCH_SLURM_H

#include "batch/plan.h"
#include <kith/answer.h>

/** Submits. @param out table "jobs", yours @return KITH_ERR_IO with sbatch's words, or when there is none */
kith_status kith_slurm_submit(const kith_plan *plan, int64_t shards, const char *program,
                              bool again, kith_answer **out, kith_error *err);

/** Notes on an answer what the queue says of the jobs of this batch, where it says something. */
void kith_slurm_note(const kith_plan *plan, kith_answer *answer);

#endif
