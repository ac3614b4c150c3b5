/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cascade.c - arcs into rows, both ways. */
#include "measures/cascade.h"
#include "base/base.h"
#include <math.h>
#include <stdlib.h>

void
kith_cascade_free(kith_cascade *c)
{
    if (!c)
        return;
    if (!c->borrowed) {
        g_free(c->first);
        g_free(c->from);
    }
    g_free(c->p);
    g_free(c->level);
    g_free(c->jump);
    g_free(c->out_first);
    g_free(c->out_to);
    g_free(c->out_arc);
    g_free(c);
}

static kith_status
no_memory(const kith_cascade *c, kith_error *err)
{
    return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " arcs", c->arcs);
}

static kith_status
make_room(kith_cascade *c, kith_error *err)
{
    gsize n = (gsize)c->n + 2, m = (gsize)c->arcs + 1;

    c->first = g_try_new0(int64_t, n);
    c->jump = g_try_new0(float, n);
    c->from = g_try_new(uint32_t, m);
    c->p = g_try_new(float, m);
    return c->first && c->jump && c->from && c->p ? KITH_OK : no_memory(c, err);
}

/* One entry of a row on its way into order. */
struct entry {
    float p;
    uint32_t from;
};

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->p != y->p)
        return x->p > y->p ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static bool
is_level(const kith_cascade *c, uint32_t v)
{
    for (int64_t a = c->first[v] + 1; a < c->first[v + 1]; a++)
        if (c->p[a] != c->p[a - 1])
            return false;
    return true;
}

static void
sort_row(kith_cascade *c, uint32_t v, GArray *room)
{
    int64_t first = c->first[v], n = c->first[v + 1] - first;
    struct entry *e;

    g_array_set_size(room, (guint)n);
    e = (struct entry *)(void *)room->data;
    for (int64_t i = 0; i < n; i++)
        e[i] = (struct entry){c->p[first + i], c->from[first + i]};
    qsort(e, (size_t)n, sizeof *e, compare_entries);
    for (int64_t i = 0; i < n; i++) {
        c->p[first + i] = e[i].p;
        c->from[first + i] = e[i].from;
    }
}

/* Chances become sums from the first to each: a number drawn in [0, 1) then picks an arc, or none. */
static void
add_up(kith_cascade *c, uint32_t v)
{
    double sum = 0, above = 0;

    for (int64_t a = c->first[v]; a < c->first[v + 1]; a++)
        sum += c->p[a];
    for (int64_t a = c->first[v]; a < c->first[v + 1]; a++) {
        above += c->p[a];
        c->p[a] = (float)(sum > 1 ? above / sum : above);
    }
}

static void
fill_rows(kith_cascade *c, const kith_cascade_arc *arc, int64_t arcs)
{
    g_autofree int64_t *next = g_new(int64_t, (gsize)c->n + 1);

    for (int64_t i = 0; i < arcs; i++)
        if (arc[i].p > 0)
            c->first[arc[i].to + 1]++;
    for (int64_t v = 0; v < c->n; v++) {
        c->first[v + 1] += c->first[v];
        next[v] = c->first[v];
    }
    for (int64_t i = 0; i < arcs; i++)
        if (arc[i].p > 0) {
            int64_t seat = next[arc[i].to]++;

            c->from[seat] = arc[i].from;
            c->p[seat] = arc[i].p;
        }
}

static void
settle_rows(kith_cascade *c)
{
    g_autoptr(GArray) room = g_array_new(FALSE, FALSE, sizeof(struct entry));

    for (uint32_t v = 0; v < c->n; v++) {
        bool level = is_level(c, v);

        if (!level)
            sort_row(c, v, room);
        c->jump[v] = level && c->first[v] < c->first[v + 1] ? 1 / log1pf(-c->p[c->first[v]]) : NAN;
        if (c->model == KITH_CASCADE_LT)
            add_up(c, v);
    }
}

