/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c - libarchive's gzip filter around a nameless file in memory. */
#include "base/pack.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <sys/stat.h>

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
    archive_entry_set_filetype(entry, S_IFREG);
    return archive_write_add_filter_gzip(archive) == ARCHIVE_OK &&
           archive_write_set_format_raw(archive) == ARCHIVE_OK &&
           archive_write_set_filter_option(archive, "gzip", "timestamp", NULL) == ARCHIVE_OK &&
           archive_write_set_filter_option(archive, "gzip", "compression-level", "9") ==
               ARCHIVE_OK &&
           archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
           archive_write_open(archive, out, NULL, take, NULL) == ARCHIVE_OK &&
           archive_write_header(archive, entry) == ARCHIVE_OK &&
           archive_write_data(archive, bytes, size) == (la_ssize_t)size &&
           archive_write_close(archive) == ARCHIVE_OK;
}

GByteArray *
kith_pack_gzip(const void *bytes, gsize size)
{
    GByteArray *out = g_byte_array_new();
    struct archive *archive = archive_write_new();
    struct archive_entry *entry = archive_entry_new();

    if (!archive || !entry || !write_all(archive, entry, bytes, size, out))
        g_clear_pointer(&out, g_byte_array_unref);
    archive_entry_free(entry);
    archive_write_free(archive);
    return out;
}
