/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * triangles.c - forward rows by degree: each vertex keeps only the neighbours above it.
 *
 * With vertices numbered by rising degree, rows of higher neighbours are short even at hubs. A triangle i < j < k is met
 * at i, which owns the sums of i - j and i - k, and once more at j, which owns that of j - k: nobody writes what another
 * thread writes, and each sum adds up in one order.
 */
#include "measures/triangles.h"
#include "base/base.h"
#include <math.h>

#define BLOCK 64

struct forward {
    int64_t n;
    int64_t *first, *first_below; /* rows of higher, and of lower neighbours */
    uint32_t *to, *edge;          /* higher neighbours, ascending, and the edges to them */
    uint32_t *below;              /* lower neighbours, ascending */
    int64_t *arc;                 /* where in the row of a lower neighbour the edge stands */
    double *weight;               /* by arc; NULL: 1 */
    double *share;                /* by place: 1 / strength */
};

static void
forward_clear(struct forward *f)
{
    g_free(f->first);
    g_free(f->first_below);
    g_free(f->to);
    g_free(f->edge);
    g_free(f->below);
    g_free(f->arc);
    g_free(f->weight);
    g_free(f->share);
}

void
kith_triangles_free(kith_triangles *t)
{
    if (!t)
        return;
    g_free(t->common);
    g_free(t->product);
    g_free(t->passed);
    g_free(t->strength);
    g_free(t->strongest);
    g_free(t->degree);
    g_free(t);
}

static kith_triangles *
make_room(const kith_network *net)
{
    kith_triangles *t = g_new0(kith_triangles, 1);

    t->common = g_try_new0(uint32_t, net->m + 1);
    t->product = g_try_new0(double, net->m + 1);
    t->passed = g_try_new0(double, net->m + 1);
    t->strength = g_try_new0(double, net->n + 1);
    t->strongest = g_try_new0(double, net->n + 1);
    t->degree = g_try_new0(int64_t, net->n + 1);
    if (t->common && t->product && t->passed && t->strength && t->strongest && t->degree)
        return t;
    kith_triangles_free(t);
    return NULL;
}

static void
measure_ends(kith_triangles *t, const kith_network *net, bool weighted)
{
    for (int64_t e = 0; e < net->m; e++) {
        double w = weighted ? net->weight[e] : 1;
        uint32_t end[2] = {net->from[e], net->to[e]};

        for (int i = 0; i < 2; i++) {
            t->degree[end[i]]++;
            t->strength[end[i]] += w;
            t->strongest[end[i]] = MAX(t->strongest[end[i]], w);
        }
    }
}

/* vertex -> place by rising degree, equals by number. */
static uint32_t *
places(const kith_triangles *t, int64_t n)
{
    uint32_t *place = g_new(uint32_t, n + 1);
    g_autofree int64_t *next = NULL;
    int64_t most = 0;

    for (int64_t v = 0; v < n; v++)
        most = MAX(most, t->degree[v]);
    next = g_new0(int64_t, most + 2);
    for (int64_t v = 0; v < n; v++)
        next[t->degree[v] + 1]++;
    for (int64_t d = 1; d <= most; d++)
        next[d] += next[d - 1];
    for (int64_t v = 0; v < n; v++)
        place[v] = (uint32_t)next[t->degree[v]]++;
    return place;
}

static void
sum_up(int64_t *first, int64_t n)
{
    for (int64_t i = 1; i <= n; i++)
        first[i + 1] += first[i];
}

