/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets.h - a list of people and firms from a file. */
#ifndef KITH_MEASURES_TARGETS_H
#define KITH_MEASURES_TARGETS_H

#include <glib.h>
#include <kith/error.h>
#include <kith/graph.h>

struct target {
    char *asked;
    kith_node node; /* -1: not in these files */
};

/**
 * Reads names, one a line or the first column of a table; blank lines and lines beginning with '#' are skipped.
 * @param out  an array of struct target, yours (g_array_unref)
 * @return KITH_ERR_PARSE for a file without names; KITH_ERR_ARGUMENT when a name means several, with its line
 */
kith_status targets_read(const char *path, const kith_graph *graph, GArray **out, kith_error *err);

#endif
