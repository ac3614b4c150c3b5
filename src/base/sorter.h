/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sorter.h - more triples of numbers than fit into memory, in order: sorted runs on disk, merged.
 *
 * The order is that of (a, b, c); nothing else decides, so the same triples come out the same whatever the memory.
 */
#ifndef KITH_BASE_SORTER_H
#define KITH_BASE_SORTER_H

#include <glib.h>
#include <kith/error.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct kith_triple {
    uint64_t a, b, c;
} kith_triple;

typedef struct kith_sorter kith_sorter;

/** @param folder where runs go; files there have no name  @param memory bytes to use, at least a megabyte */
kith_sorter *kith_sorter_new(const char *folder, int64_t memory);
void kith_sorter_free(kith_sorter *sorter);

/** @return KITH_ERR_IO for a full disk, KITH_ERR_NO_MEMORY */
kith_status kith_sorter_put(kith_sorter *sorter, kith_triple triple, kith_error *err);
/** Nothing is put after this; then kith_sorter_next() until *more is false. */
kith_status kith_sorter_begin(kith_sorter *sorter, kith_error *err);
kith_status kith_sorter_next(kith_sorter *sorter, kith_triple *out, bool *more, kith_error *err);

/** A file without a name in a folder, to be written and read; gone when it is closed. @return NULL with an error */
FILE *kith_spool_new(const char *folder, kith_error *err);
/** Writes to a spool, or reads from it. @return KITH_ERR_IO; a short read is one too */
kith_status kith_spool_write(FILE *spool, const void *bytes, size_t size, kith_error *err);
kith_status kith_spool_read(FILE *spool, void *bytes, size_t size, kith_error *err);
/** Back to the beginning, what was written to be read. */
kith_status kith_spool_rewind(FILE *spool, kith_error *err);

static inline void
kith_spool_close(FILE *spool)
{
    if (spool)
        fclose(spool);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_sorter, kith_sorter_free)
typedef FILE kith_spool;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_spool, kith_spool_close)

#endif
