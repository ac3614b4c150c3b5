/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout_settle.c - pushes and pulls, again and again.
 *
 * Vertices are sorted along a Z-shaped curve; a cell of the quadtree is then a run of them. Neighbours on the
 * curve are served in bundles of LANES: one walk through the tree lists what pushes the bundle, and the sums are made
 * lane by lane in the order of that list, so neither threads nor the width of the machine's vectors can
 * change a bit.
 */
#include "measures/layout_private.h"
#include <math.h>
#include <omp.h>
#include <string.h>

#define LANES 16
#define OPENING 0.9f /* a cell is taken as one when its side is below this share of its distance */
#define TINY 1e-4f
#define BITS 16 /* of each coordinate on the curve */

/* A run of vertices on the curve, as one. Cells are in the order of a walk; `skip` is the next one beside. */
struct cell {
    float x, y, mass, side;
    uint32_t from, to, skip;
    bool leaf;
};

struct field {
    const kith_layout_level *level;
    kith_layout_places at, push; /* by vertex; by place on the curve */
    uint32_t n;
    uint32_t *key, *vertex, *spare_key, *spare_vertex; /* by place on the curve */
    float *x, *y, *mass;                               /* by place on the curve */
    float low_x, low_y, side;
    GArray *cells, *leaves;
};

static void
field_init(struct field *f, const kith_layout_level *level, kith_layout_places places)
{
    gsize n = (gsize)level->n + LANES;

    *f = (struct field){.level = level, .at = places, .n = level->n};
    f->key = g_new(uint32_t, n);
    f->vertex = g_new(uint32_t, n);
    f->spare_key = g_new(uint32_t, n);
    f->spare_vertex = g_new(uint32_t, n);
    f->x = g_new(float, n);
    f->y = g_new(float, n);
    f->mass = g_new(float, n);
    f->push = (kith_layout_places){g_new(float, n), g_new(float, n)};
    f->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    f->leaves = g_array_new(FALSE, FALSE, sizeof(uint32_t));
}

static void
field_clear(struct field *f)
{
    g_free(f->key);
    g_free(f->vertex);
    g_free(f->spare_key);
    g_free(f->spare_vertex);
    g_free(f->x);
    g_free(f->y);
    g_free(f->mass);
    g_free(f->push.x);
    g_free(f->push.y);
    g_array_unref(f->cells);
    g_array_unref(f->leaves);
}

static void
find_square(struct field *f)
{
    float low_x = f->at.x[0], high_x = low_x, low_y = f->at.y[0], high_y = low_y;

    for (uint32_t i = 1; i < f->n; i++) {
        low_x = MIN(low_x, f->at.x[i]);
        high_x = MAX(high_x, f->at.x[i]);
        low_y = MIN(low_y, f->at.y[i]);
        high_y = MAX(high_y, f->at.y[i]);
    }
    f->low_x = low_x;
    f->low_y = low_y;
    f->side = MAX(MAX(high_x - low_x, high_y - low_y), 1e-3f) * 1.0001f;
}

/* Puts a zero between any two of 16 bits. */
static uint32_t
spread(uint32_t v)
{
    v = (v | v << 8) & 0x00ff00ff;
    v = (v | v << 4) & 0x0f0f0f0f;
    v = (v | v << 2) & 0x33333333;
    return (v | v << 1) & 0x55555555;
}

static void
sort_by_byte(const struct field *f, int shift, const uint32_t *key, const uint32_t *vertex,
             uint32_t *to_key, uint32_t *to_vertex)
{
    uint32_t count[257] = {0};

    for (uint32_t i = 0; i < f->n; i++)
        count[(key[i] >> shift & 255) + 1]++;
    for (int i = 0; i < 256; i++)
        count[i + 1] += count[i];
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t place = count[key[i] >> shift & 255]++;

        to_key[place] = key[i];
        to_vertex[place] = vertex[i];
    }
}

static void
sort_along_curve(struct field *f, int threads)
{
    const float scale = (float)(1 << BITS) / f->side;

#pragma omp parallel for num_threads(threads) schedule(static)
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t x = (uint32_t)((f->at.x[i] - f->low_x) * scale);
        uint32_t y = (uint32_t)((f->at.y[i] - f->low_y) * scale);
        const uint32_t most = (1 << BITS) - 1;

        f->key[i] = spread(MIN(x, most)) | spread(MIN(y, most)) << 1;
        f->vertex[i] = i;
    }
    for (int shift = 0; shift < 32; shift += 16) {
        sort_by_byte(f, shift, f->key, f->vertex, f->spare_key, f->spare_vertex);
        sort_by_byte(f, shift + 8, f->spare_key, f->spare_vertex, f->key, f->vertex);
    }
