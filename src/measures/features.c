/* SPDX-License-Identifier: GPL-3.0-or-later */
/* features.c - what people share, counted, and GSL's hypergeometric tail. */
#include "measures/features.h"
#include "base/base.h"
#include "measures/gsl.h"
#include "measures/pick.h"
#include <stdlib.h>
#include <string.h>

static const struct {
    kith_tie_kind tie;
    const char *kind;
} shared[] = {
    {KITH_INTERESTED_IN, "topic"},
    {KITH_MEMBER_OF, "membership"},
    {KITH_WORKS_AT, "organisation"},
    {KITH_ATTENDED, "event"},
};
static const char *const places[] = {"city", "town", "place", "location", "region", "country"};

/* Somebody has something. */
struct has {
    uint32_t kind, vertex;
    kith_node node;
    const char *what;
};

static int
compare_features(const struct has *x, const struct has *y)
{
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return x->node < 0 ? strcmp(x->what, y->what) : 0;
}

static int
compare_has(const void *a, const void *b)
{
    const struct has *x = a, *y = b;
    int order = compare_features(x, y);

    return order ? order : x->vertex < y->vertex ? -1 : x->vertex > y->vertex;
}

static void
add_ties(GArray *all, const kith_graph *graph, const kith_network *net, uint32_t k)
{
    int64_t first, n;

    kith_graph_tie_range(graph, shared[k].tie, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        struct has row = {.kind = k};
        int64_t v;
        kith_tie t;

        kith_graph_tie(graph, i, &t);
        v = kith_network_vertex(net, t.from);
        if (v < 0 || (t.kind == KITH_ATTENDED && !kith_pick_was_there(&t)))
            continue;
        row.vertex = (uint32_t)v;
        row.node = t.to;
        row.what = kith_graph_label(graph, t.to);
        g_array_append_val(all, row);
    }
}

static void
add_places(GArray *all, const kith_graph *graph, const kith_network *net)
{
    for (uint32_t k = 0; k < G_N_ELEMENTS(places); k++)
        for (int64_t v = 0; v < net->n; v++) {
            struct has row = {.kind = G_N_ELEMENTS(shared) + k, (uint32_t)v, -1, NULL};

            row.what = kith_graph_attribute(graph, net->node[v], places[k]);
            if (row.what)
                g_array_append_val(all, row);
        }
}

static const char *
kind_name(uint32_t kind)
{
    return kind < G_N_ELEMENTS(shared) ? shared[kind].kind : places[kind - G_N_ELEMENTS(shared)];
}

kith_features *
kith_features_new(const kith_graph *graph, const kith_network *net)
{
    kith_features *f = g_new0(kith_features, 1);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct has));
    const struct has *row;
    int64_t rows = 0;

    for (uint32_t k = 0; k < G_N_ELEMENTS(shared); k++)
        add_ties(all, graph, net, k);
    add_places(all, graph, net);
    if (all->len)
        qsort(all->data, all->len, sizeof(struct has), compare_has);
    row = (const struct has *)(const void *)all->data;
    f->feature = g_new0(kith_feature, all->len + 1);
    f->vertex = g_new(uint32_t, all->len + 1);
    for (guint i = 0; i < all->len; i++) {
        bool same = i > 0 && compare_features(&row[i - 1], &row[i]) == 0;

        if (same && row[i].vertex == row[i - 1].vertex)
            continue;
        if (!same)
            f->feature[f->n++] =
                (kith_feature){kind_name(row[i].kind), row[i].what, row[i].node, rows, 0};
        f->feature[f->n - 1].n++;
        f->vertex[rows++] = row[i].vertex;
    }
    return f;
}

void
kith_features_free(kith_features *f)
{
    if (!f)
        return;
    g_free(f->feature);
    g_free(f->vertex);
    g_free(f);
}

static int
least_likely_first(const void *a, const void *b)
{
    const kith_excess *x = a, *y = b;

    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return x->group < y->group ? -1 : x->group > y->group;
}

static int
by_group(const void *a, const void *b)
{
    const kith_excess *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return least_likely_first(a, b);
}

/* Holm: the i-th least likely of m is multiplied by m - i; none is less than the one before. */
static void
adjust(GArray *tests, double level)
{
    kith_excess *e = (kith_excess *)(void *)tests->data;
    double before = 0;
    guint kept = 0;

    for (guint i = 0; i < tests->len; i++) {
        before = MAX(before, MIN(1, e[i].p * (double)(tests->len - i)));
        e[i].adjusted = before;
    }
    while (kept < tests->len && e[kept].adjusted <= level)
        kept++;
    g_array_set_size(tests, kept);
}

GArray *
kith_features_excess(const kith_features *f, const uint32_t *group, int64_t n, int64_t groups,
                     double level)
{
    GArray *tests = g_array_new(FALSE, FALSE, sizeof(kith_excess));
    g_autofree int64_t *size = g_new0(int64_t, groups + 1), *here = g_new0(int64_t, groups + 1);
    int64_t people = 0;

    for (int64_t v = 0; v < n; v++)
        if (group[v] != UINT32_MAX) {
            size[group[v]]++;
            people++;
        }
    for (int64_t i = 0; i < f->n; i++) {
        const uint32_t *who = f->vertex + f->feature[i].first;
        int64_t all = 0;

        for (int64_t k = 0; k < f->feature[i].n; k++)
            if (group[who[k]] != UINT32_MAX) {
                here[group[who[k]]]++;
                all++;
            }
        for (int64_t k = 0; k < f->feature[i].n; k++) {
            uint32_t c = group[who[k]];
            kith_excess e = {c, i, c == UINT32_MAX ? 0 : here[c], all, 0, 1, 1};

            if (c == UINT32_MAX)
                continue;
            here[c] = 0;
            if (e.members < 2)
                continue;
            e.expected = (double)all * (double)size[c] / (double)people;
            e.p = gsl_cdf_hypergeometric_Q((unsigned)e.members - 1, (unsigned)all,
                                           (unsigned)(people - all), (unsigned)size[c]);
            g_array_append_val(tests, e);
        }
    }
    if (tests->len)
        qsort(tests->data, tests->len, sizeof(kith_excess), least_likely_first);
    adjust(tests, level);
    if (tests->len)
        qsort(tests->data, tests->len, sizeof(kith_excess), by_group);
    return tests;
}