static kith_status
forward_init(struct forward *f, const kith_network *net, bool weighted, const uint32_t *place,
             kith_error *err)
{
    f->n = net->n;
    f->first = g_try_new0(int64_t, net->n + 2);
    f->first_below = g_try_new0(int64_t, net->n + 2);
    f->to = g_try_new(uint32_t, net->m + 1);
    f->edge = g_try_new(uint32_t, net->m + 1);
    f->below = g_try_new(uint32_t, net->m + 1);
    f->arc = g_try_new(int64_t, net->m + 1);
    f->weight = weighted ? g_try_new(double, net->m + 1) : NULL;
    f->share = g_try_new0(double, net->n + 1);
    if (!f->first || !f->first_below || !f->to || !f->edge || !f->below || !f->arc || !f->share ||
        (weighted && !f->weight))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties",
                         net->m);
    for (int64_t e = 0; e < net->m; e++) {
        uint32_t a = place[net->from[e]], b = place[net->to[e]];

        f->first[MIN(a, b) + (int64_t)2]++;
        f->first_below[MAX(a, b) + (int64_t)2]++;
    }
    sum_up(f->first, net->n);
    sum_up(f->first_below, net->n);
    return KITH_OK;
}

/* Edges by their higher end, then by their lower: what is filled in that order is ascending. `below` holds edges on the
 * way and lower neighbours in the end. */
static void
forward_fill(struct forward *f, const kith_network *net, const uint32_t *place)
{
    for (int64_t e = 0; e < net->m; e++) {
        uint32_t high = MAX(place[net->from[e]], place[net->to[e]]);

        f->below[f->first_below[high + (int64_t)1]++] = (uint32_t)e;
    }
    for (int64_t i = 0; i < net->m; i++) {
        uint32_t e = f->below[i], a = place[net->from[e]], b = place[net->to[e]];
        int64_t at = f->first[MIN(a, b) + (int64_t)1]++;

        f->to[at] = MAX(a, b);
        f->edge[at] = e;
        if (f->weight)
            f->weight[at] = net->weight[e];
    }
    for (int64_t v = f->n; v >= 0; v--)
        f->first_below[v + 1] = f->first_below[v];
    for (int64_t v = 0; v < f->n; v++)
        for (int64_t k = f->first[v]; k < f->first[v + 1]; k++) {
            int64_t at = f->first_below[f->to[k] + (int64_t)1]++;

            f->below[at] = (uint32_t)v;
            f->arc[at] = k;
        }
}

/* One more contact z in common for an edge whose ends weigh `product` on the way over z. */
static void
add_contact(kith_triangles *t, uint32_t edge, double product, double share)
{
    t->common[edge]++;
    t->product[edge] += product;
    t->passed[edge] += product * share;
}

/* The triangles whose lowest vertex is i: sums of i - j and i - k. @param slot  place of k in the row of i, plus one */
static void
from_lowest(const struct forward *f, kith_triangles *t, int64_t i, const uint32_t *slot)
{
    for (int64_t a = f->first[i]; a < f->first[i + 1]; a++) {
        uint32_t j = f->to[a];

        for (int64_t c = f->first[j]; c < f->first[j + (int64_t)1]; c++) {
            int64_t b = (int64_t)slot[f->to[c]] - 1;

            if (b < 0)
                continue;
            b += f->first[i];
            add_contact(t, f->edge[a], f->weight ? f->weight[b] * f->weight[c] : 1,
                        f->share[f->to[c]]);
            add_contact(t, f->edge[b], f->weight ? f->weight[a] * f->weight[c] : 1, f->share[j]);
        }
    }
}

/* The triangles whose middle vertex is j: sums of j - k. A lower neighbour's row holds j before all that is above j. */
static void
from_middle(const struct forward *f, kith_triangles *t, int64_t j, const uint32_t *slot)
{
    for (int64_t p = f->first_below[j]; p < f->first_below[j + 1]; p++) {
        uint32_t i = f->below[p];
        double to_j = f->weight ? f->weight[f->arc[p]] : 1;

        for (int64_t b = f->arc[p] + 1; b < f->first[i + (int64_t)1]; b++) {
            int64_t c = (int64_t)slot[f->to[b]] - 1;

            if (c >= 0)
                add_contact(t, f->edge[f->first[j] + c], f->weight ? to_j * f->weight[b] : 1,
                            f->share[i]);
        }
    }
}