#pragma omp parallel for num_threads(threads) schedule(static)
    for (uint32_t i = 0; i < f->n; i++) {
        f->x[i] = f->at.x[f->vertex[i]];
        f->y[i] = f->at.y[f->vertex[i]];
        f->mass[i] = f->level->mass[f->vertex[i]];
    }
}

/* The first place whose quarter at this depth is beyond `quarter`. */
static uint32_t
end_of_quarter(const struct field *f, uint32_t from, uint32_t to, int shift, uint32_t quarter)
{
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;

        if ((f->key[middle] >> shift & 3) <= quarter)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void
weigh_leaf(const struct field *f, struct cell *c)
{
    float mass = 0, x = 0, y = 0;

    for (uint32_t i = c->from; i < c->to; i++) {
        mass += f->mass[i];
        x += f->mass[i] * f->x[i];
        y += f->mass[i] * f->y[i];
    }
    c->mass = mass;
    c->x = x / mass;
    c->y = y / mass;
}

/* Runs of one bundle or less, or of places that the curve cannot tell apart, are leaves. */
static void
grow(struct field *f, uint32_t from, uint32_t to, int depth)
{
    uint32_t self = f->cells->len, start = from;
    struct cell c = {.side = ldexpf(f->side, -depth), .from = from, .to = to};
    float mass = 0, x = 0, y = 0;

    c.leaf = to - from <= LANES || depth == BITS;
    if (c.leaf) {
        weigh_leaf(f, &c);
        g_array_append_val(f->leaves, self);
    }
    g_array_append_val(f->cells, c);
    for (uint32_t quarter = 0; !c.leaf && quarter < 4; quarter++) {
        uint32_t end = end_of_quarter(f, start, to, 2 * (BITS - 1 - depth), quarter);
        uint32_t child = f->cells->len;
        const struct cell *grown;

        if (end == start)
            continue;
        grow(f, start, end, depth + 1);
        grown = &g_array_index(f->cells, struct cell, child);
        mass += grown->mass;
        x += grown->mass * grown->x;
        y += grown->mass * grown->y;
        start = end;
    }
    if (!c.leaf) {
        c.mass = mass;
        c.x = x / mass;
        c.y = y / mass;
    }
    c.skip = f->cells->len;
    g_array_index(f->cells, struct cell, self) = c;
}

/* What pushes a bundle. */
struct list {
    float *x, *y, *mass;
    gsize n, room;
};

static void
list_add(struct list *l, float x, float y, float mass)
{
    if (l->n == l->room) {
        l->room = MAX(1024, 2 * l->room);
        l->x = g_renew(float, l->x, l->room);
        l->y = g_renew(float, l->y, l->room);
        l->mass = g_renew(float, l->mass, l->room);
    }
    l->x[l->n] = x;
    l->y[l->n] = y;
    l->mass[l->n++] = mass;
}

static void
list_clear(struct list *l)
{
    g_free(l->x);
    g_free(l->y);
    g_free(l->mass);
}

/* The smallest rectangle around a bundle. */
struct box {
    float low_x, high_x, low_y, high_y;
};

static bool
is_far(const struct box *b, const struct cell *c)
{
    float dx = MAX(MAX(b->low_x - c->x, c->x - b->high_x), 0);
    float dy = MAX(MAX(b->low_y - c->y, c->y - b->high_y), 0);

    return c->side * c->side < OPENING * OPENING * (dx * dx + dy * dy);
}

static void
list_pushers(const struct field *f, const struct box *b, struct list *l)
{
    const struct cell *cell = (const struct cell *)(const void *)f->cells->data;

    l->n = 0;
    for (uint32_t i = 0; i < f->cells->len;) {
        const struct cell *c = &cell[i];

        if (is_far(b, c)) {
            list_add(l, c->x, c->y, c->mass);
            i = c->skip;
            continue;
        }
        for (uint32_t k = c->from; c->leaf && k < c->to; k++)
            list_add(l, f->x[k], f->y[k], f->mass[k]);
        i++;
    }
}

static void
push_bundle(const struct list *l, const float *restrict x, const float *restrict y,
            float *restrict fx, float *restrict fy)
{
    float sum_x[LANES] = {0}, sum_y[LANES] = {0};

    for (gsize k = 0; k < l->n; k++) {
        const float px = l->x[k], py = l->y[k], mass = l->mass[k];

#pragma omp simd
        for (int b = 0; b < LANES; b++) {
            float dx = x[b] - px, dy = y[b] - py;
            float strength = mass / (dx * dx + dy * dy + TINY);

            sum_x[b] += dx * strength;
            sum_y[b] += dy * strength;
        }
    }
    memcpy(fx, sum_x, sizeof sum_x);
    memcpy(fy, sum_y, sizeof sum_y);
}

/* One leaf, in bundles; more than one only when its places cannot be told apart. */
static void
push_leaf(struct field *f, const struct cell *c, struct list *l)
{
    float x[LANES], y[LANES], fx[LANES], fy[LANES];

    for (uint32_t from = c->from; from < c->to; from += LANES) {
        uint32_t n = MIN(LANES, c->to - from);
        struct box b = {f->x[from], f->x[from], f->y[from], f->y[from]};

        for (uint32_t i = 0; i < LANES; i++) {
            x[i] = f->x[from + MIN(i, n - 1)];
            y[i] = f->y[from + MIN(i, n - 1)];
            b = (struct box){MIN(b.low_x, x[i]), MAX(b.high_x, x[i]), MIN(b.low_y, y[i]),
                             MAX(b.high_y, y[i])};
        }
        list_pushers(f, &b, l);
        push_bundle(l, x, y, fx, fy);
        memcpy(f->push.x + from, fx, n * sizeof *fx);
        memcpy(f->push.y + from, fy, n * sizeof *fy);
    }
}

static void
push_all(struct field *f, int threads)
{
    g_array_set_size(f->cells, 0);
    g_array_set_size(f->leaves, 0);
    grow(f, 0, f->n, 0);
#pragma omp parallel num_threads(threads)
    {
        struct list l = {0};

#pragma omp for schedule(dynamic, 16)
        for (guint i = 0; i < f->leaves->len; i++)
            push_leaf(f,
                      &g_array_index(f->cells, struct cell, g_array_index(f->leaves, uint32_t, i)),
                      &l);
        list_clear(&l);
    }
}

/* The pull of its ties is the square of their length, so that long ones give way first. */
static void
pull_one(const struct field *f, uint32_t place, float *out_x, float *out_y)
{
    const kith_layout_level *level = f->level;
    uint32_t v = f->vertex[place];
    float fx = 0, fy = 0;

    for (int64_t a = level->first[v]; a < level->first[v + 1]; a++) {
        float dx = f->at.x[level->to[a]] - f->x[place], dy = f->at.y[level->to[a]] - f->y[place];
        float strength = level->pull[a] * sqrtf(dx * dx + dy * dy);

        fx += strength * dx;
        fy += strength * dy;
    }
    *out_x = fx / f->mass[place] + f->push.x[place];
    *out_y = fy / f->mass[place] + f->push.y[place];
}

static void
move_all(struct field *f, float step, int threads)
{
#pragma omp parallel for num_threads(threads) schedule(static)
    for (uint32_t i = 0; i < f->n; i++) {
        float dx, dy, length;

        pull_one(f, i, &dx, &dy);
        length = sqrtf(dx * dx + dy * dy);
        if (length > step) {
            dx *= step / length;
            dy *= step / length;
        }
        f->push.x[i] = dx;
        f->push.y[i] = dy;
    }
    for (uint32_t i = 0; i < f->n; i++) {
        f->at.x[f->vertex[i]] += f->push.x[i];
        f->at.y[f->vertex[i]] += f->push.y[i];
    }
}

void
kith_layout_settle(const kith_layout_level *level, kith_layout_places places, int iterations,
                   float step, float last, int threads)
{
    struct field f;
    float cooling = powf(last, 1.0f / (float)MAX(1, iterations - 1));

    field_init(&f, level, places);
    for (int i = 0; i < iterations; i++, step *= cooling) {
        find_square(&f);
        sort_along_curve(&f, threads);
        push_all(&f, threads);
        move_all(&f, step, threads);
    }
    field_clear(&f);
}
