/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spread.c - cascades in 64 worlds at once. */
#include "measures/spread.h"
#include "base/base.h"
#include "measures/random.h"
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define WORLDS 64
#define PLANES 32 /* bits of a count */
#define SELDOM                                                                                     \
    -7.5f /* 1 / log(1 - p) of an eighth: arcs of less jump from world to world that carries */
#define MOST_MASKS (INT64_C(1) << 25) /* arcs whose worlds are kept for the next visit */
#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

/* What one thread needs for a block of worlds; each bit of a mask is a world. */
struct walker {
    const kith_spread_plan *plan;
    uint64_t key;      /* of this block */
    uint64_t *heard;   /* by vertex */
    uint64_t *pending; /* heard, not told on yet */
    uint64_t *mask; /* by arc of who tells: worlds in which it carries; NULL: drawn at each visit */
    uint8_t *drawn; /* by vertex: the masks of its arcs are there */
    uint32_t *queue; /* of vertices with pending worlds; a ring */
    int64_t head, waiting;
    uint64_t plane[PLANES]; /* how many heard in each world, a bit of all counts in each plane */
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
    gsize n = (gsize)plan->cascade->n + 1;

    *w = (struct walker){.plan = plan};
    w->heard = g_try_new(uint64_t, n);
    w->pending = g_try_new0(uint64_t, n);
    w->queue = g_try_new(uint32_t, n);
    w->drawn = g_try_new(uint8_t, n);
    if (plan->cascade->model == KITH_CASCADE_IC && plan->cascade->arcs <= MOST_MASKS)
        w->mask = g_try_new(uint64_t, (gsize)plan->cascade->arcs + 1);
    return w->heard && w->pending && w->queue && w->drawn;
}

static void
walker_clear(struct walker *w)
{
    g_free(w->heard);
    g_free(w->pending);
    g_free(w->queue);
    g_free(w->mask);
    g_free(w->drawn);
}

static void
count(struct walker *w, uint64_t worlds)
{
    for (int i = 0; worlds && i < PLANES; i++) {
        uint64_t carry = w->plane[i] & worlds;

        w->plane[i] ^= worlds;
        worlds = carry;
    }
}

static void
hear(struct walker *w, uint32_t v, uint64_t worlds)
{
    int64_t n = w->plan->cascade->n;

    w->heard[v] |= worlds;
    if (!w->plan->counted || w->plan->counted[v])
        count(w, worlds);
    if (!w->pending[v])
        w->queue[(w->head + w->waiting++) % n] = v;
    w->pending[v] |= worlds;
}

/* Worlds in which an arc of a small chance carries: from one to the next by geometric jumps. */
static uint64_t
carrying_seldom(uint64_t state, float jump)
{
    uint64_t worlds = 0;

    for (float at = 0;; at += 1) {
        float unit = (float)((kith_random_mix(state += GOLDEN) >> 32) + 1) * 0x1p-32f;

        if ((unit - 1) * jump >= WORLDS - at) /* log(unit) is further from 0 still */
            return worlds;
        at += floorf(logf(unit) * jump);
        if (!(at < WORLDS))
            return worlds;
        worlds |= UINT64_C(1) << (int)at;
    }
}

/* A number drawn for each world against p, binary digit by digit, as long as some worlds are undecided. */
static uint64_t
carrying_often(uint64_t state, float p, uint64_t undecided)
{
    uint64_t digits = (uint64_t)((double)p * 0x1p32), worlds = 0;

    if (p >= 1)
        return undecided;
    for (uint64_t digit = UINT64_C(1) << 31; digit && undecided; digit >>= 1) {
        uint64_t drawn = kith_random_mix(state += GOLDEN);

        if (digits & digit) {
            worlds |= undecided & ~drawn;
            undecided &= drawn;
        } else {
            undecided &= ~drawn;
        }
    }
    return worlds;
}

