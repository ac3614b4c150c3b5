/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h - one output format: a document in, bytes out. */
#ifndef KITH_REPORT_H
#define KITH_REPORT_H

#include <kith/answer.h>

KITH_BEGIN_DECLS

typedef struct kith_sink kith_sink;

typedef struct kith_report {
    const char *name;      /**< "html" */
    const char *summary;   /**< one line */
    const char *extension; /**< "html" */
    bool needs_graph;      /**< writes the document's graph (GraphML), not only its tables */
    kith_status (*write)(const kith_document *document, kith_sink *sink, kith_error *err);
} kith_report;

/** All reports, ending with NULL; in order of name. */
KITH_API const kith_report *const *kith_reports(void);
KITH_API const kith_report *kith_report_find(const char *name);

/**
 * A sink that writes a temporary file beside `path` (mode 0600) and renames it on
 * kith_sink_commit(); "-" is standard output. Nothing is left behind by kith_sink_free() without a
 * commit.
 */
KITH_API kith_status kith_sink_open(const char *path, kith_sink **out, kith_error *err);
/** A sink that keeps the bytes; read them with kith_sink_bytes(). */
KITH_API kith_sink *kith_sink_to_memory(void);
KITH_API void kith_sink_free(kith_sink *sink);
/** Removes the temporary files of all sinks not yet committed; safe in a signal handler that then ends the process. */
KITH_API void kith_sink_abandon_all(void);
/** Whether text goes to a terminal, and how many columns it has (0: not a terminal). */
KITH_API int kith_sink_terminal_width(const kith_sink *sink);
/** Makes text reports aware of a terminal: width in columns (0: none), colour allowed. */
KITH_API void kith_sink_set_terminal(kith_sink *sink, int width, bool colour);
KITH_API bool kith_sink_colour(const kith_sink *sink);
/** Writes bytes / a NUL-terminated text / formatted text (C locale). Errors are kept for
 * kith_sink_commit(). */
KITH_API void kith_sink_write(kith_sink *sink, const void *bytes, size_t size);
KITH_API void kith_sink_text(kith_sink *sink, const char *text);
/** Says that what should be written next cannot be made: nothing more is written, and kith_sink_commit() fails with this. */
KITH_API void kith_sink_fail(kith_sink *sink, kith_status status, const char *why);
KITH_API void kith_sink_printf(kith_sink *sink, const char *format, ...) KITH_PRINTF(2, 3);
/** Flushes, syncs and renames. @return KITH_ERR_IO with the reason when any write failed */
KITH_API kith_status kith_sink_commit(kith_sink *sink, kith_error *err);
/** What a memory sink holds; borrowed. */
KITH_API const char *kith_sink_bytes(const kith_sink *sink, size_t *size);

KITH_END_DECLS
#endif
