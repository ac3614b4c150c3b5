/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.h - what happens when there is no memory left. */
#ifndef KITH_MEMORY_H
#define KITH_MEMORY_H

#include <kith/visibility.h>
#include <stddef.h>

KITH_BEGIN_DECLS

/**
 * Sets who is told when an allocation fails that kith cannot hand back as KITH_ERR_NO_MEMORY, instead of the process being aborted
 * with GLib's words. Whoever is told must not come back, and must not allocate: say it with write(), and _exit(). A book that was
 * being written is as it was before, like after a kill.
 * @param told gets the bytes that were asked for, 0 when not known; NULL: abort again
 */
KITH_API void kith_when_memory_fails(void (*told)(size_t bytes));

KITH_END_DECLS
#endif
