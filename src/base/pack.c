/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c - libarchive's gzip filter around a nameless file in memory. */
#include "base/pack.h"
#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

static la_ssize_t
take(struct archive *archive, void *payload, const void *bytes, size_t size)
{
    (void)archive;
    g_byte_array_append(payload, bytes, (guint)size);
    return (la_ssize_t)size;
}

GByteArray *
kith_pack_gzip(const void *bytes, gsize size)
{
    GByteArray *out = g_byte_array_new();
    struct archive *archive = archive_write_new();
    struct archive_entry *entry = archive_entry_new();

    archive_write_add_filter_gzip(archive);
    archive_write_set_format_raw(archive);
    archive_write_set_filter_option(archive, "gzip", "timestamp", NULL);
    archive_write_set_filter_option(archive, "gzip", "compression-level", "9");
    archive_write_set_bytes_in_last_block(archive, 1);
    archive_write_open(archive, out, NULL, take, NULL);
    archive_entry_set_filetype(entry, S_IFREG);
    archive_write_header(archive, entry);
    archive_write_data(archive, bytes, size);
    archive_write_close(archive);
    archive_entry_free(entry);
    archive_write_free(archive);
    return out;
}
