/* SPDX-License-Identifier: GPL-3.0-or-later */
/* freeze_ties.c - which ties are visible, and in which order. */
#include "base/base.h"
#include "base/day.h"
#include "base/text.h"
#include "model/freeze.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Plain graph files stop at their last dated tie; books and contact files are read today. */
kith_time
kith_freeze_decide_as_of(const kith_builder *b, const kith_build_options *options)
{
    kith_time last = KITH_TIME_NONE;

    if (options->as_of != KITH_TIME_NONE)
        return options->as_of;
    for (guint i = 0; i < b->facts->len; i++) {
        const kith_fact_tie *t = KITH_ROW(b->facts, kith_fact_tie, i);

        if (t->kind != KITH_TIE && !options->at_last_fact)
            return options->today;
        last = MAX(last, t->when);
    }
    return last == KITH_TIME_NONE ? options->today : kith_day_of(last);
}

struct placing {
    const kith_freezer *f;
    const kith_fact_tie *tie;
};

static int
compare_reals(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return a < b ? -1 : a > b;
}

static int
compare_ties(const void *a, const void *b, void *data)
{
    const struct placing *p = data;
    const kith_fact_tie *x = &p->tie[*(const uint32_t *)a], *y = &p->tie[*(const uint32_t *)b];
    const kith_pool *pool = p->f->b->pool;
    int order;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->from != y->from)
        return kith_freeze_compare_u32(x->from, y->from);
    if (x->to != y->to)
        return kith_freeze_compare_u32(x->to, y->to);
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if ((order = compare_reals(x->weight, y->weight)) ||
        (order = compare_reals(x->amount, y->amount)) ||
        (order = kith_freeze_compare_text(pool, x->status, y->status)) ||
        (order = kith_freeze_compare_text(pool, x->detail, y->detail)) ||
        (order = kith_freeze_compare_text(pool, x->channel, y->channel)) ||
        (order = kith_freeze_compare_text(
             pool, KITH_ROW(p->f->b->sources, kith_fact_source, x->source)->file,
             KITH_ROW(p->f->b->sources, kith_fact_source, y->source)->file)))
        return order;
    return x->line != y->line ? kith_freeze_compare_u32(x->line, y->line)
                              : kith_freeze_compare_u32(*(const uint32_t *)a, *(const uint32_t *)b);
}

/* Maps ends to nodes and leaves out what comes after the as-of day and contacts with oneself. */
static uint32_t
visible_ties(kith_freezer *f, kith_fact_tie *all, uint32_t *kept)
{
    kith_graph *g = f->g;
    uint32_t n = 0;

    for (guint i = 0; i < f->b->facts->len; i++) {
        all[i] = *KITH_ROW(f->b->facts, kith_fact_tie, i);
        all[i].from = kith_freeze_node_of(f, all[i].from);
        all[i].to = kith_freeze_node_of(f, all[i].to);
        if (all[i].when != KITH_TIME_NONE && all[i].when >= g->as_of + KITH_DAY)
            g->hidden++;
        else if (all[i].from == all[i].to && kith_tie_kind_is_mutual(all[i].kind))
            g->looped++;
        else
            kept[n++] = i;
    }
    return n;
}

void
kith_freeze_place_ties(kith_freezer *f)
{
    kith_graph *g = f->g;
    guint n = f->b->facts->len;
    g_autofree kith_fact_tie *all = g_new(kith_fact_tie, n + 1);
    g_autofree uint32_t *kept = g_new(uint32_t, n + 1);
    g_autofree uint32_t *place = g_new(uint32_t, n + 1);
    struct placing p = {f, all};

    g->ties = visible_ties(f, all, kept);
    g_qsort_with_data(kept, (gint)g->ties, sizeof *kept, compare_ties, &p);
    g->tie_row = g_new(kith_fact_tie, g->ties + 1);
    for (guint i = 0; i < n; i++)
        place[i] = UINT32_MAX;
    for (int64_t i = 0; i < g->ties; i++) {
        g->tie_row[i] = all[kept[i]];
        place[kept[i]] = (uint32_t)i;
        g->tie_first[g->tie_row[i].kind + 1] = i + 1;
    }
    for (int k = 1; k <= KITH_TIE_KINDS; k++)
        g->tie_first[k] = MAX(g->tie_first[k], g->tie_first[k - 1]);
    g->tie_attributes = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));
    for (guint i = 0; i < f->b->fact_attributes->len; i++) {
        kith_fact_attribute row = *KITH_ROW(f->b->fact_attributes, kith_fact_attribute, i);

        row.owner = place[row.owner];
        if (row.owner != UINT32_MAX)
            g_array_append_val(g->tie_attributes, row);
    }
    kith_freeze_tidy_attributes(g->tie_attributes, f->b->pool);
    g->tie_origin = g_steal_pointer(&kept);
}
