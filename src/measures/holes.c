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

/* Who has been reached on the search with number `turn`, and at what distance. */
struct walk {
    const kith_csr *rows;
    int64_t *turn;
    int32_t *depth;
    uint32_t *queue;
    int64_t turns;
    double walked;
};

/* Steps from a to b without the tie between them; 0 for none. */
static int32_t
way_round(struct walk *w, uint32_t a, uint32_t b)
{
    const kith_csr *r = w->rows;
    int64_t head = 0, tail = 0;

    w->turns++;
    w->turn[a] = w->turns;
    w->depth[a] = 0;
    w->queue[tail++] = a;
    while (head < tail) {
        uint32_t v = w->queue[head++];

        w->walked += (double)(r->first[v + 1] - r->first[v]);
        for (int64_t i = r->first[v]; i < r->first[v + 1]; i++) {
            uint32_t to = r->to[i];

            if (w->turn[to] == w->turns || (v == a && to == b))
                continue;
            if (to == b)
                return w->depth[v] + 1;
            w->turn[to] = w->turns;
            w->depth[to] = w->depth[v] + 1;
            w->queue[tail++] = to;
        }
    }
    return 0;
}

void
kith_tie_ranges(const kith_network *net, const kith_csr *rows, double budget, int32_t *range)
{
    g_autofree int64_t *turn = g_new0(int64_t, net->n + 1);
    g_autofree int32_t *depth = g_new0(int32_t, net->n + 1);
    g_autofree uint32_t *queue = g_new(uint32_t, net->n + 1);
    struct walk w = {rows, turn, depth, queue, 0, 0};

    for (int64_t e = 0; e < net->m; e++) {
        uint32_t a = net->from[e], b = net->to[e];

        if (share_a_contact(rows, a, b))
            range[e] = 2;
        else
            range[e] = w.walked <= budget ? way_round(&w, a, b) : -1;
    }
}
