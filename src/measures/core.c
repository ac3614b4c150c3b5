/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core.c - vertices in buckets by how many ties they have left; the lowest leaves, its neighbours move down one bucket. */
#include "measures/core.h"
#include "base/base.h"

#define POLL 65536 /* vertices between two looks at whether to stop */

struct buckets {
    uint32_t *order; /* vertices by ties left */
    uint32_t *place; /* vertex -> its place in `order` */
    uint32_t *begin; /* ties left -> where their bucket begins */
};

static void
buckets_clear(struct buckets *b)
{
    g_free(b->order);
    g_free(b->place);
    g_free(b->begin);
}

static kith_status
buckets_init(struct buckets *b, const kith_csr *rows, uint32_t *left, kith_error *err)
{
    uint32_t most = 0;

    for (int64_t v = 0; v < rows->n; v++) {
        left[v] = (uint32_t)(rows->first[v + 1] - rows->first[v]);
        most = MAX(most, left[v]);
    }
    b->order = g_try_new(uint32_t, rows->n + 1);
    b->place = g_try_new(uint32_t, rows->n + 1);
    b->begin = g_try_new0(uint32_t, (gsize)most + 3);
    if (!b->order || !b->place || !b->begin)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " people",
                         rows->n);
    for (int64_t v = 0; v < rows->n; v++)
        b->begin[left[v] + 2]++;
    for (uint32_t d = 1; d < most + 3; d++)
        b->begin[d] += b->begin[d - 1];
    for (int64_t v = 0; v < rows->n;
         v++) { /* begin[d + 1] runs through bucket d, and ends at the next */
        b->place[v] = b->begin[left[v] + 1]++;
        b->order[b->place[v]] = (uint32_t)v;
    }
    return KITH_OK;
}

/* Swaps u with the first of its bucket, which then begins after it: u has one tie less. */
static void
move_down(struct buckets *b, uint32_t *left, uint32_t u)
{
    uint32_t at = b->place[u], front = b->begin[left[u]], other = b->order[front];

    b->order[at] = other;
    b->place[other] = at;
    b->order[front] = u;
    b->place[u] = front;
    b->begin[left[u]]++;
    left[u]--;
}

kith_status
kith_core(const kith_csr *rows, kith_work *work, uint32_t *core, kith_error *err)
{
    __attribute__((cleanup(buckets_clear))) struct buckets b = {0};

    TRY(buckets_init(&b, rows, core, err));
    kith_work_begin(work, (double)rows->n);
    for (int64_t i = 0; i < rows->n; i++) {
        uint32_t v = b.order[i], mine = core[v];

        if (i % POLL == 0 && !kith_work_step(work, POLL))
            break;
        for (int64_t k = rows->first[v]; k < rows->first[v + (int64_t)1]; k++)
            if (core[rows->to[k]] > mine)
                move_down(&b, core, rows->to[k]);
    }
    return kith_work_end(work, err);
}
