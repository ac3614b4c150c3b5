/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * core.c - level by level: who has no more ties left than the level goes, and with them whoever sinks to it for that.
 *
 * Before each level those that are left are looked through. A vertex is looked at in no more levels than its core has, and so
 * than it has ties: in all that is O(n + m), in order, where buckets (Batagelj & Zaversnik 2003) move four words for each tie.
 */
#include "measures/core.h"
#include "base/base.h"

#define POLL 65536 /* vertices between two looks at whether to stop */

struct peel {
    const kith_csr *rows;
    uint32_t *left;  /* vertex -> its ties to those not gone; of who is gone, its core */
    uint32_t *rest;  /* vertices not gone when last looked through */
    uint32_t *going; /* those of this level */
    int64_t rests, goings;
};

static void
peel_clear(struct peel *p)
{
    g_free(p->rest);
    g_free(p->going);
}

static kith_status
peel_init(struct peel *p, const kith_csr *rows, uint32_t *left, kith_error *err)
{
    *p = (struct peel){.rows = rows, .left = left, .rests = rows->n};
    p->rest = g_try_new(uint32_t, rows->n + 1);
    p->going = g_try_new(uint32_t, rows->n + 1);
    if (!p->rest || !p->going)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " people",
                         rows->n);
    for (int64_t v = 0; v < rows->n; v++) {
        left[v] = (uint32_t)(rows->first[v + 1] - rows->first[v]);
        p->rest[v] = (uint32_t)v;
    }
    return KITH_OK;
}

/* Who goes at this level to begin with. @return the least that others have left */
static uint32_t
look_through(struct peel *p, uint32_t level)
{
    uint32_t least = UINT32_MAX;
    int64_t kept = 0;

    p->goings = 0;
    for (int64_t i = 0; i < p->rests; i++) {
        uint32_t v = p->rest[i], left = p->left[v];

        p->going[p->goings] = v;
        p->goings += left == level;
        p->rest[kept] = v;
        kept += left > level;
        least = left > level ? MIN(least, left) : least;
    }
    p->rests = kept;
    return least;
}

/* A vertex goes. Half of its neighbours have gone before, and which nobody can foretell: so there is no branch. */
static void
take_away(struct peel *p, uint32_t v, uint32_t level)
{
    const uint32_t *end = p->rows->to + p->rows->first[v + (int64_t)1];

    for (const uint32_t *u = p->rows->to + p->rows->first[v]; u < end; u++) {
        uint32_t left = p->left[*u];

        p->left[*u] = left - (left > level);
        p->going[p->goings] = *u;
        p->goings += left == level + 1;
    }
}

kith_status
kith_core(const kith_csr *rows, kith_work *work, uint32_t *core, kith_error *err)
{
    __attribute__((cleanup(peel_clear))) struct peel p = {0};
    uint32_t level = 0, next;
    bool wanted = true;

    TRY(peel_init(&p, rows, core, err));
    kith_work_begin(work, (double)rows->n);
    for (; p.rests > 0 && wanted; level = next) {
        next = look_through(&p, level);
        if (p.goings > 0)
            next = level + 1;
        for (int64_t i = 0; i < p.goings && wanted; i++) {
            take_away(&p, p.going[i], level);
            wanted = (i + 1) % POLL || kith_work_step(work, POLL);
        }
        wanted = wanted && kith_work_step(work, p.goings % POLL);
    }
    return kith_work_end(work, err);
}
