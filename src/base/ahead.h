/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ahead.h - a long file read and hashed by a thread of its own, a little ahead of whoever uses it.
 *
 * The bytes come in order and are those that are hashed, whatever happens to the file meanwhile.
 */
#ifndef KITH_BASE_AHEAD_H
#define KITH_BASE_AHEAD_H

#include "base/sha256.h"
#include <glib.h>
#include <stdbool.h>

typedef struct kith_ahead kith_ahead;

/**
 * Goes on where the descriptor, of a regular file, stands; the checksum is the thread's until it is stopped.
 * @return yours; NULL where there is no second processor, no thread or no memory: read it yourself
 */
kith_ahead *kith_ahead_start(int file, kith_sha256 *checksum);

/** Copies out up to `size` of the next bytes. @return how many, 0 at the end, -1 when reading failed (errno says why) */
gssize kith_ahead_read(kith_ahead *ahead, void *buffer, size_t size);

/** Ends the thread. @return how many bytes it had read that nobody took; NULL is fine */
size_t kith_ahead_stop(kith_ahead *ahead);

#endif
