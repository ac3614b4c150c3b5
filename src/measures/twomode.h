/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * twomode.h - who was at what: members and groups (people and events, say), as rows both ways.
 */
#ifndef KITH_MEASURES_TWOMODE_H
#define KITH_MEASURES_TWOMODE_H

#include <glib.h>
#include <kith/error.h>
#include <stdint.h>

typedef struct kith_twomode {
    int64_t members, groups, links;
    int64_t *of_member; /* members + 1 long: the row of a member in `group` */
    uint32_t *group;    /* ascending within a row */
    int64_t *of_group;  /* groups + 1 long: the row of a group in `member` */
    uint32_t *member;   /* ascending within a row */
} kith_twomode;

/**
 * Rows from a list of links; a link given again counts once. O(members + groups + links)
 * @param member, group  the ends of each link, below `members` and `groups`
 * @param out            yours; kith_twomode_free()
 * @return KITH_ERR_NO_MEMORY
 */
kith_status kith_twomode_new(int64_t members, int64_t groups, const uint32_t *member,
                             const uint32_t *group, int64_t links, kith_twomode **out,
                             kith_error *err);
void kith_twomode_free(kith_twomode *twomode);

/** How many groups a member is in, and how many members a group has. */
static inline int64_t
kith_twomode_degree(const kith_twomode *t, int64_t member)
{
    return t->of_member[member + 1] - t->of_member[member];
}

static inline int64_t
kith_twomode_size(const kith_twomode *t, int64_t group)
{
    return t->of_group[group + 1] - t->of_group[group];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_twomode, kith_twomode_free)

#endif
