/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flow.c - what can be settled at once is, the rest is swept.
 *
 * Who has no arc in is known; who has no arc out gives nothing on and is told at the end. Of an undirected network leaves go
 * first, then what has become one: z of a leaf follows from its one neighbour, into whose equation it is put. The others are
 * renumbered by arcs in, so that what is looked up most lies together and rows of one length follow one another.
 */
#include "measures/flow.h"
#include "base/base.h"
#include "base/big.h"
#include "measures/anderson.h"
#include "measures/pull.h"
#include <math.h>
#include <string.h>

#define SETTLED 1e-13
#define SWEEPS 10000
#define POLL 8192 /* vertices between two looks at whether to stop */
#define NOWHERE UINT32_MAX

struct system {
    const kith_flow *flow;
    const kith_network *net;
    uint32_t *ins,
        *outs; /* by vertex: arcs from and to those that are left; one array when undirected */
    double *keep, *base; /* by vertex, as leaves change them */
    uint32_t *
        edges; /* by vertex: the numbers of the edges left, all xored: of a leaf, that of its edge */
    uint32_t *leaf; /* in the order in which they went */
    int64_t leaves;
    uint32_t *place; /* vertex -> place among those swept, or NOWHERE */
    int64_t n;       /* how many are swept */
    int64_t *first;
    uint32_t *from;          /* rows of arcs in, by places */
    double *weight;          /* by arc; NULL: 1 */
    double *has, *given, *f; /* by place: y = keep * z; share * z; how a sweep changed y */
    double *comes, *rate;    /* by place: what comes in for sure; share / keep */
};

static void
system_clear(struct system *s)
{
    if (s->outs != s->ins)
        kith_big_free(s->outs);
    kith_big_free(s->place);
    kith_big_free(s->ins);
    kith_big_free(s->keep);
    kith_big_free(s->edges);
    kith_big_free(s->leaf);
    kith_big_free(s->first);
    kith_big_free(s->from);
    kith_big_free(s->weight);
    kith_big_free(s->has);
}

static double
weight_of(const struct system *s, int64_t e)
{
    return s->flow->weighted ? s->net->weight[e] : 1;
}

/* Of a leaf's edge. */
static uint32_t
other_end(const struct system *s, uint32_t leaf)
{
    return s->net->from[s->edges[leaf]] ^ s->net->to[s->edges[leaf]] ^ leaf;
}

static kith_status
no_memory(const struct system *s, kith_error *err)
{
    return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " people",
                     s->net->n);
}

static kith_status
count_arcs(struct system *s, kith_error *err)
{
    const kith_network *net = s->net;

    s->ins = KITH_BIG(uint32_t, net->n);
    s->outs = net->directed ? KITH_BIG(uint32_t, net->n) : s->ins;
    s->keep = KITH_RAW(double, net->n);
    if (!s->ins || !s->outs || !s->keep)
        return no_memory(s, err);
    memcpy(s->keep, s->flow->keep, (gsize)net->n * sizeof *s->keep);
    for (int64_t e = 0; e < net->m; e++) {
        s->outs[net->from[e]]++;
        s->ins[net->to[e]]++;
    }
    for (int64_t v = 0; v < net->n; v++)
        s->base[v] = 1;
    return KITH_OK;
}

/* Puts the leaf's equation into its neighbour's. @return the neighbour */
static uint32_t
fold_leaf(struct system *s, uint32_t leaf)
{
    uint32_t e = s->edges[leaf], v = other_end(s, leaf);
    double times = s->flow->share * weight_of(s, e);

    s->base[v] += times * s->base[leaf] / s->keep[leaf];
    s->keep[v] -= times * times / s->keep[leaf];
    s->leaf[s->leaves++] = leaf;
    s->ins[leaf] = 0;
    s->ins[v]--;
    s->edges[v] ^= e;
    return v;
}

