/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followups.c - our messages and meetings by person, looked up from the day of each occasion on. */
#include "measures/followups.h"

#include "base/base.h"
#include "model/graph.h"
#include <stdlib.h>

struct touch {
    kith_node person;
    kith_time when;
};

static int
compare_touches(const void *a, const void *b)
{
    const struct touch *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->when < y->when ? -1 : x->when > y->when;
}

static void
add(GArray *all, kith_node person, kith_time when)
{
    struct touch one = {person, when};

    if (when != KITH_TIME_NONE)
        g_array_append_val(all, one);
}

static GArray *
gather_touches(const kith_graph *g, const kith_customers *c)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct touch));
    int64_t first, n;

    kith_graph_tie_range(g, KITH_MESSAGED, &first, &n);
    for (int64_t i = first; i < first + n; i++)
        if (c->us[kith_graph_fact(g, i).from])
            add(all, kith_graph_fact(g, i).to, kith_graph_fact(g, i).when);
    kith_graph_tie_range(g, KITH_MET, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);

        if (c->us[t.from])
            add(all, t.to, t.when);
        if (c->us[t.to])
            add(all, t.from, t.when);
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(struct touch), compare_touches);
    return all;
}

/* The first touch of somebody from a moment on; KITH_TIME_NONE for none. */
static kith_time
next_touch(const GArray *all, kith_node person, kith_time from)
{
    struct touch key = {person, from};
    guint low = 0, high = all->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (compare_touches(KITH_ROW(all, struct touch, middle), &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == all->len || KITH_ROW(all, struct touch, low)->person != person)
        return KITH_TIME_NONE;
    return KITH_ROW(all, struct touch, low)->when;
}

static int
compare_rows(const void *a, const void *b)
{
    const kith_followup *x = a, *y = b;

    if (x->occasion != y->occasion)
        return x->occasion < y->occasion ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static kith_followup
look_at(const kith_presence *p, const GArray *touches, int64_t slot)
{
    kith_followup row = {.occasion = p->at[slot], .person = p->owner[slot]};
    kith_time day = KITH_ROW(p->occasion, kith_occasion, row.occasion)->day;
    kith_time when = next_touch(touches, row.person, day + KITH_DAY);
    int64_t days; /* whole ones: the day after is 1 */

    row.wait.happened = when != KITH_TIME_NONE;
    if (!row.wait.happened)
        when = p->graph->as_of;
    days = (when - day) / KITH_DAY;
    row.wait.days = (double)days;
    return row;
}

GArray *
kith_followups(const kith_presence *p, const kith_customers *c)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_followup));
    g_autoptr(GArray) touches = gather_touches(p->graph, c);
    g_autofree bool *ours = g_new0(bool, p->occasion->len + 1);

    for (int64_t i = 0; i < p->n; i++)
        ours[p->at[i]] = ours[p->at[i]] || c->us[p->owner[i]];
    for (int64_t i = 0; i < p->n; i++) {
        kith_time day = KITH_ROW(p->occasion, kith_occasion, p->at[i])->day;
        kith_followup row;

        if (!ours[p->at[i]] || c->us[p->owner[i]] || day == KITH_TIME_NONE ||
            day >= p->graph->as_of)
            continue;
        row = look_at(p, touches, i);
        g_array_append_val(out, row);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_followup), compare_rows);
    return out;
}
