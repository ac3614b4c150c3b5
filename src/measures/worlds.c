/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worlds.c - a queue of who has something to tell, and what was drawn for them so far. */
#include "measures/worlds.h"
#include "base/base.h"
#include "base/big.h"
#include <string.h>

#define PLANES 32                     /* bits of a count */
#define FEW 8                         /* worlds of an arc that are listed instead of masked */
#define MOST_MASKS (INT64_C(1) << 24) /* kept for the next visit, of all threads together: 1 GB */
#define MOST_SINGLES (INT64_C(1) << 26)
#define AHEAD 8 /* arcs, fetched before they are looked at */
#define BATCH 64
#define POLL 1023 /* visits between two looks at whether to stop */

/* Each bit of a mask is a world. */
struct hearer {
    lanes_bits heard, pending; /* pending: heard, not told on yet */
};

/* The arcs of one who tells that carry in any world of this block. */
struct row {
    uint32_t mask, masks, single, singles;
    uint8_t state;
};

enum { FRESH, KEPT, TOO_LONG };

struct kith_worlds {
    const kith_cascade *cascade;
    const uint8_t *counted;
    kith_work *work;
    uint64_t key;
    struct hearer *hearer; /* by vertex */
    struct row *row;       /* by vertex, drawn when first visited */
    lanes_bits *mask;
    uint32_t *to;        /* by mask */
    uint16_t *single;    /* a world in which one arc carries */
    uint32_t *single_to; /* by single */
    int64_t masks, mask_room, singles, single_room;
    uint32_t *queue; /* of vertices with pending worlds; a ring */
    int64_t head, waiting;
    int64_t visits;
    lanes_bits plane[PLANES]; /* how many heard in each world, a bit of all counts in each plane */
    uint32_t more[CARRY_WORLDS]; /* and one by one */
    uint32_t hit[BATCH];         /* those of a batch that carry */
};

/* Without room to keep what was drawn, all is drawn again at each visit. */
static void
make_room(kith_worlds *w, int share)
{
    w->mask_room = MIN(w->cascade->arcs, MOST_MASKS / share);
    w->single_room = MIN(w->cascade->arcs * FEW, MOST_SINGLES / share);
    w->mask = KITH_RAW(lanes_bits, w->mask_room + 1);
    w->to = KITH_RAW(uint32_t, w->mask_room + 1);
    w->single = KITH_RAW(uint16_t, w->single_room + CARRY_WORLDS);
    w->single_to = KITH_RAW(uint32_t, w->single_room + CARRY_WORLDS);
    if (!w->mask || !w->to || !w->single || !w->single_to)
        w->mask_room = w->single_room = -1;
}

kith_worlds *
kith_worlds_new(const kith_cascade *cascade, const uint8_t *counted, int share, kith_work *work)
{
    kith_worlds *w = KITH_BIG(kith_worlds, 1);

    if (!w)
        return NULL;
    w->cascade = cascade;
    w->counted = counted;
    w->work = work;
    make_room(w, share);
    w->hearer = KITH_RAW(struct hearer, cascade->n + 1);
    w->row = KITH_RAW(struct row, cascade->n + 1);
    w->queue = KITH_RAW(uint32_t, cascade->n + 1);
    if (w->hearer && w->row && w->queue)
        return w;
    kith_worlds_free(w);
    return NULL;
}

void
kith_worlds_free(kith_worlds *w)
{
    if (!w)
        return;
    kith_big_free(w->hearer);
    kith_big_free(w->row);
    kith_big_free(w->queue);
    kith_big_free(w->mask);
    kith_big_free(w->to);
    kith_big_free(w->single);
    kith_big_free(w->single_to);
    kith_big_free(w);
}

void
kith_worlds_begin(kith_worlds *w, uint64_t key)
{
    w->key = key;
    memset(w->hearer, 0, (gsize)w->cascade->n * sizeof *w->hearer);
    memset(w->row, 0, (gsize)w->cascade->n * sizeof *w->row);
    memset(w->plane, 0, sizeof w->plane);
    memset(w->more, 0, sizeof w->more);
    w->masks = w->singles = w->head = w->waiting = 0;
}

LANES_INLINE void
count(kith_worlds *w, const lanes_bits *heard)
{
    lanes_bits worlds = *heard;

    for (int i = 0; lanes_any(&worlds) && i < PLANES; i++) {
        lanes_bits carry = w->plane[i] & worlds;

        w->plane[i] ^= worlds;
        worlds = carry;
    }
}

