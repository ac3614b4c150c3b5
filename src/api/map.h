/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h - what --map says before any file is read: where it is kept, and what kind of table it describes. */
#ifndef KITH_API_MAP_H
#define KITH_API_MAP_H

#include <kith/error.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * A map in one text. "@people.kithmap" is a file of COLUMN=ROLE lines; blank lines and those that start with '#' are
 * left out.
 * @param out yours (g_free), NULL for NULL
 * @return KITH_ERR_IO when the file cannot be read, KITH_ERR_PARSE when a line is no entry
 */
kith_status kith_map_expand(const char *map, char **out, kith_error *err);

/** The importer that reads a table with these roles: of pairs, of people at events, of people. */
const char *kith_map_importer(const char *map);

/** Whether the first bytes of a file name all columns of the map. */
bool kith_map_fits(const char *map, const char *head, size_t length);

#endif
