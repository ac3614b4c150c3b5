/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crew.h - a supervised crew of processes, so many at once as there are slots and memory.
 *
 * A process answers a haul: one data set, or, where the plan lets them, small ones one after another, since starting a process
 * can cost more than answering of a small file. Each process leads a group of its own. One that dies, or takes too long over a point, costs that
 * point; another one is started for the rest of its haul. What a process died of behind other data sets is not believed:
 * the point is tried again as the first of a new process, so the classes of failures do not depend on who ran before. The
 * supervisor reads no data and starts no threads, so forking it is safe and cheap.
 */
#ifndef KITH_BATCH_CREW_H
#define KITH_BATCH_CREW_H

#include "batch/haul.h"
#include <kith/batch.h>

/**
 * Answers units, in the order given.
 * @param units as kith_haul_pending() gives them
 * @return KITH_ERR_UNFINISHED when it was asked to stop, KITH_ERR_IO when results cannot be written; what was done is kept
 */
kith_status kith_crew_run(const kith_plan *plan, const GArray *units,
                          const kith_batch_options *options, kith_batch_progress *progress,
                          kith_error *err);

#endif