/* Each listener draws one number a world; the arc whose stretch it falls into carries. */
static uint64_t
carrying_one(const struct walker *w, uint32_t to, int64_t arc, uint64_t asked)
{
    const kith_cascade *c = w->plan->cascade;
    double low = arc > c->first[to] ? c->p[arc - 1] : 0, high = c->p[arc];
    uint64_t state = kith_random_mix(w->key ^ to * GOLDEN), worlds = 0;

    for (; asked; asked &= asked - 1) {
        int world = __builtin_ctzll(asked);
        uint64_t drawn = kith_random_mix(state + (uint64_t)(world + 1) * GOLDEN);
        double unit = (double)(drawn >> 11) * 0x1p-53;

        if (unit >= low && unit < high)
            worlds |= UINT64_C(1) << world;
    }
    return worlds;
}

static uint64_t
carrying(const struct walker *w, uint32_t to, int64_t arc, uint64_t asked)
{
    const kith_cascade *c = w->plan->cascade;
    uint64_t state;
    float jump;

    if (c->model == KITH_CASCADE_LT)
        return carrying_one(w, to, arc, asked);
    state = kith_random_mix(w->key ^ (uint64_t)(arc + 1) * GOLDEN);
    jump = isnan(c->jump[to]) ? 1 / log1pf(-c->p[arc]) : c->jump[to];
    return jump < SELDOM ? carrying_seldom(state, jump) & asked
                         : carrying_often(state, c->p[arc], asked);
}

/* Every visit would draw the same again: the masks of all arcs of one who tells are drawn at the first. */
static void
draw_masks(struct walker *w, uint32_t v)
{
    const kith_cascade *c = w->plan->cascade;

    w->drawn[v] = 1;
    for (int64_t i = c->out_first[v]; i < c->out_first[v + 1]; i++)
        w->mask[i] = carrying(w, c->out_to[i], c->out_arc[i], UINT64_MAX);
}

static void
tell_on(struct walker *w, uint32_t v, uint64_t worlds)
{
    const kith_cascade *c = w->plan->cascade;

    if (w->mask && !w->drawn[v])
        draw_masks(w, v);
    for (int64_t i = c->out_first[v]; i < c->out_first[v + 1]; i++) {
        uint64_t asked = w->mask ? worlds & w->mask[i] : worlds;
        uint32_t to = c->out_to[i];

        asked = asked ? asked & ~w->heard[to] : 0;
        if (asked && !w->mask)
            asked = carrying(w, to, c->out_arc[i], asked);
        if (asked)
            hear(w, to, asked);
    }
}

static void
tell(struct walker *w)
{
    const kith_cascade *c = w->plan->cascade;

    while (w->waiting) {
        uint32_t v = w->queue[w->head];
        uint64_t worlds = w->pending[v];

        w->head = (w->head + 1) % c->n;
        w->waiting--;
        w->pending[v] = 0;
        tell_on(w, v, worlds);
    }
}

static void
write_counts(const struct walker *w, uint32_t *out)
{
    memset(out, 0, WORLDS * sizeof *out);
    for (int i = 0; i < PLANES; i++)
        for (uint64_t left = w->plane[i]; left; left &= left - 1)
            out[__builtin_ctzll(left)] |= UINT32_C(1) << i;
}

/* One block of worlds; counts of each number of seeds are `runs` apart. */
static void
walk(struct walker *w, int64_t block, int64_t runs, uint32_t *counts)
{
    const kith_spread_plan *plan = w->plan;

    w->key = kith_random_mix(plan->seed + GOLDEN) ^ kith_random_mix((uint64_t)block * GOLDEN + 1);
    memset(w->heard, 0, (gsize)plan->cascade->n * sizeof *w->heard);
    memset(w->drawn, 0, (gsize)plan->cascade->n);
    memset(w->plane, 0, sizeof w->plane);
    for (int64_t i = 0; i < plan->seeds; i++) {
        uint32_t v = plan->seed_vertex[i];

        if (~w->heard[v])
            hear(w, v, ~w->heard[v]);
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
    TRY(walk_all(plan, runs, counts, err));
    out->mean = g_new0(double, (gsize)rows + 1);
    out->error = g_new0(double, (gsize)rows + 1);
    out->low = g_new0(int64_t, (gsize)rows + 1);
    out->high = g_new0(int64_t, (gsize)rows + 1);
    for (int64_t i = 0; i < rows; i++)
        summarise(out, i, counts + i * runs);
    return KITH_OK;
}
