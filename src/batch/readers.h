/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * readers.h - who will read each data set, so that its key says all that decides what is read.
 *
 * Some importers take facts from a file's name: a chat is called as its file is. The name of such a file is in its key, of no
 * other. Telling who reads a file looks into it, and that is left to a process of its own: what a file does to it costs
 * the plan nothing.
 */
#ifndef KITH_BATCH_READERS_H
#define KITH_BATCH_READERS_H

#include "batch/plan.h"

/** Sets `reader` and `called` of the data sets whose `reader` is NULL. */
kith_status kith_readers_find(kith_plan *plan, kith_error *err);

#endif
