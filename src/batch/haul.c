/* SPDX-License-Identifier: GPL-3.0-or-later */
/* haul.c - units that are open, longest data sets first, cut into what one process takes. */
#include "batch/haul.h"

#define SECONDS_A_HAUL 2.0

int64_t
kith_haul_dataset(const kith_plan *plan, int64_t unit)
{
    return unit / plan->points->len;
}

static const kith_plan_dataset *
dataset_of(const kith_plan *plan, const GArray *units, guint i)
{
    return kith_plan_dataset_at(plan, kith_haul_dataset(plan, g_array_index(units, int64_t, i)));
}

double
kith_haul_weight(const kith_plan *plan, int64_t unit)
{
    return kith_plan_edges(kith_plan_dataset_at(plan, kith_haul_dataset(plan, unit)));
}

static int
compare_datasets(gconstpointer a, gconstpointer b, gpointer data)
{
    const int64_t *x = a, *y = b;
    const kith_plan *plan = data;
    int64_t p = kith_plan_dataset_at(plan, *x)->bytes, q = kith_plan_dataset_at(plan, *y)->bytes;

    if (p != q)
        return p > q ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

static void
add_pending(const kith_plan *plan, const kith_segments *segments, bool again, int64_t dataset,
            GArray *units, kith_batch_progress *progress)
{
    for (guint p = 0; p < plan->points->len; p++) {
        int64_t unit = dataset * plan->points->len + p;
        const char *key = kith_plan_key(plan, unit);
        const kith_outcome *o = kith_segments_find(segments, key);
        bool failed = o && o->failure != KITH_FAILED_NOT;

        progress->units++;
        progress->work += kith_haul_weight(plan, unit);
        if (kith_segments_done(segments, plan, key) && !(failed && again)) {
            progress->finished += kith_haul_weight(plan, unit);
            *(failed ? &progress->failed : &progress->cached) += 1;
        } else {
            g_array_append_val(units, unit);
        }
    }
}

GArray *
kith_haul_pending(const kith_plan *plan, const kith_segments *segments, bool again, int64_t shard,
                  int64_t shards, kith_batch_progress *progress)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GArray *units = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (int64_t d = 0; d < plan->datasets->len; d++)
        if (kith_plan_dataset_at(plan, d)->first == d)
            g_array_append_val(all, d);
    g_array_sort_with_data(all, compare_datasets, (gpointer)plan);
    for (guint i = 0; i < all->len; i++)
        if (shards == 0 || i % shards == shard)
            add_pending(plan, segments, again, g_array_index(all, int64_t, i), units, progress);
    return units;
}

static bool
is_small(const kith_plan *plan, const kith_plan_dataset *d)
{
    return kith_plan_seconds(plan, d) < KITH_HAUL_SMALL;
}

int64_t
kith_haul_small(const kith_plan *plan)
{
    int64_t n = 0;

    for (guint i = 0; i < plan->datasets->len; i++)
        n += is_small(plan, kith_plan_dataset_at(plan, i));
    return n;
}

/* Two seconds' worth, and no more than half of a slot's share of what is left. */
static double
seconds_to_take(const kith_plan *plan, const GArray *units, guint next, int64_t slots)
{
    const kith_plan_dataset *d = dataset_of(plan, units, next);
    double each = kith_plan_seconds(plan, d) / plan->points->len;

    return MIN(SECONDS_A_HAUL, each * (units->len - next) / (2.0 * (double)slots));
}

guint
kith_haul_length(const kith_plan *plan, const GArray *units, guint next, int64_t slots, bool share,
                 int64_t *memory)
{
    double most = seconds_to_take(plan, units, next, slots), seconds = 0;
    const kith_plan_dataset *first = dataset_of(plan, units, next), *d = first;
    guint end = next;

    for (;;) {
        while (end < units->len && dataset_of(plan, units, end) == d)
            end++;
        seconds += kith_plan_seconds(plan, d);
        if (end == units->len || !share || !is_small(plan, first) || seconds >= most)
            break;
        d = dataset_of(plan, units, end);
    }
    *memory = kith_plan_memory(first); /* the largest: they come longest first */
    return end - next;
}