static void
at_vertex(const struct forward *f, kith_triangles *t, int64_t v, uint32_t *slot)
{
    if (f->first[v + 1] == f->first[v])
        return;
    for (int64_t k = f->first[v]; k < f->first[v + 1]; k++)
        slot[f->to[k]] = (uint32_t)(k - f->first[v]) + 1;
    from_lowest(f, t, v, slot);
    from_middle(f, t, v, slot);
    for (int64_t k = f->first[v]; k < f->first[v + 1]; k++)
        slot[f->to[k]] = 0;
}

static kith_status
sweep(const struct forward *f, kith_triangles *t, kith_work *work, kith_error *err)
{
    int threads = kith_work_threads(work);
    bool enough = true;

    kith_work_begin(work, (double)f->n);
#pragma omp parallel num_threads(threads) reduction(&& : enough)
    {
        uint32_t *slot = g_try_new0(uint32_t, f->n + 1);

        enough = slot != NULL;
#pragma omp for schedule(dynamic, 1)
        for (int64_t block = 0; block < (f->n + BLOCK - 1) / BLOCK; block++)
            if (enough && kith_work_step(work, BLOCK))
                for (int64_t v = block * BLOCK; v < MIN((block + 1) * BLOCK, f->n); v++)
                    at_vertex(f, t, v, slot);
        g_free(slot);
    }
    if (!enough)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    return kith_work_end(work, err);
}

kith_status
kith_triangles_new(const kith_network *net, bool weighted, kith_work *work, kith_triangles **out,
                   kith_error *err)
{
    g_autoptr(kith_triangles) t = make_room(net);
    __attribute__((cleanup(forward_clear))) struct forward f = {0};
    g_autofree uint32_t *place = NULL;

    if (!t)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties",
                         net->m);
    measure_ends(t, net, weighted);
    place = places(t, net->n);
    TRY(forward_init(&f, net, weighted, place, err));
    forward_fill(&f, net, place);
    for (int64_t v = 0; v < net->n; v++)
        f.share[place[v]] = t->strength[v] > 0 ? 1 / t->strength[v] : 0;
    TRY(sweep(&f, t, work, err));
    *out = g_steal_pointer(&t);
    return KITH_OK;
}

void
kith_triangles_clustering(const kith_triangles *t, const kith_network *net, double *out)
{
    for (int64_t v = 0; v < net->n; v++)
        out[v] = 0;
    for (int64_t e = 0; e < net->m; e++) {
        out[net->from[e]] += t->common[e];
        out[net->to[e]] += t->common[e];
    }
    for (int64_t v = 0; v < net->n; v++)
        if (t->degree[v] > 1)
            out[v] /= (double)t->degree[v] * (double)(t->degree[v] - 1);
}

void
kith_triangles_constraint(const kith_triangles *t, const kith_network *net, bool weighted,
                          double *out)
{
    for (int64_t v = 0; v < net->n; v++)
        out[v] = t->degree[v] ? 0 : NAN;
    for (int64_t e = 0; e < net->m; e++) {
        double tied = (weighted ? net->weight[e] : 1) + t->passed[e];
        double from = tied / t->strength[net->from[e]], to = tied / t->strength[net->to[e]];

        out[net->from[e]] += from * from;
        out[net->to[e]] += to * to;
    }
}

void
kith_triangles_effective_size(const kith_triangles *t, const kith_network *net, double *out)
{
    for (int64_t v = 0; v < net->n; v++)
        out[v] = (double)t->degree[v];
    for (int64_t e = 0; e < net->m; e++) {
        uint32_t x = net->from[e], y = net->to[e];

        out[x] -= t->product[e] / (t->strength[x] * t->strongest[y]);
        out[y] -= t->product[e] / (t->strength[y] * t->strongest[x]);
    }
}
