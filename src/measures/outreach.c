/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outreach.c - the share of reverse sets that each person is in. */
#include "measures/outreach.h"
#include "base/base.h"
#include "measures/hearsay.h"
#include <math.h>

#define CHANCE 0.1
#define SETS 65536
#define BATCH 1024
#define MOST_MEMBERS 2e7 /* where word goes far each set tells much, and costs much */
#define SEED 1

static kith_cascade_arc *
arcs_of(const kith_network *net, bool weighted, int64_t *out_n)
{
    kith_cascade_arc *arc = g_new(kith_cascade_arc, 2 * (gsize)net->m + 1);
    int64_t n = 0;

    for (int64_t i = 0; i < net->m; i++) {
        double p = weighted ? -expm1(net->weight[i] * log1p(-CHANCE)) : CHANCE;

        arc[n++] = (kith_cascade_arc){net->from[i], net->to[i], (float)p};
        if (!net->directed)
            arc[n++] = (kith_cascade_arc){net->to[i], net->from[i], (float)p};
    }
    *out_n = n;
    return arc;
}

kith_status
kith_measure_spread(const kith_network *net, bool weighted, kith_work *work, double *score,
                    kith_error *err)
{
    int64_t arcs;
    g_autofree kith_cascade_arc *arc = arcs_of(net, weighted, &arcs);
    g_autoptr(kith_cascade) cascade = NULL;
    g_auto(kith_hearsay) sets = {0};
    kith_hearsay_source source = {.seed = SEED, .work = work};

    TRY(kith_cascade_new(KITH_CASCADE_IC, net->n, arc, arcs, &cascade, err));
    source.cascade = cascade;
    while (sets.sets < SETS && (double)sets.members < MOST_MEMBERS)
        TRY(kith_hearsay_extend(&source, sets.sets + BATCH, &sets, err));
    for (int64_t v = 0; v < net->n; v++)
        score[v] = 0;
    for (int64_t i = 0; i < sets.members; i++)
        score[sets.member[i]]++;
    for (int64_t v = 0; v < net->n; v++)
        score[v] *= (double)net->n / (double)sets.sets;
    return KITH_OK;
}

/* Below one listener a step word dies out; above, a set may hold everybody. */
double
kith_outreach_work(const kith_network *net)
{
    double n = (double)net->n, arcs = (double)net->m * (net->directed ? 1 : 2);
    double listeners = CHANCE * arcs / n;
    double members = SETS * (listeners < 0.9 ? 1 / (1 - listeners) : MAX(10, n / 2));

    return 20 * MIN(members, MOST_MEMBERS) + 100 * arcs;
}
