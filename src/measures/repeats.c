/* SPDX-License-Identifier: GPL-3.0-or-later */
/* repeats.c - recorded pairs in a sorted list; meetings out of the evidence of warm ties. */
#include "measures/repeats.h"

#include "base/base.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

#define SMALL_PARTY 8

/* Two who were paired, the lower node first. */
struct paired {
    kith_node low, high;
    double days;
    const char *where;
};

struct kith_repeats {
    const kith_graph *graph;
    const kith_warm_network *net;
    int64_t days;
    kith_node except;
    GArray *paired;     /* of struct paired, by pair, the latest first */
    GHashTable *events; /* their names: whoever was there and not paired was not brought together */
};

static int
compare_pairs(const void *a, const void *b)
{
    const struct paired *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    if (x->days != y->days)
        return x->days < y->days ? -1 : 1;
    return g_strcmp0(x->where, y->where);
}

static void
read_pairs(kith_repeats *r)
{
    int64_t first, n;

    kith_graph_tie_range(r->graph, KITH_INTRODUCED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        struct paired one;
        kith_tie t;

        kith_graph_tie(r->graph, i, &t);
        if (g_strcmp0(t.status, KITH_PAIRED) != 0 || t.when == KITH_TIME_NONE ||
            (r->except >= 0 && g_strcmp0(t.detail, kith_graph_label(r->graph, r->except)) == 0))
            continue;
        one = (struct paired){MIN(t.from, t.to), MAX(t.from, t.to),
                              (double)(kith_graph_as_of(r->graph) - t.when) / (double)KITH_DAY,
                              t.detail};
        g_array_append_val(r->paired, one);
        if (t.detail)
            g_hash_table_add(r->events, (gpointer)t.detail);
    }
    if (r->paired->len)
        qsort(r->paired->data, r->paired->len, sizeof(struct paired), compare_pairs);
}

kith_repeats *
kith_repeats_new(const kith_graph *graph, const kith_warm_network *net, int64_t days,
                 kith_node except)
{
    kith_repeats *r = g_new0(kith_repeats, 1);

    r->graph = graph;
    r->net = net;
    r->days = days;
    r->except = except;
    r->paired = g_array_new(FALSE, FALSE, sizeof(struct paired));
    r->events = g_hash_table_new(g_str_hash, g_str_equal);
    read_pairs(r);
    return r;
}

void
kith_repeats_free(kith_repeats *r)
{
    if (!r)
        return;
    g_array_unref(r->paired);
    g_hash_table_unref(r->events);
    g_free(r);
}

static const struct paired *
find_paired(const kith_repeats *r, kith_node a, kith_node b)
{
    struct paired wanted = {MIN(a, b), MAX(a, b), -1e300, NULL};
    guint low = 0, high = r->paired->len;
    const struct paired *found;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (compare_pairs(&g_array_index(r->paired, struct paired, middle), &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == r->paired->len)
        return NULL;
    found = &g_array_index(r->paired, struct paired, low);
    return found->low == wanted.low && found->high == wanted.high ? found : NULL;
}

/* What one fact says, KITH_REPEAT_NONE when nothing of this kind or too long ago. */
static kith_repeat
read_evidence(const kith_repeats *r, const kith_warm_evidence *e)
{
    kith_repeat out = {.days = e->item.age_days};
    kith_tie t;

    if (e->item.part != KITH_WARMTH_M || e->item.undated || e->item.age_days > (double)r->days)
        return out;
    if (e->other >= 0) {
        kith_graph_tie(r->graph, e->tie, &t);
        if (t.to == r->except)
            return out;
        out.where = kith_graph_label(r->graph, t.to);
    }
    if (e->item.party <= SMALL_PARTY)
        out.kind = KITH_REPEAT_MET;
    else if (!out.where || !g_hash_table_contains(r->events, out.where))
        out.kind = KITH_REPEAT_THERE;
    return out;
}

kith_repeat
kith_repeat_of(const kith_repeats *r, kith_node a, kith_node b)
{
    const struct paired *paired = find_paired(r, a, b);
    int64_t at = kith_warm_pair_of(r->net, a, b);
    kith_repeat out = {.kind = KITH_REPEAT_NONE};

    if (paired && paired->days <= (double)r->days)
        return (kith_repeat){KITH_REPEAT_PAIRED, MAX(0, paired->days), paired->where};
    for (int64_t i = 0; at >= 0 && i < r->net->pair[at].n; i++) {
        kith_repeat one = read_evidence(r, &r->net->evidence[r->net->pair[at].first + i]);

        if (one.kind > out.kind || (one.kind == out.kind && one.kind && one.days < out.days))
            out = one;
    }
    return out;
}