static void
fill_out_rows(kith_cascade *c)
{
    for (int64_t a = 0; a < c->arcs; a++)
        c->out_first[c->from[a] + 2]++;
    for (int64_t v = 0; v < c->n; v++)
        c->out_first[v + 2] += c->out_first[v + 1];
    for (uint32_t v = 0; v < c->n; v++)
        for (int64_t a = c->first[v]; a < c->first[v + 1]; a++) {
            int64_t seat = c->out_first[c->from[a] + 1]++;

            c->out_to[seat] = v;
            c->out_arc[seat] = (uint32_t)a;
        }
}

kith_status
kith_cascade_turn(kith_cascade *c, kith_error *err)
{
    if (c->out_first)
        return KITH_OK;
    c->out_first = g_try_new0(int64_t, (gsize)c->n + 2);
    c->out_to = g_try_new(uint32_t, (gsize)c->arcs + 1);
    c->out_arc = g_try_new(uint32_t, (gsize)c->arcs + 1);
    if (!c->out_first || !c->out_to || !c->out_arc)
        return no_memory(c, err);
    fill_out_rows(c);
    return KITH_OK;
}

static kith_status
check_size(int64_t n, int64_t arcs, kith_error *err)
{
    return n > UINT32_MAX || arcs > UINT32_MAX
               ? kith_fail(err, KITH_ERR_LIMIT, "%" G_GINT64_FORMAT " arcs are too many", arcs)
               : KITH_OK;
}

kith_status
kith_cascade_new(kith_cascade_model model, int64_t n, const kith_cascade_arc *arc, int64_t arcs,
                 kith_cascade **out, kith_error *err)
{
    g_autoptr(kith_cascade) c = g_new0(kith_cascade, 1);

    c->model = model;
    c->n = n;
    for (int64_t i = 0; i < arcs; i++)
        c->arcs += arc[i].p > 0;
    TRY(check_size(n, arcs, err));
    TRY(make_room(c, err));
    fill_rows(c, arc, arcs);
    settle_rows(c);
    *out = g_steal_pointer(&c);
    return KITH_OK;
}

/* Sums take a place for each arc; otherwise a number a row says all. */
static kith_status
fill_sums(kith_cascade *c, kith_error *err)
{
    c->p = g_try_new(float, (gsize)c->arcs + 1);
    if (!c->p)
        return no_memory(c, err);
    for (uint32_t v = 0; v < c->n; v++) {
        for (int64_t a = c->first[v]; a < c->first[v + 1]; a++)
            c->p[a] = c->level[v];
        add_up(c, v);
    }
    g_clear_pointer(&c->level, g_free);
    return KITH_OK;
}

kith_status
kith_cascade_of_rows(kith_cascade_model model, const kith_csr *rows, const float *chance,
                     kith_cascade **out, kith_error *err)
{
    g_autoptr(kith_cascade) c = g_new0(kith_cascade, 1);

    *c = (kith_cascade){.model = model, .n = rows->n, .arcs = rows->arcs, .borrowed = true};
    c->first = rows->first;
    c->from = rows->to;
    TRY(check_size(c->n, c->arcs, err));
    c->level = g_memdup2(chance, (gsize)c->n * sizeof *chance);
    c->jump = g_try_new0(float, (gsize)c->n + 2);
    if (!c->jump)
        return no_memory(c, err);
    for (int64_t v = 0; v < c->n; v++)
        c->jump[v] = c->first[v] < c->first[v + 1] ? 1 / log1pf(-chance[v]) : NAN;
    if (model == KITH_CASCADE_LT)
        TRY(fill_sums(c, err));
    *out = g_steal_pointer(&c);
    return KITH_OK;
}

float
kith_cascade_chance(const kith_cascade *c, uint32_t to, int64_t arc)
{
    bool difference = c->model == KITH_CASCADE_LT && arc > c->first[to];

    if (!c->p)
        return c->level[to];
    return difference ? c->p[arc] - c->p[arc - 1] : c->p[arc];
}