static kith_status
fold_leaves(struct system *s, kith_error *err)
{
    const kith_network *net = s->net;

    s->leaf = KITH_RAW(uint32_t, net->n);
    s->edges = KITH_BIG(uint32_t, net->n);
    if (!s->leaf || !s->edges)
        return no_memory(s, err);
    for (int64_t e = 0; e < net->m; e++) {
        s->edges[net->from[e]] ^= (uint32_t)e;
        s->edges[net->to[e]] ^= (uint32_t)e;
    }
    for (int64_t i = 0; i < net->n; i++)
        for (uint32_t v = (uint32_t)i; s->ins[v] == 1;)
            v = fold_leaf(s, v);
    return KITH_OK;
}

/* Those with arcs in and out get places: most arcs in first, equals by number. */
static kith_status
choose_places(struct system *s, kith_error *err)
{
    int64_t n = s->net->n;
    uint32_t most = 0;
    g_autofree int64_t *next = NULL;

    for (int64_t v = 0; v < n; v++)
        most = MAX(most, s->ins[v]);
    next = g_new0(int64_t, (gsize)most + 2);
    for (int64_t v = 0; v < n; v++)
        next[most - s->ins[v] + 1] += s->ins[v] && s->outs[v];
    for (int64_t d = 1; d <= most; d++)
        next[d] += next[d - 1];
    s->n = next[most];
    s->place = KITH_RAW(uint32_t, n);
    if (!s->place)
        return no_memory(s, err);
    for (int64_t v = 0; v < n; v++)
        s->place[v] = s->ins[v] && s->outs[v] ? (uint32_t)next[most - s->ins[v]]++ : NOWHERE;
    return KITH_OK;
}

static kith_status
make_room(struct system *s, int64_t arcs, kith_error *err)
{
    gsize n = (gsize)KITH_ANDERSON_ROOM(s->n);

    s->from = KITH_RAW(uint32_t, arcs);
    s->weight = s->flow->weighted ? KITH_RAW(double, arcs) : NULL;
    s->has = KITH_BIG(double, 5 * n);
    if (!s->from || !s->has || (s->flow->weighted && !s->weight))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties",
                         s->net->m);
    s->given = s->has + n;
    s->f = s->given + n;
    s->comes = s->f + n;
    s->rate = s->comes + n;
    return KITH_OK;
}

/* first[i + 2] is how many arcs the row of i has, then first[i + 1] where it begins. */
static kith_status
count_rows(struct system *s, kith_error *err)
{
    const kith_network *net = s->net;

    s->first = KITH_BIG(int64_t, s->n + 1);
    if (!s->first)
        return no_memory(s, err);
    for (int64_t v = 0; !net->directed && v < net->n; v++)
        if (s->place[v] != NOWHERE)
            s->first[s->place[v] + (int64_t)2] = s->ins[v];
    for (int64_t e = 0; net->directed && e < net->m; e++)
        if (s->place[net->to[e]] != NOWHERE && s->place[net->from[e]] != NOWHERE)
            s->first[s->place[net->to[e]] + (int64_t)2]++;
    for (int64_t i = 1; i <= s->n; i++)
        s->first[i + 1] += s->first[i];
    return KITH_OK;
}

/* An arc whose start is not swept: of an undirected network it went with a leaf, else its start has no arcs in. */
static void
fill_rows(struct system *s)
{
    const kith_network *net = s->net;

    KITH_EACH_ARC(net, e, tail, head)
    {
        uint32_t to = s->place[head], from = s->place[tail];
        int64_t at;

        if (to == NOWHERE)
            continue;
        if (from == NOWHERE) {
            if (net->directed)
                s->base[head] += s->flow->share * weight_of(s, e) / s->keep[tail];
            continue;
        }
        at = s->first[to + (int64_t)1]++;
        s->from[at] = from;
        if (s->weight)
            s->weight[at] = net->weight[e];
    }
}

static kith_status
make_rows(struct system *s, kith_error *err)
{
    TRY(count_rows(s, err));
    TRY(make_room(s, s->first[s->n + 1], err));
    fill_rows(s);
    for (int64_t v = 0; v < s->net->n; v++)
        if (s->place[v] != NOWHERE) {
            s->comes[s->place[v]] = s->base[v];
            s->rate[s->place[v]] = s->flow->share / s->keep[v];
        }
    return KITH_OK;
}

