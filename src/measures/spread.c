/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spread.c - cascades in 512 worlds at once. */
#include "measures/spread.h"
#include "base/base.h"
#include "measures/lanes.h"
#include "measures/random.h"
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define WORLDS 512
#define PLANES 32 /* bits of a count */
#define SELDOM                                                                                     \
    -127.5f /* 1 / log(1 - p) of 1/128: arcs of less jump from world to world that carries */
#define MOST_MASKS (INT64_C(1) << 22) /* arcs whose worlds are kept for the next visit */
#define AHEAD 8                       /* arcs, fetched before they are looked at */
#define POLL 1023                     /* visits between two looks at whether to stop */
#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

/* What one thread needs for a block of worlds; each bit of a mask is a world. */
struct walker {
    const kith_spread_plan *plan;
    uint64_t key;        /* of this block */
    lanes_bits *heard;   /* by vertex */
    lanes_bits *pending; /* heard, not told on yet */
    lanes_bits *
        mask; /* worlds in which an arc carries; a row by who tells holds those that carry in any; NULL: drawn at
                         each visit */
    uint32_t *to;    /* by place in mask */
    uint32_t *live;  /* by vertex: how long its row in mask is; UINT32_MAX: not drawn yet */
    uint32_t *queue; /* of vertices with pending worlds; a ring */
    int64_t head, waiting;
    lanes_bits plane[PLANES]; /* how many heard in each world, a bit of all counts in each plane */
};

void
kith_spread_clear(kith_spread *s)
{
    g_clear_pointer(&s->mean, g_free);
    g_clear_pointer(&s->error, g_free);
    g_clear_pointer(&s->low, g_free);
    g_clear_pointer(&s->high, g_free);
}

static bool
walker_init(struct walker *w, const kith_spread_plan *plan)
{
    const kith_cascade *c = plan->cascade;
    gsize n = (gsize)c->n + 1;

    *w = (struct walker){.plan = plan};
    w->heard = lanes_new0(c->n);
    w->pending = lanes_new0(c->n);
    w->queue = g_try_new(uint32_t, n);
    w->live = g_try_new(uint32_t, n);
    if (c->model == KITH_CASCADE_IC && c->arcs <= MOST_MASKS) {
        w->mask = aligned_alloc(64, sizeof *w->mask * ((gsize)c->arcs + 1));
        w->to = w->mask ? g_try_new(uint32_t, (gsize)c->arcs + 1) : NULL;
    }
    return w->heard && w->pending && w->queue && w->live && (!w->mask || w->to);
}

static void
walker_clear(struct walker *w)
{
    free(w->heard);
    free(w->pending);
    free(w->mask);
    g_free(w->to);
    g_free(w->queue);
    g_free(w->live);
}

LANES_INLINE void
count(struct walker *w, const lanes_bits *heard)
{
    lanes_bits worlds = *heard;

    for (int i = 0; lanes_any(&worlds) && i < PLANES; i++) {
        lanes_bits carry = w->plane[i] & worlds;

        w->plane[i] ^= worlds;
        worlds = carry;
    }
}

LANES_INLINE void
hear(struct walker *w, uint32_t v, const lanes_bits *worlds)
{
    int64_t n = w->plan->cascade->n, seat;

    w->heard[v] |= *worlds;
    if (!w->plan->counted || w->plan->counted[v])
        count(w, worlds);
    if (!lanes_any(&w->pending[v])) {
        seat = w->head + w->waiting++;
        w->queue[seat < n ? seat : seat - n] = v;
    }
    w->pending[v] |= *worlds;
}

/* Worlds in which an arc of a small chance carries: from one to the next by geometric jumps. */
static void
carrying_seldom(uint64_t state, float jump, lanes_bits *worlds)
{
    for (float at = 0;; at += 1) {
        float unit = (float)((kith_random_mix(state += GOLDEN) >> 32) + 1) * 0x1p-32f;

        if ((unit - 1) * jump >= WORLDS - at) /* log(unit) is further from 0 still */
            return;
        at += floorf(logf(unit) * jump);
        if (!(at < WORLDS))
            return;
        (*worlds)[(int)at / 64] |= UINT64_C(1) << (int)at % 64;
    }
}

