/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c - libarchive's gzip filter around a nameless file in memory. */
#include "base/pack.h"
#include "base/door.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <sys/stat.h>

#define FUNCTIONS(F)                                                                               \
    F(archive_entry_free)                                                                          \
    F(archive_entry_new)                                                                           \
    F(archive_entry_set_filetype)                                                                  \
    F(archive_write_add_filter_gzip)                                                               \
    F(archive_write_close)                                                                         \
    F(archive_write_data)                                                                          \
    F(archive_write_free)                                                                          \
    F(archive_write_header)                                                                        \
    F(archive_write_new)                                                                           \
    F(archive_write_open)                                                                          \
    F(archive_write_set_bytes_in_last_block)                                                       \
    F(archive_write_set_filter_option)                                                             \
    F(archive_write_set_format_raw)

KITH_DOOR(lib, KITH_LIBRARY_ARCHIVE, FUNCTIONS)

static la_ssize_t
take(struct archive *archive, void *payload, const void *bytes, size_t size)
{
    (void)archive;
    g_byte_array_append(payload, bytes, (guint)size);
    return (la_ssize_t)size;
}

/* A step of libarchive's that fails here fails for want of memory. */
static bool
write_all(struct archive *archive, struct archive_entry *entry, const void *bytes, gsize size,
          GByteArray *out)
{
    lib()->archive_entry_set_filetype(entry, S_IFREG);
    return lib()->archive_write_add_filter_gzip(archive) == ARCHIVE_OK &&
           lib()->archive_write_set_format_raw(archive) == ARCHIVE_OK &&
           lib()->archive_write_set_filter_option(archive, "gzip", "timestamp", NULL) ==
               ARCHIVE_OK &&
           lib()->archive_write_set_filter_option(archive, "gzip", "compression-level", "9") ==
               ARCHIVE_OK &&
           lib()->archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
           lib()->archive_write_open(archive, out, NULL, take, NULL) == ARCHIVE_OK &&
           lib()->archive_write_header(archive, entry) == ARCHIVE_OK &&
           lib()->archive_write_data(archive, bytes, size) == (la_ssize_t)size &&
           lib()->archive_write_close(archive) == ARCHIVE_OK;
}

GByteArray *
kith_pack_gzip(const void *bytes, gsize size)
{
    GByteArray *out = g_byte_array_new();
    struct archive *archive = lib()->archive_write_new();
    struct archive_entry *entry = lib()->archive_entry_new();

    if (!archive || !entry || !write_all(archive, entry, bytes, size, out))
        g_clear_pointer(&out, g_byte_array_unref);
    lib()->archive_entry_free(entry);
    lib()->archive_write_free(archive);
    return out;
}