static inline double
take_in(const struct system *s, int64_t i)
{
    int64_t k = s->first[i];

    return s->comes[i] + kith_pull_row(s->from + k, s->weight ? s->weight + k : NULL,
                                       s->first[i + 1] - k, s->given);
}

/* @return by how much all of y changed, of their sum */
static double
sweep(struct system *s, kith_work *work)
{
    double change = 0, sum = 0;

    for (int64_t i = 0; i < s->n; i++) {
        double y;

        if (i % POLL == 0 && !kith_work_step(work, 0))
            return 0;
        y = take_in(s, i);
        s->f[i] = y - s->has[i];
        s->given[i] = s->rate[i] * y;
        change += fabs(s->f[i]);
        sum += y;
    }
    return sum > 0 ? change / sum : 0;
}

/* A guess: what everybody would have if all were tied evenly. */
static void
guess(struct system *s)
{
    double rate = 0, comes = 0, y;

    for (int64_t i = 0; i < s->n; i++) {
        rate += s->rate[i] * (double)(s->first[i + 1] - s->first[i]);
        comes += s->comes[i];
    }
    y = comes / MAX((double)s->n - rate, 0.1 * (double)s->n);
    for (int64_t i = 0; i < s->n; i++)
        s->has[i] = y;
}

static void
give_on(struct system *s)
{
    for (int64_t i = 0; i < s->n; i++)
        s->given[i] = s->rate[i] * s->has[i];
}

static kith_status
settle(struct system *s, kith_work *work, kith_error *err)
{
    __attribute__((cleanup(kith_anderson_clear))) kith_anderson mix = {0};
    double change = 1, best = INFINITY;

    if (!kith_anderson_init(&mix, s->n))
        return no_memory(s, err);
    kith_work_begin(work, 40);
    guess(s);
    for (int i = 0; i < SWEEPS && kith_work_step(work, 1); i++) {
        give_on(s);
        change = sweep(s, work);
        if (change > 4 * best)
            kith_anderson_forget(&mix);
        best = MIN(best, change);
        kith_anderson_step(&mix, s->has, s->f);
        if (change <= SETTLED)
            break;
    }
    TRY(kith_work_end(work, err));
    if (change > SETTLED)
        return kith_fail(err, KITH_ERR_NUMERIC, "%s did not settle in %d sweeps", s->flow->name,
                         SWEEPS);
    return KITH_OK;
}

/* Those swept first, then those without arcs out, whom only the former and those without arcs in reach, then leaves.
 * @param z  holds base until here */
static void
hand_over(const struct system *s, double *z)
{
    const kith_network *net = s->net;

    for (int64_t v = 0; v < net->n; v++)
        z[v] = (s->place[v] == NOWHERE ? z[v] : s->has[s->place[v]]) / s->keep[v];
    for (int64_t e = 0; net->directed && e < net->m; e++)
        if (!s->outs[net->to[e]])
            z[net->to[e]] +=
                s->flow->share * weight_of(s, e) * z[net->from[e]] / s->keep[net->to[e]];
    for (int64_t i = s->leaves - 1; i >= 0; i--) {
        uint32_t v = s->leaf[i];

        z[v] += s->flow->share * weight_of(s, s->edges[v]) * z[other_end(s, v)] / s->keep[v];
    }
}

kith_status
kith_flow_solve(const kith_flow *flow, kith_work *work, double *z, kith_error *err)
{
    __attribute__((cleanup(system_clear))) struct system s = {
        .flow = flow, .net = flow->net, .base = z};

    TRY(count_arcs(&s, err));
    if (!s.net->directed)
        TRY(fold_leaves(&s, err));
    TRY(choose_places(&s, err));
    TRY(make_rows(&s, err));
    TRY(settle(&s, work, err));
    hand_over(&s, z);
    return KITH_OK;
}
