/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.c - parts found, laid out one by one, turned, packed and scaled to the box. */
#include "measures/layout.h"
#include "base/base.h"
#include "measures/layout_private.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WITHIN_GROUP 4.0f  /* how much harder ties within a group pull */
#define MARGIN 0.5         /* of a spring, around each part */
#define ITERATIONS_LAST 50 /* of the whole network; smaller ones get more */
#define WORTH_THREADS 2000

/* Everything one layout needs. Vertices are put in order of their parts, so that a part is a run of them. */
struct drawing {
    const kith_csr *csr;
    const kith_layout_options *o;
    int64_t n, parts;
    uint32_t *order, *seat; /* place -> vertex, and back */
    int64_t *first;         /* part -> its first place; parts + 1 */
    int64_t *by_height;     /* parts, the highest first */
    kith_layout_part *part; /* in that order */
    float *x, *y;           /* by place */
    double mean_weight;
    int64_t placed;
};

static void
drawing_clear(struct drawing *d)
{
    g_free(d->order);
    g_free(d->seat);
    g_free(d->first);
    g_free(d->by_height);
    g_free(d->part);
    g_free(d->x);
    g_free(d->y);
}

static kith_status
drawing_init(struct drawing *d, kith_error *err)
{
    gsize n = (gsize)d->n + 1;

    d->order = g_try_new(uint32_t, n);
    d->seat = g_try_new(uint32_t, n);
    d->first = g_try_new0(int64_t, n);
    d->x = g_try_new0(float, n);
    d->y = g_try_new0(float, n);
    if (!d->order || !d->seat || !d->first || !d->x || !d->y)
        return kith_fail(err, KITH_ERR_NO_MEMORY,
                         "no memory to lay out %" G_GINT64_FORMAT " vertices", d->n);
    return KITH_OK;
}

static void
find_parts(struct drawing *d)
{
    int64_t found = 0;

    memset(d->seat, 0xff, (gsize)d->n * sizeof *d->seat);
    for (uint32_t start = 0; start < d->n; start++) {
        if (d->seat[start] != UINT32_MAX)
            continue;
        d->first[d->parts++] = found;
        d->seat[start] = (uint32_t)found;
        d->order[found++] = start;
        for (int64_t next = found - 1; next < found; next++) {
            uint32_t v = d->order[next];

            for (int64_t a = d->csr->first[v]; a < d->csr->first[v + 1]; a++) {
                uint32_t u = d->csr->to[a];

                if (d->seat[u] != UINT32_MAX)
                    continue;
                d->seat[u] = (uint32_t)found;
                d->order[found++] = u;
            }
        }
    }
    d->first[d->parts] = found;
}

static void
find_mean_weight(struct drawing *d)
{
    double sum = 0;

    for (int64_t a = 0; d->csr->weight && a < d->csr->arcs; a++)
        sum += d->csr->weight[a];
    d->mean_weight = d->csr->arcs ? sum / (double)d->csr->arcs : 1;
}

static float
pull_of(const struct drawing *d, uint32_t from, int64_t arc)
{
    double ratio = d->csr->weight ? d->csr->weight[arc] / d->mean_weight : 1;
    float pull = (float)CLAMP(sqrt(ratio), 0.25, 4);
    const uint32_t *group = d->o->group;

    return group && group[from] == group[d->csr->to[arc]] ? pull * WITHIN_GROUP : pull;
}

static kith_layout_level *
level_of_part(const struct drawing *d, int64_t from, int64_t to)
{
    kith_layout_level *level = g_new0(kith_layout_level, 1);
    int64_t arcs = 0;

    level->n = (uint32_t)(to - from);
    for (int64_t i = from; i < to; i++)
        arcs += d->csr->first[d->order[i] + 1] - d->csr->first[d->order[i]];
    level->first = g_new0(int64_t, (gsize)level->n + 1);
    level->to = g_new(uint32_t, (gsize)arcs + 1);
    level->pull = g_new(float, (gsize)arcs + 1);
    level->mass = g_new(float, (gsize)level->n + 1);
    level->group = d->o->group ? g_new(uint32_t, (gsize)level->n + 1) : NULL;
    arcs = 0;
    for (uint32_t i = 0; i < level->n; i++) {
        uint32_t v = d->order[from + i];

        level->mass[i] = 1;
        if (level->group)
            level->group[i] = d->o->group[v];
        for (int64_t a = d->csr->first[v]; a < d->csr->first[v + 1]; a++) {
            level->to[arcs] = (uint32_t)(d->seat[d->csr->to[a]] - from);
            level->pull[arcs++] = pull_of(d, v, a);
        }
        level->first[i + 1] = arcs;
    }
    return level;
}

