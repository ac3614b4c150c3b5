/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pagerank.c - Gauss-Seidel with a little over-relaxation on rows of arcs in.
 *
 * Whoever has no arc out jumps anywhere, as everybody does now and then: so those jumps only scale all shares, and
 * y = 1 + damping * (what comes in of y) need not know of them until y is divided by its sum. Those without arcs in have 1;
 * those without arcs out give nothing on and are settled at the end. The sweeps go over the others, renumbered by arcs out,
 * so that what is looked up most lies together.
 */
#include "measures/pagerank.h"
#include "base/base.h"
#include <math.h>

#define SETTLED 1e-13
#define SWEEPS 10000
#define OVER                                                                                       \
    0.08 /* each step goes so much further: up to 2 / (1 + damping) - 1 it settles for sure */
#define POLL 8192 /* vertices between two looks at whether to stop */
#define NOWHERE UINT32_MAX

struct flow {
    const kith_network *net;
    bool weighted;
    double *rate;    /* by vertex: damping / strength of its arcs out; 0 without any */
    uint32_t *place; /* vertex -> place among those swept, or NOWHERE */
    uint32_t *vertex;
    int64_t n; /* how many are swept */
    int64_t *first;
    uint32_t *from; /* rows of arcs in, by places */
    double *weight; /* by arc; NULL: 1 */
    double *base;   /* by place: 1, and what comes in from those without arcs in */
    double over;
    double *has, *given, *keeps; /* by place: y; damping * y / strength; the place's rate */
};

static void
flow_clear(struct flow *f)
{
    g_free(f->rate);
    g_free(f->place);
    g_free(f->vertex);
    g_free(f->first);
    g_free(f->from);
    g_free(f->weight);
    g_free(f->base);
    g_free(f->has);
    g_free(f->given);
    g_free(f->keeps);
}

/* The arcs of a network one after the other: each edge once, and back if it is undirected. */
#define EACH_ARC(net, e, way, tail, head)                                                          \
    for (int64_t e = 0; e < (net)->m; e++)                                                         \
        for (int way = 0; way <= !(net)->directed; way++)                                          \
            for (uint32_t tail = way ? (net)->to[e] : (net)->from[e],                              \
                          head = way ? (net)->from[e] : (net)->to[e], once_ = 1;                   \
                 once_; once_ = 0)

/* Those with arcs in and out get places: most arcs out first, equals by number. */
static void
choose_places(struct flow *f, const uint32_t *ins, const uint32_t *outs)
{
    int64_t n = f->net->n;
    uint32_t most = 0;
    g_autofree int64_t *next = NULL;

    for (int64_t v = 0; v < n; v++)
        most = MAX(most, outs[v]);
    next = g_new0(int64_t, (gsize)most + 2);
    for (int64_t v = 0; v < n; v++)
        next[most - outs[v] + 1] += ins[v] && outs[v];
    for (int64_t d = 1; d <= most; d++)
        next[d] += next[d - 1];
    f->place = g_new(uint32_t, n + 1);
    f->vertex = g_new(uint32_t, n + 1);
    for (int64_t v = 0; v < n; v++) {
        bool swept = ins[v] && outs[v];

        f->place[v] = swept ? (uint32_t)next[most - outs[v]]++ : NOWHERE;
        if (swept)
            f->vertex[f->place[v]] = (uint32_t)v;
        f->n += swept;
    }
}

static void
count_arcs(struct flow *f, double damping)
{
    const kith_network *net = f->net;
    g_autofree uint32_t *ins = g_new0(uint32_t, net->n + 1), *outs = g_new0(uint32_t, net->n + 1);

    f->rate = g_new0(double, net->n + 1);
    EACH_ARC(net, e, way, tail, head)
    {
        outs[tail]++;
        ins[head]++;
        f->rate[tail] += f->weighted ? net->weight[e] : 1;
    }
    for (int64_t v = 0; v < net->n; v++)
        f->rate[v] = outs[v] ? damping / f->rate[v] : 0;
    choose_places(f, ins, outs);
}

/* What arrives over an arc from somebody who has no arcs in. */
static double
first_gift(const struct flow *f, int64_t e, uint32_t tail)
{
    return f->rate[tail] * (f->weighted ? f->net->weight[e] : 1);
}

static void
fill_rows(struct flow *f)
{
    const kith_network *net = f->net;

    EACH_ARC(net, e, way, tail, head)
    {
        uint32_t to = f->place[head];
        int64_t at;

        if (to == NOWHERE)
            continue;
        if (f->place[tail] == NOWHERE) {
            f->base[to] += first_gift(f, e, tail);
            continue;
        }
        at = f->first[to + (int64_t)1]++;
        f->from[at] = f->place[tail];
        if (f->weight)
            f->weight[at] = net->weight[e];
    }
}

