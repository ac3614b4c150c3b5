/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pagerank.c - a flow in which everybody gives on all they have, in equal parts or by weight.
 *
 * Whoever has no arc out jumps anywhere, as everybody does now and then: so those jumps only scale all shares, and
 * y = 1 + damping * (what comes in of y) need not know of them until y is divided by its sum.
 */
#include "measures/pagerank.h"
#include "base/base.h"
#include "measures/flow.h"

kith_status
kith_pagerank(const kith_network *net, bool weighted, double damping, kith_work *work,
              double *score, kith_error *err)
{
    g_autofree double *out = g_new0(double, net->n + 1); /* by vertex: strength of its arcs out */
    kith_flow flow = {
        .net = net, .weighted = weighted, .share = damping, .keep = out, .name = "pagerank"};
    double sum = 0;

    KITH_EACH_ARC(net, e, tail, head)
    out[tail] += weighted ? net->weight[e] : 1;
    for (int64_t v = 0; v < net->n; v++)
        out[v] = out[v] > 0 ? out[v] : 1;
    TRY(kith_flow_solve(&flow, work, score, err));
    for (int64_t v = 0; v < net->n; v++)
        sum += score[v] *= out[v];
    for (int64_t v = 0; v < net->n; v++)
        score[v] /= sum;
    return KITH_OK;
}
