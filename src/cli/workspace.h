/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workspace.h - the files of a command line, loaded into one graph. */
#ifndef KITH_CLI_WORKSPACE_H
#define KITH_CLI_WORKSPACE_H

#include "cli/arguments.h"

/* More warnings than this from one command help nobody; -v shows all. */
#define WORKSPACE_TOLD 5

typedef struct workspace {
    kith_builder *builder;
    kith_graph *graph;
    kith_constants *constants; /* of warmth, NULL: the usual ones */
    int64_t told;              /* warnings so far */
    kith_error warnings[WORKSPACE_TOLD];
    bool quiet, verbose;
} workspace;

/* Loads the files, or the book $KITH_BOOK names when there are none. Warnings go to standard error.
 */
kith_status workspace_open(const arguments *a, workspace *out, kith_error *err);
void workspace_clear(workspace *w);

/* Loads one book and keeps it open, to change it. @param path NULL: the book $KITH_BOOK names @param book yours */
kith_status workspace_open_book(const arguments *a, const char *path, workspace *out,
                                kith_book **book, kith_error *err);

/* The day it is, unless SOURCE_DATE_EPOCH says otherwise. */
kith_time workspace_today(void);

/* Whether a file is a book. */
bool workspace_is_book(const char *path);

/* How files are read, from the global options. */
kith_load_options workspace_load_options(const global_options *g);

/* Builds the graph the way the global options ask. @param owner from a book, or NULL */
kith_status workspace_build(kith_builder *builder, const global_options *g, const char *owner,
                            kith_graph **out, kith_error *err);

/* The owner a book remembers; NULL when the file is no book or has none. Yours, free(). */
char *workspace_book_owner(const char *path);

#endif
