/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arguments.h - a command line against option tables: one table is the verb's, one is everybody's.
 */
#ifndef KITH_CLI_ARGUMENTS_H
#define KITH_CLI_ARGUMENTS_H

#include <kith/kith.h>

/* What every verb understands. */
typedef struct global_options {
    const char *format, *output, *me, *importer, *weight, *map, *country, *config, *limit;
    kith_time as_of;
    int64_t seed, threads;
    bool quiet, strict, directed, undirected, verbose;
} global_options;

extern const kith_option global_table[];

/* A parsed command line; files point into argv. */
typedef struct arguments {
    global_options global;
    void *own; /* the verb's struct, or NULL */
    const char **files;
    int n_files;
    bool help;
} arguments;

/*
 * Reads argv[0 … argc-1] (after the verb). Options and files may come in any order; "--" ends
 * options. Fails with KITH_ERR_ARGUMENT on an unknown option, a missing or bad value, or a required
 * option left out.
 */
kith_status arguments_parse(int argc, char **argv, const kith_option *own, int words,
                            arguments *out, kith_error *err);
void arguments_clear(arguments *a);

#endif