LANES_INLINE void
wait_to_tell(kith_worlds *w, uint32_t v)
{
    int64_t n = w->cascade->n, seat = w->head + w->waiting++;

    w->queue[seat < n ? seat : seat - n] = v;
}

static uint32_t
take_next(kith_worlds *w)
{
    uint32_t v = w->queue[w->head];

    w->head = w->head + 1 == w->cascade->n ? 0 : w->head + 1;
    w->waiting--;
    return v;
}

static bool
is_counted(const kith_worlds *w, uint32_t v)
{
    return !w->counted || w->counted[v];
}

LANES_INLINE void
hear(kith_worlds *w, uint32_t v, const lanes_bits *worlds)
{
    struct hearer *h = &w->hearer[v];

    h->heard |= *worlds;
    if (is_counted(w, v))
        count(w, worlds);
    if (!lanes_any(&h->pending))
        wait_to_tell(w, v);
    h->pending |= *worlds;
}

LANES_INLINE void
hear_single(kith_worlds *w, uint32_t v, uint16_t world)
{
    struct hearer *h = &w->hearer[v];
    uint64_t bit = UINT64_C(1) << world % 64;

    if (h->heard[world / 64] & bit)
        return;
    h->heard[world / 64] |= bit;
    w->more[world] += is_counted(w, v);
    if (!lanes_any(&h->pending))
        wait_to_tell(w, v);
    h->pending[world / 64] |= bit;
}

LANES_INLINE int
how_many(const lanes_bits *worlds)
{
    int n = 0;

    for (int lane = 0; lane < LANES; lane++)
        n += __builtin_popcountll((*worlds)[lane]);
    return n;
}

static int
list_worlds(const lanes_bits *worlds, uint16_t *world)
{
    int n = 0;

    for (int lane = 0; lane < LANES; lane++)
        for (uint64_t left = (*worlds)[lane]; left; left &= left - 1)
            world[n++] = (uint16_t)(64 * lane + __builtin_ctzll(left));
    return n;
}

/* An arc that carries in few worlds is kept as a list of them. */
LANES_INLINE void
draw_arc(kith_worlds *w, uint32_t to, int64_t arc)
{
    const kith_cascade *c = w->cascade;
    uint64_t own = carry_key(c, w->key, to, arc);
    uint16_t *single = &w->single[w->singles];
    float jump = carry_jump(c, to, arc);
    lanes_bits *mask = &w->mask[w->masks];
    int n = 0;

    if (jump < 0) {
        n = carry_seldom(own, jump, single);
    } else {
        carry_often(c, own, to, arc, mask);
        if (how_many(mask) <= FEW)
            n = list_worlds(mask, single);
        else
            w->to[w->masks++] = to;
    }
    for (int i = 0; i < n; i++)
        w->single_to[w->singles++] = to;
}

/* Every visit would draw the same again: all arcs of one who tells are drawn at the first, when there is room. */
LANES_INLINE void
draw_row(kith_worlds *w, uint32_t v)
{
    const kith_cascade *c = w->cascade;
    struct row *row = &w->row[v];
    int64_t i = c->out_first[v], end = c->out_first[v + 1];

    *row = (struct row){.mask = (uint32_t)w->masks, .single = (uint32_t)w->singles, .state = KEPT};
    if (w->masks + end - i <= w->mask_room)
        for (; i < end && w->singles < w->single_room; i++) {
            __builtin_prefetch(&c->jump[c->out_to[MIN(end - 1, i + AHEAD)]]);
            draw_arc(w, c->out_to[i], c->out_arc[i]);
        }
    if (i < end) {
        row->state = TOO_LONG;
        w->masks = row->mask;
        w->singles = row->single;
    }
    row->masks = (uint32_t)w->masks - row->mask;
    row->singles = (uint32_t)w->singles - row->single;
}

LANES_INLINE void
fetch(const struct hearer *h)
{
    __builtin_prefetch(&h->heard);
    __builtin_prefetch(&h->pending);
}

/* First who might hear, so that they are fetched side by side, then whether they do. */
LANES_INLINE void
tell_masked(kith_worlds *w, uint32_t from, uint32_t end, const lanes_bits *worlds)
{
    uint32_t *hit = w->hit, hits = 0;

    for (uint32_t i = from; i < end; i++) {
        lanes_bits asked = *worlds & w->mask[i];

        hit[hits] = i;
        hits += lanes_any(&asked) != 0;
    }
    for (uint32_t i = 0; i < hits; i++)
        fetch(&w->hearer[w->to[hit[i]]]);
    for (uint32_t i = 0; i < hits; i++) {
        uint32_t to = w->to[hit[i]];
        lanes_bits asked = *worlds & w->mask[hit[i]] & ~w->hearer[to].heard;

        if (lanes_any(&asked))
            hear(w, to, &asked);
    }
}

