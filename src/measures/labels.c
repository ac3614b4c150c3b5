/* SPDX-License-Identifier: GPL-3.0-or-later */
/* labels.c - label propagation. */
#include "measures/labels.h"
#include "base/base.h"
#include "measures/partition.h"
#include "measures/random.h"
#include <string.h>

#define SWEEPS                                                                                     \
    100 /* labels may change for ever between equals: that many visits a vertex are enough */
#define SAME 1e-6 /* weights this near are equal, as a share */

struct work {
    double *sum;
    uint32_t *met, *queue;
    uint8_t *queued;
    kith_random random;
};

/* The label that weighs most around v. */
static uint32_t
heaviest(const kith_grouping *p, const uint32_t *label, uint32_t v, struct work *w)
{
    double most = 0;
    uint32_t best = label[v];
    int64_t n = 0, equals = 0;

    for (int64_t i = p->first[v]; i < p->first[v + 1]; i++) {
        uint32_t c = label[p->arc[i].to];

        w->met[n] = c;
        n += w->sum[c] == 0;
        w->sum[c] += (double)p->arc[i].weight;
        most = MAX(most, w->sum[c]);
    }
    for (int64_t i = 0; i < n; i++)
        if (w->sum[w->met[i]] >= most * (1 - SAME) &&
            kith_random_below(&w->random, (uint64_t)++equals) == 0)
            best = w->met[i];
    if (n && w->sum[label[v]] >= most * (1 - SAME))
        best = label[v];
    for (int64_t i = 0; i < n; i++)
        w->sum[w->met[i]] = 0;
    return best;
}

static void
spread(const kith_grouping *p, uint32_t *label, struct work *w)
{
    int64_t head = 0, tail = 0, waiting = p->n, left = SWEEPS * p->n;

    for (int64_t v = 0; v < p->n; v++) {
        int64_t j = (int64_t)kith_random_below(&w->random, (uint64_t)v + 1);

        label[v] = (uint32_t)v;
        w->queued[v] = 1;
        w->queue[v] = w->queue[j];
        w->queue[j] = (uint32_t)v;
    }
    while (waiting && left--) {
        uint32_t v = w->queue[head], best;

        head = head + 1 == p->n ? 0 : head + 1;
        waiting--;
        w->queued[v] = 0;
        best = heaviest(p, label, v, w);
        if (best == label[v])
            continue;
        label[v] = best;
        for (int64_t i = p->first[v]; i < p->first[v + 1]; i++) {
            uint32_t to = p->arc[i].to;

            if (w->queued[to] || label[to] == best)
                continue;
            w->queued[to] = 1;
            w->queue[tail] = to;
            tail = tail + 1 == p->n ? 0 : tail + 1;
            waiting++;
        }
    }
}

static void
run_once(const kith_grouping *p, uint64_t seed, uint64_t stream, uint32_t *label)
{
    struct work w = {.random = kith_random_init(seed, stream)};

    w.sum = g_new0(double, p->n + 1);
    w.met = g_new0(uint32_t, p->n + 2);
    w.queue = g_new0(uint32_t, p->n + 1);
    w.queued = g_new0(uint8_t, p->n + 1);
    spread(p, label, &w);
    kith_partition_connect(p, label);
    g_free(w.sum);
    g_free(w.met);
    g_free(w.queue);
    g_free(w.queued);
}

kith_status
kith_labels_find(const kith_grouping *p, const kith_leiden_plan *plan, kith_leiden **out,
                 kith_error *err)
{
    g_autoptr(kith_leiden) found = g_new0(kith_leiden, 1);
    int64_t best = 0;

    found->n = p->n;
    found->runs = plan->runs;
    found->group = g_new0(uint32_t, p->n + 1);
    found->run_quality = g_new0(double, plan->runs + 1);
    found->run_group = g_try_new0(uint32_t, (gsize)(plan->runs * p->n) + 1);
    if (!found->run_group)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " runs",
                         plan->runs);
    for (int64_t i = 0; i < plan->runs; i++) {
        run_once(p, (uint64_t)plan->seed, (uint64_t)i, found->run_group + i * p->n);
        found->run_quality[i] = kith_grouping_quality(p, found->run_group + i * p->n);
        best = found->run_quality[i] > found->run_quality[best] ? i : best;
        if (plan->progress && !plan->progress(plan->payload, (double)i / (double)plan->runs))
            return kith_fail(err, KITH_ERR_CANCELLED, "stopped");
    }
    memcpy(found->group, found->run_group + best * p->n, (size_t)p->n * sizeof *found->group);
    found->groups = kith_partition_order(found->group, p->n);
    found->quality = found->run_quality[best];
    *out = g_steal_pointer(&found);
    return KITH_OK;
}
