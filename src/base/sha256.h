/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sha256.h - SHA-256 of bytes as they go by, with the processor's own instructions where it has them.
 *
 * Every file is hashed while it is read. GLib's code takes 4 ns a byte, more than parsing an edge list; SHA-NI takes half of one.
 */
#ifndef KITH_BASE_SHA256_H
#define KITH_BASE_SHA256_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct kith_sha256 kith_sha256;

kith_sha256 *kith_sha256_new(void);
void kith_sha256_free(kith_sha256 *sha);
void kith_sha256_update(kith_sha256 *sha, const void *bytes, size_t length);
/** The hash as 64 hex digits, borrowed; nothing can be added after that. */
const char *kith_sha256_hex(kith_sha256 *sha);
/** Whether this processor has the instructions; the tests compare both ways. */
bool kith_sha256_is_fast(void);

#endif
