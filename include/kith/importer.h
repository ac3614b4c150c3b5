/* SPDX-License-Identifier: GPL-3.0-or-later */
/* importer.h - one file format: how to recognise it, how to read it. Bytes in, facts out. */
#ifndef KITH_IMPORTER_H
#define KITH_IMPORTER_H

#include <kith/builder.h>
#include <kith/option.h>
#include <kith/source.h>

KITH_BEGIN_DECLS

/** What of a file's path an importer makes facts of: then the same bytes under another name are other facts. */
typedef enum kith_named_by {
    KITH_NAMED_BY_NOTHING = 0,
    KITH_NAMED_BY_FILE = 1, /**< its own name; in an archive that of the member: "fair.csv" */
    KITH_NAMED_BY_FOLDER =
        2, /**< its own and that of the folder it lies in: "general/2024-03-15.json" */
    KITH_NAMED_BY_OUTER = 4 /**< the name of what was given, so in an archive that of the archive */
} kith_named_by;

typedef struct kith_importer {
    const char *name;       /**< "linkedin-connections" */
    const char *summary;    /**< one line, lower case, no full stop */
    const char *extensions; /**< usual file extensions, for help only: "csv" */
    /**
     * 0: not mine … 100: certainly mine. 90 and more: a signature (header names, magic); 50-89:
     * shape; below: a guess.
     * @param head the first bytes as kith_source_head() gives them, decompressed, not yet decoded
     * @param name file name
     */
    int (*probe)(const char *head, size_t length, const char *name);
    /** Reads the whole source into the builder. Rows worth skipping are held back with their
     * reason. */
    kith_status (*read)(kith_source *source, const void *options, kith_builder *into,
                        kith_error *err);
    kith_named_by
        named_by; /**< what of the path gets into the facts, apart from where they are from */
    char *(*also)(
        const char *path); /**< the file it reads as well, yours; NULL when there is none such */
    bool companion; /**< tells of other files, so it may give nothing by itself unless it warned */
    const kith_option *options; /**< may be NULL */
    size_t options_size;
} kith_importer;

/** Import options every importer may look at, given to read() as `options`. Start from {0}. */
typedef struct kith_import_options {
    bool directed, undirected; /**< for plain graph files that do not say */
    const char *weight;        /**< the column that holds the weight; NULL: as the header says */
    const char *map; /**< what a table's columns are: "Header=role,…", or such entries one a line;
                        kith_load() also takes "@FILE"; NULL: by header names */
    bool
        rows; /**< every tie a fact of its own at once, as a book wants it; else a plain graph may stay columns */
    int64_t
        threads; /**< how many may be used; 0: as many as there are processors; never changes a result */
    const char *country; /**< calling code for national phone numbers, "44" */
    /** Paths of the files given together with this one, ending with NULL, where one may say who is meant in another: a
     * Pajek partition and its network; NULL: this file stands alone. */
    const char *const *beside;
} kith_import_options;

/** All importers, ending with NULL; in order of name. */
KITH_API const kith_importer *const *kith_importers(void);
/** An importer by name, NULL when there is none. */
KITH_API const kith_importer *kith_importer_find(const char *name);

KITH_END_DECLS
#endif
