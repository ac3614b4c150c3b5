/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grouping.c - networks as sums, finer and coarser. */
#include "measures/grouping.h"
#include "base/base.h"
#include "model/csr.h"
#include <float.h>
#include <math.h>

void
kith_grouping_free(kith_grouping *p)
{
    if (!p)
        return;
    g_free(p->first);
    g_free(p->arc);
    g_free(p->mass);
    g_free(p);
}

static kith_status
check_weights(const kith_network *net, bool weighted, kith_error *err)
{
    for (int64_t i = 0; weighted && i < net->m; i++)
        if (!isfinite(net->weight[i]) || net->weight[i] <= 0)
            return kith_fail(err, KITH_ERR_ARGUMENT,
                             "bad weight %g (expected a finite number above 0)", net->weight[i]);
    return KITH_OK;
}

static double
mean_weight(const kith_network *net, bool weighted)
{
    double sum = 0;

    for (int64_t i = 0; weighted && i < net->m; i++)
        sum += net->weight[i] / (double)net->m;
    return sum > 0 ? sum : 1;
}

static void
set_modularity(kith_grouping *p, const kith_network *net, double resolution)
{
    for (int64_t i = 0; i < net->m; i++) {
        double w = p->weighted ? net->weight[i] / p->unit : 1;

        p->mass[net->from[i]].a += w;
        p->mass[net->to[i]].b += w;
        if (!net->directed) {
            p->mass[net->from[i]].b += w;
            p->mass[net->to[i]].a += w;
        }
    }
    p->g = p->ties > 0 ? resolution / (net->directed ? p->ties : 4 * p->ties) : 0;
    p->pendants_follow = !net->directed && resolution <= 1;
}

static void
set_potts(kith_grouping *p, double resolution)
{
    for (int64_t v = 0; v < p->n; v++)
        p->mass[v] = (kith_group_mass){1, 1};
    p->g = resolution / 2;
    p->offset = p->g * (double)p->n;
}

kith_status
kith_grouping_new(const kith_network *net, kith_group_quality quality, double resolution,
                  bool weighted, kith_grouping **out, kith_error *err)
{
    g_autoptr(kith_grouping) p = g_new0(kith_grouping, 1);
    g_autoptr(kith_csr) rows = NULL;

    TRY(check_weights(net, weighted, err));
    TRY(kith_csr_new(net, KITH_CSR_BOTH, weighted ? KITH_CSR_WEIGHTS : 0, &rows, err));
    p->n = net->n;
    p->network = net;
    p->weighted = weighted;
    p->arc = g_try_new(kith_group_arc, (gsize)rows->arcs + 1);
    if (!p->arc)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties",
                         net->m);
    p->unit = mean_weight(net, weighted);
    for (int64_t i = 0; i < rows->arcs; i++)
        p->arc[i] = (kith_group_arc){
            rows->to[i], weighted ? fmaxf((float)(rows->weight[i] / p->unit), FLT_MIN) : 1};
    p->first = g_memdup2(rows->first, ((gsize)p->n + 1) * sizeof *p->first);
    p->ties = (double)net->m;
    p->mass = g_new0(kith_group_mass, p->n + 1);
    if (quality == KITH_GROUP_CPM)
        set_potts(p, resolution / p->unit);
    else
        set_modularity(p, net, resolution);
    *out = g_steal_pointer(&p);
    return KITH_OK;
}

/* The vertices of each group side by side: start is groups + 1 long. */
static uint32_t *
list_members(const uint32_t *group, int64_t n, int64_t groups, int64_t *start)
{
    uint32_t *member = g_new(uint32_t, n + 1);

    for (int64_t v = 0; v < n; v++)
        start[group[v] + 1]++;
    for (int64_t c = 0; c < groups; c++)
        start[c + 1] += start[c];
    for (int64_t v = n - 1; v >= 0; v--)
        member[--start[group[v] + 1]] = (uint32_t)v;
    for (int64_t c = 0; c < groups; c++)
        start[c] = start[c + 1];
    start[groups] = n;
    return member;
}

/* Adds the ties of one vertex to its group's row; ties within are met from both ends. */
static double
add_row(const kith_grouping *p, const uint32_t *group, uint32_t v, double *sum, kith_group_arc *row,
        int64_t *n)
{
    double inside = 0;

    for (int64_t i = p->first[v]; i < p->first[v + 1]; i++) {
        uint32_t c = group[p->arc[i].to];

        if (c == group[v]) {
            inside += (double)p->arc[i].weight / 2;
            continue;
        }
        row[*n].to = c; /* without a branch, which could not be foretold */
        *n += sum[c] == 0;
        sum[c] += (double)p->arc[i].weight;
    }
    return inside;
}

kith_grouping *
kith_grouping_coarser(const kith_grouping *p, const uint32_t *group, int64_t groups)
{
    kith_grouping *q = g_new0(kith_grouping, 1);
    g_autofree int64_t *start = g_new0(int64_t, groups + 1);
    g_autofree uint32_t *member = list_members(group, p->n, groups, start);
    g_autofree double *sum = g_new0(double, groups + 1);
    int64_t m = 0;

    *q = (kith_grouping){.n = groups, .inside = p->inside, .g = p->g, .ties = p->ties};
    q->unit = p->unit;
    q->offset = p->offset;
    q->first = g_new0(int64_t, groups + 1);
    q->arc = g_new0(kith_group_arc, p->first[p->n] + 2);
    q->mass = g_new0(kith_group_mass, groups + 1);
    for (int64_t c = 0; c < groups; c++) {
        int64_t row = 0;

        for (int64_t i = start[c]; i < start[c + 1]; i++) {
            q->inside += add_row(p, group, member[i], sum, q->arc + m, &row);
            q->mass[c].a += p->mass[member[i]].a;
            q->mass[c].b += p->mass[member[i]].b;
        }
        for (int64_t i = m; i < m + row; i++) {
            q->arc[i].weight = (float)sum[q->arc[i].to];
            sum[q->arc[i].to] = 0;
        }
        m += row;
        q->first[c + 1] = m;
    }
    return q;
}

/* The weight of ties inside groups. */
static double
ties_inside(const kith_grouping *p, const uint32_t *group)
{
    const kith_network *net = p->network;
    double sum = 0;

    for (int64_t i = 0; net && i < net->m; i++)
        if (group[net->from[i]] == group[net->to[i]])
            sum += p->weighted ? net->weight[i] / p->unit : 1;
    for (int64_t v = 0; !net && v < p->n; v++)
        for (int64_t i = p->first[v]; i < p->first[v + 1]; i++)
            sum += group[p->arc[i].to] == group[v] ? (double)p->arc[i].weight / 2 : 0;
    return p->inside + sum;
}

double
kith_grouping_quality(const kith_grouping *p, const uint32_t *group)
{
    g_autofree kith_group_mass *mass = g_new0(kith_group_mass, p->n + 1);
    double chance = 0;

    for (int64_t v = 0; v < p->n; v++) {
        mass[group[v]].a += p->mass[v].a;
        mass[group[v]].b += p->mass[v].b;
    }
    for (int64_t c = 0; c < p->n; c++)
        chance += mass[c].a * mass[c].b;
    return p->ties > 0 ? (ties_inside(p, group) - p->g * chance + p->offset) / p->ties : 0;
}