static float
jitter(kith_random *random, double radius)
{
    return (float)((2 * kith_random_real(random) - 1) * radius);
}

/* From the places of the level below, or from anywhere. */
static void
start_places(const kith_layout_level *level, kith_layout_places at, const kith_layout_places *below,
             kith_random *random)
{
    double radius = sqrt((double)level->n);

    for (uint32_t i = 0; i < level->n; i++) {
        radius = below ? 0.3 * sqrt(level->mass[i]) : radius;
        at.x[i] = (below ? below->x[level->into[i]] : 0) + jitter(random, radius);
        at.y[i] = (below ? below->y[level->into[i]] : 0) + jitter(random, radius);
    }
}

static void
lay_out_level(const kith_layout_level *level, kith_layout_places at, kith_random *random,
              int threads)
{
    int iterations = level->n < 1000 ? 150 : level->n < 20000 ? 80 : ITERATIONS_LAST;
    int worth = level->n < WORTH_THREADS ? 1 : threads;

    if (!level->below) {
        start_places(level, at, NULL, random);
        kith_layout_settle(level, at, (int)MIN(20 * level->n, 400), sqrtf((float)level->n), 1e-4f,
                           worth);
        return;
    }
    {
        g_autofree float *x = g_new(float, (gsize)level->below->n + 1);
        g_autofree float *y = g_new(float, (gsize)level->below->n + 1);
        kith_layout_places below = {x, y};

        lay_out_level(level->below, below, random, threads);
        start_places(level, at, &below, random);
    }
    kith_layout_settle(level, at, iterations, 1.0f, 0.01f, worth);
}

/* Turns a part so that it is widest along x, around its middle. */
static void
turn(float *x, float *y, int64_t n)
{
    double mx = 0, my = 0, xx = 0, xy = 0, yy = 0, angle, c, s;

    for (int64_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        my += y[i] / (double)n;
    }
    for (int64_t i = 0; i < n; i++) {
        xx += (x[i] - mx) * (x[i] - mx);
        xy += (x[i] - mx) * (y[i] - my);
        yy += (y[i] - my) * (y[i] - my);
    }
    angle = 0.5 * atan2(2 * xy, xx - yy);
    c = cos(angle);
    s = sin(angle);
    for (int64_t i = 0; i < n; i++) {
        double dx = x[i] - mx, dy = y[i] - my;

        x[i] = (float)(c * dx + s * dy);
        y[i] = (float)(c * dy - s * dx);
    }
}

/* Moves a part's lower left corner to the margin. */
static kith_layout_part
measure(float *x, float *y, int64_t n)
{
    float low_x = x[0], high_x = x[0], low_y = y[0], high_y = y[0];

    for (int64_t i = 1; i < n; i++) {
        low_x = MIN(low_x, x[i]);
        high_x = MAX(high_x, x[i]);
        low_y = MIN(low_y, y[i]);
        high_y = MAX(high_y, y[i]);
    }
    for (int64_t i = 0; i < n; i++) {
        x[i] += (float)MARGIN - low_x;
        y[i] += (float)MARGIN - low_y;
    }
    return (kith_layout_part){.width = high_x - low_x + 2 * MARGIN,
                              .height = high_y - low_y + 2 * MARGIN};
}

static kith_status
lay_out_part(struct drawing *d, int64_t p, kith_layout_part *out, kith_error *err)
{
    int64_t from = d->first[p], n = d->first[p + 1] - from;
    kith_random random = kith_random_init((uint64_t)d->o->seed, d->order[from]);
    int threads = (int)CLAMP(d->o->threads, 1, 1024);

    if (d->o->progress && !d->o->progress(d->o->payload, (double)d->placed / (double)d->n))
        return kith_fail(err, KITH_ERR_CANCELLED, "stopped");
    if (n > 1) {
        g_autoptr(kith_layout_level) level = level_of_part(d, from, from + n);

        kith_layout_coarsen(level, &random);
        lay_out_level(level, (kith_layout_places){d->x + from, d->y + from}, &random, threads);
        turn(d->x + from, d->y + from, n);
    }
    *out = measure(d->x + from, d->y + from, n);
    d->placed += n;
    return KITH_OK;
}

