/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h - a user's own words for the columns of a table: "Geber=from,Nehmer=to". */
#ifndef KITH_IMPORTERS_MAP_H
#define KITH_IMPORTERS_MAP_H

#include "columns.h"
#include <kith/error.h>
#include <kith/source.h>

/** The roles that a table of people, and one of people at events, may be given by a map. */
#define KITH_MAP_PEOPLE "name, given, family, email, phone, url, company, title"
#define KITH_MAP_ATTENDANCE KITH_MAP_PEOPLE ", event, date, status"

/**
 * Applies a map on top of what the words of the header gave. Entries are separated by commas, or by line ends when there
 * are any, so that a column's name may contain a comma.
 * @param map NULL is fine  @param roles those that mean something here, "from, to, …"
 * @return KITH_ERR_ARGUMENT for another role, or a column that is not there
 */
kith_status kith_map_apply(const kith_header *header, const char *map, const char *roles,
                           kith_source *source, int column[KITH_ROLES], kith_error *err);

#endif
