/* SPDX-License-Identifier: GPL-3.0-or-later */
/* processors.h - how many processors kith may use. */
#ifndef KITH_PROCESSORS_H
#define KITH_PROCESSORS_H

#include <kith/visibility.h>
#include <stdint.h>

KITH_BEGIN_DECLS

/**
 * Says how many processors may be used by what this thread calls from here on, as far as an option of the call does not say so
 * itself. With one, no other thread is started. Results are the same with any number.
 * @param n  0: as many as there are. Before any call it is so many, or what OMP_NUM_THREADS says
 */
KITH_API void kith_processors_use(int64_t n);

KITH_END_DECLS
#endif