static int
compare_heights(const void *a, const void *b, void *parts)
{
    const kith_layout_part *part = parts;
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    if (part[x].height != part[y].height)
        return part[x].height > part[y].height ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void
sort_parts(struct drawing *d, kith_layout_part *part)
{
    d->by_height = g_new(int64_t, (gsize)d->parts + 1);
    d->part = g_new(kith_layout_part, (gsize)d->parts + 1);
    for (int64_t i = 0; i < d->parts; i++)
        d->by_height[i] = i;
    g_qsort_with_data(d->by_height, (gint)d->parts, sizeof *d->by_height, compare_heights, part);
    for (int64_t i = 0; i < d->parts; i++)
        d->part[i] = part[d->by_height[i]];
}

/* The whole into the middle of the box, as large as fits. */
static void
write_places(const struct drawing *d, double width, double height, float *xy)
{
    double scale = MIN(d->o->width / width, d->o->height / height);
    double left = (d->o->width - scale * width) / 2, low = (d->o->height - scale * height) / 2;

    for (int64_t i = 0; i < d->parts; i++) {
        int64_t p = d->by_height[i];

        for (int64_t k = d->first[p]; k < d->first[p + 1]; k++) {
            xy[2 * d->order[k]] = (float)(left + scale * (d->part[i].x + d->x[k]));
            xy[2 * d->order[k] + 1] = (float)(low + scale * (d->part[i].y + d->y[k]));
        }
    }
}

static int
compare_points(const void *a, const void *b, void *points)
{
    const float *xy = points;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;

    if (xy[2 * i] != xy[2 * j])
        return xy[2 * i] < xy[2 * j] ? -1 : 1;
    if (xy[2 * i + 1] != xy[2 * j + 1])
        return xy[2 * i + 1] < xy[2 * j + 1] ? -1 : 1;
    return i < j ? -1 : i > j;
}

/* Whoever is at somebody else's point goes to the next float above it, or below at the top of the box. */
static void
part_points(struct drawing *d, float *xy)
{
    bool again = true;

    for (int64_t i = 0; i < d->n; i++)
        d->order[i] = (uint32_t)i;
    for (int turn = 0; again && turn < 64; turn++) {
        again = false;
        g_qsort_with_data(d->order, (gint)d->n, sizeof *d->order, compare_points, xy);
        for (int64_t i = 1; i < d->n; i++) {
            float *a = &xy[2 * d->order[i - 1]], *b = &xy[2 * d->order[i]];

            if (a[0] != b[0] || a[1] != b[1])
                continue;
            b[turn % 2] = nextafterf(b[turn % 2], turn % 4 < 2 ? (float)d->o->width : 0);
            again = true;
        }
    }
}

static kith_status
draw(struct drawing *d, float *xy, kith_error *err)
{
    g_autofree kith_layout_part *part = NULL;
    double width, height;

    TRY(drawing_init(d, err));
    find_parts(d);
    find_mean_weight(d);
    part = g_try_new(kith_layout_part, (gsize)d->parts + 1);
    if (!part)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to lay out %" G_GINT64_FORMAT " parts",
                         d->parts);
    for (int64_t p = 0; p < d->parts; p++)
        TRY(lay_out_part(d, p, &part[p], err));
    sort_parts(d, part);
    kith_layout_pack(d->part, d->parts, d->o->width / d->o->height, &width, &height);
    write_places(d, width, height, xy);
    part_points(d, xy);
    return KITH_OK;
}

kith_status
kith_layout(const kith_csr *csr, const kith_layout_options *options, float *xy, kith_error *err)
{
    kith_layout_options o = *options;
    __attribute__((cleanup(drawing_clear))) struct drawing d = {.csr = csr, .o = &o, .n = csr->n};

    o.width = o.width == 0 ? 1 : o.width;
    o.height = o.height == 0 ? 1 : o.height;
    if (!(isfinite(o.width) && o.width > 0 && isfinite(o.height) && o.height > 0))
        return kith_fail(err, KITH_ERR_ARGUMENT, "the box to draw in must have a size above 0");
    return csr->n ? draw(&d, xy, err) : KITH_OK;
}
