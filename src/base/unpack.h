/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unpack.h - compressed files and archives, read one after another without ever touching the disk.
 *
 * libarchive lives here and nowhere else. Bombs meet the limits of limits.h: how large a member,
 * how many, and how many bytes may come out for one that goes in.
 */
#ifndef KITH_BASE_UNPACK_H
#define KITH_BASE_UNPACK_H

#include "base/input.h"

typedef struct kith_unpack kith_unpack;

typedef enum kith_packing {
    KITH_PACKING_NONE = 0,
    KITH_PACKING_STREAM, /**< gzip, zstd, bzip2, xz: perhaps with a tar inside */
    KITH_PACKING_ZIP,
    KITH_PACKING_TAR
} kith_packing;

typedef enum kith_entry_kind {
    KITH_ENTRY_FILE = 0,
    KITH_ENTRY_FOLDER,
    KITH_ENTRY_OTHER /**< a link or a device */
} kith_entry_kind;

/** What the first bytes say. */
kith_packing kith_packing_of(const char *head, size_t length);

/**
 * Starts unpacking an input, both borrowed.
 * @return KITH_ERR_PARSE when it is damaged or an archive without members
 */
kith_status kith_unpack_new(kith_input *input, const char *name, kith_packing packing,
                            kith_unpack **out, kith_error *err);
void kith_unpack_free(kith_unpack *unpack);

/** Whether there are named members, rather than one stream. */
bool kith_unpack_is_archive(const kith_unpack *unpack);

/** Goes to the next member. @param path borrowed; NULL at the end  @param kind what it is */
kith_status kith_unpack_next(kith_unpack *unpack, const char **path, kith_entry_kind *kind,
                             kith_error *err);

/** Whether reading failed in a way that leaves no way to the members that follow: a bomb, or damage beyond one of them. */
bool kith_unpack_is_over(const kith_unpack *unpack);

/** Whether reading failed in a way that leaves no way to the members that follow: a bomb, or damage to more than one. */
bool kith_unpack_is_over(const kith_unpack *unpack);

/** Unpacked bytes of the stream or the current member; *got is 0 at its end. @return KITH_ERR_LIMIT
 * for a bomb */
kith_status kith_unpack_read(kith_unpack *unpack, void *buffer, size_t size, size_t *got,
                             kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_unpack, kith_unpack_free)

#endif