LANES_INLINE void
tell_singles(kith_worlds *w, uint32_t from, uint32_t end, const lanes_bits *worlds)
{
    uint32_t *hit = w->hit, hits = 0;

    for (uint32_t i = from; i < end; i++) {
        hit[hits] = i;
        hits += (*worlds)[w->single[i] / 64] >> w->single[i] % 64 & 1;
    }
    for (uint32_t i = 0; i < hits; i++)
        fetch(&w->hearer[w->single_to[hit[i]]]);
    for (uint32_t i = 0; i < hits; i++)
        hear_single(w, w->single_to[hit[i]], w->single[hit[i]]);
}

LANES_INLINE void
tell_kept(kith_worlds *w, const struct row *row, const lanes_bits *worlds)
{
    uint32_t end = row->mask + row->masks;

    for (uint32_t i = row->mask; i < end; i += BATCH)
        tell_masked(w, i, MIN(end, i + BATCH), worlds);
    end = row->single + row->singles;
    for (uint32_t i = row->single; i < end; i += BATCH)
        tell_singles(w, i, MIN(end, i + BATCH), worlds);
}

LANES_INLINE void
tell_drawn(kith_worlds *w, uint32_t v, const lanes_bits *worlds)
{
    const kith_cascade *c = w->cascade;

    for (int64_t i = c->out_first[v]; i < c->out_first[v + 1]; i++) {
        uint32_t to = c->out_to[i];
        lanes_bits asked = *worlds & ~w->hearer[to].heard, carried;

        if (!lanes_any(&asked))
            continue;
        carry_worlds(c, w->key, to, c->out_arc[i], &carried);
        asked &= carried;
        if (lanes_any(&asked))
            hear(w, to, &asked);
    }
}

static uint32_t
look_ahead(const kith_worlds *w, int64_t places)
{
    int64_t n = w->cascade->n, seat = w->head + MIN(places, w->waiting - 1);

    return w->queue[seat < n ? seat : seat - n];
}

/* What the next in the queue will look at is fetched meanwhile, each in its turn: its row, where that lies, who is in it. */
LANES_INLINE void
fetch_next(const kith_worlds *w)
{
    uint32_t far = look_ahead(w, 6), middle = look_ahead(w, 4);
    const struct row *near = &w->row[look_ahead(w, 2)];

    __builtin_prefetch(&w->hearer[far].pending);
    __builtin_prefetch(&w->row[far]);
    __builtin_prefetch(&w->to[w->row[middle].mask]);
    __builtin_prefetch(&w->mask[w->row[middle].mask]);
    __builtin_prefetch(&w->single[w->row[middle].single]);
    for (uint32_t i = near->mask; i < near->mask + MIN(near->masks, AHEAD); i++)
        __builtin_prefetch(&w->mask[i]);
}

LANES_CLONES void
kith_worlds_go(kith_worlds *w)
{
    while (w->waiting && ((++w->visits & POLL) != 0 || kith_work_step(w->work, 0))) {
        lanes_bits worlds;
        uint32_t v;

        if (w->mask_room > 0)
            fetch_next(w);
        v = take_next(w);
        worlds = w->hearer[v].pending;
        w->hearer[v].pending = (lanes_bits){0};
        if (w->row[v].state == FRESH)
            draw_row(w, v);
        if (w->row[v].state == KEPT)
            tell_kept(w, &w->row[v], &worlds);
        else
            tell_drawn(w, v, &worlds);
    }
}

LANES_CLONES void
kith_worlds_tell(kith_worlds *w, uint32_t v)
{
    lanes_bits worlds = ~w->hearer[v].heard;

    if (lanes_any(&worlds))
        hear(w, v, &worlds);
}

void
kith_worlds_count(const kith_worlds *w, uint32_t *out)
{
    memcpy(out, w->more, sizeof w->more);
    for (int i = 0; i < PLANES; i++)
        for (int lane = 0; lane < LANES; lane++)
            for (uint64_t left = w->plane[i][lane]; left; left &= left - 1)
                out[64 * lane + __builtin_ctzll(left)] += UINT32_C(1) << i;
}
