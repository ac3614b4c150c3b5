/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source.h - the bytes of one input file, decompressed, with its name and the place being read.
 *
 * A source knows which record is being read (line, column), so an importer's errors, warnings and
 * facts all say where they come from without the importer doing anything. Gzip, zstd, bzip2 and xz
 * are opened as they are; an archive (zip, tar) yields its members one after another, each a source
 * of its own named "archive.zip!member".
 */
#ifndef KITH_SOURCE_H
#define KITH_SOURCE_H

#include <kith/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

KITH_BEGIN_DECLS

typedef struct kith_source kith_source;

/** Called for each warning (`held` false) or row held back (`held` true). @param reason one line,
 * no full stop */
typedef void (*kith_source_listener)(void *payload, bool held, const char *source, int64_t line,
                                     int64_t column, const char *reason);

/**
 * Opens a file, or standard input for "-". Refuses directories and devices; nothing is decoded yet.
 * @param out yours; kith_source_free()
 * @return KITH_ERR_IO when it cannot be read, KITH_ERR_PARSE for an empty or damaged archive
 */
KITH_API kith_status kith_source_open(const char *path, kith_source **out, kith_error *err);

/** A source over bytes in memory (borrowed: they must outlive it). */
KITH_API kith_source *kith_source_from_memory(const char *name, const void *bytes, size_t size);

/** Frees the source; NULL is fine. */
KITH_API void kith_source_free(kith_source *source);

/** Whether the file is an archive with members (zip, tar): then read members with
 * kith_source_next_member(). */
KITH_API bool kith_source_is_archive(const kith_source *source);

/**
 * The next regular member of an archive, in the archive's order; hostile names, links and nested
 * archives are skipped with a warning. @param out yours; NULL at the end
 */
KITH_API kith_status kith_source_next_member(kith_source *archive, kith_source **out,
                                             kith_error *err);

/** Whether an archive failed in a way that leaves no way to the members that follow, rather than in one of them. */
KITH_API bool kith_source_is_over(const kith_source *archive);

/** The first bytes after decompression, for recognising the format; at most 64 kB, NUL-terminated,
 * borrowed. */
KITH_API kith_status kith_source_head(kith_source *source, const char **head, size_t *length,
                                      kith_error *err);

/** Reads up to `size` bytes. @return in *got the count, 0 at the end */
KITH_API kith_status kith_source_read(kith_source *source, void *buffer, size_t size, size_t *got,
                                      kith_error *err);

/** The name as given ("Connections.csv", "export.zip!messages.csv"), borrowed. */
KITH_API const char *kith_source_name(const kith_source *source);

/** SHA-256 of the raw (still compressed) bytes as 64 hex digits, borrowed; reads what is left of
 * the input first. */
KITH_API kith_status kith_source_sha256(kith_source *source, const char **hex, kith_error *err);

/**
 * Told after every block how many raw bytes were read, and of how many (0: unknown, as of a pipe); answering false asks to
 * stop: reading then fails with KITH_ERR_CANCELLED.
 */
typedef bool (*kith_source_watcher)(void *payload, int64_t read, int64_t total);
KITH_API void kith_source_watch(kith_source *source, kith_source_watcher watcher, void *payload);

/** Says where reading is: 1-based line and byte column (0: unknown). */
KITH_API void kith_source_at(kith_source *source, int64_t line, int64_t column);
/** The line set last. */
KITH_API int64_t kith_source_line(const kith_source *source);

/** Counts one data record. */
KITH_API void kith_source_record(kith_source *source);
/** How many records were counted. */
KITH_API int64_t kith_source_records(const kith_source *source);
/** How many records were held back, and how many warnings were given. */
KITH_API int64_t kith_source_held(const kith_source *source);
KITH_API int64_t kith_source_warnings(const kith_source *source);

/** Sets who hears of warnings and rows held back. */
KITH_API void kith_source_listen(kith_source *source, kith_source_listener listener, void *payload);

/** Adds to what an import report says of how the file was read: "UTF-8", "';' between fields", "dates day/month/year". */
KITH_API void kith_source_describe(kith_source *source, const char *format, ...) KITH_PRINTF(2, 3);
/** What was said so far, joined by ", "; "" for nothing. Borrowed. */
KITH_API const char *kith_source_description(const kith_source *source);

/** Fails with KITH_ERR_PARSE at the current place: found before expected, no full stop. */
KITH_API kith_status kith_source_fail(kith_source *source, kith_error *err, const char *format, ...)
    KITH_PRINTF(3, 4);
/** Something odd but usable: told, never fatal unless --strict. */
KITH_API void kith_source_warn(kith_source *source, const char *format, ...) KITH_PRINTF(2, 3);
/** This record makes no tie because of its status or a defect: counted with its reason. */
KITH_API void kith_source_hold(kith_source *source, const char *format, ...) KITH_PRINTF(2, 3);

KITH_END_DECLS
#endif
