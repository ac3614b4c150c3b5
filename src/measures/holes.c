/* SPDX-License-Identifier: GPL-3.0-or-later */
/* holes.c - redundancy among contacts, and ways round. */
#include "measures/holes.h"
#include "base/base.h"
#include <math.h>

/* The largest and the summed weight in a row. */
static void
weigh_row(const kith_csr *r, int64_t v, double *most, double *sum)
{
    *most = *sum = 0;
    for (int64_t i = r->first[v]; i < r->first[v + 1]; i++) {
        double w = r->weight ? r->weight[i] : 1;

        *sum += w;
        *most = MAX(*most, w);
    }
}

void
kith_effective_size(const kith_csr *r, double *score)
{
    g_autofree double *share = g_new0(double, r->n + 1); /* p of the one at hand, by contact */

    for (int64_t v = 0; v < r->n; v++) {
        double most, sum;

        weigh_row(r, v, &most, &sum);
        score[v] = sum > 0 ? (double)(r->first[v + 1] - r->first[v]) : (double)NAN;
        for (int64_t i = r->first[v]; i < r->first[v + 1]; i++)
            share[r->to[i]] = (r->weight ? r->weight[i] : 1) / sum;
        for (int64_t i = r->first[v]; i < r->first[v + 1]; i++) {
            uint32_t other = r->to[i];

            weigh_row(r, other, &most, &sum);
            for (int64_t j = r->first[other]; j < r->first[other + 1]; j++)
                score[v] -= share[r->to[j]] * (r->weight ? r->weight[j] : 1) / most;
        }
        for (int64_t i = r->first[v]; i < r->first[v + 1]; i++)
            share[r->to[i]] = 0;
    }
}

static bool
share_a_contact(const kith_csr *r, uint32_t a, uint32_t b)
{
    int64_t i = r->first[a], j = r->first[b];

    while (i < r->first[a + 1] && j < r->first[b + 1]) {
        if (r->to[i] == r->to[j])
            return true;
        if (r->to[i] < r->to[j])
            i++;
        else
            j++;
    }
    return false;
}

/* A search from both ends: whom which side has reached, and in which order. */
struct walk {
    const kith_csr *rows;
    int64_t *turn; /* the search's number, plus one for whom the second side has reached */
    uint32_t *queue[2];
    int64_t tail[2];
    uint32_t end[2]; /* whose tie is left out */
    int64_t turns;
    double walked;
};

/* One side goes on from v. @return whether it meets the other */
static bool
step_from(struct walk *w, int side, uint32_t v)
{
    const kith_csr *r = w->rows;
    bool at_end = v == w->end[side];

    w->walked += (double)(r->first[v + 1] - r->first[v]);
    for (int64_t i = r->first[v]; i < r->first[v + 1]; i++) {
        uint32_t to = r->to[i];

        if (w->turn[to] == w->turns + side || (at_end && to == w->end[!side]))
            continue;
        if (w->turn[to] == w->turns + !side)
            return true;
        w->turn[to] = w->turns + side;
        w->queue[side][w->tail[side]++] = to;
    }
    return false;
}

/*
 * Steps from a to b without the tie between them; 0 for none. The side with fewer to go on from takes
 * the next step with all of them, so the first meeting is on a shortest way: both sides hold all that
 * is as near as they have come.
 */
static int32_t
way_round(struct walk *w, uint32_t a, uint32_t b)
{
    int64_t head[2] = {0, 0};
    int32_t steps = 0;

    w->turns += 2;
    w->end[0] = w->queue[0][0] = a;
    w->end[1] = w->queue[1][0] = b;
    w->turn[a] = w->turns;
    w->turn[b] = w->turns + 1;
    w->tail[0] = w->tail[1] = 1;
    while (head[0] < w->tail[0] && head[1] < w->tail[1]) {
        int side = w->tail[1] - head[1] < w->tail[0] - head[0];
        int64_t last = w->tail[side];

        steps++;
        while (head[side] < last)
            if (step_from(w, side, w->queue[side][head[side]++]))
                return steps;
    }
    return 0;
}

void
kith_tie_ranges(const kith_network *net, const kith_csr *rows, double budget, int32_t *range)
{
    g_autofree int64_t *turn = g_new0(int64_t, net->n + 1);
    g_autofree uint32_t *one = g_new(uint32_t, net->n + 1), *other = g_new(uint32_t, net->n + 1);
    struct walk w = {.rows = rows, .turn = turn, .queue = {one, other}};

    for (int64_t e = 0; e < net->m; e++) {
        uint32_t a = net->from[e], b = net->to[e];

        if (share_a_contact(rows, a, b))
            range[e] = 2;
        else
            range[e] = w.walked <= budget ? way_round(&w, a, b) : -1;
    }
}
