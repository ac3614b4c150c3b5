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
#include "base/big.h"
#include <math.h>

#define BLOCK 64
#define STRETCH 256 /* neighbours looked at together */

/* What an arc's ends have in common, side by side: a row's sums stay in the cache while its triangles are met. */
struct shared {
    double product, passed; /* see kith_triangles; product is filled with weights only */
    uint32_t common, edge;
};

struct forward {
    int64_t n;
    int64_t *first, *first_below; /* rows of higher, and of lower neighbours */
    uint32_t *to;                 /* higher neighbours, ascending */
    struct shared *shared;        /* by arc to a higher neighbour */
    uint32_t *below;              /* lower neighbours, ascending */
    uint32_t *arc;                /* where in the row of a lower neighbour the edge stands */
    double *weight;               /* by arc; NULL: 1 */
    double *share;                /* by place: 1 / strength */
};

static void
forward_clear(struct forward *f)
{
    kith_big_free(f->first);
    kith_big_free(f->first_below);
    kith_big_free(f->to);
    kith_big_free(f->shared);
    kith_big_free(f->below);
    kith_big_free(f->arc);
    kith_big_free(f->weight);
    kith_big_free(f->share);
}

void
kith_triangles_free(kith_triangles *t)
{
    if (!t)
        return;
    kith_big_free(t->common);
    kith_big_free(t->product);
    kith_big_free(t->passed);
    kith_big_free(t->strength);
    kith_big_free(t->strongest);
    kith_big_free(t->degree);
    g_free(t);
}

static kith_triangles *
make_room(const kith_network *net, bool weighted)
{
    kith_triangles *t = g_new0(kith_triangles, 1);

    t->common = KITH_BIG(uint32_t, net->m);
    t->product = weighted ? KITH_BIG(double, net->m) : NULL;
    t->passed = KITH_BIG(double, net->m);
    t->strength = KITH_BIG(double, net->n);
    t->strongest = KITH_BIG(double, net->n);
    t->degree = KITH_BIG(int64_t, net->n);
    if (t->common && (t->product || !weighted) && t->passed && t->strength && t->strongest &&
        t->degree)
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
    f->first = KITH_BIG(int64_t, net->n + 1);
    f->first_below = KITH_BIG(int64_t, net->n + 1);
    f->to = KITH_RAW(uint32_t, net->m);
    f->shared = KITH_BIG(struct shared, net->m);
    f->below = KITH_RAW(uint32_t, net->m);
    f->arc = KITH_RAW(uint32_t, net->m);
    f->weight = weighted ? KITH_RAW(double, net->m) : NULL;
    f->share = KITH_BIG(double, net->n);
    if (!f->first || !f->first_below || !f->to || !f->shared || !f->below || !f->arc || !f->share ||
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
        f->shared[at].edge = e;
        if (f->weight)
            f->weight[at] = net->weight[e];
    }
    for (int64_t v = f->n; v >= 0; v--)
        f->first_below[v + 1] = f->first_below[v];
    for (int64_t v = 0; v < f->n; v++)
        for (int64_t k = f->first[v]; k < f->first[v + 1]; k++) {
            int64_t at = f->first_below[f->to[k] + (int64_t)1]++;

            f->below[at] = (uint32_t)v;
            f->arc[at] = (uint32_t)k;
        }
}

/* One more contact in common. @param share  1 / its strength */
static inline void
add_contact(struct shared *s, double share)
{
    s->common++;
    s->passed += share;
}

/* The same where the ends weigh `product` on the way over it. */
static inline void
add_weighted(struct shared *s, double product, double share)
{
    s->common++;
    s->product += product;
    s->passed += product * share;
}

/* Which of up to STRETCH neighbours have a slot. Without a branch, for which way it goes cannot be foreseen. */
static inline int
pick(const uint32_t *to, int64_t n, const uint32_t *slot, uint32_t *picked)
{
    int count = 0;

    for (int64_t k = 0; k < n; k++) {
        picked[count] = (uint32_t)k;
        count += slot[to[k]] != 0;
    }
    return count;
}

