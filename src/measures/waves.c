/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * waves.c - walks in the lanes of a vector, each counted for itself.
 *
 * How many vertices a lane meets in a level is added up in bit planes: plane p holds bit p of all 512 counts, so adding one
 * vertex's lanes costs about two operations.
 */
#include "measures/waves.h"
#include "base/base.h"
#include "base/big.h"

#define POLL 2048 /* vertices between two looks at whether to stop */

void
kith_waves_clear(kith_waves *w)
{
    kith_big_free(w->met);
    kith_big_free(w->front);
    kith_big_free(w->next);
    kith_big_free(w->list);
    kith_big_free(w->coming);
    kith_big_free(w->listed);
}

kith_status
kith_waves_init(kith_waves *w, const kith_csr *rows, kith_error *err)
{
    memset(w, 0, sizeof *w);
    w->rows = rows;
    w->met = KITH_RAW(lanes_bits, rows->n);
    w->front = KITH_BIG(lanes_bits, rows->n);
    w->next = KITH_BIG(lanes_bits, rows->n);
    w->list = KITH_RAW(uint32_t, MAX(rows->n, KITH_WAVES));
    w->coming = KITH_RAW(uint32_t, MAX(rows->n, KITH_WAVES));
    w->listed = KITH_BIG(uint8_t, rows->n);
    if (!w->met || !w->front || !w->next || !w->list || !w->coming || !w->listed)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    return KITH_OK;
}

void
kith_waves_begin(kith_waves *w, const int64_t *source, int64_t n)
{
    for (int64_t i = 0; i < w->in_list; i++)
        w->front[w->list[i]] = (lanes_bits){0};
    memset(w->met, 0, sizeof *w->met * (size_t)w->rows->n);
    w->alive = (lanes_bits){0};
    w->in_list = 0;
    for (int64_t i = 0; i < n; i++) {
        lanes_bits bit = {0};

        bit[i / 64] = (uint64_t)1 << i % 64;
        w->met[source[i]] |= bit;
        w->front[source[i]] |= bit;
        w->alive |= bit;
        w->list[w->in_list++] = (uint32_t)source[i];
    }
}

/* Lanes that have met all they can, or are no longer of interest, ask for nothing. */
LANES_CLONES static bool
push(kith_waves *w, kith_work *work)
{
    const kith_csr *rows = w->rows;

    for (int64_t i = 0; i < w->in_list; i++) {
        uint32_t v = w->list[i];
        lanes_bits mine = w->front[v] & w->alive;

        w->front[v] = (lanes_bits){0};
        if (i % POLL == 0 && !kith_work_step(work, 0))
            return false;
        if (!lanes_any(&mine))
            continue;
        for (int64_t k = rows->first[v]; k < rows->first[v + (int64_t)1]; k++) {
            uint32_t u = rows->to[k];

            w->next[u] |= mine;
            w->coming[w->in_coming] = u;
            w->in_coming += !w->listed[u];
            w->listed[u] = 1;
        }
    }
    return true;
}

LANES_INLINE void
add_to(lanes_bits *plane, lanes_bits *carry)
{
    for (int p = 0; lanes_any(carry); p++) {
        lanes_bits both = plane[p] & *carry;

        plane[p] ^= *carry;
        *carry = both;
    }
}

LANES_CLONES static void
arrive(kith_waves *w)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < w->in_coming; i++) {
        uint32_t v = w->coming[i];
        lanes_bits new = w->next[v] & ~w->met[v], carry = new;

        w->listed[v] = 0;
        w->next[v] = (lanes_bits){0};
        if (!lanes_any(&new))
            continue;
        w->met[v] |= new;
        w->front[v] = new;
        w->coming[kept++] = v;
        add_to(w->all, &carry);
        if (w->split && w->rows->first[v] < w->rows->first[v + (int64_t)1])
            add_to(w->rowed, &new);
    }
    w->in_coming = kept;
}

/* Reads the planes and empties them. */
static void
read_counts(kith_waves_planes plane, int64_t *count)
{
    for (int lane = 0; lane < KITH_WAVES; lane++) {
        count[lane] = 0;
        for (int p = 0; p < KITH_WAVES_PLANES; p++)
            count[lane] += (int64_t)((plane[p][lane / 64] >> lane % 64 & 1) << p);
    }
    memset(plane, 0, sizeof(kith_waves_planes));
}

bool
kith_waves_step(kith_waves *w, kith_work *work)
{
    uint32_t *swap = w->list;

    w->in_coming = 0;
    if (!push(w, work))
        return false;
    arrive(w);
    read_counts(w->all, w->count);
    if (w->split)
        read_counts(w->rowed, w->further);
    w->list = w->coming;
    w->coming = swap;
    w->in_list = w->in_coming;
    return w->in_list > 0;
}
