/* SPDX-License-Identifier: GPL-3.0-or-later */
/* processors.h - whether there is a processor for a thread that works beside the caller's. */
#ifndef KITH_BASE_PROCESSORS_H
#define KITH_BASE_PROCESSORS_H

#include <kith/processors.h>
#include <stdbool.h>

bool kith_processors_spare(void);

/** Has what runs threads ready before this process is forked: else every child finds its functions anew. */
void kith_processors_prepare(void);

#endif
