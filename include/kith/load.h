/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.h - files in: recognised by content, opened through compression and archives, read into one
 * builder. */
#ifndef KITH_LOAD_H
#define KITH_LOAD_H

#include <kith/builder.h>
#include <kith/importer.h>

KITH_BEGIN_DECLS

/** What happened to one file or archive member; texts borrowed for the call. */
typedef struct kith_load_report {
    const char *file, *importer, *sha256;
    const char *read_as; /**< encoding, separator, date order, as far as they apply */
    int64_t records, held, warnings, people, facts; /**< people: mentions of persons */
    bool skipped;                                   /**< already in the book */
    const kith_error *refused; /**< why a member of an archive could not be taken; NULL: it was */
} kith_load_report;

/** How files are read. Start from {0}. */
typedef struct kith_load_options {
    kith_import_options import;
    const char *importer; /**< force this importer; NULL: by content */
    bool strict;          /**< warnings are errors */
    /** May be NULL: then a member of an archive that cannot be taken fails the archive. */
    void (*finished)(void *payload, const kith_load_report *report);
    kith_source_listener listener; /**< may be NULL */
    void *payload;
    kith_source_watcher watcher; /**< told how far reading is; may be NULL */
    void *watched;               /**< the watcher's payload */
    /** Whether a file with this hash (NULL: any file at all) can be left out; may be NULL. */
    bool (*known)(void *payload, const char *sha256, const char *importer);
} kith_load_options;

/**
 * Reads one path (a file, an archive or a book) into the builder.
 * @return KITH_ERR_IO unreadable; KITH_ERR_PARSE not recognised, damaged, or no usable row;
 * KITH_ERR_LIMIT
 */
KITH_API kith_status kith_load(const char *path, const kith_load_options *options,
                               kith_builder *into, kith_error *err);

/** Who reads a file, and what of its path that one makes facts of. */
typedef struct kith_load_reader {
    const kith_importer *importer; /**< NULL for an archive, a book and what nobody knows */
    unsigned named_by;             /**< of kith_named_by, those of an archive's members together */
} kith_load_reader;

/**
 * Tells who would read a path, from the first bytes of the file or of each member; an archive is unpacked for that.
 * @return as kith_load() for a file that cannot be opened, has nothing in it or is not known
 */
KITH_API kith_status kith_load_recognise(const char *path, const kith_load_options *options,
                                         kith_load_reader *out, kith_error *err);

KITH_END_DECLS
#endif
