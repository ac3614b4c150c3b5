/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twomode.c - two turns sort both kinds of rows: what is filled in order of members comes out ascending by member. */
#include "measures/twomode.h"
#include "base/base.h"

void
kith_twomode_free(kith_twomode *t)
{
    if (!t)
        return;
    g_free(t->of_member);
    g_free(t->group);
    g_free(t->of_group);
    g_free(t->member);
    g_free(t);
}

static kith_twomode *
make_room(int64_t members, int64_t groups, int64_t links)
{
    kith_twomode *t = g_new0(kith_twomode, 1);

    t->members = members;
    t->groups = groups;
    t->of_member = g_try_new0(int64_t, members + 2);
    t->group = g_try_new0(uint32_t, links + 1);
    t->of_group = g_try_new0(int64_t, groups + 2);
    t->member = g_try_new0(uint32_t, links + 1);
    if (t->of_member && t->group && t->of_group && t->member)
        return t;
    kith_twomode_free(t);
    return NULL;
}

static void
sum_up(int64_t *first, int64_t n)
{
    for (int64_t i = 1; i <= n; i++)
        first[i + 1] += first[i];
}

/* Rows by group, in the order the links came. */
static void
fill_groups(kith_twomode *t, const uint32_t *member, const uint32_t *group, int64_t links)
{
    for (int64_t i = 0; i < links; i++)
        t->of_group[group[i] + (int64_t)2]++;
    sum_up(t->of_group, t->groups);
    for (int64_t i = 0; i < links; i++)
        t->member[t->of_group[group[i] + (int64_t)1]++] = member[i];
}

/* Rows by member, filled group after group, so ascending; the same group twice in a row is one link. */
static void
fill_members(kith_twomode *t, int64_t links)
{
    int64_t kept = 0, begin = 0;

    for (int64_t i = 0; i < links; i++)
        t->of_member[t->member[i] + (int64_t)2]++;
    sum_up(t->of_member, t->members);
    for (int64_t g = 0; g < t->groups; g++)
        for (int64_t k = t->of_group[g]; k < t->of_group[g + 1]; k++)
            t->group[t->of_member[t->member[k] + (int64_t)1]++] = (uint32_t)g;
    for (int64_t m = 0; m < t->members; m++) {
        int64_t end = t->of_member[m + 1], first = kept;

        for (int64_t k = begin; k < end; k++)
            if (kept == first || t->group[kept - 1] != t->group[k])
                t->group[kept++] = t->group[k];
        t->of_member[m + 1] = kept;
        begin = end;
    }
    t->links = kept;
}

/* Rows by group once more, filled member after member. */
static void
sort_groups(kith_twomode *t)
{
    for (int64_t g = 0; g < t->groups + 2; g++)
        t->of_group[g] = 0;
    for (int64_t k = 0; k < t->links; k++)
        t->of_group[t->group[k] + (int64_t)2]++;
    sum_up(t->of_group, t->groups);
    for (int64_t m = 0; m < t->members; m++)
        for (int64_t k = t->of_member[m]; k < t->of_member[m + 1]; k++)
            t->member[t->of_group[t->group[k] + (int64_t)1]++] = (uint32_t)m;
}

kith_status
kith_twomode_new(int64_t members, int64_t groups, const uint32_t *member, const uint32_t *group,
                 int64_t links, kith_twomode **out, kith_error *err)
{
    kith_twomode *t = make_room(members, groups, links);

    if (!t)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " links",
                         links);
    fill_groups(t, member, group, links);
    fill_members(t, links);
    sort_groups(t);
    *out = t;
    return KITH_OK;
}