/* As kith_random_mix(), in every lane. */
LANES_INLINE void
mix(lanes_bits *bits)
{
    *bits = (*bits ^ *bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    *bits = (*bits ^ *bits >> 27) * UINT64_C(0x94d049bb133111eb);
    *bits ^= *bits >> 31;
}

/* A number drawn for each world against p, binary digit by digit, as long as some worlds are undecided. */
LANES_INLINE void
carrying_often(uint64_t key, float p, lanes_bits *worlds)
{
    const lanes_bits lane = {1, 2, 3, 4, 5, 6, 7, 8};
    lanes_bits state = key + lane * GOLDEN, undecided = ~(lanes_bits){0};
    uint64_t digits = (uint64_t)((double)p * 0x1p32);

    if (p >= 1) {
        *worlds = undecided;
        return;
    }
    for (uint64_t digit = UINT64_C(1) << 31; digit && lanes_any(&undecided); digit >>= 1) {
        lanes_bits drawn = state;

        mix(&drawn);
        state += LANES * GOLDEN;
        if (digits & digit) {
            *worlds |= undecided & ~drawn;
            undecided &= drawn;
        } else {
            undecided &= ~drawn;
        }
    }
}

/* Each listener draws one number a world; the arc whose stretch it falls into carries. */
static void
carrying_one(const struct walker *w, uint32_t to, int64_t arc, const lanes_bits *asked,
             lanes_bits *worlds)
{
    const kith_cascade *c = w->plan->cascade;
    double low = arc > c->first[to] ? c->p[arc - 1] : 0, high = c->p[arc];
    uint64_t state = kith_random_mix(w->key ^ to * GOLDEN);

    for (int lane = 0; lane < LANES; lane++)
        for (uint64_t left = (*asked)[lane]; left; left &= left - 1) {
            int world = __builtin_ctzll(left);
            uint64_t drawn = kith_random_mix(state + (uint64_t)(64 * lane + world + 1) * GOLDEN);
            double unit = (double)(drawn >> 11) * 0x1p-53;

            if (unit >= low && unit < high)
                (*worlds)[lane] |= UINT64_C(1) << world;
        }
}

/* The worlds in which an arc carries, of those asked for or of all. */
LANES_INLINE void
carrying(const struct walker *w, uint32_t to, int64_t arc, const lanes_bits *asked,
         lanes_bits *worlds)
{
    const kith_cascade *c = w->plan->cascade;
    float p = c->model == KITH_CASCADE_LT ? 0 : c->p ? c->p[arc] : c->level[to], jump;
    uint64_t key;

    *worlds = (lanes_bits){0};
    if (c->model == KITH_CASCADE_LT) {
        carrying_one(w, to, arc, asked, worlds);
        return;
    }
    key = kith_random_mix(w->key ^ (uint64_t)(arc + 1) * GOLDEN);
    jump = isnan(c->jump[to]) ? 1 / log1pf(-p) : c->jump[to];
    if (jump < SELDOM)
        carrying_seldom(key, jump, worlds);
    else
        carrying_often(key, p, worlds);
}

/* Every visit would draw the same again: all arcs of one who tells are drawn at the first. */
LANES_INLINE void
draw_masks(struct walker *w, uint32_t v)
{
    const kith_cascade *c = w->plan->cascade;
    int64_t place = c->out_first[v];

    for (int64_t i = place; i < c->out_first[v + 1]; i++) {
        carrying(w, c->out_to[i], c->out_arc[i], NULL, &w->mask[place]);
        w->to[place] = c->out_to[i];
        place += lanes_any(&w->mask[place]) != 0;
    }
    w->live[v] = (uint32_t)(place - c->out_first[v]);
}

LANES_INLINE void
tell_kept(struct walker *w, uint32_t v, const lanes_bits *worlds)
{
    int64_t i = w->plan->cascade->out_first[v], end;

    if (w->live[v] == UINT32_MAX)
        draw_masks(w, v);
    for (end = i + w->live[v]; i < end; i++) {
        lanes_bits asked = *worlds & w->mask[i] & ~w->heard[w->to[i]];

        if (i + AHEAD < end)
            __builtin_prefetch(&w->heard[w->to[i + AHEAD]]);
        if (lanes_any(&asked))
            hear(w, w->to[i], &asked);
    }
}

LANES_INLINE void
tell_drawn(struct walker *w, uint32_t v, const lanes_bits *worlds)
{
    const kith_cascade *c = w->plan->cascade;

    for (int64_t i = c->out_first[v]; i < c->out_first[v + 1]; i++) {
        uint32_t to = c->out_to[i];
        lanes_bits asked = *worlds & ~w->heard[to], carried;

        if (!lanes_any(&asked))
            continue;
        carrying(w, to, c->out_arc[i], &asked, &carried);
        asked &= carried;
        if (lanes_any(&asked))
            hear(w, to, &asked);
    }
}

LANES_CLONES static void
tell(struct walker *w)
{
    int64_t n = w->plan->cascade->n;

    while (w->waiting && ((w->head & POLL) != 0 || kith_work_step(w->plan->work, 0))) {
        uint32_t v = w->queue[w->head];
        lanes_bits worlds = w->pending[v];

        w->head = w->head + 1 == n ? 0 : w->head + 1;
        w->waiting--;
        w->pending[v] = (lanes_bits){0};
        if (w->mask)
            tell_kept(w, v, &worlds);
        else
            tell_drawn(w, v, &worlds);
    }
}

LANES_CLONES static void
tell_seed(struct walker *w, uint32_t v)
{
    lanes_bits worlds = ~w->heard[v];

    if (lanes_any(&worlds))
        hear(w, v, &worlds);
}

static void
write_counts(const struct walker *w, uint32_t *out)
{
    memset(out, 0, WORLDS * sizeof *out);
    for (int i = 0; i < PLANES; i++)
        for (int lane = 0; lane < LANES; lane++)
            for (uint64_t left = w->plane[i][lane]; left; left &= left - 1)
                out[64 * lane + __builtin_ctzll(left)] |= UINT32_C(1) << i;
}

/* One block of worlds; counts of each number of seeds are `runs` apart. */
static void
walk(struct walker *w, int64_t block, int64_t runs, uint32_t *counts)
{
    const kith_spread_plan *plan = w->plan;
    gsize n = (gsize)plan->cascade->n;

    w->key = kith_random_mix(plan->seed + GOLDEN) ^ kith_random_mix((uint64_t)block * GOLDEN + 1);
    memset(w->heard, 0, n * sizeof *w->heard);
    memset(w->live, 0xff, n * sizeof *w->live);
    memset(w->plane, 0, sizeof w->plane);
    for (int64_t i = 0; i < plan->seeds; i++) {
        tell_seed(w, plan->seed_vertex[i]);
        if (plan->together && i < plan->seeds - 1)
            continue;
        tell(w);
        write_counts(w, counts + (plan->together ? 0 : i) * runs + block * WORLDS);
    }
}

static kith_status
walk_all(const kith_spread_plan *plan, int64_t runs, uint32_t *counts, kith_error *err)
{
    bool failed = false;
    int64_t blocks = runs / WORLDS;

    kith_work_begin(plan->work, (double)blocks);
#pragma omp parallel num_threads(kith_work_threads(plan->work))
    {
        struct walker w;
        bool ready = walker_init(&w, plan);

#pragma omp for schedule(dynamic, 1)
        for (int64_t block = 0; block < blocks; block++)
            if (ready && kith_work_step(plan->work, 1))
                walk(&w, block, runs, counts);
#pragma omp critical
        failed = failed || !ready;
        walker_clear(&w);
    }
    if (failed)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to try how far word goes");
    return kith_work_end(plan->work, err);
}

static int
compare_counts(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static void
summarise(kith_spread *s, int64_t row, uint32_t *count)
{
    double sum = 0, squares = 0, runs = (double)s->runs;

    for (int64_t i = 0; i < s->runs; i++)
        sum += count[i];
    s->mean[row] = sum / runs;
    for (int64_t i = 0; i < s->runs; i++)
        squares += (count[i] - s->mean[row]) * (count[i] - s->mean[row]);
    s->error[row] = sqrt(squares / (runs - 1) / runs);
    qsort(count, (size_t)s->runs, sizeof *count, compare_counts);
    s->low[row] = count[(int64_t)ceil(0.05 * runs) - 1];
    s->high[row] = count[(int64_t)ceil(0.95 * runs) - 1];
}

kith_status
kith_spread_try(const kith_spread_plan *plan, kith_spread *out, kith_error *err)
{
    int64_t runs = (MAX(1, plan->runs) + WORLDS - 1) / WORLDS * WORLDS;
    int64_t rows = plan->together ? MIN(1, plan->seeds) : plan->seeds;
    g_autofree uint32_t *counts = g_try_new0(uint32_t, (gsize)(runs * rows) + 1);

    *out = (kith_spread){.rows = rows, .runs = runs};
    if (!counts)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to try how far word goes");
    TRY(kith_cascade_turn(plan->cascade, err));
    TRY(walk_all(plan, runs, counts, err));
    out->mean = g_new0(double, (gsize)rows + 1);
    out->error = g_new0(double, (gsize)rows + 1);
    out->low = g_new0(int64_t, (gsize)rows + 1);
    out->high = g_new0(int64_t, (gsize)rows + 1);
    for (int64_t i = 0; i < rows; i++)
        summarise(out, i, counts + i * runs);
    return KITH_OK;
}
