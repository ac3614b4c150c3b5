/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c - gives columns the roles that the user says they have. */
#include "map.h"
#include "base/base.h"
#include <string.h>

/* A role given by hand takes the column from whatever role the words gave it. */
static void
assign(int column[KITH_ROLES], kith_role role, int c)
{
    for (int r = 0; r < KITH_ROLES; r++)
        if (column[r] == c)
            column[r] = -1;
    column[role] = c;
}

/* The role of this name, if it is one of those: "from, to, …". */
static kith_role
role_among(const char *name, const char *roles)
{
    kith_role role = kith_role_from_name(name);
    g_auto(GStrv) one = g_strsplit(roles, ", ", -1);

    for (size_t i = 0; one[i]; i++)
        if (role != KITH_ROLE_NONE && kith_role_from_name(one[i]) == role)
            return role;
    return KITH_ROLE_NONE;
}

static kith_status
apply_one(const kith_header *header, const char *entry, const char *roles, kith_source *source,
          int column[KITH_ROLES], kith_error *err)
{
    const char *equals = strrchr(entry, '=');
    g_autofree char *left = equals ? g_strndup(entry, (gsize)(equals - entry)) : g_strdup(entry);
    g_autofree char *folded = kith_header_fold(left);
    kith_role role = equals ? role_among(equals + 1, roles) : KITH_ROLE_NONE;
    int found = kith_header_find(header, folded);

    if (role == KITH_ROLE_NONE)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "bad map entry '%s' (expected COLUMN=ROLE; roles: %s)", entry, roles);
    if (found < 0) {
        g_autofree char *all = g_strjoinv(", ", header->text);

        return kith_fail_at(err, KITH_ERR_ARGUMENT, kith_source_name(source), 0, 0,
                            "the map names column '%s', the file has: %s", left, all);
    }
    assign(column, role, found);
    return KITH_OK;
}

kith_status
kith_map_apply(const kith_header *header, const char *map, const char *roles, kith_source *source,
               int column[KITH_ROLES], kith_error *err)
{
    g_auto(GStrv) entry = g_strsplit(map ? map : "", map && strchr(map, '\n') ? "\n" : ",", -1);

    for (size_t i = 0; entry[i]; i++)
        if (*g_strstrip(entry[i]))
            TRY(apply_one(header, entry[i], roles, source, column, err));
    return KITH_OK;
}