/* The triangles i - j - k over the arc a from i to j, by the arcs c from j that have been picked: sums of i - j and i - k. */
static void
close_lowest(const struct forward *f, int64_t i, int64_t a, int64_t row, const uint32_t *picked,
             int count, const uint32_t *slot)
{
    double share = f->share[f->to[a]];

    for (int p = 0; p < count; p++) {
        int64_t c = row + picked[p], b = f->first[i] + slot[f->to[c]] - 1;

        if (f->weight) {
            add_weighted(&f->shared[a], f->weight[b] * f->weight[c], f->share[f->to[c]]);
            add_weighted(&f->shared[b], f->weight[a] * f->weight[c], share);
        } else {
            add_contact(&f->shared[a], f->share[f->to[c]]);
            add_contact(&f->shared[b], share);
        }
    }
}

/* The triangles whose lowest vertex is i. @param slot  place of k in the row of i, plus one @param picked  scratch */
static void
from_lowest(const struct forward *f, int64_t i, const uint32_t *slot, uint32_t *picked)
{
    for (int64_t a = f->first[i]; a < f->first[i + 1]; a++)
        for (int64_t c = f->first[f->to[a]], end = f->first[f->to[a] + (int64_t)1]; c < end;
             c += STRETCH) {
            int count = pick(f->to + c, MIN(STRETCH, end - c), slot, picked);

            close_lowest(f, i, a, c, picked, count, slot);
        }
}

/* The triangles whose middle vertex is j: sums of j - k. A lower neighbour's row holds j before all that is above j. */
static void
from_middle(const struct forward *f, int64_t j, const uint32_t *slot, uint32_t *picked)
{
    for (int64_t p = f->first_below[j]; p < f->first_below[j + 1]; p++) {
        int64_t a = (int64_t)f->arc[p], end = f->first[f->below[p] + (int64_t)1];
        double share = f->share[f->below[p]];

        for (int64_t row = a + 1; row < end; row += STRETCH) {
            int count = pick(f->to + row, MIN(STRETCH, end - row), slot, picked);

            for (int q = 0; q < count; q++) {
                int64_t b = row + picked[q], c = f->first[j] + slot[f->to[b]] - 1;

                if (f->weight)
                    add_weighted(&f->shared[c], f->weight[a] * f->weight[b], share);
                else
                    add_contact(&f->shared[c], share);
            }
        }
    }
}

static void
at_vertex(const struct forward *f, int64_t v, uint32_t *slot, uint32_t *picked)
{
    if (f->first[v + 1] == f->first[v])
        return;
    for (int64_t k = f->first[v]; k < f->first[v + 1]; k++)
        slot[f->to[k]] = (uint32_t)(k - f->first[v]) + 1;
    from_lowest(f, v, slot, picked);
    from_middle(f, v, slot, picked);
    for (int64_t k = f->first[v]; k < f->first[v + 1]; k++)
        slot[f->to[k]] = 0;
}

static kith_status
sweep(const struct forward *f, kith_work *work, kith_error *err)
{
    int threads = kith_work_threads(work);
    bool enough = true;

    kith_work_begin(work, (double)f->n);
#pragma omp parallel num_threads(threads) reduction(&& : enough)
    {
        uint32_t *slot = KITH_BIG(uint32_t, f->n), picked[STRETCH + 1] = {0};

        enough = slot != NULL;
#pragma omp for schedule(dynamic, 1)
        for (int64_t block = 0; block < (f->n + BLOCK - 1) / BLOCK; block++)
            if (enough && kith_work_step(work, BLOCK))
                for (int64_t v = block * BLOCK; v < MIN((block + 1) * BLOCK, f->n); v++)
                    at_vertex(f, v, slot, picked);
        kith_big_free(slot);
    }
    if (!enough)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    return kith_work_end(work, err);
}

static void
hand_over(const struct forward *f, int64_t m, kith_triangles *t)
{
    for (int64_t k = 0; k < m; k++) {
        const struct shared *s = &f->shared[k];

        t->common[s->edge] = s->common;
        t->passed[s->edge] = s->passed;
        if (t->product)
            t->product[s->edge] = s->product;
    }
}

kith_status
kith_triangles_new(const kith_network *net, bool weighted, kith_work *work, kith_triangles **out,
                   kith_error *err)
{
    g_autoptr(kith_triangles) t = make_room(net, weighted);
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
    TRY(sweep(&f, work, err));
    hand_over(&f, net->m, t);
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
        double product = t->product ? t->product[e] : t->common[e];

        out[x] -= product / (t->strength[x] * t->strongest[y]);
        out[y] -= product / (t->strength[y] * t->strongest[x]);
    }
}
