/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cut.c - maximum flow with one unit a vertex, without building the split graph.
 *
 * A vertex v has two sides, in (2v) and out (2v + 1). next[v] and prev[v] say which route passes through v; a search from
 * the source may use free hops forwards and taken ones backwards, which is how a route is bent to let another through.
 */
#include "measures/cut.h"
#include "base/base.h"
#include <stdlib.h>
#include <string.h>

struct flow {
    const kith_hops *h;
    int32_t source, target;
    int32_t *next, *prev; /* -1: no route passes */
    int32_t *parent;      /* of a side in the search, -1 unseen */
    int32_t *queue;
};

static int32_t
in(int32_t v)
{
    return 2 * v;
}

static int32_t
out_of(int32_t v)
{
    return 2 * v + 1;
}

void
kith_cut_clear(kith_cut *cut)
{
    g_clear_pointer(&cut->member, g_free);
    g_clear_pointer(&cut->routes, g_ptr_array_unref);
    cut->n = 0;
}

static void
reach(struct flow *f, int32_t side, int32_t from, int64_t *n)
{
    if (f->parent[side] != -1)
        return;
    f->parent[side] = from;
    f->queue[(*n)++] = side;
}

/* Leaves v on its out side: forwards on any hop (people are cut, hops never), or back into v when a route passes. */
static void
leave(struct flow *f, int32_t v, int64_t *n)
{
    for (int64_t i = f->h->first[v]; i < f->h->first[v + 1]; i++) {
        int32_t w = f->h->to[i];

        if (w == f->source || (f->h->blocked && f->h->blocked[w] && w != f->target) ||
            (v == f->source && w == f->target))
            continue;
        reach(f, in(w), out_of(v), n);
    }
    if (v != f->source && f->next[v] != -1)
        reach(f, in(v), out_of(v), n);
}

/* Enters v on its in side: through it when free, else back along the route that came in. */
static void
enter(struct flow *f, int32_t v, int64_t *n)
{
    if (f->prev[v] == -1)
        reach(f, out_of(v), in(v), n);
    else if (f->prev[v] != f->source)
        reach(f, out_of(f->prev[v]), in(v), n);
}

/* Breadth-first over what is left. @return whether the target was reached */
static bool
search(struct flow *f)
{
    int64_t n = 0;

    memset(f->parent, -1, sizeof *f->parent * 2 * f->h->nodes);
    f->parent[in(f->source)] = in(f->source);
    reach(f, out_of(f->source), in(f->source), &n);
    for (int64_t i = 0; i < n; i++) {
        int32_t v = f->queue[i] / 2;

        if (v == f->target)
            return true;
        if (f->queue[i] % 2)
            leave(f, v, &n);
        else
            enter(f, v, &n);
    }
    return false;
}

/*
 * Walks back from the target. A step out(v) -> in(w) puts the hop v -> w on a route; a step in(w) -> out(v), v != w, takes
 * v -> w off one. The taken-off hops are cleared first so that the new ones are not lost.
 */
static void
augment(struct flow *f)
{
    for (int pass = 0; pass < 2; pass++)
        for (int32_t side = in(f->target); side != out_of(f->source); side = f->parent[side]) {
            int32_t before = f->parent[side], v = before / 2, w = side / 2;
            bool put = before % 2 && !(side % 2) && v != w,
                 taken_off = !(before % 2) && side % 2 && v != w;

            if (pass == 0 && taken_off) {
                f->next[w] = -1;
                f->prev[v] = -1;
            } else if (pass == 1 && put) {
                if (v != f->source)
                    f->next[v] = w;
                if (w != f->target)
                    f->prev[w] = v;
            }
        }
}

static int
compare_routes(const void *a, const void *b)
{
    const GArray *x = *(GArray *const *)a, *y = *(GArray *const *)b;

    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    for (guint i = 0; i < x->len; i++) {
        int32_t v = g_array_index(x, int32_t, i), w = g_array_index(y, int32_t, i);

        if (v != w)
            return v < w ? -1 : 1;
    }
    return 0;
}

static void
gather_routes(const struct flow *f, kith_cut *out)
{
    out->routes = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (int64_t i = f->h->first[f->source]; i < f->h->first[f->source + 1]; i++) {
        int32_t v = f->h->to[i];
        GArray *route;

        if (v == f->target || v == f->source || f->prev[v] != f->source ||
            (i > f->h->first[f->source] && f->h->to[i - 1] == v))
            continue;
        route = g_array_new(FALSE, FALSE, sizeof(int32_t));
        g_array_append_val(route, f->source);
        for (; v != f->target; v = f->next[v])
            g_array_append_val(route, v);
        g_array_append_val(route, f->target);
        g_ptr_array_add(out->routes, route);
    }
    g_ptr_array_sort(out->routes, compare_routes);
}

/* Reached from the source on the in side only: there the last search stopped. */
static void
gather_cut(const struct flow *f, kith_cut *out)
{
    out->member = g_new(int32_t, out->routes->len + 1);
    for (int32_t v = 0; v < f->h->nodes && out->n <= out->routes->len; v++)
        if (v != f->source && v != f->target && f->parent[in(v)] != -1 &&
            f->parent[out_of(v)] == -1) {
            if (out->n < out->routes->len)
                out->member[out->n] = v;
            out->n++;
        }
}

kith_status
kith_cut_between(const kith_hops *hops, int32_t source, int32_t target, kith_cut *out,
                 kith_error *err)
{
    size_t n = (size_t)MAX(hops->nodes, 1);
    g_autofree int32_t *next = g_new(int32_t, n), *prev = g_new(int32_t, n);
    g_autofree int32_t *parent = g_new(int32_t, 2 * n), *queue = g_new(int32_t, 2 * n + 1);
    struct flow f = {hops, source, target, next, prev, parent, queue};

    if (source < 0 || target < 0 || source >= hops->nodes || target >= hops->nodes ||
        source == target)
        return kith_fail(err, KITH_ERR_ARGUMENT, "a cut needs two different people");
    memset(next, -1, sizeof *next * n);
    memset(prev, -1, sizeof *prev * n);
    out->direct = false;
    for (int64_t i = hops->first[source]; i < hops->first[source + 1]; i++)
        out->direct = out->direct || hops->to[i] == target;
    while (search(&f))
        augment(&f);
    gather_routes(&f, out);
    gather_cut(&f, out);
    if (out->n != out->routes->len)
        return kith_fail(err, KITH_ERR_INTERNAL, "a cut of %d against %u disjoint routes",
                         (int)out->n, out->routes->len);
    return KITH_OK;
}
