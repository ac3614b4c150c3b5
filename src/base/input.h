/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.h - the raw bytes of a file, a pipe or memory, counted and hashed as they go by. */
#ifndef KITH_BASE_INPUT_H
#define KITH_BASE_INPUT_H

#include "base/base.h"

#define KITH_INPUT_CHUNK 65536

typedef struct kith_input kith_input;

/** Opens a regular file, or standard input for "-"; /dev/stdin and /dev/fd/N may be pipes. @return
 * KITH_ERR_IO */
kith_status kith_input_open(const char *path, kith_input **out, kith_error *err);

/** An input over borrowed bytes. @return yours */
kith_input *kith_input_from_memory(const char *name, const void *bytes, size_t size);

void kith_input_free(kith_input *input);

/** The first bytes, at most KITH_INPUT_CHUNK; they are not consumed. Call before anything is read.
 */
kith_status kith_input_peek(kith_input *input, const char **bytes, size_t *length, kith_error *err);

/** The next bytes, borrowed until the next call; *length is 0 at the end. */
kith_status kith_input_next(kith_input *input, const void **bytes, size_t *length, kith_error *err);

/** Copies up to `size` bytes out; *got is 0 at the end. */
kith_status kith_input_read(kith_input *input, void *buffer, size_t size, size_t *got,
                            kith_error *err);

/** Whether the input can be read in any order: a regular file or memory. */
bool kith_input_seekable(const kith_input *input);

/** Moves to a place (whence as for lseek) and answers where that is, -1 on failure. From then on
 * nothing is hashed by the way. */
int64_t kith_input_seek(kith_input *input, int64_t offset, int whence);

/** How many bytes were handed out so far; bytes read twice count twice. */
int64_t kith_input_served(const kith_input *input);

/** Size of a regular file or of memory in bytes; 0 when unknown. */
int64_t kith_input_size(const kith_input *input);

/** SHA-256 of all bytes of the input as hex, borrowed; reads what is left. */
kith_status kith_input_sha256(kith_input *input, const char **hex, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_input, kith_input_free)

#endif
