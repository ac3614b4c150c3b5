/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * price.h - what memory of its own costs a data set's process on this machine.
 *
 * On ordinary hardware a fork and its pages take a few tenths of a millisecond, and every data set has its own memory.
 * Where faults go through what lies below a virtual machine they can take ten milliseconds, three times what a small data
 * set is read and answered in; the processes of those then borrow a worker's (borrow.h). Results are the same bytes either way, so it may be measured.
 */
#ifndef KITH_BATCH_PRICE_H
#define KITH_BATCH_PRICE_H

#include "batch/plan.h"

/** Above this the processes of small data sets share memory, unless the manifest says otherwise; seconds. */
#define KITH_PRICE_DEAR 0.0015

/** Processor seconds of the cheapest of three processes that limit themselves, touch some pages and end; -1: none started. */
double kith_price_of_process(const kith_plan *plan);

#endif