static kith_status
make_rows(struct flow *f, double damping, kith_error *err)
{
    const kith_network *net = f->net;
    int64_t arcs = 0;

    f->first = g_new0(int64_t, f->n + 2);
    EACH_ARC(net, e, way, tail, head)
    if (f->place[head] != NOWHERE && f->place[tail] != NOWHERE) {
        f->first[f->place[head] + (int64_t)2]++;
        arcs++;
    }
    for (int64_t i = 1; i <= f->n; i++)
        f->first[i + 1] += f->first[i];
    f->from = g_try_new(uint32_t, arcs + 1);
    f->weight = f->weighted ? g_try_new(double, arcs + 1) : NULL;
    f->base = g_new(double, f->n + 1);
    f->has = g_new(double, f->n + 1);
    f->given = g_new(double, f->n + 1);
    f->keeps = g_new(double, f->n + 1);
    if (!f->from || (f->weighted && !f->weight))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties",
                         net->m);
    for (int64_t i = 0; i < f->n; i++) {
        f->base[i] = 1;
        f->keeps[i] = f->rate[f->vertex[i]];
        f->has[i] = 1 / (1 - damping);
        f->given[i] = f->keeps[i] * f->has[i];
    }
    fill_rows(f);
    return KITH_OK;
}

/* What comes in. Four sums side by side, for each waits for its last addition. */
static inline double
take_in(const struct flow *f, int64_t i)
{
    int64_t k = f->first[i], end = f->first[i + 1];
    double sum[4] = {f->base[i], 0, 0, 0};

    if (f->weight) {
        for (; k + 4 <= end; k += 4)
            for (int j = 0; j < 4; j++)
                sum[j] += f->weight[k + j] * f->given[f->from[k + j]];
        for (; k < end; k++)
            sum[0] += f->weight[k] * f->given[f->from[k]];
    } else {
        for (; k + 4 <= end; k += 4)
            for (int j = 0; j < 4; j++)
                sum[j] += f->given[f->from[k + j]];
        for (; k < end; k++)
            sum[0] += f->given[f->from[k]];
    }
    return sum[0] + sum[1] + (sum[2] + sum[3]);
}

/* @return by how much all shares changed, of their sum */
static double
sweep(struct flow *f, kith_work *work)
{
    double change = 0, sum = 0;

    for (int64_t i = 0; i < f->n; i++) {
        double step = (1 + f->over) * (take_in(f, i) - f->has[i]);

        if (i % POLL == 0 && !kith_work_step(work, 0))
            return 0;
        f->has[i] += step;
        f->given[i] = f->keeps[i] * f->has[i];
        change += fabs(step);
        sum += f->has[i];
    }
    return sum > 0 ? change / sum : 0;
}

static kith_status
settle(struct flow *f, kith_work *work, kith_error *err)
{
    double change = 1, ten_ago = INFINITY;

    kith_work_begin(work, 80);
    f->over = OVER;
    for (int i = 0; change > SETTLED && i < SWEEPS && kith_work_step(work, 1); i++) {
        change = sweep(f, work);
        if (i % 10 != 9)
            continue;
        if (change > 0.3 * ten_ago) /* plain steps do better than 0.85^10 */
            f->over = 0;
        ten_ago = change;
    }
    TRY(kith_work_end(work, err));
    if (change > SETTLED)
        return kith_fail(err, KITH_ERR_NUMERIC, "pagerank did not settle in %d sweeps", SWEEPS);
    return KITH_OK;
}

/* Everybody's share: those swept have theirs, those without arcs in have 1, those without arcs out what they are given. */
static void
hand_over(const struct flow *f, double *score)
{
    const kith_network *net = f->net;
    double sum = 0;

    for (int64_t v = 0; v < net->n; v++)
        score[v] = f->place[v] == NOWHERE ? 1 : f->has[f->place[v]];
    EACH_ARC(net, e, way, tail, head)
    if (f->rate[head] <= 0)
        score[head] +=
            first_gift(f, e, tail) * (f->place[tail] == NOWHERE ? 1 : f->has[f->place[tail]]);
    for (int64_t v = 0; v < net->n; v++)
        sum += score[v];
    for (int64_t v = 0; v < net->n; v++)
        score[v] /= sum;
}

kith_status
kith_pagerank(const kith_network *net, bool weighted, double damping, kith_work *work,
              double *score, kith_error *err)
{
    __attribute__((cleanup(flow_clear))) struct flow f = {.net = net, .weighted = weighted};

    count_arcs(&f, damping);
    TRY(make_rows(&f, damping, err));
    TRY(settle(&f, work, err));
    hand_over(&f, score);
    return KITH_OK;
}
